"""In Chinese everything is Chinese: what both programs say of every kind of wrong input, of the network and of TLS, what they
explain, and what the mock announces. Names, options, paths, RFCs and what somebody else said may be as they are; a piece of an
English sentence may not.

Runs in: release. What people read, by many short runs: the same texts are looked at one by one in the tests of their libraries.
"""
import pathlib
import re
import socket
import subprocess
import tempfile

from peer import MOCK, PATIENCE, SMTPLAB, Case, Mock, clean_environment, main, run

CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORDS = re.compile(r"(?<![\w./=@-])[a-z]{2,}(?: [a-z]{2,}){2,}(?![\w./=@-])")

RIGHT = '{"sender": "a@163.com", "receiver": "b@163.com", "subject": "s", "body": "b", "smtp_server": "127.0.0.1:1", "password": "p"}'


def english_in(text):
    """Pieces of English sentences, outside of quotes. A line above a caret is one of the file that is spoken of; S: and C: are
    the dialogue itself, and what follows a reply code is a server's,
    as names in certificates (CN=) and the words of OpenSSL (SSL:) are somebody else's."""
    lines = [line for line in text.splitlines() if not re.match(r" *[SC]: ", line)]
    spoken = [line for line, below in zip(lines, lines[1:] + [""]) if below.strip() != "^"]
    return WORDS.findall(re.sub(r"CN=[^)），。\n]*|SSL: [^\n]*|\b[2-5]\d\d[ -][^\n]*|smtplab [a-z ]+--help|'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|“[^”\n]*”", "…", "\n".join(spoken)))


class InChinese(Case):
    def check(self, *command, given=b"", **more):
        with self.subTest(command=command[1:]):
            done = run(*command, given=given, status=None, **more)
            text = (done.stdout + done.stderr).decode()
            self.assertEqual(english_in(text), [], text)
            self.assertRegex(text, CHINESE)
            return text


class CommandLine(InChinese):
    def test_smtplab(self):
        for words in (["stpe"], ["netease/frist-mail"], ["step", "--sevrer", "x"], ["step", "--port", "0"], ["step", "--port", "x", "--server", "h"],
                      ["step", "--security", "ssl"], ["step", "--server"], ["step", "--auto=yes"], ["step", "--port", "25"],
                      ["step", "--auto", "--script", "-"], ["step", "a", "b"], ["scenarios", "check"], ["scenarios", "show"],
                      ["step", "--patience", "0"], ["--lang", "fr"], ["step", "--server", "a b"], ["step", "--server", "h:1", "--port", "2"],
                      ["step", "--server", "h", "--ehlo", "a b"], ["step", "nobody/nothing", "--auto"], ["step", "netease#nothing", "--auto"],
                      ["step", "--scenarios", "/nonexistent", "--auto"], ["step", "--auto", "--user", "u", "--server", "h"],
                      ["step", "--auto", "--user", "u", "--server", "h", "--password-file", "/nonexistent"],
                      ["step", "--script", "/nonexistent"], ["step", "any/accept-all", "--auto", "--transcript", "/nonexistent/t"],
                      ["step", "--auto", "--server", "h", "--ca", "/nonexistent"], ["step", "--auto", "--server", "h", "--ca", "/etc/hostname"],
                      ["step", "--auto", "--server", "h", "--to", "b@x"], ["scenarios", "show", "nothing/here"],
                      ["scenarios", "list", "--replies", "nobody"], ["send", "--config", "/nonexistent"], ["step", "x.toml", "--auto"]):
            self.check(SMTPLAB, *words, "--lang", "zh")

    def test_the_mock(self):
        with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as taken:
            pathlib.Path(folder, "file").write_text("")
            port = str(taken.getsockname()[1])
            for words in (["nobody/nothing"], ["--smpt", "0"], ["--smtp", "x"], ["any/accept-all", "any/accept-all"],
                          ["--smtp", "65535", "any/accept-all", "any/submission"], ["--smtp", port], ["--smtp", "0", "--bind", "localhost"],
                          ["--smtp", "0", "--bind", "192.0.2.1"], ["--smtp", "0", "--store", f"{folder}/file"],
                          ["--smtp", "0", "--events", f"{folder}/none/e"], ["--smtp", "0", "--ports-file", f"{folder}/none/p"],
                          ["--smtp", "0", "--ca-out", f"{folder}/none/c"], ["--scenarios", f"{folder}/none"]):
                self.check(MOCK, *words, "--lang", "zh")

    def test_what_the_mock_announces(self):
        scenarios = ("any/accept-all", "any/submission", "netease/first-mail", "faults/refused", "faults/unreliable")
        command = [MOCK, *scenarios, "--smtp", "0", "--bind", "0.0.0.0", "--lang", "zh"]
        mock = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_environment())
        lines = [mock.stdout.readline().decode() for _ in scenarios]
        mock.terminate()
        _, warning = mock.communicate(timeout=PATIENCE)
        for text in (*lines, warning.decode()):
            self.assertEqual(english_in(text), [], text)
            self.assertRegex(text, CHINESE)


