"""Postfix on loopback; see mta.py. Only root can start it: its processes change their user."""
import grp
import os
import pwd

import peer
from mta import ALICE, BOB, DOMAIN, GRETA, HOST, MAILBOXES, MESSAGE_LIMIT, PASSWORD, REFUSED, Mta, find, free_ports, libraries

# An account that owns the queue: it must exist, and Postfix insists on its being nobody else's.
OWNERS = ("postfix", "news", "uucp", "games")
GROUPS = ("postdrop", "uucp", "games", "news")

MECHANISMS = ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256")

MAIN = """\
compatibility_level = 3.6
mail_owner = {owner}
setgid_group = {group}
queue_directory = {path}/queue
data_directory = {path}/data
command_directory = {commands}
daemon_directory = {daemons}
shlib_directory = no
meta_directory = {path}/conf
import_environment = {{ MAIL_CONFIG={path}/conf }} {{ LD_LIBRARY_PATH={libraries} }} {{ SASL_PATH={plugins} }}
maillog_file = {path}/log
maillog_file_prefixes = {path}

myhostname = {host}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_peername_lookup = no
myorigin = {domain}
mydestination =
mynetworks =
alias_maps =
alias_database =
default_transport = error:5.4.4 nothing leaves this computer
smtputf8_enable = yes
message_size_limit = {limit}
virtual_mailbox_limit = 0
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = texthash:{path}/conf/mailboxes
virtual_mailbox_base = {path}/mail
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}

smtpd_helo_required = yes
smtpd_forbid_bare_newline = normalize
strict_rfc821_envelopes = yes
strict_smtputf8 = yes
smtpd_tls_security_level = may
smtpd_tls_cert_file = {path}/server.pem
smtpd_tls_key_file = {path}/server.key
tls_random_source = dev:/dev/urandom
smtpd_sasl_auth_enable = yes
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = {domain}
cyrus_sasl_config_path = {path}/conf/sasl
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sender_restrictions = check_sender_access inline:{{ {{ {refused} = 550 5.7.1 we do not want your mail }} }}
smtpd_recipient_restrictions = check_recipient_access inline:{{ {{ {greta} = 450 4.2.0 greylisted, come back later }} }}
# The tests make mistakes on purpose and in a row.
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 1000
smtpd_junk_command_limit = 1000
anvil_rate_time_unit = 1s
"""

SERVICES = """\
127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{tls_port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
"""

SASL = """\
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {path}/conf/sasl/sasldb2
mech_list: {mechanisms}
"""

QUEUES = "active bounce corrupt defer deferred flush hold incoming private saved trace".split()


def obstacle():
    """Why Postfix cannot be started here, or nothing."""
    return None if os.geteuid() == 0 else "Postfix changes users, which only root can"


def first_that_exists(names, look_up):
    for name in names:
        try:
            return look_up(name)
        except KeyError:
            pass
    raise AssertionError(f"none of {names} exists here")


class Postfix(Mta):
    """`special` has more ports: one for each mechanism, where nothing else is offered, and "no STARTTLS". `main`, `services`:
    more lines of main.cf and master.cf."""

    def __init__(self, main="", services=""):
        self.more = (main, services)
        super().__init__()

    def start(self):
        names = (*MECHANISMS, "no STARTTLS")
        self.special = dict(zip(names, free_ports(len(names))))
        self.owner = first_that_exists(OWNERS, pwd.getpwnam)
        self.group = first_that_exists((name for name in GROUPS if name != self.owner.pw_name), grp.getgrnam)
        self.libraries = libraries()
        packages = ("libsasl2-modules", "libsasl2-modules-db")
        self.plugins = ":".join(str(find(f"{package}/usr/lib/*/sasl2")) for package in packages)
        self.make_folders()
        self.configure()
        self.make_accounts()
        self.run([find("postfix/usr/lib/postfix/sbin/master"), "-c", self.path / "conf", "-d"],
                 env=peer.clean_environment(LD_LIBRARY_PATH=self.libraries))

    def make_folders(self):
        own = self.owner.pw_uid
        for name, mode, user, group in [("conf", 0o755, 0, 0), ("conf/sasl", 0o755, 0, 0), ("data", 0o700, own, -1),
                                        ("queue", 0o755, 0, 0), ("queue/pid", 0o755, 0, 0),
                                        ("queue/public", 0o710, own, self.group.gr_gid),
                                        ("queue/maildrop", 0o730, own, self.group.gr_gid)]:
            self.folder(name, mode, user, group)
        for name in QUEUES:
            self.folder(f"queue/{name}", 0o700, own, -1)
        os.chown(self.mail, own, -1)

    def folder(self, name, mode, user, group):
        path = self.path / name
        path.mkdir()
        path.chmod(mode)
        os.chown(path, user, group)

    def configure(self):
        conf = self.path / "conf"
        main = MAIN.format(owner=self.owner.pw_name, group=self.group.gr_name, path=self.path, host=HOST, domain=DOMAIN,
                           commands=find("postfix/usr/sbin"), daemons=find("postfix/usr/lib/postfix/sbin"),
                           libraries=self.libraries, plugins=self.plugins, limit=MESSAGE_LIMIT, uid=self.owner.pw_uid,
                           gid=self.owner.pw_gid, refused=REFUSED, greta=GRETA)
        again = tuple(line.split(" =")[0] + " =" for line in self.more[0].splitlines())
        kept = "".join(line for line in main.splitlines(keepends=True) if not line.startswith(again))
        (conf / "main.cf").write_text(kept + self.more[0])
        options = {name: "smtpd_sasl_mechanism_filter=" + name.lower() for name in MECHANISMS}
        options["no STARTTLS"] = "smtpd_tls_security_level=none"
        special = [f"127.0.0.1:{port} inet n - n - - smtpd -o {options[name]}\n" for name, port in self.special.items()]
        services = SERVICES.format(port=self.port, tls_port=self.tls_port)
        (conf / "master.cf").write_text(services + "".join(special) + self.more[1])
        (conf / "mailboxes").write_text("".join(f"{address} {address}/\n" for address in MAILBOXES))
        (conf / "sasl" / "smtpd.conf").write_text(SASL.format(path=self.path, mechanisms=" ".join(MECHANISMS)))

    def make_accounts(self):
        accounts = self.path / "conf" / "sasl" / "sasldb2"
        for address in (ALICE, BOB):
            user, domain = address.split("@")
            peer.run(find("sasl2-bin/usr/sbin/saslpasswd2"), "-p", "-c", "-f", accounts, "-u", domain, user,
                     given=PASSWORD.encode(), env=peer.clean_environment(LD_LIBRARY_PATH=self.libraries,
                                                                         SASL_PATH=self.plugins))
        os.chown(accounts, self.owner.pw_uid, -1)
