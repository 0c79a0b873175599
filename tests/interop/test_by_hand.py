"""Typed by hand: nc and telnet, with bare LF, in pieces and with pauses; and what the log says when a line end never comes.

Runs in: release. Bare LF and pieces meet the sanitizers in the tests of the sessions.
"""
import os
import pty
import re
import select
import subprocess
import tempfile
import time

from peer import OTHER_USER, PASSWORD, PATIENCE, USER, Case, Mock, NeverCame, b64, clean_environment, main, until

SILENCE = 0.2  # seconds; long beside what a loaded machine takes between two pieces that belong together

# 163 with a short silence, so that an unfinished line is remarked soon.
SCENARIO = f"""
extends = "netease"
subject = "basics"
title.en = "typed by hand"
title.zh = "手打"
summary.en = "A short silence."
summary.zh = "很快就算沉默。"
[limits]
silence = {SILENCE}
[[step]]
send = "QUIT"
expect = 221
say.en = "Leave."
say.zh = "离开。"
"""


class Typist:
    """A program with a person at its keyboard: types, and waits for what it shows. Use it in a with statement."""

    def __init__(self, *command, terminal=False):
        self.shown = b""
        if terminal:
            self.keyboard, theirs = pty.openpty()
            self.display = self.keyboard
            self.process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
                                            env=clean_environment(TERM="vt100"))
            os.close(theirs)
        else:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=clean_environment())
            self.keyboard, self.display = self.process.stdin.fileno(), self.process.stdout.fileno()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()  # a second time does no harm
            self.process.stdout.close()
        else:
            os.close(self.keyboard)

    def type(self, octets):
        os.write(self.keyboard, octets)

    def read(self, deadline):
        """Whether more was shown before the deadline; False at the end of the program."""
        if not select.select([self.display], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise NeverCame(f"shown so far: {self.shown!r}")
        try:
            octets = os.read(self.display, 65536)
        except OSError:  # a pty says EIO when the other side is gone
            octets = b""
        self.shown += octets
        return bool(octets)

    def expect(self, pattern):
        """Waits until this is shown; what stood before it is done with."""
        deadline = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.shown)):
            if not self.read(deadline):
                raise NeverCame(f"ended before {pattern}: {self.shown!r}")
        self.shown = self.shown[found.end():]
        return found.group()

    def end(self):
        """The person types nothing more; waits until the program ends by itself and returns what it still showed."""
        if self.process.stdin:
            self.process.stdin.close()  # nc stays as long as it has a keyboard, even when the server has closed
        deadline = time.monotonic() + PATIENCE
        while self.read(deadline):
            pass
        self.process.wait(PATIENCE)
        return self.shown


def dialogue(typist, mail):
    """The whole way at 163; every line is typed when the one before is answered. mail: lines, each with its end."""
    typist.expect(rb"220 163\.com Anti-spam GT for Coremail System .*\n")
    for line, answer in ((b"HELO client.example", rb"250 OK\r?\n"), (b"AUTH LOGIN", rb"334 dXNlcm5hbWU6\r?\n"),
                         (b64(USER), rb"334 UGFzc3dvcmQ6\r?\n"), (b64(PASSWORD), rb"235 Authentication successful\r?\n"),
                         (b"MAIL FROM:<alice@163.com>", rb"250 Mail OK\r?\n"), (b"RCPT TO:<bob@163.com>", rb"250 Mail OK\r?\n"),
                         (b"DATA", rb"354 End data with <CR><LF>\.<CR><LF>\r?\n")):
        typist.type(line + b"\n")
        typist.expect(answer)
    for line in mail:
        typist.type(line)
    typist.expect(rb"250 Mail OK queued as smtp8,\S+ \d+\r?\n")
    typist.type(b"QUIT\n")
    typist.expect(rb"221 Bye\r?\n")


