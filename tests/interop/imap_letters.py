"""tests/imap/letters.txt: odd messages and what FETCH says of them; how answers of IMAP are read and compared.

A row begins with "== " and its name. The message follows, its lines as they are in a Maildir; \\r \\t \\\\ and \\xHH are octets, and
a backslash at the end of a line takes the line end away. "=> ENVELOPE …" and "=> BODYSTRUCTURE …" are our answers, which
tests/imap/letters_test.cpp holds us to (UPDATE_GOLDEN=1 writes them). "=! ENVELOPE why" says that Dovecot's answer is another one,
and why ours is right; likewise BODYSTRUCTURE (and BODY), SECTIONS (BODY[…]) and FIELDS (BODY[HEADER.FIELDS …]).
"""
import dataclasses
import re

import peer

PATH = peer.SOURCE / "tests" / "imap" / "letters.txt"
ESCAPE = re.compile(rb"\\(x[0-9A-F]{2}|.|\n)", re.DOTALL)
PLAIN = {b"r": b"\r", b"t": b"\t", b"n": b"\n", b"\\": b"\\", b"\n": b""}


@dataclasses.dataclass
class Row:
    name: str
    message: bytes
    answers: dict  # by item
    differs: dict  # by item: why


def unescaped(text):
    return ESCAPE.sub(lambda found: PLAIN.get(found[1]) if found[1] in PLAIN else bytes.fromhex(found[1][1:].decode()), text)


def rows():
    found = []
    for row in re.split(rb"^== ", PATH.read_bytes(), flags=re.MULTILINE)[1:]:
        name, _, rest = row.partition(b"\n")
        end = re.search(rb"^=[>!] ", rest, re.MULTILINE)
        told = rest[end.start():].decode() if end else ""
        answers, differs = ({item: text for mark, item, text in re.findall(r"^=([>!]) (\S+) (.*)$", told, re.MULTILINE)
                             if mark == wanted} for wanted in ">!")
        found.append(Row(name.decode(), unescaped(rest[:end.start()] if end else rest),
                         {item: unescaped(text.encode()) for item, text in answers.items()}, differs))
    return found


TOKEN = re.compile(rb"""\s*(?:(?P<paren>[()])|"(?P<quoted>(?:[^"\\]|\\.)*)"|\{(?P<size>\d+)\}\r\n|(?P<atom>[^\s()"{}\[]+(?:\[[^\]]*\])?(?:<\d+>)?))""", re.DOTALL)


def parsed(answer):
    """An answer as nested lists: strings are bytes however they were written, atoms are text in capitals, NIL is None."""
    stack = [[]]
    at = 0
    while at < len(answer.rstrip(b" \r\n")):
        token = TOKEN.match(answer, at)
        if not token:
            raise ValueError(f"no token at {at}: {answer[at:at + 60]!r}")
        at = token.end()
        if token["paren"] == b"(":
            stack.append([])
        elif token["paren"]:
            done = stack.pop()
            stack[-1].append(done)
        elif token["quoted"] is not None:
            stack[-1].append(re.sub(rb"\\(.)", rb"\1", token["quoted"], flags=re.DOTALL))
        elif token["size"]:
            stack[-1].append(answer[at:at + int(token["size"])])
            at += int(token["size"])
        else:
            stack[-1].append(None if token["atom"].upper() == b"NIL" else token["atom"].upper().decode("latin-1"))
    return stack[0]


class Connection:
    """A client that says what it is told and reads answers whole, literals and all."""

    def __init__(self, sock):
        self.file = sock.makefile("rwb")
        self.tags = 0
        self.file.readline()

    def command(self, text):
        """The untagged answers, each with its literals, and the tagged line."""
        self.tags += 1
        tag = b"t%d " % self.tags
        self.file.write(tag + text.encode() + b"\r\n")
        self.file.flush()
        answers = []
        while True:
            answer = self.file.readline()
            if not answer:
                raise ConnectionError(f"closed behind {text}")
            while literal := re.search(rb"\{(\d+)\}\r\n\Z", answer):
                answer += self.file.read(int(literal[1])) + self.file.readline()
            if answer.startswith(tag):
                if b" OK" not in answer[:12]:
                    raise AssertionError(f"{text}: {answer!r}")
                return answers
            answers.append(answer)

    def fetch(self, number, item):
        """What it says of one message, as a dictionary by item."""
        answers = [one for one in self.command(f"FETCH {number} {item}") if one.startswith(b"* %d FETCH " % number)]
        values = parsed(answers[0].split(b" FETCH ", 1)[1])[0]
        return dict(zip(values[::2], values[1::2]))


def sections(structure, prefix=""):
    """Every section that a message of this structure has, and some that it may not have."""
    found = [prefix + what for what in ("HEADER", "TEXT")] if not prefix else []
    is_multipart = isinstance(structure[0], list)
    parts = [part for part in structure if isinstance(part, list)] if is_multipart else [structure]
    if is_multipart:
        parts = parts[:next((i for i, part in enumerate(structure) if not isinstance(part, list)), len(structure))]
    for number, part in enumerate(parts, 1):
        name = f"{prefix}{number}"
        found += [name, f"{name}.MIME", f"{name}.HEADER", f"{name}.TEXT"]
        if isinstance(part[0], list):
            found += sections(part, name + ".")
        elif [one.lower() for one in part[:2]] == [b"message", b"rfc822"]:
            found += sections(part[8], name + ".")
    return found + [f"{prefix}{len(parts) + 1}"]
