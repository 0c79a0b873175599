"""`smtplab run`: programs as they are handed in meet their providers, offline; afterwards it is told what they did.

Runs in: release. What it is about are processes and namespaces; closed_network meets the sanitizers with the same code.
"""
import contextlib
import json
import os
import pathlib
import subprocess
import tempfile
import textwrap
import uuid

from peer import DONE, FAILED, NETWORK, SMTPLAB, USAGE, Case, clean_environment, main, until
from tmux import Terminal

NOBODY = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
RIGHTS = [[], NOBODY] if os.geteuid() == 0 else [[]]

# Of 163: an address and a code of the author's own.
FILLED_IN = """
from socket import *
import base64
server = socket(AF_INET, SOCK_STREAM)
server.connect(("smtp.163.com", 25))
print(server.recv(1024).decode())
def say(line):
    server.send(line.encode())
    answer = server.recv(1024).decode()
    print(answer)
    return answer
say("HELO Alice\\r\\n")
%s
say("MAIL FROM: <zhang.san@163.com>\\r\\n")
say("RCPT TO: <li.si@163.com>\\r\\n")
say("DATA\\r\\n")
server.send(b"from:zhang.san@163.com\\r\\nto:li.si@163.com\\r\\nsubject:hello\\r\\ncontent-type:text/plain\\t\\n\\r\\nI love computer networks!")
say("\\r\\n.\\r\\n")
server.send(b"QUIT\\r\\n")
"""
LOGIN = 'say("AUTH LOGIN\\r\\n"); say("emhhbmcuc2FuQDE2My5jb20=\\r\\n"); say("QUJDREVGR0hJSktMTU5PUA==\\r\\n")'

# Of QQ, 587 in clear; it reads the prompts.
READS_PROMPTS = """
import base64, socket
talk = socket.create_connection(("smtp.qq.com", 587))
assert talk.recv(1024).decode()[:3] == "220"
def say(line, code):
    talk.send(line)
    answer = talk.recv(1024).decode()
    if answer[:3] != code: raise SystemExit("not " + code + ": " + answer)
    return answer
say(b"HELO Alice\\r\\n", "250")
print(base64.b64decode(say(b"AUTH LOGIN\\r\\n", "334").split(" ")[1]))
print(base64.b64decode(say(base64.b64encode(b"10001@qq.com") + b"\\r\\n", "334").split(" ")[1]))
say(base64.b64encode(b"abcdefghijklmnop") + b"\\r\\n", "235")
say(b"MAIL FROM: <10001@qq.com>\\r\\n", "250")
say(b"RCPT TO: <10002@qq.com>\\r\\n", "250")
say(b"DATA\\r\\n", "354")
talk.send(b"%s\\r\\n I love computer networks!")
say(b"\\r\\n.\\r\\n", "250")
say(b"QUIT\\r\\n", "221")
"""
FROM = "From: <10001@qq.com>\\r\\n"


