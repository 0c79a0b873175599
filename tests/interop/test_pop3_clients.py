"""Programs of other people fetch from the mock over POP3: in clear, with STLS and inside TLS from the start. What they store is
what was delivered.
"""
import contextlib
import mailbox
import os
import pathlib
import poplib
import pwd
import ssl
import tempfile

import mta
import peer
import readers
from neutral import Neutral, accounts

LETTERS = (b"From: bob@mock.example\r\nTo: alice@mock.example\r\nSubject: one\r\n\r\nHello\r\n",
           b"From: bob@mock.example\r\nTo: alice@mock.example\r\nSubject: dots\r\n\r\n.hidden\r\n..\r\n.\r\nend\r\n",
           b"From: bob@mock.example\r\nTo: alice@mock.example\r\nSubject: =?utf-8?b?5L2g5aW9?=\r\nMIME-Version: 1.0\r\n"
           b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + "你好\r\n".encode() * 3000)
CLEAR, STLS, IMPLICIT = "in clear", "STLS", "TLS from the start"


class Clients(peer.Case):
    def setUp(self):
        self.mock = self.enterContext(Neutral(arguments=("--pop3", "0", "--pop3s", "0")))
        self.alice = accounts()[0]
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="smtplab-pop3-")))
        self.deliver()

    def deliver(self):
        with self.mock.connect() as talk:
            talk.login(self.alice.user, self.alice.password)
            for letter in LETTERS:
                stuffed = b"".join(b"." * line.startswith(b".") + line for line in letter.splitlines(keepends=True))
                talk.ask(b"MAIL FROM:<%s> BODY=8BITMIME" % self.alice.user.encode(), 250)
                talk.ask(b"RCPT TO:<%s>" % self.alice.user.encode(), 250)
                talk.ask(b"DATA", 354)
                talk.ask(stuffed + b".", 250)

    def port(self, security):
        return self.mock.ports["pop3s" if security == IMPLICIT else "pop3"]

    def in_the_mailbox(self):
        """How many are left."""
        client = poplib.POP3("127.0.0.1", self.mock.ports["pop3"], timeout=peer.PATIENCE)
        client.user(self.alice.user)
        client.pass_(self.alice.password)
        count = client.stat()[0]
        client.quit()
        return count

    def check(self, stored):
        readers.is_stored(self, LETTERS, stored)


class Poplib(Clients):
    def connect(self, security):
        context = ssl.create_default_context(cafile=self.mock.ca)
        if security == IMPLICIT:
            return poplib.POP3_SSL("localhost", self.port(security), timeout=peer.PATIENCE, context=context)
        client = poplib.POP3("localhost", self.port(security), timeout=peer.PATIENCE)
        if security == STLS:
            client.stls(context)
        return client

    def test_it_fetches(self):
        for security in (CLEAR, STLS, IMPLICIT):
            with self.subTest(security):
                client = self.connect(security)
                client.user(self.alice.user)
                client.pass_(self.alice.password)
                self.assertEqual(client.stat(), (len(LETTERS), sum(map(len, LETTERS))))
                sizes = [int(line.split()[1]) for line in client.list()[1]]
                self.assertEqual(sizes, [len(letter) for letter in LETTERS])
                self.assertEqual([b"\r\n".join(client.retr(number)[1]) + b"\r\n" for number in (1, 2, 3)], list(LETTERS))
                self.assertEqual(client.top(2, 1)[1][-2:], [b"", b".hidden"])
                self.assertEqual(len({line.split()[1] for line in client.uidl()[1]}), len(LETTERS))
                client.quit()

    def test_apop(self):
        client = self.connect(CLEAR)
        client.apop(self.alice.user, self.alice.password)
        client.dele(1)
        client.quit()
        self.assertEqual(self.in_the_mailbox(), len(LETTERS) - 1)

    def test_a_wrong_password(self):
        client = self.connect(CLEAR)
        self.addCleanup(client.close)
        client.user(self.alice.user)
        with self.assertRaisesRegex(poplib.error_proto, r"\[AUTH\]"):
            client.pass_("wrong")


