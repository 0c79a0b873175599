"""No password of POP3 in anything that the two programs write, however it is sent: what the mock shows and keeps, its findings,
transcripts, what is judged of them, and what is explained of them.

Runs in: release. What is written is the same in both builds; sessions and log meet the sanitizers in tests of their own.
"""
import test_secrets_imap
from peer import main
from secrets_sent import b64, marker


def wrong_ways(secret):
    """Every way to say it wrongly, and the right ones."""
    plain = b64(f"\0alice\0{secret}")
    right = "USER alice@mock.example\r\nPASS right-one\r\n"
    return {
        "as it is": f"USER alice\r\nPASS {secret}\r\n",
        "blanks inside": f"USER alice\r\nPASS my {secret} word\r\n",
        "no name": f"PASS {secret}\r\n",
        "behind the name": f"USER alice {secret}\r\n",
        "behind the name with its word": f"USER alice PASS {secret}\r\n",
        "the name before it": f"USER alice\r\nPASS alice {secret}\r\n",
        "small letters": f"user alice\r\npass {secret}\r\n",
        "tabs": f"USER\talice\r\nPASS\t{secret}\r\n",
        "two blanks": f"USER  alice\r\nPASS  {secret}\r\n",
        "blanks in front": f" USER alice\r\n PASS {secret}\r\n",
        "glued": f"USER alice\r\nPASS{secret}\r\n",
        "colons": f"USER: alice\r\nPASS: {secret}\r\n",
        "quotes": f'USER "alice"\r\nPASS "{secret}"\r\n',
        "python": f"USER alice\r\nPASS b'{secret}'\r\n",
        "LF": f"USER alice\nPASS {secret}\n",
        "CR": f"USER alice\rPASS {secret}\r",
        "CR, and LF at last": f"USER alice\rPASS {secret}\rSTAT\r\n",
        "no line end": f"USER alice\r\nPASS {secret}",
        "a literal line end": f"USER alice\\r\\n\r\nPASS {secret}\\r\\n\r\n",
        "literal line ends between them": f"USER alice\\r\\nPASS {secret}\\r\\n\r\n",
        "a letter is missing": f"USER alice\r\nPAS {secret}\r\n",
        "another word for it": f"USER alice\r\nPASSWORD {secret}\r\n",
        "without any word": f"USER alice\r\n{secret}\r\n",
        "a line later": f"USER alice\r\nPASS\r\n{secret}\r\n",
        "in base64": f"USER YWxpY2U=\r\nPASS {b64(secret)}\r\n",
        "APOP": f"APOP alice {secret}\r\n",
        "PLAIN": f"AUTH PLAIN {plain}\r\n",
        "PLAIN in a second line": f"AUTH PLAIN\r\n{plain}\r\n",
        "PLAIN behind a line end": f"AUTH PLAIN\r\n\r\n{plain}\r\n",
        "LOGIN": f"AUTH LOGIN\r\nYWxpY2U=\r\n{b64(secret)}\r\n",
        "LOGIN in clear": f"AUTH LOGIN\r\nalice\r\n{secret}\r\n",
        "no mechanism": f"AUTH\r\nAUTH {plain}\r\n",
        "behind a star": f"AUTH LOGIN\r\n*\r\n{b64(secret)}\r\n",
        "XOAUTH2": "AUTH XOAUTH2 " + b64(f"user=alice\x01auth=Bearer {secret}\x01\x01") + "\r\n",
        "IMAP": f"a1 LOGIN alice {secret}\r\n",
        "IMAP PLAIN": f"a1 AUTHENTICATE PLAIN {plain}\r\n",
        "SMTP": f"EHLO a.example\r\nAUTH LOGIN\r\nYWxpY2U=\r\n{b64(secret)}\r\n",
        "HTTP": f"GET / HTTP/1.1\r\nAuthorization: Basic {plain}\r\n\r\n",
        "behind STLS in clear": f"STLS\r\nUSER alice\r\nPASS {secret}\r\n",
        "too long": f"USER alice\r\nPASS {secret}{'A' * 3000}\r\n",
        "too long in front": f"USER alice\r\nPASS {'A' * 3000}{secret}\r\n",
        "zeros": f"USER alice\0\r\n\0PASS {secret}\0\r\n",
        "logged in already": f"{right}PASS {secret}\r\n",
        "logged in already, a name": f"{right}USER bob\r\nPASS {secret}\r\nNOOP\r\n",
    }


def all_ways():
    """Each with a password of its own: {name: (password, octets)}."""
    return {name: (marker("POP3 " + name), wrong_ways(marker("POP3 " + name))[name]) for name in wrong_ways("")}


class Mocked(test_secrets_imap.Mocked):
    PROTOCOL = "pop3"
    WAYS = staticmethod(all_ways)


class Written(test_secrets_imap.Written):
    PROTOCOL = "pop3"
    WAYS = staticmethod(all_ways)
    GREETING, REFUSAL = "+OK ready", "-ERR what?"


if __name__ == "__main__":
    main()
