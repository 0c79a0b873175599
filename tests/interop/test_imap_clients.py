"""Programs that other people have written read and keep the mock's mailboxes over IMAP: in clear, by STARTTLS, inside TLS.

Runs in: release. Right clients: the table of the wire meets the sanitizers.
"""
import imaplib
import mailbox
import pathlib
import ssl
import tempfile

import mta
import peer
import readers
from neutral import Neutral, accounts

CLEAR, STARTTLS, IMPLICIT = "in clear", "STARTTLS", "TLS"
LETTERS = (
    b"Subject: one\r\nMessage-ID: <1@client.example>\r\nFrom: bob@client.example\r\nTo: alice@mock.example\r\n"
    b"Date: Mon, 2 Nov 2026 09:15:00 +0800\r\n\r\nHello\r\n",
    b"Subject: two\r\nMessage-ID: <2@client.example>\r\nFrom: bob@client.example\r\nTo: alice@mock.example\r\n"
    b"Date: Tue, 3 Nov 2026 09:15:00 +0800\r\n\r\n.hidden\r\n..\r\n.\r\nend\r\n",
    b"Subject: three\r\nMessage-ID: <3@client.example>\r\nFrom: bob@client.example\r\nTo: alice@mock.example\r\n"
    b"Date: Wed, 4 Nov 2026 09:15:00 +0800\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\xe4\xbd\xa0\xe5\xa5\xbd\r\n",
)


class Clients(peer.Case):
    may_be_told = ()  # ids of warnings, and why they are right

    def setUp(self):
        self.mock = self.enterContext(Neutral(arguments=("--imap", "0", "--imaps", "0")))
        self.addCleanup(self.check_findings)
        self.alice = accounts()[0]
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="smtplab-imap-")))
        self.fill()

    def check_findings(self):
        """None of them is told of an error, and of what else only what it really does."""
        def is_over():
            kinds = [event["kind"] for event in self.mock.events()]
            return kinds.count("connected") == kinds.count("closed")
        peer.until(is_over, "the end of all connections")
        told = {event["id"] for event in self.mock.events() if event["kind"] == "finding"}
        self.assertEqual(told - set(self.may_be_told), set())

    def fill(self):
        client = self.login()
        for letter in LETTERS:
            client.append("INBOX", None, None, letter)
        client.logout()

    def login(self):
        client = imaplib.IMAP4("127.0.0.1", self.mock.ports["imap"], timeout=peer.PATIENCE)
        client.login(self.alice.user, self.alice.password)
        return client

    def port(self, security):
        return self.mock.ports["imaps" if security == IMPLICIT else "imap"]

    def flags(self, folder="INBOX"):
        client = self.login()
        count = int(client.select(folder, readonly=True)[1][0])
        told = client.fetch("1:*", "(FLAGS)")[1] if count else []
        client.logout()
        return [imaplib.ParseFlags(line) for line in told if line]

    def check(self, stored):
        readers.is_stored(self, LETTERS, stored)


class Imaplib(Clients):
    may_be_told = ("fetch-sets-seen",  # the report's way does
                   "no-logout")        # behind a wrong password

    def connect(self, security):
        context = ssl.create_default_context(cafile=self.mock.ca)
        if security == IMPLICIT:
            return imaplib.IMAP4_SSL("localhost", self.port(security), ssl_context=context, timeout=peer.PATIENCE)
        client = imaplib.IMAP4("localhost", self.port(security), timeout=peer.PATIENCE)
        if security == STARTTLS:
            client.starttls(context)
        return client

    def test_as_the_course_report_reads(self):
        for security in (CLEAR, STARTTLS, IMPLICIT):
            with self.subTest(security):
                client = self.connect(security)
                client.login(self.alice.user, self.alice.password)
                client.select("inbox")
                status, found = client.search(None, "ALL")
                self.assertEqual((status, found), ("OK", [b"1 2 3"]))
                fetched = [client.fetch(number, "(RFC822)")[1][0][1] for number in found[0].split()]
                self.assertEqual(fetched, list(LETTERS))
                self.assertEqual(client.logout()[0], "BYE")

    def test_it_changes_and_removes(self):
        client = self.connect(CLEAR)
        client.login(self.alice.user, self.alice.password)
        client.select()
        self.assertEqual(client.copy("1", "Trash")[0], "OK")
        self.assertEqual(client.store("1", "+FLAGS", "\\Deleted")[0], "OK")
        self.assertEqual(client.expunge(), ("OK", [b"1"]))
        self.assertEqual(client.uid("SEARCH", "SUBJECT", "two"), ("OK", [b"2"]))
        self.assertEqual(client.status("Trash", "(MESSAGES)"), ("OK", [b"Trash (MESSAGES 1)"]))
        client.logout()

    def test_a_wrong_password(self):
        client = self.connect(CLEAR)
        self.addCleanup(client.shutdown)
        with self.assertRaisesRegex(imaplib.IMAP4.error, r"\[AUTHENTICATIONFAILED\]"):
            client.login(self.alice.user, "wrong")


