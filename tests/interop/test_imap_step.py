"""`smtplab step --server HOST --protocol imap` by itself: what it says to a server of other people, and to ours; and
`smtplab explain --message` of what a mailbox holds."""
import pathlib
import re
import tempfile
import unittest

import dovecot
import peer
import pop3_wire
from neutral import Neutral, accounts
from smtplab import complaint, smtplab


def lines_of(shown, who):
    return [line[3:] for line in shown.splitlines() if line.startswith(f"{who}: ")]


class Visit(peer.Case):
    """It only looks: nothing is opened, marked or removed, and LOGOUT ends it (RFC 9051 §6.1.3)."""

    def visit(self, port, *options, user, password, status=peer.DONE):
        done = smtplab("step", "--server", f"127.0.0.1:{port}", "--protocol", "imap", "--auto", "--user", user, *options,
                       env=peer.clean_environment(SMTPLAB_PASSWORD=password), status=status)
        said = lines_of(done, "C")
        self.assertFalse([line for line in said if password in line], done)
        self.assertIn("-- the server closed the connection", done)
        commands = [line.split() for line in said if re.match(r"a\d+ ", line)]
        self.assertEqual(len({words[0] for words in commands}), len(commands), "each command has another tag")
        verbs = [words[1] for words in commands]
        self.assertEqual(verbs[-1], "LOGOUT", done)
        self.assertLessEqual(set(verbs), {"CAPABILITY", "STARTTLS", "AUTHENTICATE", "LOGIN", "LIST", "LOGOUT"})
        self.assertNotIn("answers nothing", done)
        return verbs, lines_of(done, "S")

    @unittest.skipIf(dovecot.obstacle(), dovecot.obstacle())
    def test_dovecot(self):
        with dovecot.Dovecot() as server:
            server.mailbox("alice", pop3_wire.MESSAGES)
            for port, security in ((server.imap_port, "starttls"), (server.imap_tls_port, "tls")):
                with self.subTest(security=security):
                    verbs, heard = self.visit(port, "--security", security, "--ca", str(server.ca), user="alice",
                                              password=dovecot.PASSWORD)
                    # Its greeting says what it can do; inside TLS one asks again (RFC 9051 §6.2.1).
                    begins = ["STARTTLS", "CAPABILITY", "AUTHENTICATE"] if security == "starttls" else ["AUTHENTICATE"]
                    self.assertEqual(verbs[:len(begins)], begins)
                    self.assertEqual(verbs[-2:], ["LIST", "LOGOUT"])
                    self.assertTrue([line for line in heard if line.startswith("* LIST")], heard)
            verbs, heard = self.visit(server.imap_port, "--security", "starttls", "--ca", str(server.ca), user="alice",
                                      password="wrong-one", status=peer.FAILED)
            self.assertNotIn("LIST", verbs)

    def test_the_mock(self):
        mock = self.enterContext(Neutral(arguments=("--imap", "0", "--imaps", "0")))
        alice = accounts()[0]
        for name, security in (("imap", "starttls"), ("imaps", "tls")):
            with self.subTest(security=security):
                verbs, heard = self.visit(mock.ports[name], "--security", security, "--ca", str(mock.ca), user=alice.user,
                                          password=alice.password)
                self.assertEqual(verbs[-2:], ["LIST", "LOGOUT"])
                self.assertIn("INBOX", "".join(heard))


class Message(peer.Case):
    def told(self, octets, *options):
        with tempfile.TemporaryDirectory(prefix="smtplab-mail-") as folder:
            file = pathlib.Path(folder) / "mail.eml"
            file.write_bytes(octets)
            return smtplab("explain", "--message", str(file), *options)

    def test_a_message_is_taken_apart(self):
        told = self.told(b"Subject: =?gbk?B?xOO6ww==?=\r\n\r\nHi\r\n")
        self.assertIn("1  text/plain", told)
        self.assertIn("Subject  你好", told)
        self.assertIn("as it stands  =?gbk?B?xOO6ww==?=", told)
        self.assertIn("有什么问题", self.told(b"", "--lang", "zh"))

    def test_nothing_of_it_reaches_the_terminal_as_it_is(self):
        self.assertNotIn("\x1b", self.told(b"Subject: \x1b[2J\r\nX-\x1b: y\r\n\r\n\x1b[2J"))

    def test_what_cannot_be_read_is_said(self):
        for name in ("/nowhere/at/all", "/"):
            with self.subTest(name):
                self.assertIn("cannot read the message", complaint("explain", "--message", name))


if __name__ == "__main__":
    peer.main()
