"""No password in anything that the two programs write, however it is sent, unless it is asked for: events, transcripts, exports,
screens, plain lines, complaints and explanations, in clear and in base64. What is stored is the message as it came.

Runs in: sanitized. What is written is the same in both builds, and many of these octets are meant by nobody.
"""
import concurrent.futures
import json
import pathlib
import socket
import tempfile

from peer import PATIENCE, SMTPLAB, Case, Mock, main, run, until
from secrets_sent import WINDOW, all_ways, b64, finder, golden_dialogues, golden_scenarios, marker, scenarios_with
from tmux import Terminal

# Alice logs in with the password of a dialogue, so that it is also the right one.
SCENARIO = """
extends = "any"
subject = "basics"
title.en = "with a login"
title.zh = "带登录"
summary.en = "Every mechanism."
summary.zh = "所有的登录方式。"
[server]
extensions = ["PIPELINING", "SIZE 100000", "8BITMIME", "CHUNKING", "STARTTLS", "AUTH CRAM-MD5 XOAUTH2 PLAIN LOGIN"]
[[account]]
user = "alice"
password = "%s"
"""


def talk(port, octets, piecewise=False):
    """Sends it, at once or octet by octet, and hears the server to its end."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            for piece in ([octets[at:at + 1] for at in range(len(octets))] if piecewise else [octets]):
                client.sendall(piece.encode())
            client.shutdown(socket.SHUT_WR)
            while client.recv(65536):
                pass
        except OSError:
            pass


def transcript_of(*arguments, given=b""):
    """What smtplab prints, complains and keeps."""
    with tempfile.TemporaryDirectory() as folder:
        transcript = pathlib.Path(folder) / "t.jsonl"
        done = run(SMTPLAB, *arguments, "--transcript", transcript, given=given, status=None)
        kept = transcript.read_text(errors="replace") if transcript.exists() else ""
        return {"lines": (done.stdout + done.stderr).decode(errors="replace"), "transcript": kept}


class Searched(Case):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="smtplab-secrets-")))

    def check(self, what, text, found):
        at = found(text)
        if at is not None:  # one of many: the others are to be seen too
            with self.subTest(what):
                self.fail(f"{text[at:at + WINDOW]} in …{text[max(0, at - 300):at + 100]}…")


class Secrets(Searched):
    def test_what_is_looked_for_is_found(self):
        secret = marker("x")
        found = finder([secret])
        for text in (secret, secret[3:15], *(b64("abc"[:before] + secret + "z") for before in range(3))):
            self.assertIsNotNone(found(text), text)
        self.assertIsNone(found(marker("y")))

    def test_events_of_the_mock(self):
        sent = all_ways() | golden_dialogues()
        found = finder(secret for secret, _ in sent.values())
        for scenario in ("any/accept-all", "any/submission", "netease/first-mail", "sendmail"):
            with self.subTest(scenario), Mock(scenario, store=False) as mock:
                for _, octets in sent.values():
                    talk(mock.port, octets)
                    if len(octets) < 1000:
                        talk(mock.port, octets, piecewise=True)
                for number, line in enumerate(mock.events_file.read_text().splitlines()):
                    self.check(f"event {number}", line, found)
                self.check("complaints", mock.stderr(), found)

    def test_events_of_the_mock_when_they_are_asked_for(self):
        # The other way round, so that the search above is known to find.
        with Mock("any/submission", store=False, arguments=["--show-secrets"]) as mock:
            for name, (secret, octets) in all_ways().items():
                talk(mock.port, octets)
                if not name.startswith(("PLAIN encoded twice", "behind STARTTLS")):  # base64 of base64, and what is never read
                    self.assertIsNotNone(finder([secret])(mock.events_file.read_text()), name)

    def test_the_right_password(self):
        for name, (secret, octets) in golden_dialogues().items():
            file = self.folder / f"{name}.toml"
            file.write_text(SCENARIO % secret, encoding="utf-8")
            found = finder([secret])
            with self.subTest(name), Mock(file, store=False) as mock:
                talk(mock.port, octets)
                server = ["step", "--server", f"127.0.0.1:{mock.port}", "--security", "none", "--patience", "1"]
                said = transcript_of(*server, "--script", "-", given=octets.encode())
                own = transcript_of("step", file, "--script", "-", "--patience", "1", given=octets.encode())
                for what, text in (said | {"lines of the mock inside": own["lines"], "its transcript": own["transcript"],
                                           "events": mock.events_file.read_text()}).items():
                    self.check(what, text, found)

    def scripted(self, port, octets, *options):
        return transcript_of("step", "--server", f"127.0.0.1:{port}", "--security", "none", "--patience", "1", "--script", "-", *options,
                             given=octets.encode())

    def test_lines_and_transcripts_of_the_client(self):
        ways = all_ways()
        with Mock("any/submission", store=False) as mock, concurrent.futures.ThreadPoolExecutor(4) as pool:
            said = pool.map(lambda way: self.scripted(mock.port, way[1]), ways.values())
            for (name, (secret, _)), outputs in zip(ways.items(), said, strict=True):
                for what, text in outputs.items():
                    self.check(f"{name}, {what}", text, finder([secret]))
            self.check("events", mock.events_file.read_text(), finder(secret for secret, _ in ways.values()))

    def test_what_is_explained_of_a_dialogue_that_was_pasted(self):
        ways = {name: way for name, way in all_ways().items() if "behind EHLO" in name}

        def explained(way):
            pasted = "".join(f"C: {line}\nS: 535 5.7.8 Authentication failed\n" for line in way[1].splitlines())
            return run(SMTPLAB, "explain", "-", given=pasted.encode(), status=None).stdout.decode()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for (name, (secret, _)), text in zip(ways.items(), pool.map(explained, ways.values()), strict=True):
                self.check(name, text, finder([secret]))

    def test_the_golden_lessons(self):
        secret = marker("lessons")
        found = finder([secret])
        scenarios = scenarios_with(secret, self.folder)
        for scenario, language in golden_scenarios():
            with self.subTest(scenario=scenario, language=language):
                said = transcript_of("step", scenario, "--auto", "--lang", language, "--scenarios", scenarios)
                for what, text in said.items():
                    self.check(what, text, found)
        shown = transcript_of("step", "netease/first-mail", "--auto", "--scenarios", scenarios, "--show-secrets")
        for what, text in shown.items():
            self.assertIsNotNone(found(text), what)

    def test_one_message_of_a_configuration(self):
        secret = marker("configuration")
        found = finder([secret])
        scenarios = scenarios_with(secret, self.folder)
        configuration = self.folder / "email_config.json"
        with Mock("netease/first-mail", store=False, arguments=["--scenarios", scenarios]) as mock:
            good = {"sender": "alice@163.com", "receiver": "bob@163.com", "subject": "hi", "body": "text\n",
                    "smtp_server": f"127.0.0.1:{mock.port}", "security": "none", "password": f"{secret}-password"}
            for password, text in ((good["password"], "S: 235"), (f"{secret}-web_password", "S: 535"), (f"{secret} of no use", "S: 535")):
                configuration.write_text(json.dumps(good | {"password": password}), encoding="utf-8")
                said = transcript_of("send", "--config", configuration)
                self.assertIn(text, said["lines"])
                for what, written in (said | {"events": mock.events_file.read_text()}).items():
                    self.check(what, written, found)
        whole = json.dumps(good)
        at = whole.index(secret) + len(secret) // 2
        broken = [whole[:end] for end in range(at - 10, len(whole), 3)] + [whole[:at] + mark + whole[at:] for mark in '"{,:\n\\，“']
        broken += [whole.replace('"password"', key) for key in ('"passwort"', '"Password"', "password", "'password'", '"auth_code"')]
        for text in broken:
            configuration.write_text(text, encoding="utf-8")
            for language in ("en", "zh"):
                self.check(text, transcript_of("send", "--config", configuration, "--lang", language)["lines"], found)


class Told(Searched):
    def test_what_a_client_says_wrongly_is_named(self):
        for name, remark in (("newline in the encoder, behind EHLO", "base64-extra-newline"), ("LOGIN as it should be, at once", "login-is-over")):
            with self.subTest(name), Mock("any/accept-all", store=False) as mock:
                talk(mock.port, all_ways()[name][1])
                self.assertIn(remark, mock.events_file.read_text())

    def test_without_consent_no_password_leaves(self):
        ways = all_ways()
        with Mock("any/accept-all", store=False, arguments=["--show-secrets"]) as mock:
            for name in ("LOGIN as it should be", "behind a mechanism that is not there", "glued", "tabs", "POP3", "IMAP", "in a parameter"):
                run(SMTPLAB, "step", "--server", f"127.0.0.1:{mock.port}", "--script", "-", "--patience", "1", "--security", "starttls",
                    given=ways[name + ", at once"][1].encode(), status=None)
            self.check("what left", mock.events_file.read_text(), finder(secret for secret, _ in ways.values()))


class OnTheScreen(Searched):
    def steady(self, terminal):
        """What stands there as soon as two looks are the same."""
        seen = [""]

        def look():
            seen.append(terminal.text())
            return seen[-1] == seen[-2]
        until(look, "a picture that stays")
        return seen[-1]

    def changed_by(self, terminal, act):
        before = terminal.text()
        act()
        until(lambda: terminal.text() != before, "another picture")

    def look_through(self, terminal, key, title, found):
        """Something that lies over the screen until Escape. Where there is nothing to see, a notice says so."""
        self.changed_by(terminal, lambda: terminal.press(key))
        shown = self.steady(terminal)
        self.check(title, shown, found)
        if title in shown:
            terminal.press("Escape")
            terminal.await_gone(title)

    def look_at_all(self, terminal, found, events):
        """Walks back through the dialogue; each event with what it means, and its octets."""
        for _ in range(events):
            self.check("an event", self.steady(terminal), found)
            self.look_through(terminal, "w", "On the wire", found)
            terminal.press("Up")

    def test_a_lesson_with_everything_that_can_be_seen_of_it(self):
        secret = marker("screen")
        found = finder([secret])
        scenarios = scenarios_with(secret, self.folder)
        for scenario in ("netease/first-mail", "any/xoauth2"):
            with self.subTest(scenario), Terminal(140, 40) as terminal:
                terminal.smtplab("step", scenario, "--scenarios", str(scenarios))
                steps = int(terminal.await_text(r"step 1/(\d+)")[1])
                terminal.await_text("S 220 ")
                for number in range(1, steps + 1):
                    terminal.await_text(rf"step {number}/")
                    self.check(f"step {number}", self.steady(terminal), found)
                    self.look_through(terminal, "m", "Make a mistake", found)
                    terminal.press("Enter")
                terminal.await_text("The lesson ends here")
                terminal.press("x")
                terminal.await_text("written to")
                self.look_at_all(terminal, found, steps + 6)
                exported = [file.read_text() for file in terminal.work.iterdir()]
                self.assertGreaterEqual(len(exported), 2)
                for text in exported:
                    self.check("export", text, found)
                terminal.press("C-c")
                terminal.await_prompt()

    def test_lines_that_are_typed_wrongly(self):
        ways = {name: way for name, way in all_ways().items() if "too long" not in name and not name.startswith("CR,")}
        everything = finder(secret for secret, _ in ways.values())
        with Mock("any/submission", store=False) as mock, Terminal(140, 40) as terminal:
            terminal.smtplab("step", "--server", f"127.0.0.1:{mock.port}", "--security", "none", "--insecure")
            terminal.await_text("S 220 ")
            for number, (name, (secret, octets)) in enumerate(ways.items(), 1):
                self.changed_by(terminal, lambda: terminal.paste(f"NOOP {number}\n{octets}".replace("\r\n", "\n")))
                self.changed_by(terminal, lambda: terminal.press("Enter"))
                self.check(name, self.steady(terminal), finder([secret]))
                self.look_through(terminal, "w", "On the wire", finder([secret]))
                if "connect again" in terminal.text():
                    terminal.press("Enter")
                    terminal.await_gone("connect again")
            terminal.press("x")
            terminal.await_text("written to")
            for file in terminal.work.iterdir():
                self.check(file.name, file.read_text(), everything)
            events = mock.events_file.read_text()
            self.assertIn(f"NOOP {len(ways)}", events, "the last one has come")
            terminal.press("C-c")
            terminal.await_prompt()
            self.check("events", mock.events_file.read_text(), everything)



if __name__ == "__main__":
    main()
