"""What the documentation shows is true: every block of TOML is good, every error message comes out like that, every command of
README.md that is the same on every machine does what is said. Nothing here lists what stands there: what is added is tested too.

Runs in: release. That is what README.md talks about; the sanitizers see files like these in tests/scenario, and servers and
clients like these in the other files here.
"""
import contextlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from peer import MOCK, SMTPLAB, SOURCE, USAGE, Case, main, run, until

LANGUAGE = pathlib.Path(SOURCE, "scenarios", "README.md")
TEXT = '{ en = "text", zh = "文字" }'
# What a fragment may take for granted: a file around it, people who can log in.
HEAD = f'title = {TEXT}\nsummary = {TEXT}\nsubject = "basics"\n'
ACCOUNTS = "".join(f'[[account]]\nuser = "{name}@mx.example"\npassword = "pw"\nweb_password = "web"\ntoken = "token"\n' for name in ("a", "b"))
STAGES = ("connect", "HELO", "EHLO", "MAIL", "RCPT", "DATA", "BDAT", "AUTH", "challenge", "auth", "message", "midway", "unknown")
IMAP_STAGES = ("SELECT", "FETCH", "STORE", "LOGIN", "STATUS", "APPEND", "unknown")


def blocks(path, kind=""):
    """(line, text) of every fenced block of that kind; "" is one that names none."""
    text = path.read_text()
    for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if match[1] == kind:
            yield text[:match.start()].count("\n") + 2, match[2]


def is_whole(block):
    return re.search(r"^(summary|subject)\b", block, re.MULTILINE) is not None


def completed(block):
    """A file that holds the fragment and what it needs."""
    if is_whole(block):
        return block
    missing = {name for name in re.findall(r'"@([a-z0-9-]+)"', block) if f'id = "{name}"' not in block}
    greeting = re.search(r'greeting = "@([a-z0-9-]+)"', block)
    replies = "".join(
        f'[[reply]]\nid = "{name}"\nstage = "any"\nlines = ["{220 if greeting and greeting[1] == name else 550} text"]\n'
        f'because = {TEXT}\nfix = {TEXT}\nsource = ["here"]\n' for name in sorted(missing))
    return HEAD + block + ("" if "[[account]]" in block else ACCOUNTS) + replies


