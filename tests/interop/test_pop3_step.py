"""`smtplab step --server HOST --protocol pop3` by itself: what it says to a server of other people, and to ours."""
import unittest

import dovecot
import peer
import pop3_wire
from neutral import Neutral, accounts
from smtplab import smtplab


def lines_of(shown, who):
    return [line[3:] for line in shown.splitlines() if line.startswith(f"{who}: ")]


class Visit(peer.Case):
    """Nothing of it changes a mailbox, and QUIT ends it, so that the server is in UPDATE (RFC 1939 §6)."""

    def visit(self, port, *options, user, password, status=peer.DONE):
        done = smtplab("step", "--server", f"127.0.0.1:{port}", "--protocol", "pop3", "--auto", "--user", user, *options,
                            env=peer.clean_environment(SMTPLAB_PASSWORD=password), status=status)
        said = lines_of(done, "C")
        self.assertFalse([line for line in said if password in line or line.startswith(("DELE", "RETR"))], done)
        self.assertEqual(said[-1], "QUIT", done)
        self.assertIn("-- the server closed the connection", done)
        return [line.split()[0] for line in said], lines_of(done, "S")

    @unittest.skipIf(dovecot.obstacle(), dovecot.obstacle())
    def test_dovecot(self):
        with dovecot.Dovecot() as server:
            server.mailbox("alice", pop3_wire.MESSAGES)
            for port, security in ((server.port, "starttls"), (server.tls_port, "tls")):
                with self.subTest(security=security):
                    said, heard = self.visit(port, "--security", security, "--ca", str(server.ca), user="alice",
                                             password=dovecot.PASSWORD)
                    begins = ["CAPA", "STLS", "CAPA"] if security == "starttls" else ["CAPA"]
                    self.assertEqual(said[:len(begins)], begins)
                    self.assertEqual(said[-2:], ["STAT", "QUIT"])
                    self.assertEqual(heard[-1], "+OK Logging out.")
            said, heard = self.visit(server.port, "--security", "starttls", "--ca", str(server.ca), user="alice",
                                     password="wrong-one", status=peer.FAILED)
            self.assertNotIn("STAT", said)

    def test_the_mock(self):
        mock = self.enterContext(Neutral(arguments=("--pop3", "0", "--pop3s", "0")))
        alice = accounts()[0]
        said, heard = self.visit(mock.ports["pop3"], "--security", "starttls", "--ca", str(mock.ca), user=alice.user,
                                 password=alice.password)
        self.assertEqual((said[:3], said[-2:]), (["CAPA", "STLS", "CAPA"], ["STAT", "QUIT"]))
        self.assertTrue(heard[-2].startswith("+OK 0 0"), heard)


if __name__ == "__main__":
    peer.main()
