"""What smtplab fetch is given to read, and how others read it: the odd mails of tests/golden/fetch, and the course report's way.

The report reads with imaplib or poplib, decode_header, walk and get_payload, and keeps From, Subject and Body.
"""
import email
import email.header
import json

import peer

FOLDER = peer.SOURCE / "tests" / "golden" / "fetch"
NAMES = sorted(path.stem for path in FOLDER.glob("*.eml"))
MAILS = tuple((FOLDER / f"{name}.eml").read_bytes() for name in NAMES)  # lines end in LF
EXPECTED = [json.loads((FOLDER / f"{name}.json").read_text("utf-8")) for name in NAMES]

# Where the report's program does not see through what the sender did wrong, or shows nothing. Why:
REPORT_FAILS = {
    "boundary-never-comes": ("Body",),     # Python takes it for one text, and walk() finds no text/plain in it
    "broken-base64": ("Body",),            # the rest is read in another way
    "gbk-called-gb2312": ("Subject", "Body"),  # Python's gb2312 does not know the character
    "gbk-called-utf8": ("Body",),          # the label lies
    "gbk-without-label": ("Body",),
    "html-only": ("Body",),                # it shows nothing, or the tags
    "raw-gbk-header": ("Subject",),
    "utf8-called-ascii": ("Body",),
    "word-cut-in-a-character": ("Subject",),
}


def decoded(text):
    """As reports do it: each piece in its own charset."""
    def one(piece, charset):
        known = "utf-8" if charset in (None, "unknown-8bit") else charset  # the latter ends the report's program
        return piece.decode(known, "replace") if isinstance(piece, bytes) else piece
    return "".join(one(*piece) for piece in email.header.decode_header(text or ""))


def by_the_report(octets):
    message = email.message_from_bytes(octets)
    body = ""
    for part in message.walk():
        if part.get_content_type() == "text/plain" and "attachment" not in str(part.get("Content-Disposition")):
            body = part.get_payload(decode=True).decode(part.get_content_charset() or "utf-8", "replace")
            break
    return {"From": decoded(message["From"]), "Subject": decoded(message["Subject"]), "Body": body}
