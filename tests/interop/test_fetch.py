"""smtplab fetch reads one mailbox of odd mails from Dovecot and from the mock, and everybody gives the same JSON; so does the
way of the course report, but for what senders did wrong. Nothing in the mailbox is changed by it.

Runs in: release. Right mailboxes; fetch_hard, whose servers lie, meets the sanitizers.
"""
import imaplib
import json
import os
import pathlib
import poplib
import tempfile
import unittest

import dovecot
import mailbox_rows
import peer
from mailbox_rows import EXPECTED, MAILS, NAMES
from neutral import Neutral, accounts
from smtplab import smtplab
from test_pop3_mock import Mailbox

NEWEST_FIRST = EXPECTED[::-1]


def by_imaplib(port, user, password):
    """All mails, as the report fetches them."""
    box = imaplib.IMAP4("127.0.0.1", port)
    box.login(user, password)
    box.select("inbox")
    numbers = box.search(None, "ALL")[1][0].split()
    out = [box.fetch(number, "(RFC822)")[1][0][1] for number in numbers]
    box.logout()
    return out


def by_poplib(port, user, password):
    box = poplib.POP3("127.0.0.1", port)
    box.user(user), box.pass_(password)
    out = [b"\r\n".join(box.retr(number + 1)[1]) + b"\r\n" for number in range(box.stat()[0])]
    box.quit()
    return out


class Reader:
    """A configuration in a folder of its own; mixed into a test case that says where the mailbox is: self.user, self.password,
    self.ca, and endpoint(over, security)."""

    over = "pop3"

    def configuration(self, security="tls", **changed):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="smtplab-fetch-")))
        prefix = "pop" if self.over == "pop3" else "imap"
        settings = {"user": self.user, "password": self.password, f"{prefix}_url": "localhost",
                    f"{prefix}_port": self.endpoint(security), "ca": str(self.ca), "security": security, **changed}
        (folder / "email_config.json").write_text(json.dumps(settings), "utf-8")
        return folder

    def fetch(self, folder, *arguments, **more):
        over = ["--pop3"] if self.over == "pop3" else []
        return smtplab("fetch", *over, "--config", folder / "email_config.json", *arguments, **more)

    def emails(self, folder, name="emails.json"):
        return json.loads((folder / name).read_text("utf-8"))

    def without_saved(self, mails):
        return [{**mail, "Attachments": [{key: value for key, value in one.items() if key != "Saved"}
                                         for one in mail["Attachments"]]} for mail in mails]


class Same(Reader):
    def test_every_mail_is_as_it_should_be(self):
        folder = self.configuration()
        said = self.fetch(folder, "--attachments", folder / "files")
        self.assertEqual(self.emails(folder), NEWEST_FIRST)
        for mail in self.emails(folder):
            for one in mail["Attachments"]:
                self.assertEqual((folder / "files" / one["Saved"]).stat().st_size, one["Size"])
        self.assertNotIn(self.password, said)
        self.assertIn(f"{len(MAILS)} new in", said)
        self.assertIn("The last mail:", said)
        self.assertFalse([line for line in said.splitlines() if "\x1b" in line or "\x07" in line])

    def test_each_security(self):
        for security in ("none", "starttls", "tls"):
            with self.subTest(security):
                folder = self.configuration(security)
                self.fetch(folder)
                self.assertEqual(self.emails(folder), self.without_saved(NEWEST_FIRST))

    def test_a_second_run_fetches_only_what_is_new(self):
        folder = self.configuration()
        self.fetch(folder)
        before = (folder / "emails.json").read_bytes()
        said = self.fetch(folder)
        self.assertIn(f"{len(MAILS)} in the mailbox, 0 to fetch", said)
        self.assertEqual((folder / "emails.json").read_bytes(), before)
        self.add(b"From: new@example.org\nSubject: new\n\nnew\n")
        self.assertIn(f"{len(MAILS) + 1} in the mailbox, 1 to fetch", self.fetch(folder))
        self.assertEqual([mail["Subject"] for mail in self.emails(folder)][:1], ["new"])
        self.assertEqual(len(self.emails(folder)), len(MAILS) + 1)

    def test_the_newest_only(self):
        folder = self.configuration()
        self.fetch(folder, "--newest", "3")
        self.assertEqual(self.emails(folder), self.without_saved(NEWEST_FIRST[:3]))
        self.fetch(folder)  # and then the rest, in its place
        self.assertEqual(self.emails(folder), self.without_saved(NEWEST_FIRST))

    def test_the_report_reads_the_same(self):
        folder = self.configuration()
        self.fetch(folder)
        ours = self.emails(folder)[::-1]
        theirs = [mailbox_rows.by_the_report(octets) for octets in self.octets()]
        self.assertEqual(len(ours), len(theirs))
        for name, mine, report in zip(NAMES, ours, theirs):
            for key in {"From", "Subject", "Body"} - set(mailbox_rows.REPORT_FAILS.get(name, ())):
                with self.subTest(name, key=key):
                    self.assertEqual(" ".join(mine[key].split()) if key != "Body" else mine[key],
                                     " ".join(report[key].split()) if key != "Body" else report[key])

    def test_in_chinese_and_refused(self):
        folder = self.configuration(password="wrong-password")
        said = self.fetch(folder, "--lang", "zh", status=peer.FAILED)
        self.assertIn("被拒绝的阶段：login（登录）", said)
        self.assertNotIn("wrong-password", said)
        self.assertFalse((folder / "emails.json").exists())
        self.assertEqual(sorted(path.name for path in folder.iterdir()), ["email_config.json"])

    def test_a_certificate_of_nobody(self):
        folder = self.configuration(ca="")
        said = self.fetch(folder, status=peer.NETWORK)
        self.assertIn("Ended at stage: tls", said)
        self.assertIn("Why", said)


