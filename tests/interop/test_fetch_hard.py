"""smtplab fetch on hard days: killed and interrupted, a server that stops in the middle, lies or floods, and a mailbox of 100,000.

The server is one of the test's own, which says what it is told to say.
"""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import threading
import unittest

import peer
from smtplab import smtplab

SECRET = "the-password-of-alice"


def letter(number):
    return f"From: Bob <bob@example.org>\r\nSubject: mail {number}\r\n\r\nThis is mail {number}.\r\n".encode()


class Server:
    """POP3 or IMAP over `count` mails, of which it gives `gives` and then says nothing more, or closes. A with statement ends it."""

    def __init__(self, over, count, gives=None, closes=False, replies=()):
        self.over, self.count, self.gives, self.closes, self.replies = over, count, gives, closes, dict(replies)
        self.stalled = threading.Event()
        self.said = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.open = []
        threading.Thread(target=self.serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
        for one in self.open:
            one.close()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.open.append(connection)
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        self.given = 0
        try:
            with connection.makefile("rb") as lines:
                connection.sendall(self.replies.get("", b"+OK ready\r\n" if self.over == "pop3" else b"* OK ready\r\n"))
                for line in lines:
                    self.said.append(line.decode())
                    connection.sendall(b"".join(self.pop3(line) if self.over == "pop3" else self.imap(line)))
                    if self.stalled.is_set() and self.closes:
                        connection.shutdown(socket.SHUT_RDWR)
                        return
        except OSError:
            pass

    def gives_out(self):
        if self.gives is not None and self.given >= self.gives:
            self.stalled.set()
            return True
        self.given += 1
        return False

    def scripted(self, command, tag=b""):
        for beginning, reply in self.replies.items():
            if beginning and command.startswith(beginning.encode()):
                return reply.replace(b"$", tag)
        return None

    def pop3(self, line):
        command = line.strip()
        reply = self.scripted(command)
        if reply is not None:
            yield reply
        elif command == b"CAPA":
            yield b"+OK\r\nUSER\r\nUIDL\r\nPIPELINING\r\n.\r\n"
        elif command == b"UIDL":
            yield b"+OK\r\n" + b"".join(b"%d id-%d\r\n" % (number, number) for number in range(1, self.count + 1)) + b".\r\n"
        elif command.startswith(b"RETR"):
            if not self.gives_out():
                yield b"+OK\r\n" + letter(int(command[5:])) + b".\r\n"
            elif self.closes:
                yield b"+OK\r\nSubject: half of"
        else:
            yield b"+OK\r\n"

    def imap(self, line):
        tag, _, command = line.strip().partition(b" ")
        reply = self.scripted(command, tag)
        if reply is not None:
            yield reply
            return
        if command == b"CAPABILITY":
            yield b"* CAPABILITY IMAP4rev1 ID\r\n"
        elif command.startswith(b"EXAMINE"):
            yield b"* %d EXISTS\r\n* OK [UIDVALIDITY 3] ok\r\n" % self.count
        elif command.startswith(b"UID SEARCH"):
            yield b"* SEARCH " + b" ".join(b"%d" % number for number in range(1, self.count + 1)) + b"\r\n"
        elif command.startswith(b"UID FETCH"):
            for first, last in re.findall(rb"(\d+)(?::(\d+))?", command.split()[2]):
                for number in range(int(first), int(last or first) + 1):
                    if self.gives_out():
                        if self.closes:
                            yield b"* %d FETCH (UID %d BODY[] {1000}\r\nSubject: half of" % (number, number)
                        return
                    octets = letter(number)
                    yield b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)\r\n" % (number, number, len(octets), octets)
        yield tag + b" OK done\r\n"


class Hard(peer.Case):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="smtplab-fetch-")))
        self.out = self.folder / "emails.json"

    def configure(self, server):
        prefix = "pop" if server.over == "pop3" else "imap"
        (self.folder / "email_config.json").write_text(json.dumps(
            {"sender": "alice@example.org", "password": SECRET, "security": "none",
             f"{prefix}_url": "127.0.0.1", f"{prefix}_port": server.port}))

    def command(self, server, *arguments):
        over = ["--pop3"] if server.over == "pop3" else []
        return ["fetch", *over, "--config", str(self.folder / "email_config.json"), *map(str, arguments)]

    def fetch(self, server, *arguments, **more):
        self.configure(server)
        said = smtplab(*self.command(server, *arguments), **more)
        self.assertNotIn(SECRET, said)
        return said

    def subjects(self):
        return [mail["Subject"] for mail in json.loads(self.out.read_text("utf-8"))]