class Curl(Clients):
    def test_it_fetches(self):
        for security in (CLEAR, STLS, IMPLICIT):
            for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5", "+APOP"):
                with self.subTest(security, mechanism=mechanism):
                    scheme = "pop3s" if security == IMPLICIT else "pop3"
                    options = ["--disable", "--silent", "--show-error", "--max-time", peer.PATIENCE, "--cacert", self.mock.ca,
                               "--user", f"{self.alice.user}:{self.alice.password}", "--login-options", "AUTH=" + mechanism]
                    if security == STLS:
                        options.append("--ssl-reqd")
                    for number, letter in enumerate(LETTERS, 1):
                        done = peer.run("curl", *options, f"{scheme}://localhost:{self.port(security)}/{number}")
                        self.assertEqual(done.stdout, letter)


class Fetchmail(Clients):
    def test_it_fetches_and_removes(self):
        for security in (CLEAR, STLS, IMPLICIT):
            with self.subTest(security):
                box = self.folder / security.replace(" ", "-")
                tls = {CLEAR: "sslproto ''", STLS: f"sslproto TLS1.2+ sslcertfile {self.mock.ca}",
                       IMPLICIT: f"ssl sslcertfile {self.mock.ca}"}[security]
                self.check(readers.fetchmail(self.folder, self.alice, "pop3", self.port(security), tls, box))
                self.assertEqual(self.in_the_mailbox(), 0)
                self.deliver()


class Getmail(Clients):
    def test_it_fetches(self):
        for security in (CLEAR, IMPLICIT):
            with self.subTest(security):
                box = self.folder / security.replace(" ", "-")
                for part in ("new", "cur", "tmp"):
                    (box / part).mkdir(parents=True)
                kind, tls = ("SimplePOP3SSLRetriever", f"ca_certs = {self.mock.ca}\n") if security == IMPLICIT else (
                    "SimplePOP3Retriever", "")
                (self.folder / "getmailrc").write_text(
                    f"[retriever]\ntype = {kind}\nserver = localhost\nport = {self.port(security)}\n{tls}"
                    f"username = {self.alice.user}\npassword = {self.alice.password}\n"
                    f"[destination]\ntype = Maildir\npath = {box}/\n{self.stand_in(box)}"
                    "[options]\nread_all = true\ndelivered_to = false\nreceived = false\n")
                peer.run("/usr/bin/python3", mta.find("getmail6/usr/bin/getmail"), "--getmaildir", self.folder, "--quiet",
                         env=peer.clean_environment(PYTHONPATH=str(mta.find("getmail6/usr/lib/python3/dist-packages"))))
                self.check([file.read_bytes() for file in (box / "new").iterdir()])

    def stand_in(self, box):
        """It delivers nothing as root: somebody else owns the Maildir then."""
        if os.geteuid() != 0:
            return ""
        account = pwd.getpwnam("nobody")
        self.folder.chmod(0o755)
        for path in (box, *box.iterdir()):
            os.chown(path, account.pw_uid, account.pw_gid)
        return f"user = {account.pw_name}\n"


class Mutt(Clients):
    def test_it_reads_and_saves(self):
        for security in (CLEAR, STLS, IMPLICIT):
            with self.subTest(security):
                scheme = "pops" if security == IMPLICIT else "pop"
                box = self.folder / (security.replace(" ", "-") + ".mbox")
                settings = self.folder / "muttrc"
                settings.write_text(
                    f"set pop_user=\"{self.alice.user}\" pop_pass=\"{self.alice.password}\"\n"
                    f"set ssl_starttls={'yes' if security == STLS else 'no'} ssl_force_tls={'no' if security == CLEAR else 'yes'}\n"
                    f"set certificate_file={self.mock.ca}\nset pop_delete=no pop_last=no confirmcreate=no confirmappend=no\n"
                    f"set folder={self.folder} mbox_type=mbox delete=no dotlock_program={mta.find('mutt/usr/bin/mutt_dotlock')}\n"
                    f"push '<tag-pattern>~A<enter><tag-prefix><copy-message>{box}<enter><quit>'\n")
                readers.mutt(settings, f"{scheme}://localhost:{self.port(security)}")
                with contextlib.closing(mailbox.mbox(box)) as stored:
                    self.check([message.as_bytes() for message in stored])


if __name__ == "__main__":
    peer.main()