class ByHand(Case):
    def setUp(self):
        self.mock = None

    def begin(self, *arguments):
        """A mock with a short silence."""
        file = self.enterContext(tempfile.NamedTemporaryFile("w", suffix=".toml", prefix="by-hand-"))
        file.write(SCENARIO)
        file.flush()
        self.mock = self.enterContext(Mock(file.name, arguments=arguments))
        return str(self.mock.port)

    def silences(self):
        return [event for event in self.mock.events() if event["kind"] == "note" and event["note"].startswith("nothing came")]

    def test_nc_with_bare_lf_and_a_message_that_ends_in_crlf_dot_crlf(self):
        port = self.begin()
        with Typist("nc", "127.0.0.1", port) as nc:
            dialogue(nc, [b"Subject: by hand\n", b"\n", b"one line\n", b"\r\n.\r\n"])
            nc.end()
        self.assertEqual(self.mock.only_message(OTHER_USER)[0], b"Subject: by hand\n\none line\n\r\n")
        for verb in ("helo", "auth", "auth-response", "mail", "rcpt", "data", "quit"):
            self.mock.await_event("bare LF is remarked", input=verb, remark="bare-lf-command")
        self.mock.await_event("bare LF in the message is remarked", input="message", remark="bare-lf-data")

    def test_nc_minus_c_sends_crlf(self):
        port = self.begin()
        with Typist("nc", "-C", "127.0.0.1", port) as nc:
            dialogue(nc, [b"Subject: by hand\n", b"\n", b"one line\n", b"..\n", b".\n"])
            nc.end()
        self.assertEqual(self.mock.only_message(OTHER_USER)[0], b"Subject: by hand\r\n\r\none line\r\n.\r\n")
        self.assertFalse([event for event in self.mock.events() if "bare-lf-command" in event.get("remarks", [])])

    def test_a_whole_dialogue_out_of_a_file_at_once(self):
        port = self.begin()
        lines = [b"HELO client.example", b"AUTH LOGIN", b64(USER), b64(PASSWORD), b"MAIL FROM:<alice@163.com>",
                 b"RCPT TO:<bob@163.com>", b"DATA", b"Subject: file", b"", b"text", b".", b"QUIT"]
        with Typist("nc", "-C", "127.0.0.1", port) as nc:
            nc.type(b"\n".join(lines) + b"\n")
            codes = re.findall(rb"^(\d{3}) ", nc.end(), re.M)
        self.assertEqual(codes, [b"220", b"250", b"334", b"334", b"235", b"250", b"250", b"354", b"250", b"221"])
        self.assertEqual(self.mock.only_message(OTHER_USER)[0], b"Subject: file\r\n\r\ntext\r\n")

    def test_commands_in_pieces_with_pauses(self):
        # The log notes a silence after the first piece: then, and not after a fixed time, the second one is typed.
        port = self.begin()
        pieces = [(b"HE", b"LO client.example\n", rb"250 OK\r\n"), (b"AUTH ", b"LOGIN\n", rb"334 \S+\r\n"),
                  (b64(USER)[:7], b64(USER)[7:] + b"\n", rb"334 \S+\r\n"), (b64(PASSWORD)[:5], b64(PASSWORD)[5:] + b"\n", rb"235 "),
                  (b"MAIL FROM:<ali", b"ce@163.com>\r\n", rb"250 Mail OK\r\n"), (b"RCPT TO:<bob@163.com>", b"\n", rb"250 Mail OK\r\n"),
                  (b"D", b"ATA\r\n", rb"354 .*\r\n")]
        with Typist("nc", "127.0.0.1", port) as nc:
            nc.expect(rb"220 .*\r\n")
            for number, (first, second, answer) in enumerate(pieces, 1):
                nc.type(first)
                until(lambda wanted=number: len(self.silences()) >= wanted, lambda: f"a note after {first!r}")
                self.assertEqual(self.silences()[-1]["remarks"], ["missing-crlf"])
                nc.type(second)
                nc.expect(answer)
            nc.type(b"text\r\n.\r")
            nc.type(b"\nQUIT\n")
            nc.expect(rb"250 .*\r\n221 Bye\r\n")
        self.assertEqual(self.mock.only_message(OTHER_USER)[0], b"text\r\n")
        said = {event["input"]: event["chunks"] for event in self.mock.events() if event["kind"] == "client"}
        self.assertEqual((said["helo"], said["mail"], said["rcpt"], said["data"]), ([2, 18], [14, 13], [21, 1], [1, 5]))
        self.assertNotIn(PASSWORD, str(self.mock.events()))
        self.assertNotIn(b64(PASSWORD).decode()[:5], str(self.mock.events()))

    def up_to_data(self, nc, end):
        """A login and an envelope in lines that end in LF alone; DATA ends as `end` says."""
        nc.expect(rb"220 .*\r\n")
        for line, answer in ((b"HELO a\n", rb"250 "), (b"AUTH LOGIN\n", rb"334 \S+\r\n"), (b64(USER) + b"\n", rb"334 \S+\r\n"),
                             (b64(PASSWORD) + b"\n", rb"235 .*\r\n"), (b"MAIL FROM:<alice@163.com>\n", rb"250 Mail OK\r\n"),
                             (b"RCPT TO:<bob@163.com>\n", rb"250 Mail OK\r\n"), (b"DATA" + end, rb"354 .*\r\n")):
            nc.type(line)
            nc.expect(answer)

    def test_who_says_lf_throughout_ends_a_message_with_it(self):
        port = self.begin()
        with Typist("nc", "127.0.0.1", port) as nc:
            self.up_to_data(nc, b"\n")
            nc.type(b"text\n.\n")
            nc.expect(rb"250 Mail OK queued as ")
        self.assertEqual(self.mock.only_message(OTHER_USER)[0], b"text\n")

    def test_a_dot_between_bare_lf_stalls_and_the_log_says_why(self):
        port = self.begin()
        with Typist("nc", "127.0.0.1", port) as nc:
            self.up_to_data(nc, b"\r\n")
            nc.type(b"text\n.\n")
            note = self.mock.await_event("the stall is named", kind="note", remark="terminator-not-crlf")
            self.assertIn("between two CRLFs", note["note"])
            self.assertEqual(nc.shown, b"", "no answer until CR LF . CR LF")
            nc.type(b"\r\n.\r\n")
            nc.expect(rb"250 Mail OK queued as ")
        self.assertEqual(self.mock.only_message(OTHER_USER)[0], b"text\n.\n\r\n")

    def test_a_command_without_line_end_is_named_after_the_silence(self):
        port = self.begin()
        with Typist("nc", "127.0.0.1", port) as nc:
            nc.expect(rb"220 .*\r\n")
            nc.type(b"HELO client.example")
            note = self.mock.await_event("the missing line end is named", kind="note", remark="missing-crlf")
            self.assertIn("the line has no end yet", note["note"])
            self.assertEqual(nc.shown, b"")
            nc.type(b"\r\n")
            nc.expect(rb"250 OK\r\n")

    def test_a_person_who_only_thinks_is_not_remarked(self):
        port = self.begin()
        with Typist("nc", "127.0.0.1", port) as waiting:
            waiting.expect(rb"220 .*\r\n")
            waiting.type(b"HELO a\n")
            waiting.expect(rb"250 OK\r\n")
            # Only now the second one, so that it is connection 2. Its silence is noted later than the first one's would be.
            with Typist("nc", "127.0.0.1", port) as other:
                other.expect(rb"220 .*\r\n")
                other.type(b"HELO")
                until(self.silences, "the note about the other one")
                self.assertEqual({event["connection"] for event in self.silences()}, {2})

    def test_telnet_through_the_whole_dialogue(self):
        port = self.begin()
        with Typist("telnet", "127.0.0.1", port, terminal=True) as telnet:
            telnet.expect(rb"Escape character is .*\n")
            dialogue(telnet, [b"Subject: telnet\n", b"\n", b"one line\n", b".\n"])
            self.assertIn(b"Connection closed by foreign host", telnet.end())
        self.assertEqual(self.mock.only_message(OTHER_USER)[0], b"Subject: telnet\r\n\r\none line\r\n")
        # telnet sends CR LF for Enter: nothing is to be remarked about line ends.
        self.assertEqual([event for event in self.mock.events() if "bare-lf-command" in event.get("remarks", [])], [])


if __name__ == "__main__":
    main()
