"""The wire table of IMAP (tests/imap/wire.txt) over sockets, against the mock, and what several connections see of each other."""
import ssl

import imap_wire
import peer
from neutral import Neutral, accounts

IMAP = ("--imap", "0", "--imaps", "0")


class Mailbox(peer.Case):
    def setUp(self):
        self.mock = self.enterContext(Neutral(arguments=IMAP))
        self.alice = accounts()[0]

    def connect(self):
        wire = imap_wire.Wire(self.mock.ports["imap"], self.alice.user, self.alice.password)
        self.addCleanup(wire.close)
        wire.log_in()
        return wire

    def deliver(self, message):
        with self.mock.connect() as talk:
            talk.login(self.alice.user, self.alice.password)
            talk.mail(self.alice.user, [self.alice.user], message)
            talk.quit()


class Table(Mailbox):
    def test_it_answers_as_the_table_says(self):
        rows = [row for row in imap_wire.rows() if "mock" not in row.skipped]
        found = [imap_wire.mismatch(row, self.mock.ports["imap"], self.alice.user, self.alice.password) for row in rows]
        found = [one for one in found if one]
        if found:
            self.fail("\n".join([f"{len(found)} mismatches", *found]))
        self.assertGreater(len(rows), 150)


class Sessions(Mailbox):
    def test_what_smtp_delivers_is_told_at_once_in_idle(self):
        wire = self.connect()
        wire.ask("a SELECT INBOX")
        wire.send("b IDLE\r\n")
        wire.read("b")
        self.deliver(b"Subject: new\r\n\r\nHello\r\n")
        self.assertEqual(wire.line(), b"* 1 EXISTS")
        wire.send("DONE\r\n")
        self.assertTrue(wire.read("b").startswith(b"b OK"))
        wire.ask("c FETCH 1 BODY[TEXT]")
        self.assertIn(b"* 1 FETCH (FLAGS (\\Seen \\Recent) BODY[TEXT] {7}\r\nHello\r\n)", wire.lines)

    def test_pop3_and_imap_read_the_same_mailbox(self):
        mock = self.enterContext(Neutral(arguments=(*IMAP, "--pop3", "0")))
        self.mock = mock
        wire = self.connect()
        wire.send(b"a APPEND INBOX {14+}\r\nSubject: x\r\n\r\n\r\n")
        self.assertIn(b" OK ", wire.read("a"))
        with peer.Talk(mock.ports["pop3"], greeted=False) as talk:
            talk.line()
            for line in (f"USER {self.alice.user}", f"PASS {self.alice.password}", "STAT"):
                talk.send(line.encode() + b"\r\n")
                answer = talk.line()
            self.assertEqual(answer, b"+OK 1 14\r\n")

    def test_a_large_mailbox_does_not_stay_in_memory(self):
        self.mock = self.enterContext(Neutral(arguments=IMAP, events=False))
        wire = self.connect()
        message = b"Subject: large\r\n\r\n" + b"0123456789abcdef\r\n" * 60_000
        for _ in range(20):
            wire.send(b"a APPEND INBOX {%d+}\r\n%s\r\n" % (len(message), message))
            self.assertIn(b" OK ", wire.read("a"))
        wire.ask("b SELECT INBOX")
        before = self.mock.memory("VmHWM")
        wire.send("c FETCH 1:* BODY.PEEK[]\r\n")
        wire.read("c")
        self.assertEqual(sum(line.count(b"BODY[]") for line in wire.lines), 20)
        self.assertLess(self.mock.memory("VmHWM") - before, 8 * 1024)

    def test_tls_from_the_start_and_by_starttls(self):
        context = ssl.create_default_context(cafile=self.mock.ca)
        wire = imap_wire.Wire(self.mock.ports["imap"], self.alice.user, self.alice.password)
        self.addCleanup(wire.close)
        wire.send("a STARTTLS\r\nb NOOP\r\n")  # what comes in clear behind it is not answered inside
        wire.read("a")
        self.assertEqual(wire.buffer, b"")
        wire.socket = context.wrap_socket(wire.socket, server_hostname="localhost")
        wire.log_in()
        inside = imap_wire.Wire(self.mock.ports["imaps"], self.alice.user, self.alice.password, context)
        self.addCleanup(inside.close)
        inside.log_in()
        inside.ask("a SELECT INBOX")

    def test_whoever_leaves_does_no_harm(self):
        wire = self.connect()
        wire.send(b"a APPEND INBOX {14+}\r\nSubject: x\r\n\r\n\r\n")
        wire.read("a")
        for octets in (b"", b"a SELECT INBOX\r\nb FETCH 1:* BODY[]\r\n", b"a SELECT INBOX\r\nb IDLE\r\n", b"a APPEND INBOX {100}\r\n",
                       b"a APPEND INBOX {100+}\r\nhalf", b"a SELECT INBOX\r\nb STORE 1 +FLAGS (\\Deleted)\r\nc EXPUNGE"):
            other = self.connect()
            other.send(octets)
            other.close()
        self.deliver(b"Subject: new\r\n\r\nHello\r\n")
        wire.ask("b STATUS INBOX (MESSAGES)")
        self.assertIn(b"* STATUS INBOX (MESSAGES 2)", wire.lines)

    def test_it_says_goodbye_when_it_ends(self):
        wire = self.connect()
        self.mock.process.terminate()
        self.assertTrue(wire.line().startswith(b"* BYE "))
        self.mock.stop()