@unittest.skipIf(dovecot.obstacle(), dovecot.obstacle())
class DovecotOverPop3(Same, peer.Case):
    user, password = "alice", dovecot.PASSWORD

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(dovecot.Dovecot())
        cls.ca = cls.server.ca

    def setUp(self):
        self.server.mailbox(self.user, MAILS)

    def endpoint(self, security):
        return self.server.tls_port if security == "tls" else self.server.port

    def add(self, octets):
        path = self.server.mail / self.user / "new" / "999.of.the.test"
        path.write_bytes(octets)
        if os.geteuid() == 0:
            os.chown(path, self.server.account.pw_uid, self.server.account.pw_gid)

    def octets(self):
        return by_poplib(self.server.port, self.user, self.password)

    def flags(self):
        """Of each message, as the names of its files say them; POP3 may let Dovecot note what was read."""
        return {path.name.split(",S=")[0].split(":2,")[0]: path.name.partition(":2,")[2]
                for path in (self.server.mail / self.user).rglob("*.of.the.test*")}

    def test_nothing_is_changed(self):
        before = self.flags()
        self.fetch(self.configuration())
        self.assertEqual(before.keys(), self.flags().keys())
        if self.over == "imap":
            self.assertEqual(set(self.flags().values()), {""})


class DovecotOverImap(DovecotOverPop3):
    over = "imap"

    def endpoint(self, security):
        return self.server.imap_tls_port if security == "tls" else self.server.imap_port

    def octets(self):
        return by_imaplib(self.server.imap_port, self.user, self.password)


class MockOverPop3(Same, Mailbox):
    def setUp(self):
        super().setUp()
        self.user, self.password, self.ca = self.alice.user, self.alice.password, self.mock.ca
        self.deliver(*(octets.replace(b"\n", b"\r\n") for octets in MAILS))

    def endpoint(self, security):
        return self.mock.ports["pop3s" if security == "tls" else "pop3"]

    def add(self, octets):
        self.deliver(octets.replace(b"\n", b"\r\n"))

    def octets(self):
        return by_poplib(self.mock.ports["pop3"], self.user, self.password)


@unittest.skipUnless(b"--imap " in peer.run(peer.MOCK, "--help").stdout, "the mock speaks no IMAP")
class MockOverImap(MockOverPop3):
    over = "imap"

    def setUp(self):
        self.mock = self.enterContext(Neutral(arguments=("--imap", "0", "--imaps", "0")))
        self.alice = accounts()[0]
        self.user, self.password, self.ca = self.alice.user, self.alice.password, self.mock.ca
        self.deliver(*(octets.replace(b"\n", b"\r\n") for octets in MAILS))

    def endpoint(self, security):
        return self.mock.ports["imaps" if security == "tls" else "imap"]

    def octets(self):
        return by_imaplib(self.mock.ports["imap"], self.user, self.password)


del Mailbox, Same  # their own tests run where they stand


if __name__ == "__main__":
    peer.main()