def newest_first(count):
    return [f"mail {number}" for number in range(count, 0, -1)]


class Interrupted(Hard):
    def ended_by(self, number, over):
        """A run that is ended in the middle by a signal; how many mails had been given then."""
        with Server(over, 40, gives=15) as server:
            self.configure(server)
            process = subprocess.Popen([peer.SMTPLAB, *self.command(server)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                       env=peer.clean_environment())
            server.stalled.wait(peer.PATIENCE)
            part = self.folder / "emails.json.part"
            peer.until(lambda: part.exists() and part.read_bytes().count(b"\n") >= 16, "the mails are kept")
            process.send_signal(number)
            return process.communicate(timeout=peer.PATIENCE)[0].decode()

    def test_killed_it_goes_on_where_it_was(self):
        for over in ("pop3", "imap"):
            with self.subTest(over):
                self.ended_by(signal.SIGKILL, over)
                self.assertFalse(self.out.exists())
                with Server(over, 41) as server:
                    self.assertIn("41 in the mailbox, 26 to fetch", self.fetch(server))
                self.assertEqual(self.subjects(), newest_first(41))
                for path in self.folder.iterdir():
                    path.unlink()

    def test_interrupted_it_leaves_a_list(self):
        for over in ("pop3", "imap"):
            with self.subTest(over):
                said = self.ended_by(signal.SIGINT, over)
                self.assertIn("25 are missing", said)
                self.assertEqual(len(self.subjects()), 15)
                with Server(over, 40) as server:
                    self.fetch(server)
                self.assertEqual(self.subjects(), newest_first(40))
                for path in self.folder.iterdir():
                    path.unlink()

    def test_a_server_that_closes_in_the_middle(self):
        for over in ("pop3", "imap"):
            with self.subTest(over):
                with Server(over, 9, gives=4, closes=True) as server:
                    said = self.fetch(server, status=peer.NETWORK)
                self.assertIn("4 new in", said)
                self.assertIn("5 are missing", said)
                self.assertIn("Ended at stage: message", said)
                self.assertIn("the server closed the connection", said)
                self.assertEqual(len(self.subjects()), 4)
                with Server(over, 9) as server:
                    self.fetch(server)
                self.assertEqual(self.subjects(), newest_first(9))
                for path in self.folder.iterdir():
                    path.unlink()

    def test_two_at_once(self):
        with Server("pop3", 40, gives=15) as server:
            self.configure(server)
            first = subprocess.Popen([peer.SMTPLAB, *self.command(server)], stdout=subprocess.DEVNULL, env=peer.clean_environment())
            server.stalled.wait(peer.PATIENCE)
            done = peer.run(peer.SMTPLAB, *self.command(server), status=peer.USAGE)
            self.assertIn(b"another smtplab fetch writes here", done.stderr)
            first.terminate()
            first.wait(peer.PATIENCE)


class Odd(Hard):
    def test_servers_that_mean_harm_are_told_of(self):
        rows = (
            ("pop3", {"": b"220 smtp.example.org ESMTP\r\n"}, "greeting", peer.NETWORK, "SMTP"),
            ("pop3", {"": b"* OK IMAP4 ready\r\n"}, "greeting", peer.NETWORK, "IMAP"),
            ("imap", {"": b"+OK POP3 ready\r\n"}, "greeting", peer.NETWORK, "POP3"),
            ("imap", {"": b"\x16\x03\x01\x00\x00"}, "greeting", peer.NETWORK, "TLS"),
            ("pop3", {"PASS": b"-ERR Unable to log on\r\n"}, "login", peer.FAILED, "authorization code"),
            ("pop3", {"PASS": b"-ERR %s\r\n" % SECRET.encode()}, "login", peer.FAILED, "********"),
            ("imap", {"CAPABILITY": b"* CAPABILITY LOGINDISABLED AUTH=PLAIN SASL-IR\r\n$ OK\r\n",
                      "AUTHENTICATE": b"$ NO what is AGFsaWNlQGV4YW1wbGUub3JnAHRoZS1wYXNzd29yZC1vZi1hbGljZQ==\r\n"},
             "login", peer.FAILED, "what is ********"),
            ("pop3", {"USER": b"x" * 20000}, "login", peer.FAILED, "no end"),
            ("imap", {"LOGIN": b"$ NO [ALERT] Application-specific password required\r\n"}, "login", peer.FAILED, "code"),
            ("imap", {"EXAMINE": b"$ NO EXAMINE Unsafe Login. Please contact kefu@188.com for help\r\n"}, "select", peer.FAILED, "ID"),
            ("imap", {"EXAMINE": b"* BYE \x1b[2Jgone\r\n"}, "select", peer.FAILED, "\\x1b[2Jgone"),
            ("imap", {"UID FETCH": b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n"}, "message", peer.FAILED, "more octets than any mail"),
        )
        for over, replies, stage, status, words in rows:
            with self.subTest(over, replies=str(replies)[:80]):
                with Server(over, 3, replies=replies) as server:
                    said = self.fetch(server, "--patience", "20", status=status)
                self.assertRegex(said, rf"(Refused|Ended) at stage: {stage}")
                self.assertIn(words, said)
                self.assertNotIn("\x1b", said)

    def test_silence(self):
        with Server("imap", 3, replies={"LOGIN": b""}) as server:
            said = self.fetch(server, "--patience", "0.2", status=peer.NETWORK)
        self.assertIn("Ended at stage: login", said)
        self.assertIn("no reply for 0.2 s", said)

    def test_nobody_is_asked_to_delete_or_to_mark(self):
        for over in ("pop3", "imap"):
            with Server(over, 5) as server:
                self.fetch(server, "--out", self.folder / over)
            said = "".join(server.said)
            for word in ("DELE", "STORE", "EXPUNGE", "SELECT", "RFC822 ", "BODY[]"):
                self.assertNotIn(word, said.replace("BODY.PEEK[]", ""))

    def test_no_password_and_none_to_ask(self):
        (self.folder / "email_config.json").write_text(json.dumps({"sender": "a@example.org", "imap_url": "127.0.0.1"}))
        done = peer.run(peer.SMTPLAB, "fetch", "--config", self.folder / "email_config.json", status=peer.USAGE)
        self.assertIn(b"SMTPLAB_PASSWORD", done.stderr)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["email_config.json"])

    def test_a_password_that_is_another_command(self):
        with Server("pop3", 1) as server:
            self.configure(server)
            done = peer.run(peer.SMTPLAB, *self.command(server), status=peer.USAGE,
                            env=peer.clean_environment(SMTPLAB_PASSWORD="x\r\nDELE 1"))
            self.assertIn(b"line end", done.stderr)
            self.assertEqual(server.said, [])


class Many(Hard):
    def test_a_large_mailbox_in_little_memory(self):
        for over, count in (("pop3", 10_000), ("imap", 100_000)):
            count = 3000 if peer.SANITIZED else count
            with self.subTest(over), Server(over, count) as server:
                self.configure(server)
                process = subprocess.Popen([peer.SMTPLAB, *self.command(server, "--out", self.folder / over)],
                                           stdout=subprocess.PIPE, env=peer.clean_environment())
                said = process.stdout.read().decode()
                _, status, usage = self.wait(process)
                self.assertEqual(status, 0, said)
                self.assertIn(f"1000 of {count}", said)
                self.assertIn(f"{count} new in", said)
                print(f"{over}: {count} mails, {usage.ru_maxrss // 1024} MiB, {usage.ru_utime:.1f} s of the processor")
                if not peer.SANITIZED:
                    self.assertLess(usage.ru_maxrss, 128 * 1024)
                with open(self.folder / over, encoding="utf-8") as file:
                    self.assertEqual(sum('"Subject": "mail ' in line for line in file), count)

    def wait(self, process):
        found = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(found[1])
        process.stdout.close()
        return found


if __name__ == "__main__":
    peer.main()
