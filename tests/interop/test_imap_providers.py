"""What real clients hear from the providers over IMAP: Python's imaplib as a course report uses it, at 163 with and without ID."""
import imaplib
import smtplib
import ssl

import peer


class Provider(peer.Mock):
    """A provider that speaks IMAP, with TLS from the start."""

    def __init__(self, scenario):
        self.ca = peer.tempfile.NamedTemporaryFile(suffix=".pem")
        super().__init__(scenario, arguments=("--imap", "0", "--imaps", "0", "--ca-out", self.ca.name), store=False)

    def connect(self):
        context = ssl.create_default_context(cafile=self.ca.name)
        return imaplib.IMAP4_SSL("127.0.0.1", self.ports["imaps"], ssl_context=context)


class Report(peer.Case):
    """IMAP4_SSL, login, select('inbox'), search(None, 'ALL'), fetch(i, '(RFC822)'), logout."""

    def read(self, box, user, password, identify=None):
        box.login(user, password)
        if identify:
            imaplib.Commands["ID"] = ("AUTH",)
            box._simple_command("ID", identify)
        box.select("inbox")
        found = box.search(None, "ALL")[1][0].split()
        mails = [box.fetch(number, "(RFC822)")[1][0][1] for number in found]
        box.logout()
        return mails

    def test_163_opens_nothing_without_id(self):
        with Provider("netease-imap") as mock:
            box = mock.connect()
            box.login(peer.USER, peer.PASSWORD)
            self.assertEqual(box.select("inbox"), ("NO", [b"SELECT Unsafe Login. Please contact kefu@188.com for help"]))
            with self.assertRaisesRegex(imaplib.IMAP4.error, "illegal in state AUTH"):
                box.search(None, "ALL")
            box.logout()

    def test_163_opens_with_it(self):
        with Provider("netease-imap") as mock:
            mails = self.read(mock.connect(), peer.USER, peer.PASSWORD, '("name" "report" "version" "1.0")')
            self.assertEqual(len(mails), 2)
            self.assertIn(b"Subject: Lunch\r\n", mails[0])

    def test_the_same_program_reads_at_qq_and_gmail(self):
        for scenario, user, password in (("qq-imap", "alice@qq.com", "mwqkzrtxvbnlphjd"), ("gmail-imap", "alice@gmail.com", "abcdefghijklmnop")):
            with self.subTest(scenario), Provider(scenario) as mock:
                self.assertEqual(len(self.read(mock.connect(), user, password)), 2)

    def test_refusals_are_the_providers_own(self):
        for scenario, user, words in (
                ("qq-imap", "alice@qq.com", "Login fail. Account is abnormal, service is not open, password is incorrect"),
                ("gmail-imap", "alice@gmail.com", r"\[ALERT\] Application-specific password required"),
                ("outlook-imap", "alice@contoso.onmicrosoft.com", "Basic authentication is disabled."),
                ("dovecot-imap", "alice@example.org", r"\[AUTHENTICATIONFAILED\] Authentication failed."),
                ("cyrus-imap", "alice@example.org", "Login failed: authentication failure"),
                ("courier-imap", "alice@example.org", "Login failed.")):
            with self.subTest(scenario), Provider(scenario) as mock:
                with mock.connect() as box, self.assertRaisesRegex(imaplib.IMAP4.error, words):
                    box.login(user, "account-password")


class Folders(peer.Case):
    def test_folders_are_the_providers(self):
        with Provider("netease-imap") as mock:
            box = mock.connect()
            box.login(peer.USER, peer.PASSWORD)
            lines = box.list()[1]
            for line in (b'() "/" "INBOX"', b'(\\Sent) "/" "&XfJT0ZAB-"', b'(\\Junk) "/" "&V4NXPpCuTvY-"', b'(\\Trash) "/" "&XfJSIJZk-"'):
                self.assertIn(line, lines)
            box.logout()

    def assert_holds(self, mock, folders):
        """Of each folder of the first account the subject and flags of its one message, or nothing where it is empty."""
        with imaplib.IMAP4("127.0.0.1", mock.ports["imap"]) as box:
            box.login(peer.USER, peer.PASSWORD)
            for folder, held in folders.items():
                self.assertEqual(box.select(f'"{folder}"')[1], [b"1" if held else b"0"], folder)
                if held:
                    flags, field = box.fetch("1", "(FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1][0]
                    self.assertIn(held[0], field)
                    self.assertEqual(b"\\Seen" in flags, held[1])

    def test_163_keeps_what_is_sent(self):
        for store in (False, True):
            with self.subTest(store=store), peer.Mock("netease", arguments=("--imap", "0"), store=store) as mock:
                with smtplib.SMTP("127.0.0.1", mock.port) as client:
                    client.login(peer.USER, peer.PASSWORD)
                    client.sendmail(peer.USER, [peer.OTHER_USER], f"From: {peer.USER}\r\nTo: {peer.OTHER_USER}\r\nSubject: Report\r\n\r\nHere it is.\r\n")
                self.assert_holds(mock, {"INBOX": None, "&XfJT0ZAB-": (b"Subject: Report", True), "&V4NXPpCuTvY-": None})

    def test_163_puts_junk_aside_and_says_why(self):
        for store in (False, True):
            with self.subTest(store=store), peer.Mock("netease/receiving-side", arguments=("--imap", "0"), store=store) as mock:
                with smtplib.SMTP("127.0.0.1", mock.port) as client:
                    client.sendmail("carol@example.net", [peer.USER], f"From: carol@example.net\r\nTo: {peer.USER}\r\nSubject: You won the lottery\r\n\r\nSend money.\r\n")
                self.assert_holds(mock, {"INBOX": None, "&V4NXPpCuTvY-": (b"lottery", False)})
                self.assertIn("junk folder", mock.events_file.read_text())


if __name__ == "__main__":
    peer.main()
