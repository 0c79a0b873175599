"""The program smtplab with servers elsewhere: the mock, none at all, and such as answer in odd ways."""
import contextlib
import pathlib
import re
import socket
import subprocess
import tempfile
import threading
import time

from peer import DONE, FAILED, NETWORK, OTHER_USER, PASSWORD, PATIENCE, SMTPLAB, USAGE, USER, Case, Mock, b64, clean_environment, main, run
from smtplab import codes, one_line, sent, smtplab


class Odd:
    """A server on a free port for one client: says the first octets at once and the next ones each time something was
    received, then closes, or stays and says no more. A list is one answer in several pieces. Use it in a with statement."""

    def __init__(self, *answers, stays=False):
        self.answers = answers
        self.stays = stays
        self.received = b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def serve(self):
        with contextlib.suppress(OSError):
            peer, _ = self.listener.accept()
            with peer:
                peer.settimeout(PATIENCE)
                peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for number, answer in enumerate(self.answers):
                    if number > 0:
                        self.received += peer.recv(65536)
                    for piece in answer if isinstance(answer, list) else [answer]:
                        peer.sendall(piece)
                if not self.stays:
                    peer.shutdown(socket.SHUT_WR)
                while more := peer.recv(65536):  # a close with something unread would be a reset
                    self.received += more

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, kind, value, trace):
        self.listener.close()
        self.thread.join(PATIENCE)

    def play(self, script, status=DONE):
        done = run(SMTPLAB, "step", "--server", "127.0.0.1", "--port", self.port, "--script", "-", given=script, status=status)
        return done.stdout