class Files(InChinese):
    def wrong(self, name, text, *command):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, name)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            self.check(SMTPLAB, *command, str(path), "--lang", "zh")

    def test_scenarios(self):
        head = "subject='basics'\ntitle={en='t',zh='题'}\nsummary={en='s',zh='述'}\n"
        for text in ("x", "a = b\n", "a = \"b\n", "a ＝ 1\n", "a = TRUE\n", b"a = '\xc4\xe3'\n", "[[rule]]\non='MAIL'\nrepply='550 no'\n",
                     "subject='x'\n", head + "[[rule]]\non='MAIL'\nreply='550'\nraw='x'\n", head + "[[rule]]\non='MAIL'\n",
                     head + "[[rule]]\non='timeout'\nkeep=true\n", head + "[[rule]]\non='MAIL'\nreply='@none'\n", head + "[[rule]]\non='MAIL'\nreply='55 x'\n",
                     head + "[[rule]]\non='MAIL'\nreply='550 {nothing}'\n", head + "[[rule]]\non='MAIL'\nreply='550 {'\n",
                     head + "[[rule]]\non='MAIL'\nreply='550 a'\n[[rule]]\non='MAIL'\nreply='551 b'\n",
                     head + "[[rule]]\non='MAIL'\nwhen={wants='user'}\nreply='550 a'\n", head + "[[rule]]\non='MAIL'\nwhen={mistake='nothing'}\nreply='550 a'\n",
                     head + "[[rule]]\non='MAIL'\nwhen={client='/(/'}\nreply='550 a'\n", head + "[[rule]]\non='MAIL'\nwhen={rate_over='x'}\nreply='550 a'\n",
                     head + "[[rule]]\non='message'\nwhen={header=['x']}\nreply='550 a'\n", head + "[[rule]]\non='MAIL'\nsplit_pause=1\nreply='550 a'\n",
                     head + "[server]\nextensions=['STARTTLS','SMTPUTF8','ä','CHUNKING {x}']\nextensions_tls=['STARTTLS']\n",
                     head + "[server]\nextensions=['AUTH CRAM-MD5']\noauth_error='x'\n[limits]\nrecipients=-1\nmessage='9'\n",
                     head + "[[account]]\nuser='a'\npassword=''\n[[account]]\nuser='a'\npassword='b'\n", head + "[[step]]\nsay={en='e',zh='中'}\n",
                     head + "[[step]]\nsend='a'\nmessage='b'\nsay={en='e'}\n", head + "[[step]]\nsend='a\\nb {user}'\nsay='x'\n",
                     head + "[[step]]\nconnect=false\nend='lf'\nsay={en='e',zh='中'}\n", head + "[tls]\noldest='1.3'\nnewest='1.2'\n",
                     "extends='nobody'\n" + head, head + "[[reply]]\nid='A B'\nstage='x'\nlines=[]\nseen='now'\n", head + "code='550'\nquirks=1\n",
                     head + "[[step]]\nsend='NOOP'\nexpect=550\nsay={en='e',zh='中'}\n[[step]]\nsend='QUIT'\nsay={en='e',zh='中'}\n",
                     head + "[[rule]]\non='EHLO'\nraw='{0x1}{a*0}'\n"):
            self.wrong("x.toml", text, "scenarios", "check")
        self.wrong("x.txt", head, "scenarios", "check")

    def test_configurations(self):
        for change in (("", ""), ('"a@163.com"', '"a"'), ('"a@163.com"', "1"), ('"a@163.com"', '"a@163.com，b@163.com"'), ('"a@163.com"', '["a@163.com", "b@x"]'),
                       ('"b@163.com"', "[]"), ('"b@163.com"', "[1]"), ('"s"', '"s\\u000a"'), ('"s",', '"s"'), ('"s"', "'s'"), ('"s"', "s"), ('"s"', '"\\x"'),
                       ('"p"}', '"p",}'), ('"p"}', '"p"'), ('"p"', '"p'), ("{", ""), ('"s"', "“s”"), ('"127.0.0.1:1"', '"a b"'),
                       ('"127.0.0.1:1"', '"h:1", "smtp_port": 2'), ('"p"}', '"p", "smtp_port": "25"}'), ('"p"}', '"p", "smtp_port": 0}'), ('"p"}', '"p", "security": "ssl"}'),
                       ('"p"}', '"p", "ehlo": "a b"}'), ('"p"}', '"p", "passwort": "x"}'), ('"p"}', '"p", "attachments": ["/nonexistent"]}'), ('"s"', "1e999"),
                       ('"p"}', '"p", "password": "q"}'), ('"s"', '"s" // mine'), (RIGHT, "[]"), (RIGHT, ""), ('"p"}', '"p", "ca": "/nonexistent"}'), (', "password": "p"', "")):
            self.wrong("c.json", RIGHT.replace(*change, 1), "send", "--config")
        self.wrong("c.json", RIGHT.encode().replace(b'"s"', b'"\xc4\xe3"'), "send", "--config")