class Curl(Clients):
    may_be_told = ("fetch-sets-seen",)  # BODY[]

    def test_it_fetches(self):
        for security in (CLEAR, STARTTLS, IMPLICIT):
            for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5"):
                with self.subTest(security, mechanism=mechanism):
                    scheme = "imaps" if security == IMPLICIT else "imap"
                    options = ["--disable", "--silent", "--show-error", "--max-time", peer.PATIENCE, "--cacert", self.mock.ca,
                               "--user", f"{self.alice.user}:{self.alice.password}", "--login-options", "AUTH=" + mechanism]
                    if security == STARTTLS:
                        options.append("--ssl-reqd")
                    base = f"{scheme}://localhost:{self.port(security)}"
                    for number, letter in enumerate(LETTERS, 1):
                        done = peer.run("curl", *options, f"{base}/INBOX;MAILINDEX={number}")
                        self.assertEqual(done.stdout, letter)
                    self.assertIn(b"* SEARCH 2\r\n", peer.run("curl", *options, f"{base}/INBOX?SUBJECT%20two").stdout)

    def test_it_appends(self):
        letter = self.folder / "letter"
        letter.write_bytes(LETTERS[0])
        peer.run("curl", "--disable", "--silent", "--show-error", "--user", f"{self.alice.user}:{self.alice.password}", "-T", letter,
                 f"imap://localhost:{self.port(CLEAR)}/Sent")
        self.assertEqual(len(self.flags("Sent")), 1)


class Mbsync(Clients):
    def settings(self, security):
        tls = {CLEAR: "SSLType None", STARTTLS: f"SSLType STARTTLS\nCertificateFile {self.mock.ca}",
               IMPLICIT: f"SSLType IMAPS\nCertificateFile {self.mock.ca}"}[security]
        box = self.folder / ("mail-" + security.replace(" ", "-"))
        box.mkdir(exist_ok=True)
        settings = self.folder / "mbsyncrc"
        settings.write_text(f"IMAPStore far\nHost localhost\nPort {self.port(security)}\nUser {self.alice.user}\n"
                            f"Pass {self.alice.password}\n{tls}\nAuthMechs LOGIN\n\nMaildirStore near\nPath {box}/\n"
                            f"Inbox {box}/INBOX\nSubFolders Verbatim\n\nChannel all\nFar :far:\nNear :near:\nPatterns *\n"
                            "Create Both\nExpunge Both\nSyncState *\n")
        return settings, box

    def sync(self, settings):
        peer.run(mta.find("isync/usr/bin/mbsync"), "-c", settings, "all",
                 env=peer.clean_environment(LD_LIBRARY_PATH=mta.libraries()))

    def test_both_ways(self):
        for security in (CLEAR, STARTTLS, IMPLICIT):
            with self.subTest(security):
                settings, box = self.settings(security)
                self.sync(settings)
                files = [file for part in ("new", "cur") for file in (box / "INBOX" / part).iterdir()]
                self.check([file.read_bytes() for file in files])

    def test_flags_and_folders_go_the_other_way(self):
        settings, box = self.settings(CLEAR)
        self.sync(settings)
        one = next(file for part in ("new", "cur") for file in (box / "INBOX" / part).iterdir()
                   if b"Subject: two" in file.read_bytes())
        one.rename(box / "INBOX" / "cur" / (one.name.split(":")[0] + ":2,FS"))
        for part in ("new", "cur", "tmp"):
            (box / "Work" / part).mkdir(parents=True)
        (box / "Work" / "new" / "1.of.the.test").write_bytes(b"Subject: four\n\nx\n")
        self.sync(settings)
        self.assertIn({b"\\Flagged", b"\\Seen"}, [set(flags) - {b"\\Recent"} for flags in self.flags()])
        self.assertEqual(len(self.flags("Work")), 1)


class Fetchmail(Clients):
    def test_it_fetches_and_removes(self):
        for security in (CLEAR, STARTTLS, IMPLICIT):
            with self.subTest(security):
                box = self.folder / security.replace(" ", "-")
                tls = {CLEAR: "sslproto ''", STARTTLS: f"sslproto TLS1.2+ sslcertfile {self.mock.ca}",
                       IMPLICIT: f"ssl sslcertfile {self.mock.ca}"}[security]
                self.check(readers.fetchmail(self.folder, self.alice, "imap", self.port(security), tls, box))
                self.assertEqual(self.flags(), [])
                self.fill()


class Mutt(Clients):
    def test_it_reads_and_saves(self):
        for security in (CLEAR, STARTTLS, IMPLICIT):
            with self.subTest(security):
                scheme = "imaps" if security == IMPLICIT else "imap"
                box = self.folder / (security.replace(" ", "-") + ".mbox")
                settings = self.folder / "muttrc"
                settings.write_text(
                    f"set imap_user=\"{self.alice.user}\" imap_pass=\"{self.alice.password}\"\n"
                    f"set ssl_starttls={'yes' if security == STARTTLS else 'no'} "
                    f"ssl_force_tls={'no' if security == CLEAR else 'yes'}\n"
                    f"set certificate_file={self.mock.ca}\nset confirmcreate=no confirmappend=no\n"
                    f"set folder={self.folder} mbox_type=mbox delete=no dotlock_program={mta.find('mutt/usr/bin/mutt_dotlock')}\n"
                    f"push '<tag-pattern>~A<enter><tag-prefix><copy-message>{box}<enter><quit>'\n")
                readers.mutt(settings, f"{scheme}://localhost:{self.port(security)}/INBOX")
                stored = mailbox.mbox(box)
                self.check([message.as_bytes() for message in stored])
                stored.close()


