"""How both programs are used: --help in two languages and its examples, misspelt words, completion in real shells, and the end of
a program that writes into a closed pipe.

Runs in: release. What people read, by many short runs: tests/usage and commands do the same under the sanitizers.
"""
import contextlib
import json
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest

from peer import BIN, MOCK, PATIENCE, SMTPLAB, SOURCE, USAGE, Case, clean_environment, main, run, until

COMMANDS = [(SMTPLAB, *words) for words in
            ((), ("step",), ("send",), ("explain",), ("scenarios",), ("scenarios", "show"), ("scenarios", "check"), ("scenarios", "schema"))] + [(MOCK,)]
HEADINGS = {"en": ("Usage: ", "\nExamples:\n", "Exit status: "), "zh": ("用法：", "\n例子：\n", "退出状态：")}


def help_of(command, *options):
    return run(*command, "--help", *options).stdout.decode()


def examples_of(text):
    """The lines that can be typed, under the heading of examples."""
    return re.findall(r"(?m)^ {6}(smtplab.*)$", re.split(r"\n(?:Examples:|例子：)\n", text)[1])


class Help(Case):
    def test_every_command_has_it_in_both_languages_with_examples(self):
        for command in COMMANDS:
            for language, (usage, examples, status) in HEADINGS.items():
                with self.subTest(command=command, language=language):
                    text = help_of(command, "--lang", language)
                    self.assertTrue(text.startswith(usage + pathlib.Path(command[0]).name))
                    self.assertIn(examples, text)
                    self.assertEqual(status in text, len(command) == 1, "only the program itself tells its exit statuses")
                    self.assertEqual(text, run(*command, "-h", env=clean_environment(LANG={"en": "C", "zh": "zh_CN.UTF-8"}[language])).stdout.decode())

    def test_every_example_works(self):
        """Each is run in a folder that has what it names; a real server is not asked for anything."""
        tried = 0
        with tempfile.TemporaryDirectory() as folder:
            at = pathlib.Path(folder)
            (at / "lines.txt").write_text("HELO a\r\nQUIT\r\n")
            (at / "mail.eml").write_text("Subject: Lunch\r\n\r\nAt noon?\r\n")
            language = pathlib.Path(SOURCE, "scenarios", "README.md").read_text()
            (at / "mine.toml").write_text(re.search(r"```toml\n(# full-mailbox.*?)```", language, re.DOTALL)[1])
            path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
            for command in COMMANDS:
                for example in examples_of(help_of(command)):
                    if "--server" in example or example.startswith("smtplab send --config"):
                        continue
                    with self.subTest(example):
                        tried += 1
                        if example.startswith("smtplab-mock"):
                            self.serve(example, at, path)
                        else:
                            run("bash", "-c", example, cwd=folder, stdin=subprocess.DEVNULL, env=clean_environment(PATH=path))
            self.assertEqual(json.loads((at / "email_config.json").read_text())["receiver"][:1], "b")
            self.assertTrue((at / "dialogue.jsonl").read_text())
        self.assertGreater(tried, 12)

    def serve(self, example, folder, path):
        example = re.sub(r"(--smtps?) \d+", r"\1 0", example) + ("" if "--smtp " in example else " --smtp 0")
        example = example if "--ports-file" in example else example + " --ports-file ports.json"
        ports = folder / "ports.json"
        ports.unlink(missing_ok=True)
        with subprocess.Popen(["bash", "-c", "exec " + example], cwd=folder, env=clean_environment(PATH=path), stdout=subprocess.DEVNULL) as mock:
            until(lambda: ports.exists() or mock.poll() is not None, example)
            mock.terminate()
            self.assertEqual(mock.wait(PATIENCE), 0)


