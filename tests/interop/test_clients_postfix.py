"""Postfix as a client: it delivers to the mock with every security and every mechanism of Cyrus SASL, every letter."""
import itertools
import re
import smtplib
import unittest

import mta
import mta_postfix
import peer
from clients import IMPLICIT, PLAIN, SECURITIES, Deliveries

MAIN = """\
message_size_limit = 0
smtp_line_length_limit = 0
smtp_sasl_security_options =
notify_classes =
default_transport = smtp
"""
# A port for each way out: what comes in there leaves by the transport that belongs to it.
WAY = """\
127.0.0.1:{port} inet n - n - - smtpd -o content_filter=way-{port}:[127.0.0.1]:{mock} -o smtpd_tls_security_level=none
way-{port} unix - - n - - smtp
  -o smtp_tls_security_level={level}
  -o smtp_tls_wrappermode={wrapped}
  -o smtp_tls_CAfile={ca}
  -o smtp_tls_secure_cert_match=localhost
  -o smtp_sasl_auth_enable={login}
  -o smtp_sasl_mechanism_filter={mechanism}
  -o {{ smtp_sasl_password_maps = inline:{{ {{ [127.0.0.1]:{mock} = {user}:{secret} }} }} }}
"""


@unittest.skipIf(mta_postfix.obstacle(), mta_postfix.obstacle())
class Postfix(Deliveries, peer.Case):
    mechanisms = mta_postfix.MECHANISMS
    distrusts = "server"  # it completes the handshake, looks at the certificate and says QUIT
    with_secret_and_ca = None

    def deliver(self, letter, security, mechanism, secret, ca, sender, recipient):
        if self.with_secret_and_ca != (secret or self.alice.password, ca):
            self.with_secret_and_ca = (secret or self.alice.password, ca)
            self.start_postfix()
        with smtplib.SMTP("127.0.0.1", self.ways[security, mechanism], "client.example", timeout=peer.PATIENCE) as client:
            client.login(mta.ALICE, mta.PASSWORD)
            utf8 = not (sender + recipient).isascii()
            client.mail(sender, ["BODY=8BITMIME"] * letter.eight_bit + ["SMTPUTF8"] * utf8)
            self.assertEqual(client.rcpt(recipient)[0], 250)
            answer = client.data(letter.delivered)[1]
        queued = re.search(rb"queued as (\w+)", answer)[1].decode()
        outcome = peer.until(lambda: re.search(rf"/smtp\[\d+\]: {queued}: to=.* status=(\w+) .*", self.postfix.log()),
                             lambda: f"the outcome of {queued}:\n{self.postfix.log()}")
        return outcome[1] == "sent", self.postfix.log()

    def start_postfix(self):
        """With a port for each security and mechanism, and the secret and the authority of this delivery."""
        secret, ca = self.with_secret_and_ca
        ways = list(itertools.product(SECURITIES, (None, *self.mechanisms)))
        self.ways = dict(zip(ways, mta.free_ports(len(ways))))
        services = "".join(WAY.format(
            port=port, mock=self.port(security), level="none" if security == PLAIN else "secure",
            wrapped="yes" if security == IMPLICIT else "no", ca=ca, login="yes" if mechanism else "no",
            mechanism=(mechanism or "PLAIN").lower(), user=self.alice.user, secret=secret)
            for (security, mechanism), port in self.ways.items())
        self.postfix = self.enterContext(mta_postfix.Postfix(MAIN, services))

    def check(self, stored, letter):
        head, _, rest = stored.partition(b"From: Alice")
        self.assertRegex(head, rb"(?s)^Received: from .*by mx\.real\.example \(Postfix\)")
        super().check(b"From: Alice" + rest, letter)


if __name__ == "__main__":
    peer.main()