class Restart(peer.Case):
    def test_uids_survive_it(self):
        alice = accounts()[0]
        told = []
        with Neutral(arguments=IMAP) as mock:
            for _ in range(2):
                with peer.Mock("any/submission", arguments=("--imap", "0", "--store", mock.store), store=False) as again:
                    wire = imap_wire.Wire(again.ports["imap"], alice.user, alice.password)
                    self.addCleanup(wire.close)
                    wire.log_in()
                    if not told:
                        wire.send(b"a APPEND Sent (\\Seen $x) {14+}\r\nSubject: x\r\n\r\n\r\n")
                        self.assertIn(b" OK ", wire.read("a"))
                    wire.ask("b SELECT Sent")
                    told.append([line for line in wire.lines if b"UIDVALIDITY" in line or b"UIDNEXT" in line])
                    wire.ask("c FETCH 1:* (UID FLAGS)")
                    told[-1] += [line.replace(b" \\Recent", b"") for line in wire.lines if b"FETCH (" in line]
        self.assertEqual(told[0], told[1])


class Cut(peer.Case):
    """An answer from a mailbox is cut like any other: who reads a literal line by line is seen to do so."""
    MESSAGE = b"Subject: x\r\n\r\nf(\r\n)\r\nmore\r\n" + b"y" * 600 + b"\r\n"

    def fetch(self, mock):
        """A client that waits for the answer to its FETCH, or at least for a line with ) alone."""
        alice = accounts()[0]
        wire = imap_wire.Wire(mock.ports["imap"], alice.user, alice.password)
        self.addCleanup(wire.close)
        wire.log_in()
        wire.send(b"a APPEND INBOX {%d+}\r\n%s\r\n" % (len(self.MESSAGE), self.MESSAGE))
        wire.read("a")
        wire.ask("b SELECT INBOX")
        wire.send("c FETCH 3 BODY.PEEK[]\r\n")  # behind those of the scenario
        return wire

    def test_what_is_cut_arrives_whole(self):
        for probe in ("split", "bytewise"):
            with self.subTest(probe), peer.Mock("any-imap", arguments=("--imap", "0", "--with", probe)) as mock:
                wire = self.fetch(mock)
                wire.read("c")
                self.assertEqual(wire.lines[0], b"* 3 FETCH (BODY[] {%d}\r\n%s)" % (len(self.MESSAGE), self.MESSAGE))
                wire.ask("d LOGOUT")
                mock.await_event("the end", kind="closed")
                self.assertFalse([event for event in mock.events() if event["kind"] == "finding" and event["severity"] == "error"])

    def test_a_literal_that_is_read_by_lines(self):
        with peer.Mock("any-imap", arguments=("--imap", "0", "--with", "bytewise")) as mock:
            wire = self.fetch(mock)
            while b"\r\n)\r\n" not in wire.buffer:
                wire.fill()
            wire.send("d NOOP\r\n")
            wire.read("d")
            mock.await_event("the finding", kind="finding", id="literal-reply-read-by-lines")
            wire.ask("e LOGOUT")


class Usage(peer.Case):
    def test_without_the_options_there_is_none(self):
        with peer.Mock() as mock:
            self.assertEqual(set(mock.ports), {"smtp"})

    def test_as_what_a_scenario_speaks(self):
        with peer.Mock("any-imap", arguments=("--imap", "0")) as mock:
            wire = imap_wire.Wire(mock.ports["imap"], "alice@mock.example", "through-the-looking-glass")
            self.addCleanup(wire.close)
            wire.log_in()
            wire.ask("a SELECT INBOX")
            self.assertIn(b"* 2 EXISTS", wire.lines)

    def test_once_is_for_one_protocol(self):
        done = peer.run(peer.MOCK, "--smtp", "0", "--once", "--imap", "0", status=peer.USAGE)
        self.assertIn(b"--once", done.stderr)


if __name__ == "__main__":
    peer.main()
