"""What the tests of the two programs share: starting them, waiting for what they do, and reading what they leave behind.

Nothing here waits for a fixed time: until() looks again and again and gives up at a deadline. SMTPLAB_BIN names the
folder with both programs, SMTPLAB_SOURCE the repository; run by hand, the build folder of the repository is taken.
"""
import base64
import contextlib
import json
import os
import pathlib
import resource
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SOURCE = pathlib.Path(os.environ.get("SMTPLAB_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
BIN = pathlib.Path(os.environ.get("SMTPLAB_BIN", SOURCE / "build"))
SMTPLAB = str(BIN / "smtplab")
MOCK = str(BIN / "smtplab-mock")

# A blank ends a path in the configurations of msmtp, Exim and others, and in the commands of README.md.
if len(tempfile.gettempdir().split()) > 1:
    tempfile.tempdir = "/tmp"

# Sanitizers make the programs slow and keep freed memory for a while.
SANITIZED = b"__asan_init" in pathlib.Path(MOCK).read_bytes()
PATIENCE = 120 if SANITIZED else 60  # seconds until something that never comes is given up, however busy the computer is

DONE, FAILED, USAGE, NETWORK = 0, 1, 2, 3  # exit status of both programs

USER = "alice@163.com"
PASSWORD = "HVKQXZDNRTLMWABC"
OTHER_USER = "bob@163.com"


class NeverCame(AssertionError):
    """What a test waited for did not happen before the deadline."""


def until(look, what, seconds=PATIENCE):
    """Looks until the result is true, and returns it; NeverCame names what was awaited (a text, or a function)."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise NeverCame(f"not within {seconds} s: {what() if callable(what) else what}")
        pause.wait(0.005)


def raise_descriptor_limit():
    """As many connections as the system lets us have."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)


def b64(text):
    octets = text.encode() if isinstance(text, str) else text
    return base64.b64encode(octets)


# The home of every program: none reads the settings of whoever runs the tests, or writes there.
_home = tempfile.TemporaryDirectory(prefix="smtplab-home-")


@contextlib.contextmanager
def busy(loops):
    """Two builds, as far as the processors are concerned."""
    at_work = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for process in at_work:
            process.kill()
            process.wait()


def _without_shim():
    """PATH on which python3 is an interpreter: a script that looks for one first costs more than most programs of the tests."""
    path = os.environ.get("PATH", os.defpath)
    found = shutil.which("python3")
    is_ours = found is not None and os.path.realpath(found) == os.path.realpath(sys.executable)
    return path if is_ours else f"{os.path.dirname(sys.executable)}{os.pathsep}{path}"


def clean_environment(**settings):
    """The environment of this process without what would change language or looks, in a home of its own, plus the settings."""
    left_out = {"LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "SMTPLAB_PASSWORD", "EDITOR", "VISUAL", "XDG_STATE_HOME", "XDG_CONFIG_HOME"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    # Freed memory that a sanitizer keeps would drown what the tests measure.
    environment["ASAN_OPTIONS"] = ":".join(filter(None, [environment.get("ASAN_OPTIONS"), "quarantine_size_mb=4"]))
    return environment | {"LANG": "C.UTF-8", "HOME": _home.name, "PATH": _without_shim()} | settings


def run(*command, given=b"", status=0, timeout=PATIENCE, **more):
    """Runs a program to its end and returns the finished process; any other exit status than the wanted one fails, unless
    it is None. `given` is what stands on its standard input."""
    command = [str(part) for part in command]
    more.setdefault("env", clean_environment())
    if "stdin" not in more:
        more["input"] = given
    done = subprocess.run(command, capture_output=True, timeout=timeout, check=False, **more)
    if status is not None and done.returncode != status:
        raise AssertionError(f"{' '.join(command)}: exit status {done.returncode}, not {status}\n"
                             f"{done.stdout.decode(errors='replace')}\n{done.stderr.decode(errors='replace')}")
    return done


class Mock:
    """A running smtplab-mock; use it in a with statement. Leaving it stops the server and fails unless it ends in order."""

    def __init__(self, *scenarios, arguments=(), events=True, store=True, quiet=True):
        self.folder = tempfile.TemporaryDirectory(prefix="smtplab-")
        self.path = pathlib.Path(self.folder.name)
        self.store = self.path / "store"
        self.events_file = self.path / "events.jsonl"
        self.ports_file = self.path / "ports.json"
        command = [MOCK, *map(str, scenarios or ["any/accept-all"]), "--smtp", "0", "--ports-file", str(self.ports_file)]
        if quiet:
            command.append("--quiet")
        if store:
            command += ["--store", str(self.store)]
        if events:
            command += ["--events", str(self.events_file)]
        self.complaints = open(self.path / "stderr", "w+b")
        self.process = subprocess.Popen(command + [str(argument) for argument in arguments], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=self.complaints, env=clean_environment())
        self.seen = []
        self.read_to = 0
        try:
            self.ports = json.loads(self.await_ports())
        except BaseException:
            self.close()
            raise
        self.port = self.ports.get("smtp")

    def await_ports(self):
        def look():
            if self.process.poll() is not None:
                raise AssertionError(f"the mock ended with {self.process.returncode}: {self.stderr()}")
            return self.ports_file.exists()
        until(look, "the ports file")
        return self.ports_file.read_text()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        try:
            if kind is None:
                self.stop()
        finally:
            self.close()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.complaints.close()
        self.folder.cleanup()

    def stderr(self):
        self.complaints.flush()
        return (self.path / "stderr").read_text(errors="replace")

    def stop(self, how=signal.SIGTERM):
        """Ends it by its process id; exit status 0 and nothing on standard error, or the test fails."""
        if self.process.poll() is None:
            os.kill(self.process.pid, how)
        status = self.process.wait(PATIENCE)
        if status != 0 or self.stderr():
            raise AssertionError(f"the mock ended with {status} and said: {self.stderr()}")

    def events(self):
        """Everything in the events file so far; a line is read once, when it is whole."""
        with open(self.events_file, "rb") as file:
            file.seek(self.read_to)
            new = file.read()
        whole = new[:new.rfind(b"\n") + 1]
        self.read_to += len(whole)
        self.seen += [json.loads(line) for line in whole.splitlines()]
        return self.seen

    def await_event(self, what, **wanted):
        """The first event that has all these values; `remark` and `note` need only be contained."""
        def fits(event):
            return all(value in event.get("remarks", []) if name == "remark" else value in event.get("note", "")
                       if name == "note" else event.get(name) == value for name, value in wanted.items())
        return until(lambda: next((event for event in self.events() if fits(event)), None),
                     lambda: f"{what}: {wanted} among\n" + "\n".join(map(str, self.seen[-12:])))

    def messages(self, mailbox):
        """What is stored for an address ("other": for nobody who has an account), as octets."""
        return [file.read_bytes() for file in sorted((self.store / mailbox / "new").glob("*"))]

    def envelopes(self, mailbox):
        return [json.loads(file.read_text()) for file in sorted((self.store / mailbox / "envelopes").glob("*"))]

    def only_message(self, mailbox):
        """The one message and its envelope. Nothing may be left half delivered."""
        messages, envelopes = self.messages(mailbox), self.envelopes(mailbox)
        if len(messages) != 1 or len(envelopes) != 1 or any((self.store / mailbox / "tmp").iterdir()):
            raise AssertionError(f"{mailbox}: {sorted(map(str, self.store.rglob('*')))}")
        return messages[0], envelopes[0]

    def memory(self, field="VmRSS"):
        """Resident memory in KiB: VmRSS now, VmHWM at most."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1])
        raise AssertionError("no " + field)

    def cpu_time(self):
        """Seconds that it has worked so far (proc(5): utime and stime), however many others want the processor."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def connect(self):
        return Talk(self.port)


class Talk:
    """A client that sends octets and reads reply lines; every wait has a deadline. Use it in a with statement."""

    def __init__(self, port, greeted=True):
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.socket.settimeout(PATIENCE)
        self.buffer = b""
        if greeted:
            self.greeting = self.reply(220)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.socket.close()

    def send(self, octets):
        self.socket.sendall(octets)

    def has_answer(self, seconds=0.0):
        """Whether there is something to read, now or within some seconds."""
        return bool(self.buffer) or bool(select.select([self.socket], [], [], seconds)[0])

    def line(self):
        while b"\n" not in self.buffer:
            received = self.socket.recv(65536)
            if not received:
                raise AssertionError(f"the server closed; unread: {self.buffer!r}")
            self.buffer += received
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line + b"\n"

    def reply(self, code=None):
        """A whole reply, CR LF included; its code has to be the one given."""
        lines = [self.line()]
        while lines[-1][3:4] == b"-":
            lines.append(self.line())
        if code is not None and lines[-1][:3] != str(code).encode():
            raise AssertionError(f"{code} was expected, not {b''.join(lines)!r}")
        return b"".join(lines)

    def ask(self, line, code=None):
        self.send(line + b"\r\n")
        return self.reply(code)

    def login(self, user=USER, password=PASSWORD, hello=b"EHLO client.example", code=235):
        self.ask(hello, 250)
        self.ask(b"AUTH LOGIN", 334)
        self.ask(b64(user), 334)
        return self.ask(b64(password), code)

    def mail(self, sender, recipients, stuffed):
        """One transaction; `stuffed` goes out as it is, with the final dot behind it."""
        self.ask(b"MAIL FROM:<" + sender.encode() + b">", 250)
        for recipient in recipients:
            self.ask(b"RCPT TO:<" + recipient.encode() + b">", 250)
        self.ask(b"DATA", 354)
        return self.ask(stuffed + b".", 250)

    def quit(self):
        self.ask(b"QUIT", 221)
        self.must_close()

    def must_close(self):
        """The server closes, in order and without another octet."""
        rest = self.buffer + self.socket.recv(65536)
        if rest:
            raise AssertionError(f"more was said: {rest!r}")


class Case(unittest.TestCase):
    maxDiff = None
    longMessage = True


def main():
    raise_descriptor_limit()
    sys.stdout.flush()
    unittest.main(verbosity=2)
