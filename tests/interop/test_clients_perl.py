"""Perl's Net::SMTP delivers to the mock: every security, every mechanism it has, every letter, octet by octet."""
import peer
from clients import IMPLICIT, PLAIN, Deliveries
from letters import LETTERS

PROGRAM = peer.SOURCE / "tests" / "interop" / "net_smtp.pl"


class NetSmtp(Deliveries, peer.Case):
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5")
    cannot = {"UTF-8 addresses": "Net::SMTP does not know SMTPUTF8"}
    bits = ""

    def deliver(self, letter, security, mechanism, secret, ca, sender, recipient):
        done = peer.run("perl", PROGRAM, self.port(security), security, mechanism or "", self.alice.user, secret or "", ca,
                        self.bits or ("8" if letter.eight_bit else ""), sender, recipient, given=letter.text, status=None)
        return done.returncode == 0, done.stderr.decode(errors="replace")

    def test_chunks_of_binary_data(self):
        self.bits = "binary"
        for letter in LETTERS:
            for security in (PLAIN, IMPLICIT):
                with self.subTest(letter.name, security=security):
                    message, envelope = self.send(letter, security)
                    # BDAT counts octets: nobody completes the last line.
                    self.assertEqual(message, letter.text.replace(b"\n", b"\r\n"))
                    self.assertEqual(envelope["body"], "BINARYMIME")


if __name__ == "__main__":
    peer.main()