class Servers(Case):
    def test_against_smtplab_mock_with_the_path_of_a_scenario(self):
        with Mock("netease/first-mail") as mock:
            text = smtplab("step", "netease/first-mail", "--server", "127.0.0.1", "--port", mock.port, "--auto", "--insecure")
            self.assertEqual(codes(text), [220, 250, 334, 334, 235, 250, 250, 354, 250, 221])
            self.assertIn(b"Subject: Notes from the networking lecture\r\n", mock.only_message(OTHER_USER)[0])

    def test_against_smtplab_mock_with_a_script_and_without_a_path(self):
        with Mock() as mock:
            server = ["step", "--server", "localhost", "--port", mock.port]
            self.assertEqual(codes(smtplab(*server, "--script", "-", given=b"HELO a.example\r\nQUIT\r\n")), [220, 250, 221])
            # Without a path it only looks: no mail goes out unasked.
            self.assertEqual(sent(smtplab(*server, "--auto", "--ehlo", "me.example")), ["EHLO me.example", "QUIT"])
            self.assertFalse(any(mock.store.iterdir()))

    def test_a_password_in_clear_is_refused_with_its_reason(self):
        with Mock("netease/first-mail") as mock:
            text = smtplab("step", "netease/first-mail", "--server", "127.0.0.1", "--port", mock.port, "--auto", status=FAILED)
            self.assertEqual(sent(text)[1:], ["AUTH LOGIN", b64(USER).decode()])
            self.assertIn("--insecure", text)
            # Where it was said in so many words that the connection is in clear, it goes out; a default is no word.
            text = smtplab("step", "netease/first-mail", "--server", "127.0.0.1", "--port", mock.port, "--auto", "--security", "none")
            self.assertIn(235, codes(text))

    def test_a_computer_that_does_not_answer_the_connection_is_given_up_when_the_patience_is_over(self):
        with socket.socket() as full, contextlib.ExitStack() as waiting:
            full.bind(("127.0.0.1", 0))
            full.listen(0)
            for _ in range(4):  # more than the queue holds: the system answers no further ones
                one = waiting.enter_context(socket.socket())
                one.setblocking(False)
                one.connect_ex(full.getsockname())
            began = time.monotonic()
            text = smtplab("step", "--server", "127.0.0.1", "--port", full.getsockname()[1], "--auto", "--patience", 1, status=NETWORK)
            self.assertLess(time.monotonic() - began, 8, "without --patience it is 10 seconds")
            self.assertIn("timed out", text)

    def test_host_and_port_in_one_word(self):
        with Mock() as mock:
            self.assertEqual(codes(smtplab("step", "--server", f"127.0.0.1:{mock.port}", "--auto")), [220, 250, 221])
        done = run(SMTPLAB, "step", "127.0.0.1:2525", "--auto", status=USAGE)
        self.assertIn("--server 127.0.0.1:2525", done.stderr.decode())
        self.assertLess(len(done.stderr), 300, "and no list of scenarios")

    def test_a_password_file_of_windows(self):
        with Mock("netease/first-mail") as mock, tempfile.NamedTemporaryFile() as file:
            file.write(b"\xef\xbb\xbf" + PASSWORD.encode() + b"\r\n")
            file.flush()
            text = smtplab("step", "--server", f"127.0.0.1:{mock.port}", "--security", "none", "--auto", "--user", USER, "--password-file", file.name)
            self.assertIn(235, codes(text))

    def test_a_path_that_the_server_does_not_follow_ends_with_status_1(self):
        with Mock() as mock:
            text = smtplab("step", "netease/first-mail", "--server", "127.0.0.1", "--port", mock.port, "--auto", status=FAILED)
            self.assertIn("The guided path ends here: it expected 334", text)

    def test_a_refused_port(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        done = run(SMTPLAB, "step", "--server", "127.0.0.1", "--port", port, "--auto", status=NETWORK)
        self.assertIn(f"127.0.0.1 port {port}: connection refused", (done.stdout + done.stderr).decode())

    def test_a_host_that_does_not_exist(self):
        done = run(SMTPLAB, "step", "--server", "nowhere.invalid", "--port", "25", "--auto", status=NETWORK)
        self.assertIn("nowhere.invalid", (done.stdout + done.stderr).decode())

    def test_replies_in_pieces(self):
        with Odd([b"2", b"20 ", b"hel", b"lo\r", b"\n"], [b"250-one\r\n250", b"-two\r\n250 three\r\n"], b"221 bye\r\n") as server:
            text = server.play(b"EHLO a.example\r\nQUIT\r\n")
        self.assertEqual(server.received, b"EHLO a.example\r\nQUIT\r\n")
        for line in (b"S: 220 hello\n", b"S: 250-one\nS: 250-two\nS: 250 three\n", b"S: 221 bye\n"):
            self.assertIn(line, text)

    def test_replies_that_end_in_lf_alone(self):
        with Odd(b"220 hello\n", b"250-one\n250 two\n", b"221 bye\n") as server:
            text = server.play(b"EHLO a.example\r\nQUIT\r\n").decode()
        self.assertIn("S: 250-one␊\nS: 250 two␊\n", text)

    def test_a_line_without_code_is_no_reply_and_the_dialogue_goes_on(self):
        with Odd(b"220 hello\r\n", b"hello there\r\n250 fine\r\n", b"221 bye\r\n") as server:
            text = server.play(b"EHLO a.example\r\nQUIT\r\n").decode()
        self.assertIn("'hello there' does not start with a reply code", text)
        self.assertLess(text.index("hello there"), text.index("S: 250 fine"))
        self.assertIn("S: 221 bye", text)

    def test_nothing_but_octets_that_are_no_reply_ends_the_run(self):
        with Odd(b"220 hello\r\n", b"hello there\r\n") as server:
            text = server.play(b"EHLO a.example\r\nQUIT\r\n", FAILED).decode()
        self.assertIn("S: hello there\n", text)
        self.assertIn("'hello there' does not start with a reply code", text)
        self.assertIn("this was not sent: QUIT", text)

    def test_a_code_that_changes_within_a_reply(self):
        with Odd(b"220 hello\r\n", b"250-one\r\n251 two\r\n250 fine\r\n", b"221 bye\r\n") as server:
            text = server.play(b"EHLO a.example\r\nQUIT\r\n").decode()
        self.assertIn("a reply begins with 250 and goes on with 251", text)
        self.assertIn("S: 221 bye", text)

    def test_a_reply_nobody_asked_for(self):
        with Odd(b"220 hello\r\n250 what\r\n", b"250 fine\r\n", b"221 bye\r\n") as server:
            text = server.play(b"EHLO a.example\r\nQUIT\r\n").decode()
        self.assertIn("S: 250 what", text)

    def test_a_close_in_the_middle_of_a_reply(self):
        with Odd(b"220 hello\r\n", b"250-one\r\n250-tw") as server:
            text = server.play(b"EHLO a.example\r\nQUIT\r\n", FAILED).decode()
        self.assertIn("S: 250-one\nS: 250-tw (no line end)\n", text)
        self.assertIn("the server closed the connection: in the middle of a reply", one_line(text))
        self.assertIn("this was not sent: QUIT", text)

    def test_a_close_instead_of_a_greeting(self):
        with Odd(b"") as server:
            self.assertIn(b"the server closed the connection", server.play(b"EHLO a.example\r\n", FAILED))

    def test_a_greeting_of_421_or_554(self):
        for greeting in (b"421 too busy\r\n", b"554 not you\r\n"):
            with self.subTest(greeting), Odd(greeting) as server:
                self.assertIn(b"S: " + greeting.strip(), server.play(b"EHLO a.example\r\n", FAILED))

    def test_a_reply_that_does_not_belong_is_told_and_the_wait_behind_it_ends(self):
        for arguments, status in ((("--auto",), FAILED), (("--script", "-"), NETWORK)):
            with self.subTest(arguments), Odd(b"354 go on\r\n", stays=True) as server:
                text = run(SMTPLAB, "step", "--server", f"127.0.0.1:{server.port}", "--patience", 1, *arguments, given=b"NOOP\r\n",
                           status=status).stdout.decode()
                self.assertEqual(one_line(text).count("is faulty or out of step"), 1, text)
                self.assertNotIn("waits for HELO or EHLO", text)
        with Odd(b"220 hi\r\n", b"250 hi\r\n", b"354 what\r\n", stays=True) as server:
            text = run(SMTPLAB, "step", "--server", f"127.0.0.1:{server.port}", "--patience", 1, "--script", "-", status=NETWORK,
                       given=b"EHLO a.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<b@b.example>\r\n").stdout.decode()
            self.assertIn("354 is no answer to mail", text)
            self.assertNotIn("The reverse-path is filled", text)
            self.assertNotIn("waits for the message", text)
            self.assertIn("no reply to RCPT", text)

    def test_octets_for_ever_are_no_reply(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(PATIENCE)
            step = subprocess.Popen([SMTPLAB, "step", "--server", f"127.0.0.1:{listener.getsockname()[1]}", "--auto", "--patience", "0.5"],
                                    stdout=subprocess.PIPE, env=clean_environment())
            try:
                peer, _ = listener.accept()
                with peer, contextlib.suppress(OSError):
                    while step.poll() is None:  # as fast as it takes them, one by one, without a line end
                        peer.send(b"2")
                said = step.communicate(timeout=PATIENCE)[0].decode()
            finally:
                step.kill()
                step.wait()
        self.assertEqual(step.returncode, NETWORK, said)

    def test_control_characters_come_out_escaped(self):
        hostile = b"220 \x1b]0;title\x07\x1b[2J\x9b31m \x00\x08\x7f \xc2\x9b5m \xe2\x80\xae \xff\r\n"
        with tempfile.TemporaryDirectory() as folder:
            transcript = pathlib.Path(folder, "t.jsonl")
            with Odd(hostile) as server:
                text = run(SMTPLAB, "step", "--server", "127.0.0.1", "--port", server.port, "--script", "-", "--transcript", transcript,
                           given=b"EHLO a.example\r\n", status=FAILED).stdout
            for octets in (text, transcript.read_bytes()):
                self.assertIn(b"]0;title", octets)
                self.assertIsNone(re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", octets), octets)
                shown = octets.decode()  # UTF-8
                self.assertIsNone(re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069]", shown), "nor C1 and what turns the direction")

    def test_a_reply_without_end_is_bounded(self):
        with Odd(b"220 " + b"x" * 3_000_000) as server:
            text = server.play(b"EHLO a.example\r\n", None)
        self.assertLess(len(text), 1_000_000)


if __name__ == "__main__":
    main()
