"""What the tests of the program smtplab share: running it, and reading what it prints."""
import re

from peer import DONE, SMTPLAB, USAGE, run


def smtplab(*arguments, given=b"", status=DONE, **more):
    """What it prints, as text. It must complain about nothing unless the status says so."""
    done = run(SMTPLAB, *arguments, given=given, status=status, **more)
    if status == DONE and done.stderr:
        raise AssertionError(done.stderr.decode())
    return done.stdout.decode()


def complaint(*arguments, status=USAGE, **more):
    return run(SMTPLAB, *arguments, status=status, **more).stderr.decode()


def one_line(text):
    """Without the line breaks that the paragraphs are folded at."""
    return re.sub(r"\s+", " ", text)


def sent(text):
    return [line.removeprefix("C: ") for line in text.splitlines() if line.startswith("C: ")]


def codes(text):
    return [int(line[3:6]) for line in text.splitlines() if re.match(r"S: \d{3} ", line)]


def normalised(text):
    text = re.sub(r"[A-Za-z0-9]{22}--\.\w+", "<id>", text)
    text = re.sub(r"\b1\d{9}\b", "<timestamp>", text)
    text = re.sub(r"\b[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}\b", "<date>", text)
    text = re.sub(r"\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b", "<date and time>", text)  # of certificates
    text = re.sub(r"\b[0-9a-f]{8}(?=0000[0-9a-f]{4}\b)", "<validity>", text)  # of UIDs, from the time of day
    text = re.sub(r"TLS 1\.\d, [A-Z0-9-]+", "TLS <version>, <cipher>", text)
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:<port>", text)
