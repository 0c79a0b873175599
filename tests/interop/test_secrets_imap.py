"""No password of IMAP in anything that the two programs write, however it is sent, unless it is asked for: what the mock shows and
keeps, its findings, transcripts, and what is judged of them.

Runs in: release. What is written is the same in both builds; sessions and log meet the sanitizers in tests of their own.
"""
import json
import os
import signal
import subprocess

from peer import MOCK, SMTPLAB, clean_environment, main, run, until
from secrets_sent import Searched, b64, finder, marker
from test_secrets import side_by_side, talk, transcript_of


def wrong_ways(secret):
    """Every way to say it wrongly, and the right ones."""
    plain = b64(f"\0alice\0{secret}")
    size = len(secret)
    oauth = b64(f"user=alice\x01auth=Bearer {secret}\x01\x01")
    return {
        "as it is": f"a1 LOGIN alice {secret}\r\n",
        "in quotes": f'a1 LOGIN "alice" "{secret}"\r\n',
        "a quotation that is not closed": f'a1 LOGIN "alice" "{secret}\r\n',
        "a quote inside": f'a1 LOGIN "alice" "x"{secret}"\r\n',
        "a backslash inside": f'a1 LOGIN "alice" "x\\y{secret}"\r\n',
        "blanks inside": f"a1 LOGIN alice my {secret} word\r\n",
        "special characters": f"a1 LOGIN alice ({secret}%\r\n",
        "no name": f"a1 LOGIN {secret}\r\n",
        "two blanks": f"a1  LOGIN  alice  {secret}\r\n",
        "tabs": f"a1\tLOGIN\talice\t{secret}\r\n",
        "small letters": f"a1 login alice {secret}\r\n",
        "no tag": f"LOGIN alice {secret}\r\n",
        "a tag that is none": f"a+1 LOGIN alice {secret}\r\n",
        "two tags": f"a1 a2 LOGIN alice {secret}\r\n",
        "UID before it": f"a1 UID LOGIN alice {secret}\r\n",
        "a literal": f"a1 LOGIN alice {{{size}}}\r\n{secret}\r\n",
        "a literal that does not wait": f"a1 LOGIN alice {{{size}+}}\r\n{secret}\r\n",
        "both as literals": f"a1 LOGIN {{5}}\r\nalice {{{size}}}\r\n{secret}\r\n",
        "a literal too short": f"a1 LOGIN alice {{4}}\r\n{secret}\r\n",
        "a literal too short by much": f"a1 LOGIN alice {{1}}\r\n{secret}\r\n",
        "a literal too long": f"a1 LOGIN alice {{90}}\r\n{secret}\r\n",
        "a literal without its end": f"a1 LOGIN alice {{{size}}}\r\n{secret}",
        "a literal that is refused": f"a1 LOGIN alice {{99999999999}}\r\n{secret}\r\n",
        "a literal without a tag": f"LOGIN alice {{{size}}}\r\n{secret}\r\n",
        "no line end": f"a1 LOGIN alice {secret}",
        "LF": f"a1 LOGIN alice {secret}\n",
        "CR": f"a1 LOGIN alice {secret}\ra2 NOOP\r",
        "a literal line end": f"a1 LOGIN alice {secret}\\r\\n\r\n",
        "zeros": f"a1 LOGIN alice {secret}\0\0\0\r\n",
        "too long": f"a1 LOGIN alice {secret}{'A' * 100000}\r\n",
        "PLAIN behind the mechanism": f"a1 AUTHENTICATE PLAIN {plain}\r\n",
        "PLAIN in a second line": f"a1 AUTHENTICATE PLAIN\r\n{plain}\r\n",
        "PLAIN in clear": f"a1 AUTHENTICATE PLAIN alice {secret}\r\n",
        "PLAIN as a literal": f"a1 AUTHENTICATE PLAIN {{{len(plain)}}}\r\n{plain}\r\n",
        "PLAIN, a login line later": f"a1 AUTHENTICATE PLAIN\r\n*\r\na2 LOGIN alice {secret}\r\n",
        "LOGIN": f"a1 AUTHENTICATE LOGIN\r\nYWxpY2U=\r\n{b64(secret)}\r\n",
        "LOGIN in clear": f"a1 AUTHENTICATE LOGIN\r\nalice\r\n{secret}\r\n",
        "LOGIN in one line": f"a1 AUTHENTICATE LOGIN YWxpY2U= {b64(secret)}\r\n",
        "LOGIN with empty lines": f"a1 AUTHENTICATE LOGIN\r\nYWxpY2U=\n\r\n{b64(secret)}\n\r\n",
        "a command inside of a login": f"a1 AUTHENTICATE LOGIN\r\na2 LOGIN alice {secret}\r\n",
        "no such mechanism": f"a1 AUTHENTICATE NTLM {plain}\r\n",
        "glued": f"a1 AUTHENTICATEPLAIN {plain}\r\n",
        "no mechanism": f"a1 AUTHENTICATE {plain}\r\n",
        "AUTH": f"a1 AUTH PLAIN {plain}\r\n",
        "no tag, PLAIN": f"AUTHENTICATE PLAIN {plain}\r\n",
        "XOAUTH2": f"a1 AUTHENTICATE XOAUTH2 {oauth}\r\n",
        "XOAUTH2 in a second line": f"a1 AUTHENTICATE XOAUTH2\r\n{oauth}\r\n",
        "POP3": f"USER alice\r\nPASS {secret}\r\n",
        "POP3 with tags": f"a1 USER alice\r\na2 PASS {secret}\r\n",
        "SMTP": f"EHLO a.example\r\nAUTH PLAIN {plain}\r\nAUTH LOGIN\r\n",
        "HTTP": f"POST / HTTP/1.1\r\nAuthorization: Basic {plain}\r\n\r\n",
        "behind STARTTLS in clear": f"a1 STARTTLS\r\na2 LOGIN alice {secret}\r\n",
        "inside of IDLE": f"a1 LOGIN alice@mock.example right-one\r\na2 IDLE\r\na3 LOGIN alice {secret}\r\nDONE\r\n",
        "logged in already": f"a1 LOGIN alice@mock.example right-one\r\na2 LOGIN alice {secret}\r\n",
    }


