"""The program smtplab without a terminal: the command lines of the README, scripts, transcripts, languages, golden dialogues.

UPDATE_GOLDEN=1 writes tests/golden/lines anew.

Runs in: both. What people run is the release build.
"""
import json
import os
import pathlib
import re
import subprocess
import tempfile

from peer import DONE, FAILED, PASSWORD, SMTPLAB, SOURCE, USER, Case, b64, clean_environment, main, run
from smtplab import codes, complaint, normalised, one_line, sent, smtplab

GOLDEN = pathlib.Path(SOURCE, "tests", "golden", "lines")
SCRIPT = b"HELO a\r\nMAIL FROM:<a@163.com>\r\nQUIT\r\n"


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
        self.assertRegex(smtplab("--version"), r"^smtplab \d+\.\d+\.\d+ \(libuv \S+, [Mm]bed TLS \S+ with(out)? TLS 1\.3\)\n$")

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
        self.assertEqual(text.count("! The line ends with LF alone"), 2)
        self.assertEqual(text.count("! The line ends with LF alone (again)"), 1)

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
                        lines = [json.loads(line) for line in transcript.splitlines()]
                        events = [line for line in lines if line["kind"] != "finding"]  # those have numbers of their own
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


class Golden(Case):
    # One for each kind of dialogue. That every scenario goes well, and alike in both languages, is tested in tests/lines and
    # test_every_scenario.py.
    SCENARIOS = [
        "any-imap/first-look", "any/accept-all", "any/chunking", "any/hung-up", "any/read-over-pop3", "netease/ends-in-junk", "netease/read-at-qq", "any/scram-sha-256", "any/smuggling", "any/xoauth2", "faults/starttls-refused",
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


if __name__ == "__main__":
    main()
