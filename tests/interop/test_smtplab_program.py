"""The program smtplab without a terminal: the command lines of the README, scripts, transcripts, odd servers, golden dialogues.

UPDATE_GOLDEN=1 writes tests/golden/lines anew.
"""
import contextlib
import json
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import threading
import time

from peer import (DONE, FAILED, NETWORK, OTHER_USER, PASSWORD, PATIENCE, SMTPLAB, SOURCE, USAGE, USER, Case, Mock, b64,
                  clean_environment, main, run)

GOLDEN = pathlib.Path(SOURCE, "tests", "golden", "lines")
SCRIPT = b"HELO a\r\nMAIL FROM:<a@163.com>\r\nQUIT\r\n"


def smtplab(*arguments, given=b"", status=DONE, **more):
    """What it prints, as text. It must complain about nothing unless the status says so."""
    done = run(SMTPLAB, *arguments, given=given, status=status, **more)
    if status == DONE and done.stderr:
        raise AssertionError(done.stderr.decode())
    return done.stdout.decode()


def complaint(*arguments, status=USAGE, **more):
    return run(SMTPLAB, *arguments, status=status, **more).stderr.decode()


def one_line(text):
    """Without the line breaks that the paragraphs are folded at."""
    return re.sub(r"\s+", " ", text)


def sent(text):
    return [line.removeprefix("C: ") for line in text.splitlines() if line.startswith("C: ")]


def codes(text):
    return [int(line[3:6]) for line in text.splitlines() if re.match(r"S: \d{3} ", line)]


