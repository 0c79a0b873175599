"""ENVELOPE, BODYSTRUCTURE, BODY and every section of odd messages, told by Dovecot and by us of the same Maildir: equal, or the
difference stands in tests/imap/letters.txt with its reason.
"""
import socket
import subprocess
import unittest

import dovecot
import imap_letters
import peer

ITEMS = ("RFC822.SIZE", "ENVELOPE", "BODYSTRUCTURE", "BODY")
FIELDS = ("Subject", "To", "X")


class Ours:
    """tests/interop/imap_message.cpp, which reads a Maildir."""

    def __init__(self, maildir):
        self.process = subprocess.Popen([peer.BIN / "tests" / "imap_message", maildir], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def ask(self, uid, item):
        self.process.stdin.write(f"{uid} {item}\n".encode())
        self.process.stdin.flush()
        size = int(self.process.stdout.readline())
        return self.process.stdout.read(size) if size >= 0 else None


def section_item(section, *fields):
    """A section as our program is asked for it: "1.2.MIME" is "SECTION 1.2 MIME"."""
    words = section.split(".")
    numbers = [word for word in words if word.isdigit()]
    return " ".join(["SECTION", ".".join(numbers) or "-", ".".join(words[len(numbers):]), *fields])


@unittest.skipIf(dovecot.obstacle(), dovecot.obstacle())
class Dovecot(peer.Case):
    def setUp(self):
        self.rows = imap_letters.rows()
        self.server = self.enterContext(dovecot.Dovecot())
        self.server.mailbox("alice", [row.message for row in self.rows])
        self.client = imap_letters.Connection(self.enterContext(socket.create_connection(("127.0.0.1", self.server.imap_port))))
        self.client.command(f"LOGIN alice {dovecot.PASSWORD}")
        self.client.command("SELECT INBOX")
        # Dovecot's own files are nothing to us. It has moved the messages by now: who lists a folder meanwhile may miss one.
        self.ours = Ours(self.server.mail / "alice")
        self.addCleanup(self.ours.close)

    def differences(self, number):
        """What differs of one message: lists of (what, ours, theirs), by the item under which a reason is given."""
        found = {"ENVELOPE": [], "BODYSTRUCTURE": [], "SECTIONS": [], "FIELDS": []}
        theirs = self.client.fetch(number, f"({' '.join(ITEMS)})")
        for item in ITEMS:
            ours = imap_letters.parsed(self.ours.ask(number, item))[0]
            if ours != theirs[item]:
                found["BODYSTRUCTURE" if item == "BODY" else item].append((item, ours, theirs[item]))
        for section in imap_letters.sections(theirs["BODYSTRUCTURE"]):
            self.compare(number, section, section_item(section), found["SECTIONS"])
        for section in ("HEADER.FIELDS", "HEADER.FIELDS.NOT"):
            self.compare(number, f"{section} ({' '.join(FIELDS)})", section_item(section, *FIELDS), found["FIELDS"])
        for piece in ("<0.7>", "<3.5>", "<9999.1>"):
            self.compare(number, "", "SECTION -", found["SECTIONS"], piece)
        return found

    def compare(self, number, section, item, found, piece=""):
        theirs = list(self.client.fetch(number, f"BODY.PEEK[{section}]{piece}").values())[0]
        ours = self.ours.ask(number, item.replace("SECTION", f"SECTION{piece}", 1))
        if ours != theirs:
            found.append((f"BODY[{section}]{piece}", ours, theirs))

    def test_both_say_the_same_of_a_message_or_there_is_a_reason(self):
        for number, row in enumerate(self.rows, 1):
            for item, different in self.differences(number).items():
                with self.subTest(row.name, item=item):
                    if item in row.differs:
                        self.assertTrue(different, "there is a reason for a difference, but none")
                    else:
                        self.assertEqual(different, [])

    def test_most_messages_have_nothing_to_explain(self):
        self.assertGreater(sum(not row.differs for row in self.rows), 0.7 * len(self.rows))


if __name__ == "__main__":
    peer.main()
