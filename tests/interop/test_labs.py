"""Programs as students hand them in, and what `smtplab check` makes of each: tests/labs/expected.toml.

REPEAT=10 marks each of them so many times, with two loops that take the processors beside it, and counts what differs. ONLY=words
takes the rows alone whose lab or program holds one of the words.

Runs in: release. Many runs of the same servers; those of the programs and the unit tests of labs are under the sanitizers.
"""
import collections
import concurrent.futures
import dataclasses
import json
import os
import shutil
import subprocess
import tempfile
import tomllib

import programs
from peer import SMTPLAB, SOURCE, Case, busy, clean_environment, main

LABS = SOURCE / "scenarios" / "labs"
PROGRAMS = SOURCE / "tests" / "labs" / "programs"
AT_ONCE = 8  # a check waits most of its time: for replies that are slow on purpose
REPEAT = int(os.environ.get("REPEAT", "1"))
ONLY = os.environ.get("ONLY", "").split()
LANGUAGES = {".py": "python", ".c": "c", ".cc": "c", ".java": "java", "": "go", ".js": "javascript"}
LONGEST = 300  # seconds, of a compiler
PYTHON = ["python3", "-S"]  # without the packages that are installed here, which none of them wants: they begin in half the time


@dataclasses.dataclass
class Row:
    lab: str
    program: str
    verdict: str
    arguments: list = dataclasses.field(default_factory=list)
    function: str = ""
    points: int = 0
    first: str | None = None
    says: str = ""
    fails: list | None = None

    @property
    def path(self):
        return PROGRAMS / self.program

    @property
    def language(self):
        return LANGUAGES[self.path.suffix]

    @property
    def name(self):
        return f"{self.lab}: {self.program}{':' if self.function else ''}{self.function}"


def rows():
    return [Row(**row) for row in tomllib.loads((SOURCE / "tests" / "labs" / "expected.toml").read_text())["row"]]


class Submissions:
    """Each program in a folder of its own, which is what was handed in."""

    def __init__(self):
        self.built = programs.Built(PROGRAMS)

    def __enter__(self):
        self.built.__enter__()
        return self

    def __exit__(self, *how):
        self.built.__exit__(*how)

    def hand_in(self, row, folder):
        """The program's command, when what belongs to it lies in the folder."""
        if row.program.startswith("wild/"):
            shutil.copytree(row.path.parent, folder, dirs_exist_ok=True)
            return self.build(row.path.name, folder)
        shutil.copy(row.path / "main.go" if row.path.is_dir() else row.path, folder)
        if row.language == "python":
            return [*PYTHON, row.path.name]
        if row.language == "javascript":
            return [self.built.command(row.program)[0], row.path.name]
        return self.built.command(row.program)

    @staticmethod
    def build(name, folder):
        stem, suffix = os.path.splitext(name)
        command = {".py": None, ".c": ["gcc", "-w", "-o", stem, name], ".cc": ["g++", "-w", "-o", stem, name], ".java": ["javac", "-nowarn", name]}[suffix]
        if command is not None:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=LONGEST)
        return {".py": [*PYTHON, name], ".java": ["java", "-cp", ".", stem]}.get(suffix, ["./" + stem])

    def mark(self, row):
        """The sheet, as --report json tells it."""
        with tempfile.TemporaryDirectory(prefix="smtplab-lab-") as folder:
            os.chmod(folder, 0o755)
            command = self.hand_in(row, folder)
            called = ["--python", f"{row.path.name}:{row.function}"] if row.function else ["--", *command, *row.arguments]
            done = subprocess.run([SMTPLAB, "check", row.lab, "--lang", "en", "--report", "json", *called], cwd=folder, stdin=subprocess.DEVNULL,
                                  env=clean_environment(), capture_output=True, check=False)
            try:
                return json.loads(done.stdout)
            except json.JSONDecodeError:
                return {"verdict": f"status {done.returncode}", "sentence": (done.stdout + done.stderr).decode(errors="replace")[-2000:], "checks": []}


def failed(sheet):
    return [check["name"] for check in sheet["checks"] if check["kind"] == "must" and check["result"] == "failed"]


def differences(row, sheet):
    """What the sheet says otherwise than the row, in words; empty: nothing."""
    said = sheet.get("sentence", "") + " " + sheet.get("unjudged", "")
    met = [("verdict", row.verdict, sheet["verdict"])]
    if row.verdict != "not-judged":
        met += [("points", row.points, sheet.get("points")), ("fails", row.fails, failed(sheet))]
    if row.first is not None:
        met.append(("first", row.first, sheet.get("first", "")))
    wrong = [f"{what}: {is_!r}, wanted {wanted!r}" for what, wanted, is_ in met if wanted != is_]
    if row.says.lower() not in said.lower():
        wrong.append(f"says nothing of {row.says!r}")
    return "; ".join(wrong + [said.strip()]) if wrong else ""