class CommandLines(Case):
    """What the README and the issue promise, word for word."""

    def test_without_a_terminal_the_whole_dialogue_of_auth_required_is_printed(self):
        done = run(SMTPLAB, stdin=subprocess.DEVNULL)
        text = done.stdout.decode()
        self.assertEqual(codes(text), [220, 250, 553, 334, 334, 235, 250, 250, 354, 250, 221])
        self.assertRegex(text, r"S: 553 authentication is required,163 smtp11,\S+ \d{10}\n")
        why = text.split("S: 553")[1].split("\n\n")[0]
        self.assertIn("you have not said AUTH yet", one_line(why))
        self.assertIn("Send AUTH LOGIN now", one_line(why))
        self.assertEqual(text.count("MAIL FROM:<alice@163.com>"), 2, "the same line again")
        self.assertNotIn("\x1b", text)

    def test_wrong_password_says_what_was_used_where_what_is_wanted_and_goes_on_to_235(self):
        text = smtplab("step", "netease/wrong-password", "--auto")
        self.assertEqual(codes(text), [220, 250] + [334, 334, 535] * 3 + [334, 334, 235, 250, 221])
        first = one_line(text.split("S: 535 Error: authentication failed\n")[1])
        self.assertIn("A web password was used where an authorization code is wanted.", first)
        self.assertIn("A line end stands inside the base64", one_line(text.split("S: 535 Error: authentication failed\n")[2]))
        self.assertIn("There is no account of this name here.", one_line(text.split("S: 535 Error: authentication failed\n")[3]))

    def test_the_script_of_the_readme_prints_the_553(self):
        text = smtplab("step", "netease/auth-required", "--script", "-", given=SCRIPT)
        self.assertEqual(sent(text), ["HELO a", "MAIL FROM:<a@163.com>", "QUIT"])
        self.assertEqual(codes(text), [220, 250, 553, 221])
        self.assertRegex(text, r"S: 553 authentication is required,163 smtp11,\S+ \d{10}\n")

    def test_a_script_from_a_file_and_the_default_scenario(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(SCRIPT)
            file.flush()
            self.assertEqual(codes(smtplab("step", "--script", file.name)), [220, 250, 553, 221])

    def test_it_never_prompts(self):
        # Standard input stays open and silent: nothing may wait for it.
        ours, theirs = os.pipe()
        try:
            done = run(SMTPLAB, "step", "netease/auth-required", "--auto", stdin=ours)
        finally:
            os.close(ours)
            os.close(theirs)
        self.assertIn(b"S: 221 Bye", done.stdout)

    def test_help_and_version(self):
        for arguments in (["--help"], ["step", "--help"], ["explain", "--help"], ["scenarios", "--help"]):
            self.assertIn("--help", smtplab(*arguments))
        for option in ("--server", "--port", "--auto", "--script", "--transcript", "--security"):
            self.assertIn(option, smtplab("step", "--help"))
        self.assertRegex(smtplab("--version"), r"^smtplab \d+\.\d+\.\d+ \(libuv \S+, mbed TLS \S+\)\n$")

    def test_usage_errors(self):
        for arguments in (["--nonsense"], ["step", "--auto", "--script", "-"], ["step", "--port", "25"], ["--lang", "fr", "step"],
                          ["step", "--server", "127.0.0.1", "--port", "0"], ["nonsense"], ["step", "--script", "/nowhere/x"],
                          ["step", "--auto", "--transcript", "/nowhere/x"], ["scenarios", "show"], ["scenarios", "check", "/nowhere/x.toml"]):
            with self.subTest(arguments):
                self.assertTrue(complaint(*arguments), "it says what is wrong")

    def test_an_authority_that_is_none_is_said_before_anything_is_sent(self):
        for security in ("tls", "starttls"):
            self.assertIn("/nowhere/ca.pem", complaint("step", "--server", "127.0.0.1", "--security", security, "--ca", "/nowhere/ca.pem"))

    def test_a_password_comes_from_the_environment_or_a_file_never_from_the_command_line(self):
        server = ["step", "--server", "127.0.0.1", "--port", "9", "--user", "alice"]
        said = complaint(*server, stdin=subprocess.DEVNULL)
        self.assertIn("SMTPLAB_PASSWORD", said)
        self.assertIn("--password-file", said)
        self.assertIn("/nowhere/password", complaint(*server, "--password-file", "/nowhere/password"))
        self.assertNotIn("--password ", smtplab("step", "--help"))


class Scripts(Case):
    def play(self, script, status=DONE, scenario="netease/auth-required"):
        return one_line(smtplab("step", scenario, "--script", "-", given=script, status=status))

    def test_a_line_without_line_end_is_sent_as_it_is_and_explained(self):
        text = self.play(b"HELO client.example\r\nMAIL FROM:<a@163.com>", FAILED)
        self.assertIn("C: MAIL FROM:<a@163.com> (no line end) ! The line has no end", text)
        self.assertIn("it waits for the rest, the client waits for a reply, and both hang.", text)
        self.assertEqual(re.findall(r"S: (\d{3})", text), ["220", "250"], "nothing comes back")

    def test_a_command_out_of_order_is_sent_as_it_is_and_explained(self):
        text = self.play(b"MAIL FROM:<a@163.com>\r\nRCPT TO:<b@163.com>\r\nHELO client.example\r\nDATA\r\nQUIT\r\n")
        self.assertEqual(re.findall(r"S: (\d{3})", text), ["220", "503", "503", "250", "503", "221"])
        self.assertIn("! No HELO or EHLO yet", text)

    def test_lf_alone_is_sent_as_it_is_and_explained(self):
        text = self.play(b"HELO client.example\nMAIL FROM:<a@163.com>\nQUIT\n")
        self.assertEqual(re.findall(r"S: (\d{3})", text), ["220", "250", "553", "221"])
        self.assertEqual(text.count("! The line ends with LF alone"), 3)

    def test_a_message_that_is_never_ended_is_explained(self):
        text = self.play(b"EHLO client.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nDATA\r\ntext\r\n", FAILED, "any/accept-all")
        self.assertIn("S: 354", text)
        self.assertRegex(text, r"C: text .*! ")

    def test_a_final_dot_with_lf_alone_is_explained(self):
        text = self.play(b"EHLO client.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nDATA\r\ntext\n.\n", FAILED, "any/accept-all")
        self.assertRegex(text, r"! [^!]*CR LF")

    def test_what_is_never_answered_is_shown_and_ends_with_status_1(self):
        # Whether the line still goes out depends on who is faster, the script or the close behind 221.
        text = self.play(b"QUIT\r\nHELO client.example\r\n", FAILED)
        self.assertRegex(text, "(The connection is closed; this was not sent:|C:) HELO client.example")

    def test_an_empty_script_only_looks_at_the_greeting(self):
        self.assertEqual(re.findall(r"S: (\d{3})", self.play(b"")), ["220"])

    def test_hostile_octets_of_a_script_are_shown_escaped(self):
        text = run(SMTPLAB, "step", "any/accept-all", "--script", "-", given=b"HELO \x1b[31m\x9b\xff\0.example\r\nQUIT\r\n").stdout
        self.assertIn(b"C: HELO \\x1b[31m", text)
        self.assertIsNone(re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", text))
        text.decode()


class Secrets(Case):
    LOGIN = b"".join([b"HELO client.example\r\nAUTH LOGIN\r\n", b64(USER), b"\r\n", b64(PASSWORD), b"\r\nAUTH PLAIN ",
                      b64(f"\0{USER}\0{PASSWORD}"), b"\r\nQUIT\r\n"])
    FORMS = [PASSWORD, b64(PASSWORD).decode(), b64(f"\0{USER}\0{PASSWORD}").decode()]

    def test_a_transcript_is_json_lines_without_the_password(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "t.jsonl")
            for way in (["--auto"], ["--script", "-"]):
                for arguments, shown in ([], False), (["--show-secrets"], True):
                    with self.subTest(way=way, shown=shown):
                        text = smtplab("step", "netease/auth-required", *way, "--transcript", file, *arguments,
                                       given=self.LOGIN if way[0] == "--script" else b"")
                        transcript = file.read_text()
                        events = [json.loads(line) for line in transcript.splitlines()]
                        self.assertEqual([event["number"] for event in events], list(range(1, len(events) + 1)))
                        self.assertEqual((events[0]["kind"], events[-1]["kind"]), ("connected", "closed"))
                        times = [event["at"] for event in events]
                        self.assertEqual(times, sorted(times))
                        self.assertIn(235, [event.get("code") for event in events])
                        for form in self.FORMS[:2] if way[0] == "--auto" else self.FORMS:
                            self.assertEqual(form in transcript, shown, form)
                            self.assertEqual(form in text, shown, form)

    def test_both_connections_of_a_path_are_in_one_transcript(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "t.jsonl")
            smtplab("step", "any/hung-up", "--auto", "--transcript", file)
            events = [json.loads(line) for line in file.read_text().splitlines()]
        self.assertEqual([event["kind"] for event in events if event["kind"] in ("connected", "closed")], ["connected", "closed"] * 2)
        self.assertEqual([event["number"] for event in events], list(range(1, len(events) + 1)))
        times = [event["at"] for event in events]
        self.assertEqual(times, sorted(times))
        self.assertEqual([event["code"] for event in events if "code" in event], [220, 250, 421, 220, 250, 250, 221])

    def test_no_scenario_prints_a_password_unasked(self):
        for scenario in json.loads(smtplab("scenarios", "--json")):
            text = smtplab("step", scenario["id"], "--auto")
            for account in scenario["accounts"]:
                for secret in (account["password"], account.get("web_password") or "-"):
                    for form in (secret, b64(secret).decode(), b64(secret + "\n").decode()):
                        self.assertFalse(secret != "-" and form in text, (scenario["id"], form))


class Languages(Case):
    def said(self, *arguments, **environment):
        return smtplab(*arguments, "step", "netease/auth-required", "--auto", env=clean_environment(**environment))

    def test_the_option_and_the_environment_choose(self):
        english, chinese = self.said("--lang", "en"), self.said("--lang", "zh")
        self.assertIn("163: MAIL FROM before AUTH", english)
        self.assertIn("163：还没登录就发 MAIL FROM", chinese)
        rows = [({"LANG": "zh_CN.UTF-8"}, chinese), ({"LANG": "zh_TW.UTF-8"}, chinese), ({"LANG": "C"}, english), ({"LANG": ""}, english),
                ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, chinese), ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, english)]
        for environment, wanted in rows:
            with self.subTest(environment):
                self.assertEqual(normalised(self.said(**environment)), normalised(wanted))
        self.assertEqual(normalised(self.said("--lang", "en", LANG="zh_CN.UTF-8")), normalised(english), "the option wins")

    def test_both_languages_send_the_same_and_hear_the_same(self):
        for scenario in json.loads(smtplab("scenarios", "--json")):
            one, other = (normalised(smtplab("step", scenario["id"], "--auto", "--lang", language)) for language in ("en", "zh"))
            wire = [[line for line in text.splitlines() if line.startswith(("C: ", "S: "))] for text in (one, other)]
            self.assertEqual(wire[0], wire[1], scenario["id"])


