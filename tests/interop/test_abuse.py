"""Clients that mean no good, or that are broken: each costs bounded memory and time, gets a clear reply where the protocol
allows one, and a well-behaved client beside it gets its mail through promptly."""
import contextlib
import select
import socket
import tempfile
import threading
import time

from peer import PATIENCE, SANITIZED, USER, Case, Mock, NeverCame, main, until

MEGABYTE = 1 << 20
# Seconds that the server may work, for whomever, while a whole mail waits beside the abuse; alone it takes milliseconds.
PROMPTLY = 20 if SANITIZED else 5
GROWTH = (64 if SANITIZED else 16) * 1024  # KiB by which the memory of the server may grow
MESSAGE_LIMIT = 37748736  # of any/accept-all

IMPATIENT = """
extends = "any"
subject = "basics"
title.en = "impatient"
title.zh = "没有耐心"
summary.en = "Times out soon."
summary.zh = "很快超时。"
[limits]
idle_timeout = 0.5
[[step]]
send = "QUIT"
expect = 221
say.en = "Leave."
say.zh = "离开。"
"""


class Neighbour(threading.Thread):
    """Sends one mail after the other, each on a new connection, until it is told to stop; remembers for which one the server
    worked longest. That, and not the clock, tells how the server treats it: the clock tells how busy the computer is too."""

    def __init__(self, mock, logs_in=False):
        super().__init__(daemon=True)
        self.mock = mock
        self.logs_in = logs_in
        self.enough = threading.Event()
        self.sent = 0
        self.slowest = 0.0
        self.failure = None

    def run(self):
        try:
            while not self.enough.is_set() or self.sent == 0:
                began = self.mock.cpu_time()
                with self.mock.connect() as talk:
                    if self.logs_in:
                        talk.login()
                    else:
                        talk.ask(b"EHLO neighbour.example", 250)
                    talk.mail(USER, ["m@example.org"], b"mail %d\r\n" % self.sent)
                    talk.quit()
                self.slowest = max(self.slowest, self.mock.cpu_time() - began)
                self.sent += 1
        except Exception as error:  # pylint: disable=broad-except
            self.failure = error

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, value, trace):
        self.enough.set()
        self.join(PATIENCE)
        if kind is None:
            if self.failure or self.is_alive():
                raise AssertionError(f"the well-behaved client failed after {self.sent} mails: {self.failure!r}")
            if self.slowest > PROMPTLY:
                raise AssertionError(f"the well-behaved client once waited until the server had worked {self.slowest:.1f} s")


def send_for_ever(talk, octets, total):
    """Sends the octets again and again until the server ends it or `total` is out; says how much went out."""
    sent = 0
    talk.socket.settimeout(PATIENCE)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        while sent < total:
            sent += talk.socket.send(octets)
    return sent


def last_words(talk):
    """Everything the server still says until it closes; a reset ends it too."""
    words = bytearray(talk.buffer)  # grows in place: it may be many megabytes, and others run beside us
    with contextlib.suppress(ConnectionResetError):
        while received := talk.socket.recv(65536):
            words += received
    return bytes(words)


