"""What a row of the wire conformance table is, and how one is tried on a server. The rows: conformance_*.py.

A row is a talk: octets that go out exactly as they stand, and the replies that must come, one pattern a reply:

    250           this code                   5xx        any code of the class      501|555   one or the other
    250/SIZE\\s\\d+  the code, and the regular expression finds something in the text of the reply (lines joined by LF)
    closed        the server closes the connection        broken    it ends a handshake that makes no sense

Any other number of replies than there are patterns is a mismatch: at the end of a row the client closes its side, and nothing
more may come. All replies are also judged by what holds for each of them: see judge().
"""
import base64
import dataclasses
import enum
import hashlib
import hmac
import re
import socket
import ssl
import typing

import peer

TLS = "the TLS handshake"  # in place of octets


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    rule: str  # "5321 4.1.1.1": RFC and section
    preamble: str  # where the talk begins: a key of PREAMBLES
    steps: tuple  # of (octets, or a function that makes them of the talk, or TLS; patterns)
    postfix: typing.Any = None  # None: Postfix must do the same; a text: it is not tried, and why; Differs: it may differ


class Differs(typing.NamedTuple):
    """Postfix answers otherwise, and may: the patterns that stand in the place of the row's, one text a step."""
    because: str
    patterns: tuple


def row(name, rule, preamble, *steps, postfix=None):
    return Row(name, rule, preamble, steps, postfix)


def differs(because, *patterns):
    return Differs(because, patterns)


@dataclasses.dataclass
class Target:
    """A server that rows are tried on."""
    port: int
    tls_port: int
    ca: str
    alice: str
    bob: str
    password: str


# What is said before a row's own steps, always answered as given. "connect": nothing, the greeting is not even read;
# "tls-port": the same behind a handshake on the port that begins with TLS; "tls-port-in-clear": there without a handshake.
PREAMBLES = {
    "connect": (),
    "tls-port": (),
    "tls-port-in-clear": (),
    "greeted": ((b"", "220"),),
    "helo": ((b"", "220"), (b"HELO client.example\r\n", "250")),
    "ehlo": ((b"", "220"), (b"EHLO client.example\r\n", "250")),
}
PREAMBLES["tls"] = PREAMBLES["ehlo"] + ((b"STARTTLS\r\n", "220"), (TLS, ""), (b"EHLO client.example\r\n", "250"))
PREAMBLES["auth"] = PREAMBLES["ehlo"] + ((b"AUTH PLAIN {plain}\r\n", "235"),)
PREAMBLES["mail"] = PREAMBLES["ehlo"] + ((b"MAIL FROM:<{alice}>\r\n", "250"),)
PREAMBLES["rcpt"] = PREAMBLES["mail"] + ((b"RCPT TO:<{bob}>\r\n", "250"),)
PREAMBLES["data"] = PREAMBLES["rcpt"] + ((b"DATA\r\n", "354"),)


class Manner(enum.Enum):
    """How a row is tried; the answers must be the same."""
    WHOLE = "each step in one write"
    OCTETS = "octet by octet"
    INSIDE_TLS = "inside TLS from the beginning"


def can_be_tried(row, manner):
    """Rows about the way into TLS begin in clear; and what stands behind STARTTLS counts only in the same write."""
    about_tls = row.preamble.startswith("tls") or any(
        what is TLS or "STARTTLS" in str(patterns) or not callable(what) and b"starttls" in what.lower()
        for what, patterns in row.steps)
    return manner is Manner.WHOLE or not about_tls


class Mismatch(AssertionError):
    pass