def normalised(text):
    text = re.sub(r"[A-Za-z0-9]{22}--\.\w+", "<id>", text)
    text = re.sub(r"\b1\d{9}\b", "<timestamp>", text)
    text = re.sub(r"\b[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}\b", "<date>", text)
    text = re.sub(r"\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b", "<date and time>", text)  # of certificates
    text = re.sub(r"TLS 1\.\d, [A-Z0-9-]+", "TLS <version>, <cipher>", text)
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:<port>", text)


class Golden(Case):
    # One for each kind of dialogue. That every scenario goes well, and alike in both languages, is tested above and in tests/lines.
    SCENARIOS = [
        "any/accept-all", "any/chunking", "any/hung-up", "any/scram-sha-256", "any/smuggling", "any/xoauth2", "faults/starttls-refused",
        "faults/tls-wrong-host", "netease/auth-required", "netease/first-mail", "netease/wrong-password", "qq/authorization-code",
    ]

    def test_dialogues_in_both_languages(self):
        wanted = set()
        for scenario in self.SCENARIOS:
            for language in ("en", "zh"):
                file = GOLDEN / f"{scenario.replace('/', '--')}.{language}.txt"
                wanted.add(file.name)
                text = normalised(smtplab("step", scenario, "--auto", "--lang", language))
                if os.environ.get("UPDATE_GOLDEN"):
                    GOLDEN.mkdir(parents=True, exist_ok=True)
                    file.write_text(text)
                with self.subTest(file.name):
                    self.assertEqual(text.splitlines(), file.read_text().splitlines() if file.exists() else ["no such file"])
        self.assertEqual({file.name for file in GOLDEN.glob("*")}, wanted, "files of no scenario")