class Network(InChinese):
    def test_what_goes_wrong_on_the_way(self):
        with socket.create_server(("127.0.0.1", 0)) as gone:
            closed = gone.getsockname()[1]
        for server in (f"127.0.0.1:{closed}", "nowhere.invalid"):
            self.check(SMTPLAB, "step", "--auto", "--server", server, "--security", "none", "--lang", "zh", "--patience", "5")

    def test_tls(self):
        for scenario in ("tls-closes", "tls-expired", "tls-garbage", "tls-handshake-alert", "tls-not-yet-valid", "tls-old-version", "tls-self-signed",
                         "tls-unknown-authority", "tls-wrong-host", "starttls-refused", "starttls-stripped", "silent-banner", "reset-at-connect",
                         "greeting-is-http", "no-code", "unexpected-421"):
            with Mock(f"faults/{scenario}") as mock:
                self.check(SMTPLAB, "step", "--auto", "--server", f"127.0.0.1:{mock.port}", "--security", "starttls", "--patience", "2", "--lang", "zh")


class Explained(InChinese):
    def test_the_environment_says_it_as_well(self):
        by_option = self.check(SMTPLAB, "explain", "999", "--lang", "zh")
        self.assertEqual(by_option, self.check(SMTPLAB, "explain", "999", env=clean_environment(LANG="zh_CN.UTF-8")))

    def test_everything_that_can_be_pasted(self):
        for text in ("", "999", "xyzzy", "535", "MAIL FROM alice@163.com", "RCPT TO:<bob>", "EHLO", "HELO a b", "AUTH", "BDAT x", "VRFY", "QUIT now",
                     "b'535 authentication failed'", "535 Error: authentication failed, system busy", "ssl.SSLError: [SSL: WRONG_VERSION_NUMBER]",
                     "220 reply not received from server.", "ConnectionRefusedError: [Errno 111] Connection refused", "STARTTLS", "AUTH PLAIN AGFsaWNlAHNlY3JldA=="):
            with self.subTest(text):
                explained = self.check(SMTPLAB, "explain", text, "--lang", "zh")
                self.assertNotRegex(explained or "", "course report|public source code")


if __name__ == "__main__":
    main()
