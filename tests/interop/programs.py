"""Clients as people write them, and what the judge tells of each: tests/programs/expected.toml, a row for each run of one.

A program gets the host and the port as its arguments, but for those that have their provider's name in them: they meet it under
`smtplab run`. Each language's are built in one go.
"""
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import tomllib

from peer import PATIENCE, SMTPLAB, SOURCE, Mock, clean_environment, until

PROGRAMS = SOURCE / "tests" / "programs"
SILENCE = {"smtp": 6, "pop3": 11, "imap": 11}  # seconds, after which the judges are sure of it
NEEDS = {"python": "python3", "c": "gcc", "java": "javac", "go": "go", "javascript": "node"}


@dataclasses.dataclass
class Row:
    """One run of one program."""
    program: str                  # its path in tests/programs
    tells: list                   # all first causes: "severity id", "severity? id" when it is a guess
    server: str = "any/accept-all"
    probes: str = ""              # of --with
    provider: bool = False        # under `smtplab run`, with its own words for where it goes
    given: str = ""               # what is typed
    hangs: bool = False

    @property
    def language(self):
        return self.program.partition("/")[0]

    @property
    def protocol(self):
        return next((name for name in ("pop3", "imap") if "-" + name in self.server), "smtp")

    @property
    def name(self):
        return self.program + (f" with {self.probes}" if self.probes else "") + (f" at {self.server}" if not self.provider else "")


def rows():
    table = tomllib.loads((PROGRAMS / "expected.toml").read_text())
    return [Row(**row) for row in table["program"]]


def is_there(language):
    return shutil.which(NEEDS[language]) is not None


class Built:
    """The programs of a folder, in the languages that this system has, ready to run. Use it in a with statement."""

    def __init__(self, programs=PROGRAMS):
        self.programs = programs
        self.folder = tempfile.TemporaryDirectory(prefix="smtplab-programs-")
        self.path = pathlib.Path(self.folder.name)
        os.chmod(self.path, 0o755)
        builders = {"c": self.build_c, "java": self.build_java, "go": self.build_go}
        self.at_work = {language: begin() for language, begin in builders.items() if is_there(language)}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.at_work.values():
            process.kill()
            process.wait()
        self.folder.cleanup()

    def begin(self, command, **settings):
        return subprocess.Popen(command, cwd=self.programs, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                env=clean_environment(**settings))

    def build_c(self):
        # What students' compilers warn of is left as it is.
        script = 'for source in c/*.c; do gcc -w -o "$1/$(basename "$source" .c)" "$source" || exit; done'
        return self.begin(["sh", "-c", script, "sh", str(self.path)])

    def build_java(self):
        return self.begin(["javac", "-nowarn", "-encoding", "UTF-8", "-d", str(self.path / "java"), *map(str, sorted(self.programs.glob("java/*.java")))])

    def build_go(self):
        cache = os.environ.get("GOCACHE") or str(pathlib.Path(tempfile.gettempdir()) / f"smtplab-go-cache-{os.getuid()}")
        (self.path / "go").mkdir()
        return self.begin(["sh", "-c", 'cd go && exec go build -o "$1" ./...', "sh", str(self.path / "go")],
                          CGO_ENABLED="0", GOCACHE=cache, GOFLAGS="-mod=mod -buildvcs=false", GOTOOLCHAIN="local")

    def await_language(self, language):
        process = self.at_work.get(language)
        if process is not None and process.poll() is None:
            said, _ = process.communicate()
            if process.returncode != 0:
                raise AssertionError(f"the programs in {language} are not built: {said.decode()}")

    def command(self, program):
        language, _, name = program.partition("/")
        stem = pathlib.PurePath(name).stem
        return {
            "python": ["python3", str(self.programs / program)],
            "javascript": ["node", str(self.programs / program)],
            "c": [str(self.path / stem)],
            "java": ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", str(self.path / "java"), stem],
            "go": [str(self.path / "go" / name.partition("/")[0])],
        }[language]


def first_causes(events):
    """As they stand in a row, in the order of the alphabet."""
    return sorted(f"{event['severity']}{'' if event['certain'] else '?'} {event['id']}"
                  for event in events if event.get("kind") == "finding" and "follows" not in event)


@dataclasses.dataclass
class Met:
    """What came of a run."""
    causes: list
    said: str
    events: list


def meet(row, built):
    """Runs the program, and gives what was told of it when it, or what it was waiting for, is over."""
    return meet_provider(row, built) if row.provider else meet_mock(row, built)


def meet_provider(row, built):
    with tempfile.TemporaryDirectory() as folder:
        events, typed = pathlib.Path(folder) / "events", pathlib.Path(folder) / "typed"
        typed.write_text(row.given)
        done = subprocess.run([SMTPLAB, "run", "--events", str(events), "--input", str(typed), "--time", "30", "--", *built.command(row.program)],
                              cwd=folder, env=clean_environment(), capture_output=True, timeout=PATIENCE, check=False)
        found = [json.loads(line) for line in events.read_text().splitlines()]
        return Met(first_causes(found), (done.stdout + done.stderr).decode(errors="replace"), found)


def meet_mock(row, built):
    arguments = (["--with", row.probes] if row.probes else [])
    with Mock(row.server, arguments=arguments, store=False) as mock:
        port = mock.ports[row.protocol]
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen([*built.command(row.program), "127.0.0.1", str(port)], stdin=subprocess.PIPE, stdout=said,
                                       stderr=subprocess.STDOUT, env=clean_environment())
            try:
                process.stdin.write(row.given.encode())
                process.stdin.close()
                if row.hangs:
                    await_silence(mock, SILENCE[row.protocol])
                    if process.poll() is not None:
                        raise AssertionError(f"{row.name} was to wait, and has ended")
                else:
                    process.wait(PATIENCE)
            finally:
                process.kill()
                process.wait()
            until(lambda: is_over(mock.events()), lambda: f"the end of each connection of {row.name}: {mock.seen[-3:]}")
            mock.stop()
            said.seek(0)
            return Met(first_causes(mock.events()), said.read().decode(errors="replace"), list(mock.events()))


def await_silence(mock, seconds):
    mock.await_event("the greeting", kind="server")
    last, since = 0, time.monotonic()

    def look():
        nonlocal last, since
        if len(mock.events()) > last:
            last, since = len(mock.events()), time.monotonic()
        return time.monotonic() - since > seconds
    until(look, "silence")


def is_over(events):
    kinds = [event["kind"] for event in events]
    return kinds.count("connected") > 0 and kinds.count("connected") == kinds.count("closed")