class Odd:
    """A server on a free port for one client: says the first octets at once and the next ones each time something was
    received, then closes. A list is one answer in several pieces. Use it in a with statement."""

    def __init__(self, *answers):
        self.answers = answers
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
            self.assertEqual(sent(smtplab(*server, "--auto")), ["EHLO client.example", "QUIT"])
            self.assertFalse(any(mock.store.iterdir()))

    def test_a_password_in_clear_is_refused_with_its_reason(self):
        with Mock("netease/first-mail") as mock:
            text = smtplab("step", "netease/first-mail", "--server", "127.0.0.1", "--port", mock.port, "--auto", status=FAILED)
            self.assertEqual(sent(text), ["HELO client.example", "AUTH LOGIN", b64(USER).decode()])
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
        self.assertRegex(one_line(text), r"the server closed the connection: in the middle of a reply, 250-one")
        self.assertIn("this was not sent: QUIT", text)

    def test_a_close_instead_of_a_greeting(self):
        with Odd(b"") as server:
            self.assertIn(b"the server closed the connection", server.play(b"EHLO a.example\r\n", FAILED))

    def test_a_greeting_of_421_or_554(self):
        for greeting in (b"421 too busy\r\n", b"554 not you\r\n"):
            with self.subTest(greeting), Odd(greeting) as server:
                self.assertIn(b"S: " + greeting.strip(), server.play(b"EHLO a.example\r\n", FAILED))

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