class Wire:
    """One connection to a target: sends octets, reads replies, remembers what EHLO told."""

    def __init__(self, target, preamble, manner=Manner.WHOLE):
        self.target = target
        self.manner = manner
        tls = preamble == "tls-port" or manner is Manner.INSIDE_TLS
        port = target.tls_port if tls or preamble == "tls-port-in-clear" else target.port
        self.socket = socket.create_connection(("127.0.0.1", port), peer.PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.last = ""  # text of the last reply, lines joined by LF
        self.limit = 0  # SIZE of the last EHLO
        self.rcptmax = 0  # RCPTMAX of LIMITS
        self.enhanced = False
        self.sent = b""
        if tls:
            self.begin_tls()

    def begin_tls(self):
        context = ssl.create_default_context(cafile=self.target.ca)
        self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
        self.enhanced = False  # what EHLO told is forgotten

    def send(self, octets):
        self.sent = octets
        piece = 1 if self.manner is Manner.OCTETS and len(octets) <= 2000 else len(octets) or 1
        try:
            for begin in range(0, len(octets), piece):
                self.socket.sendall(octets[begin:begin + piece])
        except (ConnectionError, ssl.SSLError):
            pass  # it closed; reading says so

    def more(self):
        """Reads once; false when the server has closed."""
        try:
            received = self.socket.recv(65536)
        except TimeoutError:
            raise Mismatch(f"nothing came for {peer.PATIENCE} s; unread: {self.buffer!r}") from None
        except (ConnectionError, ssl.SSLError):
            received = b""
        self.buffer += received
        return bool(received)

    def reply(self):
        """The code of the next reply, "closed", or whatever came before the end that is no reply."""
        lines = []
        while True:
            while b"\n" not in self.buffer:
                if not self.more():
                    rest, self.buffer = self.buffer, b""
                    return f"{rest!r} and then closed" if rest or lines else "closed"
            line, self.buffer = self.buffer.split(b"\n", 1)
            lines.append(line)
            if line[3:4] != b"-":
                break
        return self.judge(lines)

    def judge(self, lines):
        """What every reply must be: RFC 5321 4.2 (its form), 4.5.3.1.5 (its length), RFC 2034 4 (the enhanced code)."""
        code = lines[0][:3]
        for line in lines:
            if not re.fullmatch(rb"[2-5][0-5][0-9]([ -][\t\x20-\x7e\x80-\xff]*)?\r", line):
                raise Mismatch(f"{line!r} is no reply line")
            if line[:3] != code:
                raise Mismatch(f"the code changes: {lines!r}")
            if len(line) + 1 > 512:
                raise Mismatch(f"a reply line of {len(line) + 1} octets")
        self.last = "\n".join(line[4:-1].decode("utf-8", "replace") for line in lines)
        hello = re.search(rb"(?i)(EHLO|HELO)\b", self.sent)
        if self.enhanced and not hello and code[:1] != b"3":
            for text in self.last.split("\n"):
                if not re.match(code[:1].decode() + r"\.\d{1,3}\.\d{1,3} ", text):
                    raise Mismatch(f"ENHANCEDSTATUSCODES was announced, but {code.decode()} says {text!r}")
        if self.sent[:4].upper() == b"EHLO" and code == b"250":
            self.learn()
        elif self.sent[:4].upper() == b"HELO" and code == b"250":
            self.enhanced = False
        return code.decode()

    def learn(self):
        lines = self.last.upper().split("\n")[1:]
        self.enhanced = "ENHANCEDSTATUSCODES" in lines
        for line in lines:
            if found := re.fullmatch(r"SIZE (\d+)", line):
                self.limit = int(found[1])
            if found := re.match(r"LIMITS .*\bRCPTMAX=(\d+)", line):
                self.rcptmax = int(found[1])

    def fill(self, octets):
        """The octets with the target's own words in the place of {alice}, {plain} …"""
        target = self.target
        user, password = target.alice.encode(), target.password.encode()
        for name, value in {
                "alice": user, "bob": target.bob.encode(), "domain": target.bob.encode().split(b"@")[1],
                "plain": peer.b64(b"\0" + user + b"\0" + password), "user64": peer.b64(user), "password64": peer.b64(password),
                "wrong": peer.b64(b"\0" + user + b"\0wrong"), "limit": str(self.limit).encode(),
                "limit+1": str(self.limit + 1).encode()}.items():
            octets = octets.replace(b"{" + name.encode() + b"}", value)
        return octets


def cram_md5(wire):
    """The answer to the CRAM-MD5 challenge that came last (RFC 2195 2)."""
    digest = hmac.new(wire.target.password.encode(), base64.b64decode(wire.last), hashlib.md5).hexdigest()
    return peer.b64(f"{wire.target.alice} {digest}") + b"\r\n"


def scram_first(wire):
    """The beginning of SCRAM-SHA-256, as an initial response (RFC 5802 5.1)."""
    return b"AUTH SCRAM-SHA-256 " + peer.b64(f"n,,n={wire.target.alice},r=abcdefgh") + b"\r\n"


def fits(pattern, code, text):
    """Whether a reply is what a pattern allows."""
    codes, _, words = pattern.partition("/")
    if not any(re.fullmatch(one.replace("x", r"\d"), code) for one in codes.split("|")):
        return False
    return not words or re.search(words, text, re.DOTALL) is not None


def broken(wire):
    """Reads to the end; a server that gives a handshake up may say so in a TLS alert, and only there."""
    while wire.more():
        pass
    rest, wire.buffer = wire.buffer, b""
    return "closed" if not rest or rest[0] == 0x15 else repr(rest)


def take_step(wire, what, patterns):
    """Sends and compares; the mismatch says what came."""
    if what is TLS:
        wire.begin_tls()
    else:
        wire.send(wire.fill(what(wire) if callable(what) else what))
    if patterns == "broken":
        got = broken(wire)
        if got != "closed":
            raise Mismatch(f"a closed connection was expected, got {got}")
        return
    for number, pattern in enumerate((patterns(wire) if callable(patterns) else patterns).split(), 1):
        code = wire.reply()
        if not fits(pattern, code, wire.last):
            raise Mismatch(f"reply {number} to {shown(wire.sent)}: expected {pattern}, got "
                           f"{code if not code.isdigit() else code + ' ' + repr(wire.last)}")


def shown(octets):
    return repr(octets) if len(octets) <= 300 else f"{octets[:200]!r}… ({len(octets)} octets)"


def try_row(row, target, patterns=None, manner=Manner.WHOLE):
    """Raises Mismatch unless the server answers as the row says, or as the patterns do that stand in their place."""
    wire = Wire(target, row.preamble, manner)
    try:
        for what, expected in PREAMBLES[row.preamble]:
            take_step(wire, what, expected)
        for number, (what, expected) in enumerate(row.steps):
            take_step(wire, what, patterns[number] if patterns else expected)
        nothing_more(wire)
    finally:
        wire.socket.close()


def mismatches(rows, target, manner):
    """A line for each row, of (row, patterns in the place of its own or None), whose talk went otherwise."""
    found = []
    for one, patterns in rows:
        if can_be_tried(one, manner):
            try:
                try_row(one, target, patterns, manner)
            except Mismatch as mismatch:
                found.append(f"{one.name} (RFC {one.rule}, {manner.value}): {mismatch}")
    return found


def nothing_more(wire):
    """Closes the client's side and reads to the end."""
    try:
        socket.socket.shutdown(wire.socket, socket.SHUT_WR)  # of an SSLSocket too, this leaves reading as it is
    except OSError:
        pass  # it has closed
    while wire.more():
        pass
    if wire.buffer:
        raise Mismatch(f"one reply more than expected: {wire.buffer!r}")