class Misspelt(Case):
    """What is unknown is told in the same words everywhere, with what was meant."""

    def test_everywhere(self):
        rows = [((SMTPLAB, "stpe"), "unknown command 'stpe' (did you mean 'step'?)"),
                ((SMTPLAB, "scenarios", "chekc"), "unknown command 'chekc' (did you mean 'check'?)"),
                ((SMTPLAB, "netease/auth-required"), "unknown command 'netease/auth-required' (did you mean 'step netease/auth-required'?)"),
                ((SMTPLAB, "step", "--trnscript", "x"), "unknown option '--trnscript' (did you mean '--transcript'?)"),
                ((MOCK, "--evnts", "-"), "unknown option '--evnts' (did you mean '--events'?)"),
                ((SMTPLAB, "step", "--server", "h", "--security", "startls"), "'--security' cannot be 'startls' (did you mean 'starttls'?)"),
                ((SMTPLAB, "step", "netease/wrong-pasword", "--auto"), "unknown scenario 'netease/wrong-pasword' (did you mean 'netease/wrong-password'?)"),
                ((MOCK, "neteas"), "unknown scenario 'neteas' (did you mean 'netease'?)"),
                ((SMTPLAB, "scenarios", "--replies", "neteas"), "unknown scenario 'neteas' (did you mean 'netease'?)"),
                ((SMTPLAB, "step", "netease#auth-requierd", "--auto"), "unknown reply 'auth-requierd' of 'netease' (did you mean 'auth-required'"),
                ((SMTPLAB, "步骤"), "unknown command '步骤' (one of: step, send, fetch, run, labs, check, lab, explain, judge, scenarios)"),
                ((SMTPLAB, "--lang", "zh", "stpe"), "没有命令 'stpe'（是不是 'step'？）\n见 smtplab --help")]
        for command, wanted in rows:
            with self.subTest(command):
                done = run(*command, status=USAGE)
                self.assertIn(f"{pathlib.Path(command[0]).name}: {wanted}", done.stderr.decode())
                self.assertEqual(done.stdout, b"")