class Marks(Case):
    @classmethod
    def setUpClass(cls):
        cls.submissions = cls.enterClassContext(Submissions())

    def check(self, chosen):
        there = [row for row in chosen if programs.is_there(row.language) and (not ONLY or any(word in row.name for word in ONLY))]
        for language in {row.language for row in there}:
            self.submissions.built.await_language(language)
        runs = [row for row in there for _ in range(REPEAT)]
        differ = collections.Counter()
        with busy(2 if REPEAT > 1 else 0), concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            for row, sheet in zip(runs, pool.map(self.submissions.mark, runs)):
                wrong = differences(row, sheet)
                differ[row.name] += bool(wrong)
                with self.subTest(row.name):
                    self.assertEqual(wrong, "")
        if REPEAT > 1:
            print(f"{len(there)} programs, {REPEAT} times each; these differed: {+differ or 'none'}")

    def of(self, language):
        return [row for row in rows() if row.language == language and not row.program.startswith("wild/")]

    def test_python(self):
        self.check(self.of("python"))

    def test_c(self):
        self.check(self.of("c"))

    def test_java(self):
        self.check(self.of("java"))

    def test_go(self):
        self.check(self.of("go"))

    def test_javascript(self):
        self.check(self.of("javascript"))

    def test_wild(self):
        self.check([row for row in rows() if row.program.startswith("wild/")])


class Rows(Case):
    def test_every_program_has_a_row(self):
        there = {f"{path.parent.name}/{path.name}" for path in PROGRAMS.glob("*/*") if path.parent.name != "wild" and path.name != "go.mod"}
        there |= {str(path.relative_to(PROGRAMS)) for path in PROGRAMS.glob("wild/*/*") if path.suffix in LANGUAGES}
        self.assertEqual(there, {row.program for row in rows()})
        self.assertEqual(sum(row.program.startswith("wild/") for row in rows()), 28)

    def test_every_lab_of_programs_has_a_model_and_three_mistakes(self):
        for path in LABS.glob("*.toml"):
            if tomllib.loads(path.read_text()).get("kind") != "program":
                continue
            verdicts = [row.verdict for row in rows() if row.lab == path.stem]
            with self.subTest(path.stem):
                self.assertIn("full", verdicts)
                self.assertGreaterEqual(sum(verdict in ("partial", "fail") for verdict in verdicts), 3 if path.stem != "autograded-client" else 2)


class Checks(Case):
    """One mistake costs one check, and none that a server refuses goes unmarked."""

    @classmethod
    def setUpClass(cls):
        mistakes = tomllib.loads((SOURCE / "scenarios" / "knowledge" / "mistakes.toml").read_text())["mistake"]
        order = [mistake["id"] for mistake in mistakes]
        errors = {mistake["id"] for mistake in mistakes if mistake["severity"] == "error"}
        mailbox = order.index("mailbox-no-line-end")
        imap = order.index("missing-tag")  # from here on of IMAP alone
        cls.errors = {"smtp": errors & set(order[:mailbox]), "pop3": errors & set(order[mailbox:imap]), "imap": errors & set(order[imap:])}
        cls.shared = {check["name"]: check for check in tomllib.loads((LABS / "checks.toml").read_text())["check"]}

    def never(self, lab):
        """How often the checks of a lab name each mistake."""
        own = {check["name"]: check for check in lab.get("check", [])}
        names = lab["musts"] + lab.get("notes", [])
        self.assertEqual(set(own) - set(names), set(), "rows that nothing asks for")
        return collections.Counter(mistake for name in names for mistake in {**self.shared, **own}[name].get("never", []))

    def test_each_mistake_stands_in_one_check(self):
        for path in sorted(LABS.glob("*.toml")):
            lab = tomllib.loads(path.read_text())
            if lab.get("kind") != "program":
                continue
            named = self.never(lab)
            with self.subTest(path.stem):
                self.assertEqual([mistake for mistake, count in named.items() if count > 1], [])
                expected = {"pop3": self.errors["pop3"], "imap": self.errors["imap"], "print-the-dialogue": set()}.get(path.stem, self.errors["smtp"])
                self.assertEqual(sorted(expected - set(named)), [])


if __name__ == "__main__":
    main()
