"""The wire table of POP3 (tests/pop3/wire.txt) over sockets, against the mock: what it serves is what SMTP has delivered."""
import os
import signal
import socket
import ssl

import peer
import pop3_wire
from neutral import Neutral, accounts

POP3 = ("--pop3", "0", "--pop3s", "0")


class Mailbox(peer.Case):
    def setUp(self):
        self.mock = self.enterContext(Neutral(arguments=POP3))
        self.alice = accounts()[0]

    def deliver(self, *messages):
        with self.mock.connect() as talk:
            talk.login(self.alice.user, self.alice.password)
            for message in messages:
                talk.mail(self.alice.user, [self.alice.user], b"".join(
                    b"." + line if line.startswith(b".") else line for line in message.splitlines(keepends=True)))
            talk.quit()

    def log_in(self, name="pop3"):
        talk = self.enterContext(peer.Talk(self.mock.ports[name], greeted=False))
        talk.line()
        for line in (f"USER {self.alice.user}", f"PASS {self.alice.password}"):
            talk.send(line.encode() + b"\r\n")
            self.answer = talk.line()
        return talk

    def say(self, talk, line):
        talk.send(line + b"\r\n")
        return talk.line()

    def empty(self):
        talk = self.log_in()
        count = int(self.say(talk, b"STAT").split()[1])
        for number in range(1, count + 1):
            self.say(talk, b"DELE %d" % number)
        self.say(talk, b"QUIT")
        talk.must_close()


class Table(Mailbox):
    def test_it_answers_as_the_table_says(self):
        found = []
        for row in pop3_wire.rows():
            if "mock" not in row.skipped:
                self.empty()
                self.deliver(*pop3_wire.MESSAGES)
                found.append(pop3_wire.mismatch(row, self.mock.ports["pop3"], str(self.mock.ca), self.alice.user,
                                                self.alice.password))
        found = [one for one in found if one]
        if found:
            self.fail("\n".join([f"{len(found)} mismatches", *found]))
        self.assertGreater(len(pop3_wire.rows()), 100)


class Sessions(Mailbox):
    def test_what_is_delivered_meanwhile_belongs_to_the_next_session(self):
        self.deliver(pop3_wire.MESSAGES[0])
        first = self.log_in()
        self.deliver(pop3_wire.MESSAGES[1])
        self.assertEqual(self.say(first, b"STAT"), b"+OK 1 23\r\n")
        self.assertTrue(self.say(first, b"RETR 2").startswith(b"-ERR"))
        self.say(first, b"QUIT")
        self.assertEqual(self.say(self.log_in(), b"STAT"), b"+OK 2 61\r\n")

    def test_one_session_at_a_time(self):
        self.deliver(pop3_wire.MESSAGES[0])
        first = self.log_in()
        self.log_in()
        self.assertTrue(self.answer.startswith(b"-ERR [IN-USE] "), self.answer)
        first.socket.shutdown(socket.SHUT_WR)
        first.must_close()
        self.assertEqual(self.say(self.log_in(), b"STAT"), b"+OK 1 23\r\n")

    def test_a_large_message_does_not_stay_in_memory(self):
        large = b"Subject: large\r\n\r\n" + b".0123456789012345678901234567890123456789\r\n" * 700_000
        self.deliver(large)
        talk = self.log_in()
        before = self.mock.memory("VmHWM")
        talk.send(b"RETR 1\r\n")
        received = b""
        self.assertTrue(talk.line().startswith(b"+OK"))
        while not (talk.buffer.endswith(b"\r\n.\r\n")):
            talk.buffer += talk.socket.recv(1 << 20)
        received, talk.buffer = talk.buffer, b""
        self.assertEqual(received.replace(b"\r\n..", b"\r\n."), large + b".\r\n")
        self.assertLess(self.mock.memory("VmHWM") - before, 8 * 1024)

    def test_all_at_once_and_the_end_behind_it(self):
        large = b"Subject: large\r\n\r\n" + b"0123456789\r\n" * 300_000
        self.deliver(large)
        talk = self.enterContext(peer.Talk(self.mock.ports["pop3"], greeted=False))
        lines = (f"USER {self.alice.user}", f"PASS {self.alice.password}", "RETR 1", "DELE 1", "QUIT", "")
        talk.send("\r\n".join(lines).encode())
        talk.socket.shutdown(socket.SHUT_WR)
        received = b"".join(iter(lambda: talk.socket.recv(1 << 20), b""))
        self.assertIn(large + b".\r\n+OK", received)
        self.assertTrue(received.endswith(b"(maildrop empty)\r\n"), received[-200:])
        self.assertEqual(self.say(self.log_in(), b"STAT"), b"+OK 0 0\r\n")

    def test_whoever_leaves_does_no_harm(self):
        self.deliver(b"Subject: large\r\n\r\n" + b"x" * 70 + b"\r\n" * 500_000)
        for octets in (b"", b"RETR 1\r\n", b"RETR 1\r\nRETR 1\r\nQUIT\r\n", b"STLS\r\nSTAT\r\n"):
            talk = self.log_in()
            talk.send(octets)
            talk.socket.close()
        talk = peer.until(self.logged_in, "the lock of whoever has gone")
        self.assertTrue(self.say(talk, b"STAT").startswith(b"+OK 1 "))

    def logged_in(self):
        talk = self.log_in()
        return talk if self.answer.startswith(b"+OK") else None

    def test_what_comes_in_clear_behind_stls_is_not_answered_inside(self):
        talk = self.enterContext(peer.Talk(self.mock.ports["pop3"], greeted=False))
        talk.line()
        talk.send(b"STLS\r\nCAPA\r\nQUIT\r\n")
        self.assertTrue(talk.line().startswith(b"+OK"))
        self.assertEqual(talk.buffer, b"")
        context = ssl.create_default_context(cafile=self.mock.ca)
        talk.socket = context.wrap_socket(talk.socket, server_hostname="localhost")
        self.assertEqual(self.say(talk, b"STAT"), b"-ERR log in first\r\n")

    def test_it_ends_in_order(self):
        talk = self.log_in()
        os.kill(self.mock.process.pid, signal.SIGTERM)
        self.assertTrue(talk.line().startswith(b"-ERR [SYS/TEMP]"))
        talk.must_close()
        talk.socket.close()
        self.mock.stop()


class Usage(peer.Case):
    def test_without_the_options_there_is_none(self):
        with peer.Mock() as mock:
            self.assertEqual(set(mock.ports), {"smtp"})

    def test_without_accounts_whoever_comes_reads_what_came_for_anybody(self):
        with peer.Mock(arguments=("--pop3", "0")) as mock:
            with mock.connect() as talk:
                talk.ask(b"EHLO client.example", 250)
                talk.mail("a@b.example", ["c@d.example"], pop3_wire.MESSAGES[0])
            with peer.Talk(mock.ports["pop3"], greeted=False) as talk:
                talk.line()
                for line in (b"USER somebody", b"PASS something"):
                    talk.send(line + b"\r\n")
                    self.assertTrue(talk.line().startswith(b"+OK"))
                talk.send(b"STAT\r\n")
                self.assertEqual(talk.line(), b"+OK 1 23\r\n")

    def test_once_is_for_smtp(self):
        done = peer.run(peer.MOCK, "--smtp", "0", "--once", "--pop3", "0", status=peer.USAGE)
        self.assertIn(b"--once", done.stderr)


if __name__ == "__main__":
    peer.main()