class ClosedPipe(Case):
    def ends_silently(self, *command, ignored=False):
        """Its exit status, when the reader of its output has gone before it begins. `ignored`: started by somebody who ignores
        SIGPIPE, as Python does itself."""
        reader, output = os.pipe()
        os.close(reader)
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE, restore_signals=not ignored,
                              env=clean_environment()) as process:
            os.close(output)
            self.assertEqual(process.stderr.read(), b"", command)
            return process.wait(PATIENCE)

    def test_every_command_of_smtplab_ends_without_a_word(self):
        commands = [("--help",), ("scenarios",), ("scenarios", "--json"), ("scenarios", "--by", "code"), ("scenarios", "schema"),
                    ("scenarios", "--replies", "netease"), ("step", "netease/wrong-password", "--auto"), ("send", "--example"), ("explain", "535"),
                    ("scenarios", "show", "netease")]
        for command in commands:
            with self.subTest(command):
                self.assertEqual(self.ends_silently(SMTPLAB, *command), -signal.SIGPIPE)
        self.assertEqual(self.ends_silently(SMTPLAB, "scenarios", ignored=True), -signal.SIGPIPE)

    def test_a_full_disk_is_still_told(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([SMTPLAB, "scenarios"], stdout=full, stderr=subprocess.PIPE, env=clean_environment(), check=False)
        self.assertEqual((done.returncode, done.stderr), (1, b"smtplab: standard output cannot be written\n"))

    def test_the_mock_ends_when_nobody_reads_what_it_announces(self):
        for arguments in (["--help"], ["--smtp", "0"]):
            self.assertEqual(self.ends_silently(MOCK, *arguments), -signal.SIGPIPE)

    def test_the_mock_ends_in_order_when_nobody_reads_its_events(self):
        with tempfile.TemporaryDirectory() as folder:
            ports = pathlib.Path(folder, "ports.json")
            with subprocess.Popen([MOCK, "--smtp", "0", "--events", "-", "--ports-file", ports], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  env=clean_environment()) as mock:
                until(ports.exists, "the mock to listen")
                with socket.create_connection(("127.0.0.1", json.loads(ports.read_text())["smtp"]), PATIENCE) as client:
                    heard = client.recv(1000)
                    self.assertTrue(heard.startswith(b"220 "))
                    os.read(mock.stdout.fileno(), 100000)
                    mock.stdout.close()
                    client.sendall(b"NOOP\r\n")
                    heard = b""
                    while more := client.recv(1000):
                        heard += more
                self.assertRegex(heard, rb"(?s)^(250 .*)?421 .*\r\n$", "the client is told")
                self.assertEqual(mock.wait(PATIENCE), -signal.SIGPIPE)
                self.assertNotIn(b"cannot write", mock.stderr.read())

    def test_a_broken_socket_ends_neither_program(self):
        """The client of a server that has gone in the middle of what is sent goes on to its own end."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            script = b"HELO a\r\n" + b"NOOP\r\n" * 2000
            with subprocess.Popen([SMTPLAB, "step", "--server", "127.0.0.1", "--port", str(port), "--script", "-"], stdin=subprocess.PIPE,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=clean_environment()) as client:
                client.stdin.write(script)
                client.stdin.close()
                peer, _ = server.accept()
                peer.sendall(b"220 a\r\n")
                peer.recv(10)
                peer.sendall(b"250 a\r\n")
                peer.close()
                self.assertIn(client.wait(PATIENCE), (1, 3))


class Completion(Case):
    """In a shell that somebody types into, Tab included."""

    START = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"]}
    SETUP = {"bash": "bind 'set bell-style none'; bind 'set show-all-if-ambiguous on'; source {script}",
             "zsh": "autoload -U compinit; compinit -u -D; autoload -U +X {script}; _smtplab() {{ source {script} }}; "
                    "compdef _smtplab smtplab smtplab-mock"}

    @contextlib.contextmanager
    def shell(self, name, folder):
        """Its terminal, with the completion loaded."""
        script = pathlib.Path(SOURCE, "packaging", "completion." + name)
        environment = clean_environment(PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}", HOME=folder, TERM="dumb", PS1="ready> ", HISTFILE="/dev/null")
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(folder)
            os.execvpe(self.START[name][0], self.START[name], environment)
        try:
            self.say(terminal, "", "ready> ")
            self.say(terminal, self.SETUP[name].format(script=script) + "; echo set''up\n", "setup")
            yield terminal
        finally:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            os.close(terminal)

    @staticmethod
    def say(terminal, typed, awaited):
        """What the terminal shows from then on until what is awaited stands there."""
        os.write(terminal, typed.encode())
        shown = b""

        def look():
            nonlocal shown
            while select.select([terminal], [], [], 0)[0]:
                shown += os.read(terminal, 4096)
            return awaited.encode() in shown

        until(look, lambda: f"{awaited!r} in {shown!r}")
        return shown.decode(errors="replace")

    def completed(self, terminal, typed):
        """The words of the line after Tab: the shell prints them itself, with what is typed at the beginning of the line (^A)."""
        shown = self.say(terminal, typed + "\t\x01printf '<%s>' \x05; echo e''nd\n", "end\r")
        return re.findall("<([^<>%]*)>", shown)

    ROWS = [("smtplab expl", "smtplab explain"), ("smtplab scenarios ch", "smtplab scenarios check"),
            ("smtplab step --tr", "smtplab step --transcript"), ("smtplab step neteas", "smtplab step netease"),
            ("smtplab step netease/wr", "smtplab step netease/wrong-password"),
            ("smtplab step netease#dt-spm-554-", "smtplab step netease#dt-spm-554-2015"),
            ("smtplab step --server h --security st", "smtplab step --server h --security starttls"),
            ("smtplab --color=al", "smtplab --color=always"), ("smtplab-mock --ev", "smtplab-mock --events"),
            ("smtplab-mock netease/fi", "smtplab-mock netease/first-mail"), ("smtplab step --script li", "smtplab step --script lines.txt"),
            ("smtplab scenarios check mi", "smtplab scenarios check mine.toml"), ("smtplab-mock --store fo", "smtplab-mock --store folder")]

    def try_rows(self, shell):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("mine.toml", "lines.txt"):
                pathlib.Path(folder, name).touch()
            pathlib.Path(folder, "folder").mkdir()
            with self.shell(shell, folder) as terminal:
                for typed, wanted in self.ROWS:
                    with self.subTest(typed):
                        self.assertEqual(" ".join(self.completed(terminal, typed)).rstrip("/"), wanted)

    def test_in_bash(self):
        self.try_rows("bash")

    def test_in_bash_what_is_not_decided_yet_is_listed(self):
        with tempfile.TemporaryDirectory() as folder, self.shell("bash", folder) as terminal:
            self.assertRegex(self.say(terminal, "smtplab s\t", "scenarios"), r"(?s)scenarios.*send.*step|step.*send.*scenarios")

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_in_zsh(self):
        self.try_rows("zsh")


if __name__ == "__main__":
    main()