def errors_of(text, name="fragment.toml"):
    """What `scenarios check` complains about; "" when it does not."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, name).write_text(text)
        done = run(SMTPLAB, "scenarios", "check", name, status=None, cwd=folder)
        assert done.returncode in (0, USAGE), done
        return done.stderr.decode()


def are_good(texts):
    """Whether `scenarios check` takes each of them."""
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{number}.toml" for number in range(len(texts))]
        for name, text in zip(names, texts):
            pathlib.Path(folder, name).write_text(text)
        said = run(SMTPLAB, "scenarios", "check", *names, status=None, cwd=folder).stdout.decode().splitlines()
        return [f"{name}: ok" in said for name in names]


def keys_of(schema, path=()):
    """(path, schema) of every key of a JSON Schema."""
    for key, value in schema.get("properties", {}).items():
        yield (*path, key), value
        yield from keys_of(value.get("items", value), (*path, key))


class Language(Case):
    @classmethod
    def setUpClass(cls):
        cls.text = LANGUAGE.read_text()
        cls.keys = {}
        for options in ((), ("--provider",)):
            cls.keys.update(keys_of(json.loads(run(SMTPLAB, "scenarios", "schema", *options).stdout)))

    def test_every_block_of_toml_is_good(self):
        found = list(blocks(LANGUAGE, "toml"))
        self.assertGreater(len(found), 4)
        self.assertTrue(any(is_whole(block) for _, block in found))
        for line, block in found:
            with self.subTest(line=line):
                errors = errors_of(completed(block))
                # A fragment shows what can stand there; its steps need not be the beginning of a dialogue.
                if is_whole(block) or not re.match(r"\S+: (this step is answered|the dialogue does not come|no reply comes)", errors):
                    self.assertEqual(errors, "")

    def test_every_example_in_a_table_is_good_somewhere(self):
        examples = [(line, example) for line in self.text.splitlines() if line.startswith("|")
                    for example in re.findall(r"`([a-z_]+(?:\.en)? = [^`]+)`", line)]
        self.assertGreater(len(examples), 20)
        for line, example in examples:
            with self.subTest(example):
                key = re.match("[a-z_]+", example)[0]
                with_neighbours = [example, ", ".join(re.findall(r"`([a-z_]+ = [^`]+)`", line))]
                rules = [f'[[rule]]\non = "{stage}"\n{how}' for stage in STAGES for one in with_neighbours for how in (
                    f'when = {{ {one} }}\nreply = "550 no"\n', f'when = {{ {one}, times = 1 }}\nreply = "550 no"\n',
                    one.replace(", ", "\n") + "\n", f'reply = "550 no"\n{one}\n', f'split_at = [3]\n{one}\n',
                    f'when = {{ size_over = 1 }}\n{one}\n')]
                head = "".join(row + "\n" for row in HEAD.splitlines() if not row.startswith(key + " ")) + (
                    f"{example}\n{key}.zh = '文字'\n" if ".en" in example else f"{example}\n")
                of_imap = ['protocol = "imap"\n' + completed(f'[[rule]]\non = "{stage}"\nwhen = {{ {one} }}\nreply = "NO no"\n')
                           for stage in IMAP_STAGES for one in with_neighbours]
                texts = [head] + [completed(rule) for rule in rules] + of_imap
                if key != "extends":
                    self.assertTrue(any(are_good(texts)), key)

    def test_every_error_message_comes_out_like_that(self):
        """Each tells a file of this page, a place in it, and the line that stands there then. A text that is said to be missing
        is taken out."""
        files = {match[1]: block for _, block in blocks(LANGUAGE, "toml") if (match := re.match(r"# (\S+\.toml)\n", block))}
        messages = [block for _, block in blocks(LANGUAGE) if re.match(r"\S+\.toml:\d+:\d+: ", block)]
        self.assertTrue(messages)
        for block in messages:
            with self.subTest(block):
                name = block.split(":")[0]
                lines = files[name].splitlines()
                gone = set()
                for place, shown, hint in re.findall(rf"^{re.escape(name)}:(\d+):\d+: .*\n(.*)\n *\^\n(?:hint: (.*)\n)?", block, re.MULTILINE):
                    lines[int(place) - 1] = shown
                    if missing := re.match(r'add ([a-z_.]+) = "…"', hint):
                        gone |= {number for number, line in enumerate(lines) if line.startswith(missing[1] + " =") and number in
                                 range(int(place), int(place) + 3)}
                wrong = "".join(line + "\n" for number, line in enumerate(lines) if number not in gone)
                self.assertEqual(errors_of(wrong, name), block)

    def test_every_key_stands_there_as_a_key_and_every_key_there_exists(self):
        for path, schema in self.keys.items():
            if path[-1] in ("en", "zh"):
                continue
            key = path[-1]
            is_table = schema.get("type") == "object" or schema.get("items", {}).get("type") == "object"
            written = rf"(?m)\b{key}(?:\.en)? = " + (rf"|^\[+{key}\]+" if is_table else "")
            with self.subTest(".".join(path)):
                self.assertTrue(re.search(written, self.text), "is not in scenarios/README.md")
        named = set(re.findall(r"`([a-z_]+)(?:\.[a-z]+)? = ", self.text)) | set(re.findall(r"`\[+([a-z_]+)\]+`", self.text))
        self.assertGreater(len(named), 20)
        self.assertEqual(named - {path[-1] for path in self.keys}, set())

    def test_every_command_there_is_one(self):
        for line, block in blocks(LANGUAGE):
            for command in block.splitlines():
                if not command.startswith("smtplab"):
                    continue
                with self.subTest(line=line, command=command), tempfile.TemporaryDirectory() as folder:
                    lay_out(folder)
                    command = re.sub(r" +# .*", "", command)
                    if "smtplab-mock" in command:
                        with serving(command, folder):
                            pass
                    else:
                        self.assertEqual(try_command(command, folder), 0)


def lay_out(folder):
    """What the documentation takes for granted in the folder one works in."""
    pathlib.Path(folder, "build").mkdir()
    for program in (SMTPLAB, MOCK):
        pathlib.Path(folder, "build", pathlib.Path(program).name).symlink_to(program)
    for _, block in blocks(LANGUAGE, "toml"):
        if name := re.match(r"# (\S+\.toml)\n", block):
            pathlib.Path(folder, name[1]).write_text(block)
    whole = next(block for _, block in blocks(LANGUAGE, "toml") if is_whole(block))
    pathlib.Path(folder, "mine.toml").write_text(whole)
    pathlib.Path(folder, "mine").mkdir()
    pathlib.Path(folder, "mine", "provider.toml").write_text(
        f'title = {TEXT}\n[server]\nname = "mx.mine.example"\n[[reply]]\nid = "no-such-user"\nstage = "rcpt"\n'
        f'lines = ["550 5.1.1 nobody here"]\nbecause = {TEXT}\nfix = {TEXT}\nsource = ["here"]\n')
    pathlib.Path(folder, "send.py").write_text("""raise SystemExit("smtplib.SMTPAuthenticationError: (535, b'no')")""")
    pathlib.Path(folder, "mail.eml").write_text("Subject: Lunch\r\n\r\nAt noon?\r\n")
    for name in ("dialogue.jsonl", "FILE", "文件"):
        pathlib.Path(folder, name).write_text("S: 220 mock.example\nC: EHLO client.example\nS: 250 ok\nC: QUIT\nS: 221 bye\n")
    pathlib.Path(folder, "client.py").write_text(
        "import smtplib\ntalk = smtplib.SMTP('smtp.163.com')\ntalk.login('zhang.san@163.com', 'ABCDEFGHIJKLMNOP')\n"
        "talk.sendmail('zhang.san@163.com', 'li.si@163.com', 'From: zhang.san@163.com\\r\\n\\r\\nHello\\r\\n')\ntalk.quit()\n")
    pathlib.Path(folder, "letter.txt").write_text("From: a@mock.example\n\nHello\n")


def ready(command, folder):
    return re.sub(r"^smtplab", str(pathlib.Path(folder, "build", "smtplab")), command)


def try_command(command, folder):
    """Its exit status."""
    return run("bash", "-c", ready(command, folder), status=None, cwd=folder, stdin=subprocess.DEVNULL).returncode


@contextlib.contextmanager
def serving(command, folder):
    """The server of that command, on free ports: which, for each that the command names."""
    wanted = re.findall(r"--((?:smtp|pop3)s?) (\d+)", command)
    file = pathlib.Path(tempfile.mkdtemp(dir=folder), "ports.json")
    command = re.sub(r"(--(?:smtp|pop3)s?) \d+", r"\1 0", ready(command, folder))
    with subprocess.Popen(["bash", "-c", f"exec {command} --ports-file {file}"], cwd=folder, stdout=subprocess.DEVNULL) as server:
        try:
            until(lambda: file.exists() or server.poll() is not None, f"{command} to listen")
            ports = json.loads(file.read_text())
            yield {number: str(ports[kind]) for kind, number in wanted}
        finally:
            server.terminate()


class Readme(Case):
    """The commands of README.md, in English and in Chinese, that need no server elsewhere and nobody at the keyboard."""
    PAGES = [pathlib.Path(SOURCE, name) for name in ("README.md", "README.zh.md")]

    @staticmethod
    def commands(page):
        """Lists of commands that stand together, without the remarks behind them."""
        text = page.read_text()
        for command in re.findall(r"`([^`\n]+)`", text):
            yield [re.sub(r"^(?=explain )", "build/smtplab ", command.replace("\\|", "|"))]
        for block in re.findall(r"(?m)(?:^    .*\n)+", text):
            lines = block.replace("\\\n", " ").splitlines()
            yield [re.sub(r"(?<=\S)( {2,}#| {4,}(?=\S)(?!-)).*", "", line.strip()) for line in lines]

    @staticmethod
    def is_tried(command):
        elsewhere = "--server" in command or "…" in command
        return re.search(r"(^|\| )build/smtplab(-mock)? ", command) and not elsewhere and command not in ("build/smtplab send", "build/smtplab fetch", "build/smtplab fetch --pop3")

    def test_they_are_good(self):
        for page in self.PAGES:
            together = [commands for commands in self.commands(page) if any(map(self.is_tried, commands))]
            self.assertGreater(len(together), 8)
            with tempfile.TemporaryDirectory() as folder:
                lay_out(folder)
                for commands in together:
                    with self.subTest(page=page.name, commands=commands), contextlib.ExitStack() as stack:
                        ports = {}
                        for command in commands:
                            if "smtplab-mock" in command:
                                ports.update(stack.enter_context(serving(command, folder)))
                            elif self.is_tried(command) or ports:
                                for given, real in ports.items():
                                    command = command.replace(given, real)
                                self.assertEqual(try_command(command, folder), 0)

    def test_the_examples_in_python_print_what_stands_beside_them_and_pass(self):
        for page in self.PAGES:
            for _, block in blocks(page, "python"):
                with self.subTest(page=page.name), tempfile.TemporaryDirectory() as folder:
                    lay_out(folder)
                    if "unittest.TestCase" in block:
                        pathlib.Path(folder, "test_example.py").write_text(block)
                        said = run(sys.executable, "-m", "unittest", cwd=folder).stderr.decode()
                        self.assertRegex(said, r"Ran [1-9]\d* tests.*\n\nOK")
                        continue
                    printed = run(sys.executable, "-c", block, cwd=folder).stdout.decode().splitlines()
                    for wanted in re.findall(r"print\(.*#\s*(.*)$", block, re.MULTILINE):
                        self.assertIn(wanted, printed)

    def test_the_example_configuration_is_accepted_by_the_mock_it_names(self):
        for page in self.PAGES:
            text = page.read_text()
            for line, block in blocks(page, "json"):
                before = "\n".join(text.splitlines()[:line])
                with self.subTest(page=page.name), tempfile.TemporaryDirectory() as folder:
                    lay_out(folder)
                    command = re.findall(r"`(build/smtplab-mock [^`]+)`", before)[-1]
                    with serving(command, folder) as ports:
                        for given, real in ports.items():
                            block = block.replace(given, real)
                        pathlib.Path(folder, "email_config.json").write_text(block)
                        reads = "pop_url" in block
                        self.assertEqual(try_command("build/smtplab fetch --pop3" if reads else "build/smtplab send", folder), 0)
                        self.assertEqual(pathlib.Path(folder, "emails.json").exists(), reads)


if __name__ == "__main__":
    main()
