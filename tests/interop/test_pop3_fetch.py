"""Our POP3 client session fetches from Dovecot and from the mock: in clear, with STLS and inside TLS, with every way to log in
that they have.
"""
import pathlib
import tempfile
import unittest

import dovecot
import peer
import pop3_wire
from test_pop3_mock import Mailbox

FETCH = peer.BIN / "tests" / "pop3_fetch"
SECURITIES = ("clear", "stls", "tls")
MECHANISMS = ("PASS", "APOP", "PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256")
LARGE = b"Subject: large\r\n\r\n" + b".0123456789\r\n" * 100_000
MESSAGES = (*pop3_wire.MESSAGES, LARGE)


def fetch(port, security, ca, user, password, mechanism, what="keep"):
    with tempfile.TemporaryDirectory(prefix="smtplab-fetch-") as folder:
        done = peer.run(FETCH, port, security, ca, user, password, mechanism, folder, what)
        stored = sorted(pathlib.Path(folder).iterdir(), key=lambda file: int(file.name))
        return done.stdout.decode(), tuple(file.read_bytes() for file in stored)


class Fetched:
    """What both servers are asked; mixed into a test case that has them."""

    def test_every_way(self):
        for security in SECURITIES:
            for mechanism in MECHANISMS:
                with self.subTest(security, mechanism=mechanism):
                    said, stored = self.fetch(security, mechanism)
                    self.assertEqual(said, f"user {self.user}, {len(MESSAGES)} messages, {sum(map(len, MESSAGES))} octets\n")
                    self.assertEqual(stored, MESSAGES)

    def test_what_is_removed_is_gone(self):
        self.assertEqual(self.fetch("clear", "PASS", "remove")[1], MESSAGES)
        self.assertEqual(self.fetch("clear", "PASS"), (f"user {self.user}, 0 messages, 0 octets\n", ()))


@unittest.skipIf(dovecot.obstacle(), dovecot.obstacle())
class Dovecot(Fetched, peer.Case):
    user = "alice"

    def setUp(self):
        self.server = self.enterContext(dovecot.Dovecot())
        self.server.mailbox(self.user, MESSAGES)

    def fetch(self, security, mechanism, what="keep"):
        port = self.server.tls_port if security == "tls" else self.server.port
        return fetch(port, security, self.server.ca, self.user, dovecot.PASSWORD, mechanism, what)


class Mock(Fetched, Mailbox):
    def setUp(self):
        super().setUp()
        self.user = self.alice.user
        self.deliver(*MESSAGES)

    def fetch(self, security, mechanism, what="keep"):
        port = self.mock.ports["pop3s" if security == "tls" else "pop3"]
        return fetch(port, security, self.mock.ca, self.user, self.alice.password, mechanism, what)


del Mailbox  # its own tests run where they stand


if __name__ == "__main__":
    peer.main()
