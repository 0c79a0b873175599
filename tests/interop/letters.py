"""Mail that is easily damaged on its way: real clients deliver these letters, and what is stored is compared octet by octet.

A Letter is what a person's program holds: lines that end in LF. What arrives has CRLF for each, and one at the end.
"""
import base64
import dataclasses
import random

HEAD = """\
From: Alice <alice@mock.example>
To: Bob <bob@mock.example>
Date: Fri, 20 Nov 2026 09:30:00 +0000
Message-ID: <{name}@client.example>
Subject: {name}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: {encoding}

"""


@dataclasses.dataclass(frozen=True)
class Letter:
    name: str
    head: bytes  # the headers and the empty line behind them
    body: bytes

    @property
    def text(self):
        return self.head + self.body

    @property
    def delivered(self):
        """What must arrive."""
        text = self.text if self.text.endswith(b"\n") else self.text + b"\n"
        return text.replace(b"\n", b"\r\n")

    @property
    def eight_bit(self):
        return not self.text.isascii()


def letter(name, body):
    encoding = "7bit" if body.isascii() else "8bit"
    return Letter(name, HEAD.format(name=name, encoding=encoding).encode(), body)


def attachment(octets):
    """A letter with an attachment of so many octets, in base64 as programs make it."""
    content = random.Random(3207).randbytes(octets)
    head = HEAD.format(name="attachment", encoding="7bit")
    head = head.replace("text/plain; charset=utf-8", 'multipart/mixed; boundary="=_b"')
    part = b"--=_b\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"
    body = part + base64.encodebytes(content) + b"--=_b--\n"
    return Letter("attachment", head.encode(), body)


SHORT = letter("short", b"Hello.\n")
LETTERS = (
    letter("8-bit", "grüß dich, 你好, \U0001f4ee\n".encode()),
    letter("8-bit, not UTF-8", b"gr\xfc\xdf dich\xff\n"),
    letter("dots", b".\n..\n...\n.hidden\n. \nend.\n\n.\n"),
    letter("empty body", b""),
    letter("998 octets a line", b"x" * 998 + b"\n." + b"y" * 997 + b"\n"),
    letter("5,000 octets a line", b"x" * 5000 + b"\n." + b"y" * 4999 + b"\n"),
    letter("no newline at the end", b"one\ntwo"),
    letter("empty lines at the end", b"one\n\n\n\n"),
    letter("a dot at the end, and no newline", b"one\n."),
)
LARGE = 20 * 1024 * 1024
