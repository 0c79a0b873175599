"""The rows of tests/imap/wire.txt over a socket. What stands in them says the head of that file."""
import dataclasses
import re
import socket

import peer

MESSAGES = (
    b"From: Bob <bob@b.example>\r\nTo: alice@a.example\r\nSubject: one\r\nDate: Mon, 2 Nov 2026 09:15:00 +0800\r\n"
    b"Message-ID: <1@b.example>\r\n\r\nHello\r\n",
    b"Subject: two\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nplain\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--b--\r\n",
    b"Subject: =?utf-8?B?5L2g5aW9?=\r\n\r\nthree\r\n",
)


@dataclasses.dataclass
class Row:
    where: str
    name: str
    rule: str
    steps: list
    skipped: dict = dataclasses.field(default_factory=dict)


def rows():
    found = []
    for line in (peer.SOURCE / "tests" / "imap" / "wire.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        head = re.fullmatch(r"\[(\w+)\] (.*) \| (.*)", line)
        if head:
            found.append(Row(*head.groups(), []))
        elif line.startswith(("dovecot: ", "mock: ")):
            who, why = line.split(": ", 1)
            found[-1].skipped[who] = why
        else:
            found[-1].steps.append((line.split(" ")[0], line.partition(" ")[2]))
    return found


class Mismatch(AssertionError):
    pass


LETTERS = {"r": b"\r", "n": b"\n", "0": b"\0", "\\": b"\\", "*": b"*"}


def unescaped(text):
    return re.sub(rb"\\(?:x([0-9a-f]{2})|(.))",
                  lambda match: bytes([int(match[1], 16)]) if match[1] else LETTERS[match[2].decode()], text.encode())


def fits(pattern, line):
    """Whether the line is what the pattern says, in which * is any run of octets and \\* is a star."""
    parts = re.split(r"(?<!\\)\*", pattern)
    return re.fullmatch(b".*".join(re.escape(unescaped(part)) for part in parts), line, re.DOTALL) is not None


class Wire:
    def __init__(self, port, user, password, context=None):
        """context: of TLS, which begins at once."""
        self.user, self.password = user, password
        self.socket = socket.create_connection(("127.0.0.1", port), peer.PATIENCE)
        if context is not None:
            self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
        self.buffer = b""
        self.lines = []
        self.values = {"user": user, "password": password, "plain": peer.b64(f"\0{user}\0{password}").decode(),
                       "user64": peer.b64(user).decode(), "password64": peer.b64(password).decode(), "#user": "{%d}" % len(user),
                       "#password": "{%d}" % len(password), "+user": "{%d+}" % len(user), "+password": "{%d+}" % len(password),
                       "xs": "x" * 70000}
        self.greeting = self.line()

    def close(self):
        self.socket.close()

    def fill(self):
        received = self.socket.recv(65536)
        if not received:
            raise Mismatch(f"the server closed; unread: {self.buffer!r}")
        self.buffer += received

    def octets(self, count):
        while len(self.buffer) < count:
            self.fill()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def line(self):
        """With its literals, without its end."""
        whole = b""
        while True:
            while b"\n" not in self.buffer:
                self.fill()
            whole += self.octets(self.buffer.index(b"\n") + 1)
            literal = re.search(rb"\{(\d+)\}\r\n\Z", whole)
            if not literal:
                return whole.removesuffix(b"\n").removesuffix(b"\r")
            whole += self.octets(int(literal[1]))

    def read(self, tag):
        self.lines = []
        while True:
            self.lines.append(self.line())
            if self.lines[-1].startswith((tag.encode() + b" ", b"+ ")):
                return self.lines[-1]

    def send(self, line):
        self.socket.sendall(line if isinstance(line, bytes) else line.encode())

    def ask(self, line):
        """The last line of the answer, which has to be OK."""
        self.send(line + "\r\n")
        last = self.read(line.split(" ")[0])
        if b" OK" not in last:
            raise Mismatch(f"{last!r} to {line!r}")
        return last

    def log_in(self):
        self.ask(f'l LOGIN "{self.user}" "{self.password}"')

    def prepare(self):
        """The mailbox as every row finds it: three messages, the usual folders, nothing else."""
        self.log_in()
        self.ask('p LIST "" *')
        names = [line.rsplit(b" ", 1)[1].decode() if not line.endswith(b'"') else line.split(b'"')[-2].decode()
                 for line in self.lines if line.startswith(b"* LIST")]
        for name in names:
            if name not in ("INBOX", "Sent"):
                self.send(f'p DELETE "{name}"\r\n')  # what is only a level cannot be
                self.read("p")
        if "Sent" in names:
            self.ask("p DELETE Sent")
        self.ask("p CREATE Sent")
        self.send("p UNSUBSCRIBE Sent\r\n")
        self.read("p")
        self.ask("p SELECT INBOX")
        if b"* 0 EXISTS" not in self.lines:
            self.ask("p STORE 1:* +FLAGS.SILENT (\\Deleted)")
        self.ask("p EXPUNGE")
        for number, message in enumerate(MESSAGES):
            flags = "(\\Seen)" if number == 0 else "()"
            self.send(b"p APPEND INBOX %s {%d+}\r\n%s\r\n" % (flags.encode(), len(message), message))
            if b"OK" not in self.read("p"):
                raise Mismatch(self.lines)
        self.ask("p FETCH 1:* UID")
        uids = [line.decode().split()[-1].rstrip(")") for line in self.lines if b"FETCH (" in line]
        self.ask("p CLOSE")
        self.ask("p STATUS INBOX (UIDVALIDITY UIDNEXT)")
        validity, following = (re.search(item + rb" (\d+)", self.lines[0])[1] for item in (b"UIDVALIDITY", b"UIDNEXT"))
        return {"u1": uids[0], "u2": uids[1], "u3": uids[2], "uv": validity.decode(), "un": following.decode()}

    def filled(self, text):
        return re.sub(r"\{([#+]?[a-z]+[0-9]*)\}", lambda match: self.values.get(match[1], match[0]), text)

    def take(self, what, text):
        if what == ">":
            text = self.filled(text)
            tag = text.split(" ")[0]
            if tag.endswith("="):  # goes on with a command
                tag, text = tag[:-1], text.split(" ", 1)[1]
            self.send(text.replace("\\\\", "\\") + "\r\n")
            self.read(tag)
        elif what == ">>":
            self.send(unescaped(self.filled(text)))
        elif what == "?":
            self.read(text)
        elif what == "<":
            if not any(fits(self.filled(text), line) for line in self.lines):
                raise Mismatch(f"{text!r} is not among {self.lines}")
        elif what == "!":
            if any(fits(self.filled(text), line) for line in self.lines):
                raise Mismatch(f"{text!r} is among {self.lines}")
        elif what == "closed":
            if self.buffer or self.socket.recv(65536):
                raise Mismatch("the server says more, where it should close")
        else:
            raise AssertionError(what)


def mismatch(row, port, user, password):
    """What is not as the row says, or nothing."""
    wire = None
    try:
        setup = Wire(port, user, password)
        values = setup.prepare()
        setup.ask("p LOGOUT")
        setup.close()
        wire = Wire(port, user, password)
        wire.values |= values
        if row.where != "fresh":
            wire.log_in()
        if row.where == "sel":
            wire.ask("s SELECT INBOX")
        for step in row.steps:
            wire.take(*step)
    except (Mismatch, OSError, StopIteration) as error:
        return f"{row.name}: {error}"
    finally:
        if wire is not None:
            wire.close()
    return None