class Abuse(Case):
    @contextlib.contextmanager
    def watched(self, *scenarios, growth=GROWTH, logs_in=False):
        """A mock with a neighbour at work; afterwards the neighbour was served, the memory is bounded, and nobody is left."""
        # The events of a flood would only make the test slow: what is written there is tested elsewhere.
        with Mock(*scenarios, events=False, store=False) as mock:
            with Neighbour(mock, logs_in) as neighbour:
                until(lambda: neighbour.sent or neighbour.failure, "the neighbour's first mail")
                before = mock.memory()
                yield mock
                done = neighbour.sent
                until(lambda: neighbour.sent > done or neighbour.failure, "a mail of the neighbour afterwards")
            self.assertLess(mock.memory("VmHWM") - before, growth, "KiB more at the worst moment")
            self.assertIsNone(mock.process.poll(), "it still runs")

    def impatient(self):
        file = self.enterContext(tempfile.NamedTemporaryFile("w", suffix=".toml", prefix="impatient-"))
        file.write(IMPATIENT)
        file.flush()
        return file.name

    def test_100_mb_without_a_newline(self):
        with self.watched() as mock, mock.connect() as talk:
            send_for_ever(talk, b"A" * MEGABYTE, 100 * MEGABYTE)
            self.assertRegex(last_words(talk), rb"^421 mock\.example Line too long, closing connection\r\n$")

    def test_a_client_that_goes_on_behind_the_421_is_cut_off(self):
        with self.watched() as mock, mock.connect() as talk:
            send_for_ever(talk, b"A" * MEGABYTE, 2 * MEGABYTE)
            talk.reply(421)
            began = time.monotonic()
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                while time.monotonic() - began < PATIENCE:
                    talk.socket.send(b"A" * 4096)
            self.assertLess(time.monotonic() - began, PATIENCE, "the server waits only so long for the other side to close")

    def test_100_mb_without_a_newline_where_a_password_is_wanted(self):
        with self.watched("netease/first-mail", logs_in=True) as mock, mock.connect() as talk:
            talk.ask(b"EHLO client.example", 250)
            talk.ask(b"AUTH LOGIN", 334)
            send_for_ever(talk, b"QUJD" * (MEGABYTE // 4), 100 * MEGABYTE)
            self.assertRegex(last_words(talk), rb"^421 163\.com Line too long")

    def test_a_line_that_is_only_somewhat_too_long_is_500_and_the_session_goes_on(self):
        with self.watched() as mock, mock.connect() as talk:
            talk.ask(b"X" * 10000, 500)
            talk.ask(b"NOOP", 250)

    def test_100_mb_of_message(self):
        # Up to the limit it has to be kept, and growing a string takes twice that for a moment.
        with self.watched(growth=GROWTH + 4 * MESSAGE_LIMIT // 1024) as mock, mock.connect() as talk:
            talk.ask(b"EHLO client.example", 250)
            talk.ask(b"MAIL FROM:<a@example.org>", 250)
            talk.ask(b"RCPT TO:<b@example.org>", 250)
            talk.ask(b"DATA", 354)
            before = mock.memory()
            self.assertGreaterEqual(send_for_ever(talk, b"A" * MEGABYTE, 100 * MEGABYTE), 100 * MEGABYTE)
            self.assertRegex(talk.ask(b"\r\n.", 552), rb"^552 Message exceeds fixed maximum message size\r\n$")
            talk.ask(b"NOOP", 250)  # the dialogue is still in step
            talk.quit()
            until(lambda: mock.memory() - before < GROWTH, "the memory of a refused message is given back")

    def test_10_000_commands(self):
        with self.watched() as mock, mock.connect() as talk:
            talk.ask(b"EHLO client.example", 250)
            answers = []
            for _ in range(10000):
                answers.append(talk.ask(b"NOOP")[:3])
                if answers[-1] != b"250":
                    break
            self.assertEqual((len(answers), answers[-1]), (1000, b"421"), "EHLO and 999 more are answered, then it is enough")
            talk.must_close()

    def test_10_000_commands_at_once(self):
        with self.watched() as mock, mock.connect() as talk:
            send_for_ever(talk, b"NOOP\r\n" * 10000, 60000)
            words = last_words(talk)
            self.assertEqual(words.count(b"250 OK\r\n") + words.count(b"250 2.0.0 OK\r\n"), 1000)
            self.assertRegex(words, rb"\r\n421 mock\.example Too many commands without a message, closing connection\r\n$")

    def test_10_000_recipients(self):
        with self.watched() as mock, mock.connect() as talk:
            talk.ask(b"EHLO client.example", 250)
            talk.ask(b"MAIL FROM:<a@example.org>", 250)
            codes = []
            while not codes or codes[-1] in (b"250", b"452"):
                codes.append(talk.ask(b"RCPT TO:<r%d@example.org>" % len(codes))[:3])
            self.assertLessEqual(codes.count(b"250"), 1000)
            self.assertEqual(codes[-1], b"421")

    def test_nul_bytes(self):
        with self.watched() as mock, mock.connect() as talk:
            talk.ask(b"\0\0\0\0", 500)
            talk.ask(b"HELO a\0b", 501)
            talk.ask(b"EHLO client.example", 250)
            talk.ask(b"MAIL FROM:<a\0@example.org>", 501)
            talk.mail("a@example.org", ["b@example.org"], b"nul \0 in the text\r\n")
            talk.quit()

    def test_nul_bytes_in_a_message_are_kept(self):
        with Mock() as mock, mock.connect() as talk:
            talk.ask(b"EHLO client.example", 250)
            talk.mail("a@example.org", ["b@example.org"], b"nul \0\0 in the text\r\n\0\r\n")
            self.assertEqual(mock.only_message("other")[0], b"nul \0\0 in the text\r\n\0\r\n")

    def test_random_octets(self):
        with self.watched() as mock:
            for seed in range(50):
                octets = bytes((seed * 7919 + at * at * 31) % 256 for at in range(4000))
                with mock.connect() as talk:
                    send_for_ever(talk, octets + b"\r\nQUIT\r\n", 1)
                    talk.socket.shutdown(socket.SHUT_WR)
                    for line in last_words(talk).splitlines():
                        self.assertRegex(line, rb"^[2-5]\d\d[ -][\x20-\x7e]*$")

    def test_half_a_command_and_a_disconnect(self):
        with Mock() as mock, Neighbour(mock):
            with mock.connect() as talk:
                talk.send(b"MAIL FROM:<a@exam")
            mock.await_event("what was left is in the log", kind="client", text="MAIL FROM:<a@exam", remark="missing-crlf")
            mock.await_event("and said", kind="note", note="its line has no end")

    def test_a_disconnect_in_the_middle_of_the_message_stores_nothing(self):
        with Mock() as mock:
            with mock.connect() as talk:
                talk.ask(b"EHLO client.example", 250)
                talk.ask(b"MAIL FROM:<a@example.org>", 250)
                talk.ask(b"RCPT TO:<b@example.org>", 250)
                talk.ask(b"DATA", 354)
                talk.send(b"half a message\r\n")
            mock.await_event("it is said", kind="note", note="closed in the middle of the message")
            self.assertFalse(any(mock.store.iterdir()), "nothing is stored")

    def test_a_reset_in_the_middle_harms_nobody(self):
        with self.watched() as mock:
            for _ in range(20):
                with mock.connect() as talk:
                    talk.send(b"EHLO a\r\nNOOP\r\n")
                    talk.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    def test_a_client_that_says_nothing_is_told_and_left(self):
        with self.watched(self.impatient()) as mock, mock.connect() as talk:
            self.assertIn(b"Timeout", talk.reply(421))
            talk.must_close()

    def test_a_slow_dribble_does_not_hold_the_session(self):
        with self.watched(self.impatient()) as mock, mock.connect() as talk:
            began = time.monotonic()
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                while not talk.has_answer(0.02):  # one octet after the other, slower than the server works
                    talk.send(b"N")
                    if time.monotonic() - began > PATIENCE:
                        raise NeverCame("no end after many octets without a command")
            talk.reply(421)

    def test_a_client_that_never_reads(self):
        # Each message makes the count of commands begin anew, so that only the reading can hold the server up. All the
        # answers together are larger than the memory that may be used.
        batches, each = 450, 900
        batch = b"HELP\r\n" * each + b"MAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nDATA\r\n.\r\n"
        with self.watched() as mock:
            with mock.connect() as talk:
                talk.ask(b"EHLO client.example", 250)
                left = batch * batches
                talk.socket.setblocking(False)
                # Until nobody takes more: the server has stopped reading, or the system holds the rest for it.
                while left and select.select([], [talk.socket], [], 0.5)[1]:
                    left = left[talk.socket.send(left):]
                # Now it reads: every command is answered, none twice.
                talk.socket.settimeout(PATIENCE)
                rest = threading.Thread(target=lambda: talk.socket.sendall(left + b"QUIT\r\n"))
                rest.start()
                words = last_words(talk)
                rest.join()
            self.assertGreater(len(words), 24 * MEGABYTE, "enough that it would be seen")
            self.assertEqual((words.count(b"214 "), words.count(b"354 "), words.count(b"250 ")), (batches * each, batches, batches * 3))
            self.assertTrue(words.endswith(b"221 mock.example Service closing transmission channel\r\n"), words[-200:])

    def test_100_000_noops_that_nobody_reads_the_answers_of(self):
        with self.watched() as mock, mock.connect() as talk:
            talk.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            self.assertGreater(send_for_ever(talk, b"NOOP\r\n" * 10000, 600000), 0)
            talk.socket.shutdown(socket.SHUT_WR)
            self.assertRegex(last_words(talk)[-100:], rb"421 mock\.example Too many commands")

    def test_500_idle_connections(self):
        with self.watched() as mock, contextlib.ExitStack() as stack:
            before = mock.memory()
            talks = [stack.enter_context(mock.connect()) for _ in range(500)]
            self.assertLess((mock.memory() - before) / len(talks), 64 if SANITIZED else 16, "KiB each")
            for talk in talks:
                talk.ask(b"NOOP", 250)
                talk.quit()

    def test_500_idle_connections_do_not_hold_up_the_end(self):
        with Mock(events=False, store=False) as mock, contextlib.ExitStack() as stack:
            talks = [stack.enter_context(mock.connect()) for _ in range(500)]
            mock.process.terminate()
            for talk in talks:
                talk.reply(421)
                talk.must_close()
                talk.socket.close()
            self.assertEqual(mock.process.wait(PATIENCE), 0)


if __name__ == "__main__":
    main()