class Offlineimap(Clients):
    def test_it_keeps_a_maildir_alike(self):
        box = self.folder / "mail"
        settings = self.folder / "offlineimaprc"
        settings.write_text(
            f"[general]\naccounts = a\nmetadata = {self.folder}/metadata\nui = quiet\n[Account a]\nlocalrepository = l\n"
            f"remoterepository = r\n[Repository l]\ntype = Maildir\nlocalfolders = {box}\n[Repository r]\ntype = IMAP\n"
            f"remotehost = localhost\nremoteport = {self.port(CLEAR)}\nssl = no\nstarttls = no\nremoteuser = {self.alice.user}\n"
            f"remotepass = {self.alice.password}\nauth_mechanisms = PLAIN\n")
        home = mta.find("offlineimap3/usr/share/offlineimap3")
        path = [str(home), *map(str, mta.PEERS.glob("*/usr/lib/python3/dist-packages"))]
        peer.run("/usr/bin/python3", home / "run", "-o", "-c", settings,
                 env=peer.clean_environment(PYTHONPATH=":".join(path)))
        files = [file for part in ("new", "cur") for file in (box / "INBOX" / part).iterdir()]
        self.check([file.read_bytes() for file in files])


class Imapfilter(Clients):
    HOME = b"/usr/share/imapfilter"  # where Debian would have installed what it reads: one path is written over the other

    def program(self):
        home = self.enterContext(tempfile.TemporaryDirectory(prefix="i", dir="/tmp"))
        for file in mta.find("imapfilter/usr/share/imapfilter").iterdir():
            (pathlib.Path(home) / file.name).write_bytes(file.read_bytes())
        octets = mta.find("imapfilter/usr/bin/imapfilter").read_bytes()
        program = self.folder / "imapfilter"
        program.write_bytes(octets.replace(self.HOME, home.encode().ljust(len(self.HOME), b"/")))
        program.chmod(0o755)
        return program

    def test_it_moves(self):
        settings = self.folder / "config.lua"
        settings.write_text("options.timeout = 20\noptions.certificates = false\noptions.starttls = false\noptions.create = true\n"
                            f"a = IMAP {{ server = 'localhost', port = {self.port(CLEAR)}, username = '{self.alice.user}', "
                            f"password = '{self.alice.password}' }}\n"
                            "found = a.INBOX:contain_subject('two')\nfound:move_messages(a['Work'])\n"
                            "a.INBOX:is_unseen():mark_seen()\n")
        peer.run(self.program(), "-c", settings,
                 env=peer.clean_environment(LD_LIBRARY_PATH=mta.libraries(), IMAPFILTER_HOME=str(self.folder)))
        self.assertEqual(len(self.flags("Work")), 1)
        self.assertEqual([b"\\Seen" in flags for flags in self.flags()], [True, True])


class MailImapClient(Clients):
    PROGRAM = """
use Mail::IMAPClient;
my ($port, $user, $password) = @ARGV;
my $c = Mail::IMAPClient->new(Server => 'localhost', Port => $port, User => $user, Password => $password, Uid => 1) or die $@;
print join(' ', sort $c->folders), "\\n";
$c->select('INBOX') or die $c->LastError;
my @all = $c->search('ALL');
print scalar(@all), "\\n", $c->subject($all[1]), "\\n", $c->message_string($all[0]);
$c->set_flag('Flagged', $all[0]) or die $c->LastError;
$c->move('Trash', $all[2]) or die $c->LastError;
$c->expunge or die $c->LastError;
$c->append_string('Sent', "Subject: four\\r\\n\\r\\nx\\r\\n", '\\Seen') or die $c->LastError;
$c->logout or die $c->LastError;
"""

    def test_it_reads_and_changes(self):
        perl = ":".join(str(folder) for folder in mta.PEERS.glob("*/usr/share/perl5"))
        done = peer.run("perl", "-e", self.PROGRAM, self.port(CLEAR), self.alice.user, self.alice.password,
                        env=peer.clean_environment(PERL5LIB=perl))
        head, rest = done.stdout.split(b"\n", 1)
        self.assertEqual(head, b"Drafts INBOX Junk Sent Trash")
        self.assertTrue(rest.startswith(b"3\ntwo\n" + LETTERS[0]), rest)
        self.assertEqual((len(self.flags()), len(self.flags("Trash")), len(self.flags("Sent"))), (2, 1, 1))


if __name__ == "__main__":
    peer.main()
