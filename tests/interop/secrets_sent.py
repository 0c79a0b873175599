"""Passwords on their way: every way in which a client says one where it should not, the dialogues of the golden files with one
put in, and how to look for them in whatever was written."""
import base64
import hashlib
import pathlib
import re
import shutil
import tempfile

from peer import SOURCE, Case

EHLO = "EHLO client.example\r\n"
WINDOW = 8  # letters in a row that are no chance; half a password is one too


def b64(octets):
    return base64.b64encode(octets.encode() if isinstance(octets, str) else octets).decode()


def marker(name):
    """A password that stands nowhere else, another one for each name: what was hidden once is known to be one afterwards."""
    return "Wh1te" + base64.b32encode(hashlib.sha256(name.encode()).digest()).decode()[:19]


def forms(secret):
    """In clear, and in base64 at each place in which it can stand inside a longer text: without the letters in which its
    neighbours have a part."""
    octets = secret.encode()
    yield secret
    for before in range(3):
        letters = b64(b"\0" * before + octets)
        yield letters[-(-8 * before // 6):8 * (before + len(octets)) // 6]


def finder(secrets):
    """A function that says where in a text the first part of one of them begins, or None."""
    windows = {form[at:at + WINDOW] for secret in secrets for form in forms(secret) for at in range(len(form) - WINDOW + 1)}
    return lambda text: next((at for at in range(len(text)) if text[at:at + WINDOW] in windows), None)


def wrong_ways(secret):
    """Every way to say it wrongly; behind EHLO unless it begins itself."""
    clear, alone, plain = secret, b64(secret), b64(f"\0alice\0{secret}")
    oauth = b64(f"user=alice\x01auth=Bearer {secret}\x01\x01")
    return {
        "newline in the encoder": f"AUTH LOGIN\r\nYWxpY2U=\n\r\n{alone}\n\r\n",
        "newline in the encoder, CRLF": f"AUTH LOGIN\r\nYWxpY2U=\r\n\r\n{alone}\r\n\r\n",
        "PLAIN with a newline": f"AUTH PLAIN {plain}\n\r\n",
        "LOGIN as it should be": f"AUTH LOGIN\r\nYWxpY2U=\r\n{alone}\r\n",
        "behind a mechanism that is not there": f"AUTH NTLM\r\n{plain}\r\n",
        "behind a star": f"AUTH LOGIN\r\n*\r\n{alone}\r\n",
        "behind an empty line": f"AUTH LOGIN\r\n\r\n\r\n{alone}\r\n",
        "glued": f"AUTHPLAIN {plain}\r\n",
        "glued entirely": f"AUTHPLAIN{plain}\r\n",
        "tabs": f"AUTH\tPLAIN\t{plain}\r\n",
        "no mechanism": f"AUTH {plain}\r\n",
        "base64 of the password alone": f"AUTH {alone}\r\n",
        "LOGIN with both in the line": f"AUTH LOGIN YWxpY2U= {alone}\r\n",
        "PLAIN in clear": f"AUTH PLAIN alice {clear}\r\n",
        "PLAIN without the first NUL": f"AUTH PLAIN {b64(f'alice{chr(0)}{secret}')}\r\n",
        "PLAIN encoded twice": f"AUTH PLAIN {b64(plain)}\r\n",
        "url-safe base64": f"AUTH PLAIN {plain.replace('+', '-').replace('/', '_').rstrip('=')}\r\n",
        "POP3": f"USER alice\r\nPASS {clear}\r\n",
        "IMAP": f"a1 LOGIN alice {clear}\r\n",
        "IMAP PLAIN": f"a1 AUTHENTICATE PLAIN\r\n{plain}\r\n",
        "HTTP": f"POST / HTTP/1.1\r\nAuthorization: Basic {plain}\r\n\r\npassword={clear}\r\n",
        "two lines": f"AUTH PLAIN {plain[:16]}\r\n{plain[16:]}\r\n",
        "in a parameter": f"MAIL FROM:<a@b.example> AUTH={alone}\r\n",
        "in clear in a parameter": f"MAIL FROM:<a@b.example> PASS={clear}\r\n",
        "XOAUTH2": f"AUTH XOAUTH2 {oauth}\r\n",
        "XOAUTH2 in a second line": f"AUTH XOAUTH2\r\n{oauth}\r\n",
        "in clear": f"AUTH LOGIN\r\nalice\r\n{clear}\r\n",
        "small letters": f"auth login\r\nYWxpY2U=\r\n{alone}\r\n",
        "LF": f"AUTH LOGIN\nYWxpY2U=\n{alone}\n",
        "CR": f"AUTH LOGIN\rYWxpY2U=\r{alone}\r",
        "a literal line end": f"AUTH PLAIN {plain}\\r\\n",
        "a literal line end that is one": f"AUTH PLAIN {plain}\\r\\n\r\n",
        "python": f"AUTH PLAIN b'{plain}'\r\n",
        "no line end": f"AUTH PLAIN {plain}",
        "no line end, in the exchange": f"AUTH LOGIN\r\nYWxpY2U=\r\n{alone}",
        "behind STARTTLS in clear": f"STARTTLS\r\nAUTH PLAIN {plain}\r\n",
        "behind another command": f"EHLO a.example AUTH PLAIN {plain}\r\n",
        "where the message should be":
            f"MAIL FROM:<a@b.example>\r\nRCPT TO:<b@b.example>\r\nDATA\r\nAUTH LOGIN\r\nYWxpY2U=\r\n{alone}\r\n.\r\n",
        "as commands behind a refused DATA": f"DATA\r\nAUTH PLAIN {plain}\r\nQUIT\r\n",
        "too long": f"AUTH PLAIN {plain}{'A' * 20000}\r\n",
        "twice": f"AUTH PLAIN {plain}\r\nVRFY {clear}\r\nNOOP {alone}\r\n",
    }


def all_ways():
    """What is sent, with and without EHLO before it, each with a password of its own: {name: (password, octets)}."""
    ways = {}
    for name in wrong_ways(""):
        for hello in ("", EHLO):
            whole = f"{name}, {'behind EHLO' if hello else 'at once'}"
            secret = marker(whole)
            ways[whole] = secret, hello + wrong_ways(secret)[name]
    return ways


def with_password(line, secret):
    """A line of a golden dialogue, its passwords ("secret", "wrong") in base64 made another one."""
    words = line.split(" ")
    for number, word in enumerate(words):
        try:
            decoded = base64.b64decode(word, validate=True)
        except ValueError:
            continue
        if re.fullmatch(rb"(\0alice\0)?(secret|wrong)", decoded):
            words[number] = b64(re.sub(rb"(secret|wrong)$", secret.encode(), decoded))
    return " ".join(words)


def golden_dialogues():
    """What the clients of tests/golden/dialogues send, each with a password of its own: {name: (password, octets)}."""
    dialogues = {}
    for file in sorted((SOURCE / "tests" / "golden" / "dialogues").glob("*.txt")):
        secret = marker(file.stem)
        lines = [line[3:] for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("C: ")]
        dialogues[file.stem] = secret, "".join(with_password(line, secret) + "\r\n" for line in lines)
    return dialogues


def golden_scenarios():
    """The scenarios of tests/golden/lines, with their languages."""
    for file in sorted((SOURCE / "tests" / "golden" / "lines").glob("*.txt")):
        name, language, _ = file.name.split(".")
        yield name.replace("--", "/"), language


def scenarios_with(secret, folder):
    """A copy of the scenarios in which every password and token begins with this one."""
    copy = folder / "scenarios"
    shutil.copytree(SOURCE / "scenarios", copy)
    for file in copy.rglob("*.toml"):
        text = file.read_text(encoding="utf-8")
        changed = re.sub(r'^(password|web_password|token) = "[^"]*"$', rf'\1 = "{secret}-\1"', text, flags=re.MULTILINE)
        if changed != text:
            file.write_text(changed, encoding="utf-8")
    return copy


class Searched(Case):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="smtplab-secrets-")))

    def check(self, what, text, found):
        at = found(text)
        if at is not None:  # one of many: the others are to be seen too
            with self.subTest(what):
                self.fail(f"{text[at:at + WINDOW]} in …{text[max(0, at - 300):at + 100]}…")