class Explain(Case):
    def test_replies_commands_keywords_mistakes_and_base64(self):
        rows = [(["535"], "User name and password do not fit"), (["535 5.7.8"], "5.7.8 User name or password is wrong"),
                (["535", "5.7.8"], "5.7.8 User name or password is wrong"), (["EHLO"], "Grammar \"EHLO\" SP"),
                (["ehlo"], "Grammar \"EHLO\" SP"), (["334 VXNlcm5hbWU6"], "VXNlcm5hbWU6 base64 of Username:"),
                (["553 authentication is required,163 smtp11,abc 1513650000"], "netease#auth-required"),
                (["MAIL FROM:<a@b.example>"], "well-formed"), (["missing-crlf"], "A command ends with CR LF"), (["PIPELINING"], "PIPELINING"),
                (["dXNlcm5hbWU6"], "username:"), (["EHLO [192.0.2.1]"], "well-formed")]
        for words, wanted in rows:
            with self.subTest(words):
                self.assertIn(wanted, one_line(smtplab("explain", *words)))

    def test_in_chinese(self):
        text = smtplab("explain", "535", "--lang", "zh")
        self.assertRegex(text, r"[\u4e00-\u9fff]")
        self.assertIn("535", text)

    def test_a_known_reply_is_found_in_the_provider_s_vocabulary_with_its_way_out(self):
        text = one_line(smtplab("explain", "535 Error: authentication failed"))
        self.assertIn("netease#auth-failed", text)
        self.assertIn("make an authorization code", text)

    def test_what_is_unknown_or_missing(self):
        self.assertIn("'blub' is nothing smtplab knows", complaint("explain", "blub"))
        self.assertIn("nothing to explain", complaint("explain"))
        self.assertIn("999", complaint("explain", "999"))

    def test_hostile_text_is_escaped(self):
        done = run(SMTPLAB, "explain", "535 \x1b[31m", status=None)
        self.assertNotIn(b"\x1b", done.stdout + done.stderr)

    def test_every_code_command_and_mistake_in_use_is_explained_in_both_languages(self):
        for word in ("220", "221", "235", "250", "334", "354", "421", "451", "452", "500", "501", "502", "503", "504", "535", "550", "552",
                     "553", "554", "HELO", "EHLO", "MAIL", "RCPT", "DATA", "RSET", "VRFY", "EXPN", "HELP", "NOOP", "QUIT", "AUTH"):
            for language in ("en", "zh"):
                with self.subTest(word=word, language=language):
                    self.assertGreater(len(smtplab("explain", word, "--lang", language)), 50)


