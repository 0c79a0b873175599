"""msmtp delivers to the mock: every security, every mechanism it has, every letter, octet by octet."""
import tempfile

import peer
from clients import IMPLICIT, PLAIN, Deliveries

CONFIGURATION = """\
account default
host localhost
port {port}
domain client.example
timeout {patience}
tls {tls}
tls_starttls {starttls}
tls_trust_file {ca}
auth {auth}
user {user}
passwordeval cat {secret}
set_from_header off
set_date_header off
set_msgid_header off
"""


class Msmtp(Deliveries, peer.Case):
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER")
    # 1.8.28, with GNU SASL 2.2, binds SCRAM to the TLS around it, and says "Error authenticating user" before it has sent a
    # word of it where that is not asked for: to every server, in TLS 1.2 and 1.3.
    only_in_clear = ("SCRAM-SHA-1", "SCRAM-SHA-256") if b"scram-sha-256-plus" in peer.run("msmtp", "--version").stdout else ()
    distrusts = "client"  # it completes the handshake before it looks at the certificate
    cannot = {"UTF-8 addresses": "msmtp 1.8 does not know SMTPUTF8"}

    def deliver(self, letter, security, mechanism, secret, ca, sender, recipient):
        with tempfile.NamedTemporaryFile("w", prefix="smtplab-msmtp-") as file, tempfile.NamedTemporaryFile("w") as hidden:
            hidden.write(secret or "")
            hidden.flush()
            file.write(CONFIGURATION.format(
                port=self.port(security), patience=peer.PATIENCE, tls="off" if security == PLAIN else "on",
                starttls="off" if security == IMPLICIT else "on", ca=ca, auth=(mechanism or "off").lower(),
                user=self.alice.user, secret=hidden.name))
            file.flush()
            done = peer.run("msmtp", "--file=" + file.name, "--from=" + sender, "--", recipient, given=letter.text, status=None)
        return done.returncode == 0, done.stderr.decode(errors="replace")


if __name__ == "__main__":
    peer.main()