class Run(Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        os.chmod(self.folder.name, 0o777)
        self.addCleanup(self.folder.cleanup)

    def run_in(self, *words, rights=(), given=b"", status=DONE):
        done = subprocess.run([*rights, SMTPLAB, "run", *words], input=given, capture_output=True, cwd=self.folder.name,
                              env=clean_environment(PATH="/usr/bin:/bin"), timeout=60, check=False)
        self.assertEqual(done.returncode, status, done.stdout.decode() + done.stderr.decode())
        return done.stdout.decode(), done.stderr.decode()

    def program(self, source):
        (pathlib.Path(self.folder.name) / "client.py").write_text(textwrap.dedent(source))
        return ["python3", "client.py"]

    def test_163_as_it_was_handed_in(self):
        for rights in RIGHTS:
            with self.subTest(rights=rights), tempfile.TemporaryDirectory() as store:
                os.chmod(store, 0o777)
                out, told = self.run_in("--store", store, "--", *self.program(FILLED_IN % LOGIN), rights=rights)
                self.assertIn("235 Authentication successful", out)
                self.assertIn("smtp.163.com:25", told)
                self.assertIn("zhang.san@163.com was taken for an account", told)
                stored = [file.read_bytes() for file in pathlib.Path(store).rglob("new/*")]
                self.assertEqual(len(stored), 1)
                self.assertIn(b"I love computer networks!", stored[0])
                self.assertNotIn("QUJDREVGR0hJSktMTU5PUA", told)

    def test_163_without_a_login(self):
        out, told = self.run_in("--", *self.program(FILLED_IN % ""), status=FAILED)
        self.assertIn("553 authentication is required", out)
        self.assertIn("AUTH LOGIN", told)  # the way out

    def test_qq_reads_its_prompts(self):
        out, told = self.run_in("--", *self.program(READS_PROMPTS % FROM))
        self.assertEqual(out, "b'Username:'\nb'Password:'\n")
        self.assertIn("stored for 10002@qq.com", told)

    def test_qq_asks_for_the_sender_in_a_header(self):
        _, told = self.run_in("--", *self.program(READS_PROMPTS % "To: <10002@qq.com>\\r\\n"), status=FAILED)
        self.assertIn("no-from-header", told)

    def test_what_was_sent_is_read_at_another_provider(self):
        """Over smtp.163.com to QQ, then from pop.qq.com in its words: in one run and in two, in memory and as files."""
        folder = pathlib.Path(self.folder.name)
        (folder / "send.py").write_text(SENDS)
        (folder / "read.py").write_text(READS)
        both = "python3 send.py && python3 read.py"
        for runs in [[["--", "sh", "-c", both]], [["--store", "one", "--", "sh", "-c", both]],
                     [["--store", "two", "--", "python3", "send.py"], ["--store", "two", "--", "python3", "read.py"]]]:
            with self.subTest(runs=runs):
                for words in runs:
                    out, told = self.run_in(*words)
                self.assertIn("b'I love computer networks!'", out)
                self.assertIn("pop.qq.com:995", told)
                self.assertIn("+OK XMail POP3 Server", told)  # QQ's words, not ours

    def test_time_is_judged_without_luck(self):
        """Each program fifteen times over: what it does too early is seen every time, and where it is right nothing is."""
        for begins, between, pause, wanted in [
                ("talk.recv(1024)", "pass", 0, []),
                ("pass", "pass", 0, ["talks-before-greeting"]),
                ("talk.recv(1024)", "talk.send(b'NOOP\\r\\n')", 0, ["sends-before-reply"]),
                ("talk.recv(1024)", "pass", 0.03, [])]:
            with self.subTest(begins=begins, between=between, pause=pause):
                events = pathlib.Path(self.folder.name) / "events"
                self.run_in("--events", str(events), "--", "python3", "-c", IN_TIME.format(begins=begins, between=between, pause=pause))
                told = [json.loads(line) for line in events.read_text().splitlines()]
                seen = {number: [event["id"] for event in told if event["connection"] == number and event["kind"] == "finding"
                                 and event["severity"] != "advice" and "follows" not in event] for number in range(1, 16)}
                self.assertEqual(seen, {number: wanted for number in range(1, 16)})

    def test_certificates_verify(self):
        for rights in RIGHTS:
            for url in ["smtps://smtp.qq.com:465", "smtps://smtp.163.com:994", "smtp://smtp.office365.com:587", "pop3s://pop.163.com:995"]:
                with self.subTest(url=url, rights=rights):
                    out, _ = self.run_in("--", "python3", "-c", VERIFIED, url, rights=rights)
                    self.assertIn("verified", out)

    def test_a_scenario_takes_its_providers_place(self):
        out, _ = self.run_in("qq#auth-code-needed", "--", *self.program(READS_PROMPTS % FROM), status=FAILED)
        self.assertNotIn("235", out)

    def test_localhost_is_the_first_scenario(self):
        program = "import smtplib; smtplib.SMTP('localhost').sendmail('a@b.example', 'bob@c.example', 'Subject: x\\r\\n\\r\\ny')"
        for port in ["25", "2525"]:
            self.run_in("--", "python3", "-c", program.replace("'localhost'", f"'localhost', {port}"))

    def test_a_name_that_nobody_has(self):
        program = "import smtplib; smtplib.SMTP('mail.school.example').sendmail('a@b.example', 'bob@c.example', 'Subject: x\\r\\n\\r\\ny')"
        for rights in RIGHTS:
            _, told = self.run_in("--", "python3", "-c", program, rights=rights)
            self.assertIn("mail.school.example is none of the providers known here: it led to localhost", told)

    def test_it_never_connected(self):
        _, told = self.run_in("--", "true", status=FAILED)
        self.assertIn("it ended and never connected to any of the servers [never-connects]", told)

    def test_a_program_that_hangs_is_ended(self):
        _, told = self.run_in("--time", "0.5", "--", "python3", "-c", "import socket; socket.create_connection(('smtp.qq.com', 25)).recv(1); import time; time.sleep(600)", status=FAILED)
        self.assertIn("ended by signal 15", told)
        self.assertIn("it was still running when its time was over", told)

    def test_killed_it_leaves_nothing(self):
        mark = f"MARK={uuid.uuid4()}"

        def left():
            found = []
            for folder in pathlib.Path("/proc").iterdir():
                with contextlib.suppress(OSError):
                    if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes():
                        found.append(folder.name)
            return found

        family = "setsid sleep 600 & sleep 600 & echo begun; wait"
        with subprocess.Popen([SMTPLAB, "run", "--", "sh", "-c", family], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              env=clean_environment(PATH="/usr/bin:/bin", MARK=mark.removeprefix("MARK="))) as process:
            self.assertEqual(process.stdout.readline(), b"begun\n")
            self.assertGreater(len(left()), 3)
            process.kill()
            until(lambda: not left(), left)

    def test_what_it_reads(self):
        file = pathlib.Path(self.folder.name) / "typed"
        file.write_text("typed\n")
        out, _ = self.run_in("--input", str(file), "--", "cat", status=FAILED)
        self.assertEqual(out, "typed\n")

    def test_events_of_all_connections(self):
        events = pathlib.Path(self.folder.name) / "events"
        self.run_in("--events", str(events), "--", *self.program(READS_PROMPTS % FROM))
        kinds = [json.loads(line).get("kind") for line in events.read_text().splitlines()]
        self.assertEqual((kinds[0], kinds[-1]), ("connected", "closed"))

    def test_what_cannot_be_run(self):
        _, told = self.run_in("--", "/no/such/program", status=USAGE)
        self.assertIn("/no/such/program cannot be started: No such file or directory", told)
        self.run_in("netease/first-mail", status=USAGE)
        self.run_in("netease/first-mail", "netease/wrong-password", "--", "true", status=USAGE)

    def test_in_chinese(self):
        _, told = self.run_in("--lang", "zh", "--", "true", status=FAILED)
        self.assertIn("它没有连接过任何服务器就结束了", told)

    def test_where_networks_are_forbidden_it_says_what_to_do(self):
        if os.geteuid() != 0:
            self.skipTest("only root can forbid them")
        forbid = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", 'echo 0 > /proc/sys/user/max_net_namespaces; exec "$@"', "sh"]
        _, told = self.run_in("--", "true", rights=forbid, status=NETWORK)
        self.assertIn("install bubblewrap", told)
        program = "import smtplib, sys; smtplib.SMTP(sys.argv[1], int(sys.argv[2])).sendmail('a@b.example', 'bob@c.example', 'Subject: x\\r\\n\\r\\ny')"
        for rights in [forbid, []]:
            self.run_in("--", "python3", "-c", program, "{host}", "{port}", rights=rights)

    def test_in_the_open_network_the_program_is_told_where_to_connect(self):
        """By its environment, with a certificate that it can check, and it is said which way was taken."""
        out, told = self.run_in("--open", "any/submission", "--", "python3", "-c", TOLD)
        self.assertEqual(out, "sent\n")
        self.assertIn("the program runs in the open network, where it is told so", told)

    def test_an_account_of_ones_own(self):
        """With its code, which nobody else has; another one gets the provider's own refusal."""
        code = pathlib.Path(self.folder.name) / "code"
        for text, status in [("ABCDEFGHIJKLMNOP", DONE), ("ABCDEFGHIJKLMNOX", FAILED)]:
            code.write_text(text + "\n")
            out, told = self.run_in("--account", "zhang.san@163.com", "--password-file", str(code), "--", *self.program(FILLED_IN % LOGIN), status=status)
            self.assertIn("235 Authentication successful" if status == DONE else "535 Error: authentication failed", out)
            self.assertNotIn("was taken for an account", told)
        _, told = self.run_in("--", *self.program(FILLED_IN % LOGIN.replace("QUJDREVGR0hJSktMTU5PUA==", "d2FuZ3lpMTYz")), status=FAILED)
        self.assertIn("if yours has another one: smtplab run --account ADDRESS asks for it", told)
        _, told = self.run_in("--account", "zhang.san@nowhere.example", "--password-file", str(code), "--", "true", status=USAGE)
        self.assertIn("zhang.san@nowhere.example is at none of the providers here", told)
        _, told = self.run_in("--account", "zhang.san@163.com", "--", "true", status=USAGE)
        self.assertIn("--account needs a password, and there is no terminal to ask for it", told)

    def test_output_without_end(self):
        out, told = self.run_in("--output-limit", "5000", "--", "yes", status=FAILED)
        self.assertEqual(len(out), 5000)
        self.assertIn("it wrote more than it may, and was ended", told)

    def test_the_report_as_json(self):
        transcript = pathlib.Path(self.folder.name) / "transcript"
        _, told = self.run_in("--report", "json", "--store", "mail", "--transcript", str(transcript), "--", *self.program(FILLED_IN % LOGIN))
        report = json.loads(told.splitlines()[-1])
        self.assertEqual(told.count("\n"), 1, told)
        self.assertTrue(report["well"])
        self.assertTrue(report["network"]["closed"])
        self.assertEqual(report["program"]["status"], 0)
        [visit] = report["connections"]
        self.assertEqual((visit["host"], visit["port"], visit["scenario"], visit["tls"]), ("smtp.163.com", 25, "netease", False))
        self.assertIn("C: MAIL FROM: <zhang.san@163.com>", visit["dialogue"])
        self.assertIn("helo-then-auth", [finding["id"] for finding in visit["findings"]])
        [stored] = report["stored"]
        self.assertEqual(stored["to"], ["li.si@163.com"])
        self.assertIn(b"I love computer networks!", (pathlib.Path(self.folder.name) / stored["files"][0]).read_bytes())
        self.assertEqual(report["taken_for_accounts"], ["zhang.san@163.com"])
        kinds = [json.loads(line)["kind"] for line in transcript.read_text().splitlines()]
        self.assertEqual((kinds[0], kinds[-1], "finding" in kinds), ("connected", "closed", False))
        self.assertNotIn("QUJDREVGR0hJSktMTU5PUA", told)

    def test_what_shows_in_the_process(self):
        """Findings that no dialogue has: each of its program."""
        for rights in RIGHTS:
            for program, options, wanted in [
                    ("pass", [], ["never-connects"]),
                    ("input()", ["--time", "1", "--input", "/dev/zero"], ["never-connects"]),
                    ("import socket\nsocket.create_server(('127.0.0.1', 4000)).accept()", ["--time", "1"], ["server-calls-in-client"]),
                    ("import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendto(b'HELO a', ('smtp.163.com', 25))", [], ["udp-socket"]),
                    ("import socket\nsocket.socket().connect_ex(('192.0.2.1', 8025))", [], ["never-connects"]),
                    ("import socket\ns = socket.create_connection(('smtp.163.com', 25)); s.recv(100); s.send('QUIT')", [], ["str-instead-of-bytes"]),
                    ("print recv", [], ["python-2", "never-connects"]),
                    ("import ssl\nclass ssl: pass\nraise AttributeError(\"module 'ssl' has no attribute 'wrap_socket'\")", [], ["old-ssl-api", "never-connects"]),
                    ("import socket, ssl\nc = ssl._create_unverified_context()\ns = c.wrap_socket(socket.create_connection(('smtp.163.com', 465)))\ns.recv(100); s.send(b'QUIT\\r\\n'); s.recv(100)", [], ["certificate-not-checked"])]:
                with self.subTest(program=program, rights=rights):
                    done = subprocess.run([*rights, SMTPLAB, "run", *options, "--report", "json", "--", "python3", "-c", program], stdin=subprocess.DEVNULL,
                                          capture_output=True, cwd=self.folder.name, env=clean_environment(PATH="/usr/bin:/bin"), timeout=60, check=False)
                    report = json.loads(done.stderr.decode().splitlines()[-1])
                    self.assertEqual([one.get("id") for one in report["process"]], wanted, report)
        _, told = self.run_in("--", "python3", "-c", "import socket\nsocket.socket().connect_ex(('192.0.2.1', 8025))", status=FAILED)
        self.assertIn("it wanted to connect to 192.0.2.1:8025, where nobody listens", told)

    def test_names_over_tcp(self):
        out, _ = self.run_in("--", "python3", "-c", NAME_OVER_TCP, status=FAILED)
        self.assertEqual(out, "0x8580 1 answer\n")


class AtATerminal(Case):
    """The terminal is the program's, as it is without us."""

    def setUp(self):
        self.terminal = Terminal(columns=100, rows=40)
        self.addCleanup(self.terminal.close)

    def begin(self, program, *options):
        (self.terminal.work / "client.py").write_text(textwrap.dedent(program))
        self.terminal.type(" ".join([SMTPLAB, "run", *options, "--", "python3", "client.py\n"]))

    def test_a_password_is_asked_for_and_stopping_changes_nothing(self):
        self.begin("import getpass\nprint('got', getpass.getpass('Code: '))\nprint('and', input('Name: '))")
        self.terminal.await_text("^Code:")
        self.terminal.press("C-z")
        self.terminal.await_text("Stopped")
        self.terminal.type("fg\n")
        self.terminal.await_text("run -- python3 client.py\n")
        self.terminal.type("hidden\n")
        self.terminal.await_text("got hidden")
        self.assertEqual(self.terminal.text().count("hidden"), 1)
        self.terminal.type("alice\n")
        self.terminal.await_text("and alice")
        self.terminal.await_text("ended with exit status 0")

    def test_ctrl_c_reaches_the_program_alone(self):
        self.begin("import time\ntry:\n  print('waits', flush=True)\n  time.sleep(600)\nexcept KeyboardInterrupt: print('interrupted')")
        self.terminal.await_text("waits\n")
        self.terminal.press("C-c")
        self.terminal.await_text("interrupted\n")
        self.terminal.await_text("ended with exit status 0")

    def test_it_still_waits_for_the_keyboard(self):
        self.begin("server = input('Server: ')", "--time", "2")
        self.terminal.await_text("Server:")
        self.terminal.await_text("it was still waiting for the keyboard")

    def test_what_it_printed_last_is_read(self):
        """It has a terminal all the same, of the right size, and what it writes appears once."""
        self.begin("import os, sys\nprint(sys.stdin.isatty(), sys.stdout.isatty(), sys.stderr.isatty(), os.get_terminal_size().columns)\n"
                   "raise TypeError(\"a bytes-like object is required, not 'str'\")")
        self.terminal.await_text(r"\[str-instead-of-bytes\]")
        self.assertIn("True True True 100\n", self.terminal.text())
        self.assertEqual(self.terminal.text().count("Traceback"), 1)

    def test_a_shell_in_there(self):
        self.terminal.type(f"{SMTPLAB} run -- bash --norc --noprofile\n")
        self.terminal.await_text("accept-all")
        self.terminal.type("(echo QUIT; sleep 1) | telnet smtp.163.com 25\n")
        self.terminal.await_text("220 163.com Anti-spam GT for Coremail System")
        self.terminal.type("echo QUIT | nc -C smtp.qq.com 587\n")
        self.terminal.await_text("XMail Esmtp QQ Mail Server")
        self.terminal.type("echo QUIT | openssl s_client -quiet -crlf -connect smtp.qq.com:465\n")
        self.terminal.await_text("verify return:1")
        self.terminal.type("exit 0\n")
        self.terminal.await_text("bash ended with exit status 0")


SENDS = """
import smtplib
with smtplib.SMTP_SSL("smtp.163.com", 465) as server:
    server.login("zhang.san@163.com", "ABCDEFGHIJKLMNOP")
    server.sendmail("zhang.san@163.com", "10002@qq.com", "From: zhang.san@163.com\\r\\nSubject: x\\r\\n\\r\\nI love computer networks!")
"""

READS = """
import poplib
box = poplib.POP3_SSL("pop.qq.com", 995)
box.user("10002@qq.com")
box.pass_("abcdefghijklmnop")
for number in range(1, box.stat()[0] + 1): print(box.retr(number)[1])
box.quit()
"""

IN_TIME = """
import socket, time
for _ in range(15):
    with socket.create_connection(("smtp.163.com", 25)) as talk:
        {begins}
        for line in [b"HELO client.example\\r\\n", b"NOOP\\r\\n", b"QUIT\\r\\n"]:
            talk.send(line)
            if line.startswith(b"NOOP"): {between}; time.sleep({pause})
            talk.recv(1024)
        while talk.recv(1024): continue
"""

TOLD = """
import os, smtplib, ssl
server = smtplib.SMTP_SSL("localhost", int(os.environ["SMTPLAB_PORT_SMTPS"]), context=ssl.create_default_context())
server.quit()
server = smtplib.SMTP(os.environ["SMTPLAB_HOST"], int(os.environ["SMTPLAB_PORT"]))
server.ehlo()
server.quit()
print("sent")
"""

NAME_OVER_TCP = """
import socket, struct
query = struct.pack("!6H", 7, 0x0100, 1, 0, 0, 0) + b"\\x04smtp\\x03163\\x03com\\x00" + struct.pack("!2H", 1, 1)
with socket.create_connection(("127.0.0.1", 53)) as talk:
    talk.sendall(struct.pack("!H", len(query)) + query)
    answer = talk.makefile("rb").read(14)
print(hex(struct.unpack("!H", answer[4:6])[0]), struct.unpack("!H", answer[8:10])[0], "answer")
"""

VERIFIED = """
import poplib, smtplib, ssl, sys
kind, _, place = sys.argv[1].partition("://")
host, _, port = place.partition(":")
context = ssl.create_default_context()
if kind == "smtps": smtplib.SMTP_SSL(host, int(port), context=context).quit()
elif kind == "pop3s": poplib.POP3_SSL(host, int(port), context=context).quit()
else:
    talk = smtplib.SMTP(host, int(port))
    talk.starttls(context=context)
    talk.quit()
print("verified")
"""

if __name__ == "__main__":
    main()
