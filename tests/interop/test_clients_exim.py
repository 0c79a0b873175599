"""Exim as a client: it delivers to the mock by BDAT, with every security and every mechanism it has, every letter."""
import pathlib
import pwd
import tempfile
import unittest.mock

import peer
from clients import IMPLICIT, PLAIN, Deliveries
from letters import SHORT
from mta_exim import ACCOUNT, Program

CONFIGURATION = """\
exim_path = {program}
keep_environment = LD_PRELOAD : LD_LIBRARY_PATH : NSS_WRAPPER_PASSWD : NSS_WRAPPER_GROUP
primary_hostname = client.example
qualify_domain = mock.example
spool_directory = {path}/spool
log_file_path = {path}/log.d/%s
deliver_drop_privilege
disable_ipv6
message_size_limit = 0
smtputf8_advertise_hosts = *
local_from_check = false
bounce_return_message = false

begin routers
mock:
  driver = manualroute
  route_list = * localhost byname
  self = send
  transport = mock

begin transports
mock:
  driver = smtp
  port = {port}
  protocol = {protocol}
  message_linelength_limit = 10000
  hosts_require_tls = {tls}
  hosts_avoid_tls = {clear}
  tls_verify_certificates = {ca}
  tls_verify_hosts = *
  hosts_require_auth = {login}
  hosts_try_auth = {login}

begin retry
* * F,1h,15m

begin authenticators
{authenticator}
"""

AUTHENTICATORS = {
    None: "",
    "PLAIN": "plain:\n  driver = plaintext\n  public_name = PLAIN\n  client_send = ^{user}^{secret}\n",
    "LOGIN": "login:\n  driver = plaintext\n  public_name = LOGIN\n  client_send = : {user} : {secret}\n",
    "CRAM-MD5": "cram:\n  driver = cram_md5\n  public_name = CRAM-MD5\n  client_name = {user}\n  client_secret = {secret}\n",
}


class Exim(Deliveries, peer.Case):
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5")

    def deliver(self, letter, security, mechanism, secret, ca, sender, recipient):
        with tempfile.TemporaryDirectory(prefix="smtplab-exim-") as folder:
            path = pathlib.Path(folder)
            (path / "ca.pem").write_bytes(pathlib.Path(ca).read_bytes())
            program = Program(path)
            configuration = CONFIGURATION.format(
                program=program.path, path=path, port=self.port(security), protocol="smtps" if security == IMPLICIT else "smtp",
                tls="" if security == PLAIN else "*", clear="*" if security == PLAIN else "", ca=path / "ca.pem",
                login="*" if mechanism else "",
                authenticator=AUTHENTICATORS[mechanism].format(user=self.alice.user, secret=secret))
            # -odf: delivers before it ends; -i: a dot is a line like others.
            command = program.command(configuration, "-odf", "-i", "-f", sender, "--", recipient)
            done = peer.run(*command, given=letter.text, status=None, **program.settings)
            log = "".join(file.read_text() for file in (path / "log.d").glob("*"))
            said = done.stderr.decode(errors="replace") + log
            return " => " in log and " == " not in log and " ** " not in log, said

    def check(self, stored, letter):
        head, _, rest = stored.partition(b"From: Alice")
        self.assertRegex(head, rb"^Received: from .* by client\.example with local \(Exim")
        super().check(b"From: Alice" + rest, letter)

    def test_an_account_that_an_installed_exim_has_made_is_left_alone(self):
        others = [entry for entry in pwd.getpwall() if entry.pw_name != ACCOUNT]
        installed = pwd.struct_passwd((ACCOUNT, "x", 64000, 64000, "", "/var/spool/exim4", "/usr/sbin/nologin"))
        with unittest.mock.patch("pwd.getpwall", lambda: [*others, installed]):
            self.check(self.send(SHORT)[0], SHORT)

    def test_it_sends_chunks(self):
        self.send(SHORT)
        self.assertRegex(self.await_new_event("the last chunk", kind="client", input="message")["text"], "^BDAT")


if __name__ == "__main__":
    peer.main()
