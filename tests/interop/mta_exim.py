"""Exim on loopback; see mta.py. It needs no root; started by root, it runs as an account that is nobody's.

Debian's Exim wants to be the account Debian-exim, and gives what it writes to that. libnss-wrapper shows it one that is
whoever it runs as, also where Exim is installed and such an account exists.
"""
import grp
import os
import pwd

import peer
from mta import ALICE, BOB, DOMAIN, HOST, MAILBOXES, MESSAGE_LIMIT, PASSWORD, REFUSED, Mta, copy_program, find, libraries

ACCOUNT = "Debian-exim"
STAND_IN = "mail"  # whom root runs it as

CONFIGURATION = """\
exim_path = {program}
keep_environment = LD_PRELOAD : LD_LIBRARY_PATH : NSS_WRAPPER_PASSWD : NSS_WRAPPER_GROUP
primary_hostname = {host}
spool_directory = {path}/spool
log_file_path = {path}/log.d/%s
pid_file_path = {path}/exim.pid
local_interfaces = <; [127.0.0.1]:{port} ; [127.0.0.1]:{tls_port}
disable_ipv6
tls_on_connect_ports = {tls_port}
tls_advertise_hosts = *
tls_certificate = {path}/server.pem
tls_privatekey = {path}/server.key
deliver_drop_privilege
smtputf8_advertise_hosts = *
dsn_advertise_hosts = *
host_lookup =
helo_accept_junk_hosts =
message_size_limit = {limit}
smtp_accept_max_nonmail = 1000
smtp_max_synprot_errors = 1000
smtp_max_unknown_commands = 1000
acl_smtp_mail = of_mail
acl_smtp_rcpt = of_rcpt
acl_smtp_data = accept
acl_smtp_vrfy = accept

begin acl
of_mail:
  deny senders = {refused}
       message = 5.7.1 we do not want your mail
  accept
of_rcpt:
  defer local_parts = greta
        message = 4.2.0 greylisted, come back later
  accept domains = {domain}
         verify = recipient
  deny domains = {domain}
       message = 5.1.1 unknown user
  accept authenticated = *
  deny message = 5.7.1 relay not permitted

begin routers
people:
  driver = accept
  domains = {domain}
  address_data = ${{lookup {{$local_part@$domain}} lsearch {{{path}/mailboxes}} {{$value}} fail}}
  transport = maildir

begin transports
maildir:
  driver = appendfile
  maildir_format
  directory = {path}/mail/$address_data
  create_directory
  delivery_date_add
  envelope_to_add
  return_path_add

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if eq {{$auth3}} {{${{lookup {{$auth2}} lsearch {{{path}/passwords}}}}}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = <| Username: | Password:
  server_condition = ${{if eq {{$auth2}} {{${{lookup {{$auth1}} lsearch {{{path}/passwords}}}}}}}}
  server_set_id = $auth1
cram:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = ${{lookup {{$auth1}} lsearch {{{path}/passwords}} {{$value}} fail}}
  server_set_id = $auth1
"""


class Program:
    """Exim, copied into a folder, which may run there; the folder then belongs to the account it runs as."""

    def __init__(self, folder):
        self.folder = folder
        self.account = pwd.getpwnam(STAND_IN) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        # The folder of the repository may be closed to that account.
        self.path = copy_program(find("exim4-daemon-light/usr/sbin/exim4"), folder)
        wrapper = copy_program(find("libnss-wrapper/usr/lib/*/libnss_wrapper.so"), folder)
        for name in ("spool", "log.d"):
            (folder / name).mkdir()
        self.write_accounts()
        self.settings = {"cwd": folder, "env": peer.clean_environment(
            LD_PRELOAD=str(wrapper), LD_LIBRARY_PATH=libraries(), NSS_WRAPPER_PASSWD=str(folder / "passwd"),
            NSS_WRAPPER_GROUP=str(folder / "group"))}
        if os.geteuid() == 0:
            self.settings |= {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def write_accounts(self):
        """The accounts of the system and a Debian-exim, which is the one Exim runs as."""
        users = [":".join(map(str, entry)) for entry in pwd.getpwall() if entry.pw_name != ACCOUNT]
        groups = [f"{entry.gr_name}:x:{entry.gr_gid}:" for entry in grp.getgrall() if entry.gr_name != ACCOUNT]
        users.append(f"{ACCOUNT}:x:{self.account.pw_uid}:{self.account.pw_gid}::/nonexistent:/usr/sbin/nologin")
        groups.append(f"{ACCOUNT}:x:{self.account.pw_gid}:")
        (self.folder / "passwd").write_text("\n".join(users) + "\n")
        (self.folder / "group").write_text("\n".join(groups) + "\n")

    def command(self, configuration, *arguments):
        """How it is started with this configuration."""
        (self.folder / "exim.conf").write_text(configuration)
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.iterdir()):
                os.chown(path, self.account.pw_uid, self.account.pw_gid)
        return [self.path, "-C", self.folder / "exim.conf", *arguments]


class Exim(Mta):
    def start(self):
        (self.path / "mailboxes").write_text("".join(f"{address}: {address}\n" for address in MAILBOXES))
        (self.path / "passwords").write_text(f"{ALICE}: {PASSWORD}\n{BOB}: {PASSWORD}\n")
        program = Program(self.path)
        configuration = CONFIGURATION.format(program=program.path, path=self.path, host=HOST, domain=DOMAIN, port=self.port,
                                             tls_port=self.tls_port, limit=MESSAGE_LIMIT, refused=REFUSED)
        self.run(program.command(configuration, "-bdf"), **program.settings)