def all_ways():
    """Each with a password of its own: {name: (password, octets)}."""
    return {name: (marker("IMAP " + name), wrong_ways(marker("IMAP " + name))[name]) for name in wrong_ways("")}


class Mocked(Searched):
    """A mock that shows all of it on its standard output."""

    PROTOCOL = "imap"
    WAYS = staticmethod(all_ways)

    def setUp(self):
        super().setUp()
        self.events, ports = self.folder / "events", self.folder / "ports"
        self.scenario = self.folder / "mine.toml"
        self.scenario.write_text(f'extends = "any-{self.PROTOCOL}"\nsubject = "basics"\ntitle.en = "a login"\ntitle.zh = "登录"\n'
                                 'summary.en = "One account."\nsummary.zh = "一个账户。"\n'
                                 '[[account]]\nuser = "alice@mock.example"\npassword = "right-one"\n', encoding="utf-8")
        self.shown = open(self.folder / "shown", "w+b")
        self.addCleanup(self.shown.close)
        self.process = subprocess.Popen(
            [MOCK, str(self.scenario), f"--{self.PROTOCOL}", "0", "--ports-file", str(ports), "--events", str(self.events)],
            stdin=subprocess.DEVNULL, stdout=self.shown, stderr=self.shown, env=clean_environment())
        self.addCleanup(self.end)
        until(ports.exists, "the ports")
        self.port = json.loads(ports.read_text())[self.PROTOCOL]

    def end(self):
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGTERM)
        self.process.wait()

    def written(self):
        self.end()
        return {"what it shows": (self.folder / "shown").read_text(errors="replace"), "events": self.events.read_text(errors="replace")}

    def test_what_the_mock_shows_and_keeps(self):
        ways = self.WAYS()
        short = [octets for _, octets in ways.values() if len(octets) < 1000]
        side_by_side(lambda octets: talk(self.port, octets), [octets for _, octets in ways.values()])
        side_by_side(lambda octets: talk(self.port, octets, piecewise=True), short)
        found = finder(secret for secret, _ in ways.values())
        written = self.written()
        self.assertIn('"kind":"finding"', written["events"])
        for what, text in written.items():
            for number, line in enumerate(text.splitlines()):
                self.check(f"{what}, line {number}", line, found)
        for language in ("en", "zh"):
            said = run(SMTPLAB, "judge", self.events, "--lang", language, status=None)
            self.check("judge, " + language, (said.stdout + said.stderr).decode(), found)
            self.assertNotEqual(said.stdout, b"")


class Written(Searched):
    PROTOCOL = "imap"
    WAYS = staticmethod(all_ways)
    GREETING, REFUSAL = "* OK ready", "a{} BAD what?"

    def refused(self, octets):
        for number, line in enumerate(octets.split("\n")):
            if line:
                yield from ("C: " + line.rstrip("\r"), "S: " + self.REFUSAL.format(number + 1))

    def test_what_is_explained_of_such_dialogues(self):
        ways = self.WAYS()
        pasted = "\n".join(["S: " + self.GREETING, *(line for _, octets in ways.values() for line in self.refused(octets))])
        repeated = "\n".join("S: " + self.REFUSAL.format(1) + line.rstrip("\r")[:120] for _, octets in ways.values() for line in octets.split("\n"))
        for text in (pasted, pasted + "\n" + repeated):
            said = run(SMTPLAB, "explain", "-", given=text.encode())
            self.check("explain", (said.stdout + said.stderr).decode(), finder(secret for secret, _ in ways.values()))

    def test_a_dialogue_that_was_written_down(self):
        ways = self.WAYS()

        def judged(way):
            secret, octets = way
            lines = ["S: " + self.GREETING, *self.refused(octets)]
            said = [run(SMTPLAB, "judge", "-", *form, given="\n".join(lines).encode(), status=None) for form in ((), ("--json",))]
            return "".join((one.stdout + one.stderr).decode() for one in said)
        for (name, (secret, _)), said in side_by_side(lambda way: judged(way[1]), list(ways.items())):
            self.check(name, said, finder([secret]))

    def test_transcripts(self):
        def scripted(way):
            return transcript_of("step", f"any-{self.PROTOCOL}", "--patience", "1", "--script", "-", given=way[1][1].encode())
        for (name, (secret, _)), outputs in side_by_side(scripted, list(self.WAYS().items())):
            for what, text in outputs.items():
                self.check(f"{name}, {what}", text, finder([secret]))

    def test_what_is_looked_for_is_there(self):
        # The other way round, so that the searches above are known to find.
        for name, (secret, octets) in self.WAYS().items():
            self.assertIsNotNone(finder([secret])(octets), name)


if __name__ == "__main__":
    main()
