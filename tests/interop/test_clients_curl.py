"""curl delivers to the mock: every security, every mechanism it has, every letter, octet by octet.

Runs in: release. A right client: conformance asks for more under the sanitizers.
"""
import tempfile

import peer
from clients import IMPLICIT, STARTTLS, TOKEN, Deliveries


class Curl(Deliveries, peer.Case):
    # Debian's is built without SCRAM. With a token it takes OAUTHBEARER whenever it is offered, whatever is asked for.
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5", "OAUTHBEARER")
    utf8_recipient = "用户@xn--fsqu00a.example"  # it writes domains in punycode

    def deliver(self, letter, security, mechanism, secret, ca, sender, recipient):
        scheme = "smtps" if security == IMPLICIT else "smtp"
        command = ["curl", "--disable", "--silent", "--show-error", "--max-time", peer.PATIENCE, "--cacert", ca, "--crlf",
                   "--url", f"{scheme}://localhost:{self.port(security)}/client.example",
                   "--mail-from", sender, "--mail-rcpt", recipient]
        if security == STARTTLS:
            command += ["--ssl-reqd"]
        if mechanism in TOKEN:
            command += ["--user", self.alice.user + ":", "--oauth2-bearer", secret, "--login-options", "AUTH=" + mechanism]
        elif mechanism:
            command += ["--user", f"{self.alice.user}:{secret}", "--login-options", "AUTH=" + mechanism]
        with tempfile.NamedTemporaryFile(prefix="smtplab-letter-") as file:
            file.write(letter.text)
            file.flush()
            done = peer.run(*command, "--upload-file", file.name, status=None)
        return done.returncode == 0, done.stderr.decode(errors="replace")


if __name__ == "__main__":
    peer.main()
