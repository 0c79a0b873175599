"""The rows of tests/pop3/wire.txt over a socket. What stands in them says the head of that file."""
import base64
import binascii
import dataclasses
import hashlib
import hmac
import re
import socket
import ssl

import peer

PASSWORD = "secret"  # in the rows; whoever has another one has it put in its place
MESSAGES = (b"Subject: one\r\n\r\nHello\r\n", b"Subject: dots\r\n\r\n.hidden\r\n..\r\n.\r\nend\r\n",
            b"Subject: three\r\nTo: bob\r\n\r\nline 1\r\nline 2\r\nline 3\r\n")
LOGIN = (("C", "USER {user}"), ("S", "+OK*"), ("C", "PASS secret"), ("S", "+OK*"))


@dataclasses.dataclass
class Row:
    name: str
    rule: str
    steps: list
    skipped: dict = dataclasses.field(default_factory=dict)  # by "dovecot", "mock": why it is not tried there
    theirs: dict = dataclasses.field(default_factory=dict)  # what Dovecot says in place of the step of this number


def rows():
    found = []
    for line in (peer.SOURCE / "tests" / "pop3" / "wire.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("== "):
            found.append(Row(*line[3:].split(" | "), []))
        elif line.startswith(("dovecot: ", "mock: ")):
            who, why = line.split(": ", 1)
            found[-1].skipped[who] = why
        elif line.startswith("D: "):
            found[-1].theirs[len(found[-1].steps) - 1] = line[3:]
        else:
            found[-1].steps.append((line[0], line[3:]) if line[1:3] == ": " else (line, ""))
    return found


def unescaped(text):
    letters = {"r": b"\r", "n": b"\n", "t": b"\t", "0": b"\0", "\\": b"\\"}
    def octets(match):
        return bytes([int(match[1], 16)]) if match[1] else letters[match[2]]
    parts = re.split(r"(\\x[0-9a-f]{2}|\\.)", text)
    return b"".join(octets(re.match(r"\\(?:x(..)|(.))", part)) if part.startswith("\\") else part.encode() for part in parts)


class Mismatch(AssertionError):
    pass


class Wire:
    """Connections to one mailbox, one after the other."""

    def __init__(self, port, ca, user, password):
        self.port, self.ca, self.user, self.password = port, ca, user, password
        self.socket = None
        self.challenge = b""
        self.connect()

    def connect(self):
        if self.socket is not None:
            self.close()
        self.socket = socket.create_connection(("127.0.0.1", self.port), peer.PATIENCE)
        self.buffer = b""
        self.greeting = self.expect("+OK*")

    def close(self):
        """In order, and only when the server has closed as well: it has given the mailbox back then."""
        with self.socket:
            try:
                if isinstance(self.socket, ssl.SSLSocket):
                    return
                self.socket.shutdown(socket.SHUT_WR)
                while self.socket.recv(65536):
                    pass
            except OSError:
                pass

    def line(self):
        while b"\n" not in self.buffer:
            received = self.socket.recv(65536)
            if not received:
                raise Mismatch(f"the server closed; unread: {self.buffer!r}")
            self.buffer += received
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.removesuffix(b"\r").decode(errors="replace")

    def expect(self, pattern):
        line = self.line()
        if not re.fullmatch(".*".join(re.escape(part) for part in pattern.split("*")), line):
            raise Mismatch(f"{line!r} where {pattern!r} should come")
        if line.startswith("+ "):
            self.challenge = base64_decoded(line[2:])
        return line

    def filled(self, text):
        stamp = re.search(r"<[^<>]*>", self.greeting)
        apop = hashlib.md5(((stamp[0] if stamp else "") + self.password).encode()).hexdigest()
        cram = hmac.new(self.password.encode(), self.challenge, "md5").hexdigest()
        values = {"user": self.user, "apop": apop, "xs": "x" * 248, "login": coded(self.user), "password": coded(self.password),
                  "plain": coded(f"\0{self.user}\0{self.password}"), "cram": coded(f"{self.user} {cram}")}
        return re.sub(r"\{(\w+)\}", lambda match: values[match[1]], text.replace(PASSWORD, self.password))

    def take(self, what, text):
        if what in ("C", "R"):
            self.socket.sendall(unescaped(self.filled(text)) + (b"\r\n" if what == "C" else b""))
        elif what == "S" and text == "***":
            while not self.buffer.startswith(b".\r\n"):
                self.line()
                while len(self.buffer) < 3:
                    self.buffer += self.socket.recv(65536)
        elif what == "S":
            self.expect(text)
        elif what == "closed":
            if self.buffer or self.socket.recv(65536):
                raise Mismatch("the server says more, where it should close")
        elif what == "@again":
            self.connect()
        elif what == "@login":
            for step in LOGIN:
                self.take(*step)
        else:
            self.take("C", "STLS")
            self.expect("+OK*")
            context = ssl.create_default_context(cafile=self.ca)
            self.socket = context.wrap_socket(self.socket, server_hostname="localhost")


def coded(text):
    return peer.b64(text).decode()


def base64_decoded(text):
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return b""


def mismatch(row, port, ca, user, password=PASSWORD, theirs=False):
    """What is not as the row says, or nothing."""
    wire = None
    try:
        wire = Wire(port, ca, user, password)
        for number, step in enumerate(row.steps):
            wire.take(step[0], row.theirs.get(number, step[1]) if theirs else step[1])
    except (Mismatch, OSError) as error:
        return f"{row.name}: {error}"
    finally:
        if wire is not None:
            wire.close()
    return None