class Scenarios(Case):
    IDS = {"any/accept-all", "netease/auth-required", "netease/first-mail", "netease/wrong-password", "qq/authorization-code"}

    def test_the_list(self):
        for language in ("en", "zh"):
            text = smtplab("scenarios", "--lang", language)
            for scenario in self.IDS:
                self.assertIn(scenario, text)
        for by, heading in (("provider", "NetEase 163"), ("subject", "Authentication"), ("code", "553")):
            lines = smtplab("scenarios", "--by", by).splitlines()
            following = lines[lines.index(heading) + 1:]
            before_next = following[:following.index("")]
            self.assertTrue(any(line.startswith("  netease/auth-required ") for line in before_next), by)
        for arguments in (["--by", "weather"], ["--by", "code", "--json"]):
            self.assertEqual(run(SMTPLAB, "scenarios", *arguments, status=None).returncode, 2)

    def test_the_list_as_json(self):
        scenarios = {scenario["id"]: scenario for scenario in json.loads(smtplab("scenarios", "--json"))}
        self.assertLessEqual(self.IDS, set(scenarios))
        for scenario in scenarios.values():
            self.assertEqual(set(scenario), {"id", "provider", "title", "subject", "code", "accounts", "security"})
            self.assertEqual(set(scenario["title"]), {"en", "zh"})
            self.assertEqual(scenario["provider"], scenario["id"].split("/")[0])
        self.assertEqual(scenarios["netease/auth-required"]["code"], 553)
        self.assertEqual(scenarios["netease/first-mail"]["accounts"][0]["password"], PASSWORD)
        self.assertEqual(scenarios["netease/first-mail"]["accounts"][0]["user"], USER)

    def test_one_scenario(self):
        for language, steps in (("en", "Steps"), ("zh", "步骤")):
            text = smtplab("scenarios", "show", "netease/wrong-password", "--lang", language)
            for wanted in (steps, PASSWORD, "account-password", "AUTH LOGIN", "535", USER):
                self.assertIn(wanted, text)
        for other in ("netease", "netease#auth-required", SOURCE / "scenarios" / "netease" / "first-mail.toml"):
            self.assertTrue(smtplab("scenarios", "show", other))

    def test_files_are_checked(self):
        good = SOURCE / "scenarios" / "netease" / "first-mail.toml"
        self.assertIn("ok", smtplab("scenarios", "check", good))
        with tempfile.TemporaryDirectory() as folder:
            bad = pathlib.Path(folder, "bad.toml")
            bad.write_text(good.read_text().replace("expect = 235", 'expect = "235"', 1))
            line = good.read_text().split("expect = 235")[0].count("\n") + 1
            done = run(SMTPLAB, "scenarios", "check", good, bad, status=None)
            self.assertIn(done.returncode, (FAILED, USAGE))
            self.assertIn(f"{bad}:{line}:", (done.stdout + done.stderr).decode())

    def test_an_unknown_scenario_and_what_was_meant(self):
        said = complaint("step", "netease/wrong-pasword", "--auto")
        self.assertIn("unknown scenario 'netease/wrong-pasword'", said)
        self.assertIn("did you mean 'netease/wrong-password'?", said)
        self.assertIn("(one of: ", complaint("scenarios", "show", "nonsense"), "without a near one, some are named")
        self.assertIn("auth-required", complaint("step", "netease#auth-requird", "--auto"))

    def test_any_known_reply_can_be_met_without_a_file_of_its_own(self):
        text = smtplab("step", "netease#dt-spm-554", "--auto", status=None)
        self.assertIn("S: 554 DT:SPM", text)

    def test_a_provider_is_one_file_and_nothing_has_to_be_built(self):
        text = {"because": "b", "fix": "f"}
        provider = ('title = {en="Mine", zh="我的"}\n[server]\nname = "mx.mine.example"\n[[reply]]\nid = "nobody"\nstage = "rcpt"\n'
                    'lines = ["550 5.1.1 <{recipient}> is nobody"]\nsource = ["here"]\n' +
                    "".join(f'{key} = {{en="{value}", zh="{value}"}}\n' for key, value in text.items()) +
                    '[[rule]]\non = "RCPT"\nwhen = {recipient = "bob@*"}\nreply = "@nobody"\n')
        scenario = ('extends = "mine"\nsubject = "recipient"\ntitle = {en="T", zh="题"}\nsummary = {en="S", zh="述"}\n'
                    '[[step]]\nsend = "EHLO {client}"\nexpect = 250\nsay = {en="s", zh="说"}\n')
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "mine", "provider.toml")
            file.parent.mkdir()
            file.write_text(provider)
            (file.parent / "first.toml").write_text(scenario)
            self.assertIn("ok", smtplab("scenarios", "check", file, f"{file}#nobody", file.parent / "first.toml"))
            self.assertIn("S: 220 mx.mine.example", smtplab("step", file, "--auto"))
            self.assertIn("S: 220 mx.mine.example", smtplab("step", file.parent / "first.toml", "--auto"))
            self.assertIn("S: 550 5.1.1 <student@example.com> is nobody", smtplab("step", f"{file}#nobody", "--auto"))
            self.assertIn("unknown reply 'nobod' of 'mine'", complaint("step", f"{file}#nobod", "--auto"))
            for which, recipient in ((file, "bob@x.example"), (f"{file}#nobody", "carol@x.example")):
                with self.subTest(str(which)), Mock(which) as mock, mock.connect() as talk:
                    talk.ask(b"EHLO a.example", 250)
                    talk.ask(b"MAIL FROM:<a@b.example>", 250)
                    self.assertEqual(talk.ask(f"RCPT TO:<{recipient}>".encode(), 550), f"550 5.1.1 <{recipient}> is nobody\r\n".encode())

    def test_a_file_of_one_s_own(self):
        with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
            file.write((SOURCE / "scenarios" / "netease" / "first-mail.toml").read_text().replace("163: the first mail", "my own lesson"))
            file.flush()
            self.assertIn("my own lesson", smtplab("step", file.name, "--auto", "--lang", "en"))


if __name__ == "__main__":
    main()
