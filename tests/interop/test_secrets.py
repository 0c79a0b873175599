"""No password in anything that the two programs write, however it is sent, unless it is asked for: events, transcripts, plain
lines, complaints and explanations, in clear and in base64. What is stored is the message as it came. (The screen and what is
exported from it: test_secrets_screen.py.)

Runs in: release. What is written is the same in both builds; sessions and log meet the sanitizers in tests of their own.
"""
import concurrent.futures
import itertools
import json
import pathlib
import socket
import tempfile

from peer import PATIENCE, SMTPLAB, Mock, main, run
from secrets_sent import Searched, all_ways, b64, finder, golden_dialogues, golden_scenarios, marker, scenarios_with

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

# What nobody can know to be a password who sees one reply alone, and why. Every other way is hidden even then.
NOT_KNOWN_ALONE = {
    "in clear": "the line is one word, which may be any name",
    "twice": "behind VRFY stands a name; that it had been a password says the line before",
}


def side_by_side(work, things):
    """Each of them with what work makes of it: clients and servers mostly wait for each other."""
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        return list(zip(things, pool.map(work, things), strict=True))


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
        for scenario in ("any/accept-all", "any/submission", "netease/first-mail", "sendmail", "exim", "gmail", "outlook", "qq", "qmail"):
            with self.subTest(scenario), Mock(scenario, store=False) as mock:
                short = [octets for _, octets in sent.values() if len(octets) < 1000]
                side_by_side(lambda octets: talk(mock.port, octets), [octets for _, octets in sent.values()])
                side_by_side(lambda octets: talk(mock.port, octets, piecewise=True), short)
                for number, line in enumerate(mock.events_file.read_text().splitlines()):
                    self.check(f"event {number}", line, found)
                self.check("complaints", mock.stderr(), found)

    def test_events_of_the_mock_when_they_are_asked_for(self):
        # The other way round, so that the search above is known to find.
        with Mock("any/submission", store=False, arguments=["--show-secrets"]) as mock:
            ways = all_ways()
            side_by_side(lambda way: talk(mock.port, way[1]), list(ways.values()))
            events = mock.events_file.read_text()
            for name, (secret, _) in ways.items():
                if not name.startswith(("PLAIN encoded twice", "behind STARTTLS")):  # base64 of base64, and what is never read
                    self.assertIsNotNone(finder([secret])(events), name)

    def test_the_right_password(self):
        def written(dialogue):
            name, (secret, octets) = dialogue
            file = self.folder / f"{name}.toml"
            file.write_text(SCENARIO % secret, encoding="utf-8")
            with Mock(file, store=False) as mock:
                talk(mock.port, octets)
                said = self.scripted(octets, "--server", f"127.0.0.1:{mock.port}", "--security", "none")
                own = self.scripted(octets, file)
                return said | {"lines of the mock inside": own["lines"], "its transcript": own["transcript"],
                               "events": mock.events_file.read_text()}
        for (name, (secret, _)), outputs in side_by_side(written, list(golden_dialogues().items())):
            for what, text in outputs.items():
                self.check(f"{name}, {what}", text, finder([secret]))

    def scripted(self, octets, *options):
        return transcript_of("step", *options, "--patience", "1", "--script", "-", given=octets.encode())

    def test_lines_and_transcripts_of_the_client(self):
        ways = all_ways()
        with Mock("any/submission", store=False) as mock:
            server = ["--server", f"127.0.0.1:{mock.port}", "--security", "none"]
            for (name, (secret, _)), outputs in side_by_side(lambda way: self.scripted(way[1][1], *server), list(ways.items())):
                for what, text in outputs.items():
                    self.check(f"{name}, {what}", text, finder([secret]))
            self.check("events", mock.events_file.read_text(), finder(secret for secret, _ in ways.values()))

    def test_what_is_explained_of_a_dialogue_that_was_pasted(self):
        ways = all_ways()
        pasted = "".join(f"C: {line}\nS: 535 5.7.8 Authentication failed\n" for _, octets in ways.values() for line in octets.splitlines())
        for language in ("en", "zh"):
            said = run(SMTPLAB, "explain", "-", "--lang", language, given=pasted.encode())
            self.check(language, (said.stdout + said.stderr).decode(), finder(secret for secret, _ in ways.values()))

    def test_what_is_explained_of_a_reply_that_repeats_the_line(self):
        ways = {name.removesuffix(", at once"): way for name, way in all_ways().items() if name.endswith(", at once")}
        del ways["PLAIN encoded twice"]  # which no search finds

        def repeated(name):
            secret, octets = ways[name]
            return [line[:120] for line in octets.splitlines() if finder([secret])(line) is not None]

        def explained(some):
            lines = [line for name in some for line in repeated(name)]
            quote = itertools.cycle(('"', ""))
            reply = "".join(f"S: 500-5.5.1 what is {mark}{line}{mark}\n" for line, mark in zip(lines, quote)) + "S: 500 5.5.1\n"
            dialogue = "".join(f"C: {line}\n" for name in some for line in ways[name][1].splitlines())
            return [run(SMTPLAB, "explain", "-", *asked, given=pasted.encode()).stdout.decode()
                    for pasted, asked in ((reply, []), (dialogue + reply, []), (reply, ["--show-secrets"]))]
        # Several at once, but more than 400 octets of a reply are not repeated, and a literal \r\n ends it.
        single = [name for name in ways if name in NOT_KNOWN_ALONE or "\\r" in ways[name][1]]
        others = [name for name in ways if name not in single]
        together = [others[at:at + 3] for at in range(0, len(others), 3)] + [[name] for name in single]
        for some, (alone, behind, shown) in side_by_side(explained, together):
            for name in some:
                found = finder([ways[name][0]])
                self.check(f"{name}, behind its dialogue", behind, found)
                self.assertIsNotNone(found(shown), name)
                self.assertEqual(found(alone) is not None, name in NOT_KNOWN_ALONE, (name, alone[:400]))

    def test_the_golden_lessons(self):
        secret = marker("lessons")
        found = finder([secret])
        scenarios = scenarios_with(secret, self.folder)

        def led(lesson):
            return transcript_of("step", lesson[0], "--auto", "--lang", lesson[1], "--scenarios", scenarios)
        for lesson, said in side_by_side(led, list(golden_scenarios())):
            for what, text in said.items():
                self.check(f"{lesson}, {what}", text, found)
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

        def complained(case):
            (number, text), language = case
            file = self.folder / f"broken-{number}-{language}.json"
            file.write_text(text, encoding="utf-8")
            return transcript_of("send", "--config", file, "--lang", language)["lines"]
        for case, lines in side_by_side(complained, list(itertools.product(enumerate(broken), ("en", "zh")))):
            self.check(case, lines, found)


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


if __name__ == "__main__":
    main()
