"""Dovecot on loopback, of Debian 12 (2.3); see mta.py. Root and anybody else can start it.

It looks for its modules and for doveconf where Debian would have installed them. Our copies look in the server's own folder: in
their octets one path is written over the other, which must not be longer.
"""
import grp
import os
import pwd
import shutil

import peer
from mta import Mta, find, free_ports, libraries

PASSWORD = "secret"
MECHANISMS = "plain login cram-md5 apop scram-sha-1 scram-sha-256"

# What it would not find otherwise: the path, and what stands in its place below the server's folder.
MOVED = {b"/usr/bin/doveconf": b"/c", b"/usr/lib/dovecot/modules": b"/modules"}

CONFIGURATION = """\
base_dir = {path}/run
state_dir = {path}/run
libexec_dir = {path}/bin
log_path = {path}/log
import_environment = LD_LIBRARY_PATH={libraries}
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
protocols = pop3 imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{path}/server.pem
ssl_key = <{path}/server.key
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
auth_username_chars =
auth_failure_delay = 0
mail_location = maildir:{path}/mail/%u
first_valid_uid = 1
pop3_lock_session = yes
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={path}/mail/%u
}}
# Who fails often has to wait otherwise.
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {port}
  }}
  inet_listener pop3s {{
    port = {tls_port}
    ssl = yes
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imap_tls_port}
    ssl = yes
  }}
}}
"""


def obstacle():
    """Why Dovecot cannot be started here, or nothing. That of Debian 13 (2.4) wants another configuration."""
    peers = peer.SOURCE / "build" / "peers"
    old = list(peers.glob("dovecot-core/usr/lib/dovecot/libdovecot.so.0.0.0")) and list(peers.glob("dovecot-imapd/usr/lib/dovecot/imap"))
    return None if old else "there is no Dovecot 2.3 here"


class Dovecot(Mta):
    """`port` speaks POP3 with STLS, `tls_port` TLS from the start; `imap_port` and `imap_tls_port` IMAP likewise. Whoever logs in
    with PASSWORD has a mailbox."""

    FOLDER = {"prefix": "d", "dir": "/tmp"}
    GREETING = b"+OK"

    def start(self):
        root = os.geteuid() == 0
        self.account = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
        self.group = grp.getgrgid(self.account.pw_gid).gr_name
        self.copy_programs()
        self.imap_port, self.imap_tls_port = free_ports(2)
        self.libraries = f"{self.path}/bin:{libraries()}"
        (self.path / "run").mkdir()
        if root:
            os.chown(self.mail, self.account.pw_uid, self.account.pw_gid)
        (self.path / "dovecot.conf").write_text(CONFIGURATION.format(
            path=self.path, libraries=self.libraries, user=self.account.pw_name, group=self.group, mechanisms=MECHANISMS,
            password=PASSWORD, uid=self.account.pw_uid, gid=self.account.pw_gid, port=self.port, tls_port=self.tls_port,
            imap_port=self.imap_port, imap_tls_port=self.imap_tls_port))
        self.run([self.path / "bin" / "dovecot", "-F", "-c", self.path / "dovecot.conf"],
                 env=peer.clean_environment(LD_LIBRARY_PATH=self.libraries))

    def copy_programs(self):
        """Into folders that anybody may enter: the first process insists on every program, needed or not."""
        core = find("dovecot-core/usr/lib/dovecot")
        modules = [core / "modules" / "libssl_iostream_openssl.so"]
        programs = [find("dovecot-core/usr/sbin/dovecot"), core / "modules" / "old-stats" / "libstats_auth.so",
                    *core.iterdir(), *find("dovecot-pop3d/usr/lib/dovecot").iterdir(),
                    *find("dovecot-imapd/usr/lib/dovecot").iterdir()]
        for folder, sources in (("bin", programs), ("modules", modules)):
            (self.path / folder).mkdir(mode=0o755)
            for source in sources:
                if source.is_file():
                    self.copy(source, self.path / folder / source.name)
        self.copy(find("dovecot-core/usr/bin/doveconf"), self.path / "c")

    def copy(self, source, target):
        octets = source.read_bytes()
        for old, new in MOVED.items():
            new = str(self.path).encode() + new
            if len(new) > len(old):
                raise AssertionError(f"{new!r} is longer than {old!r}")
            octets = octets.replace(old + b"\0", new.ljust(len(old), b"\0") + b"\0")
        target.write_bytes(octets)
        target.chmod(0o755)

    def mailbox(self, user, messages):
        """A new mailbox of this name, with these messages in it, in this order."""
        folder = self.mail / user
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("", "cur", "new", "tmp"):
            (folder / name).mkdir()
        for number, message in enumerate(messages, 1):
            (folder / "new" / f"{number}.of.the.test").write_bytes(message)
        for path in (folder, *folder.rglob("*")):
            if os.geteuid() == 0:
                os.chown(path, self.account.pw_uid, self.account.pw_gid)
