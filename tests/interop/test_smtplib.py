"""Python's smtplib against the mock: logins, refusals, and messages that have to arrive byte for byte.

Runs in: both. What people run is the release build.
"""
import smtplib
import ssl
import threading

from peer import OTHER_USER, PASSWORD, USER, Case, Mock, main

HEADERS = b"From: Alice <alice@163.com>\r\nTo: Bob <bob@163.com>\r\nSubject: smtplib\r\n\r\n"

# Name, what is given to smtplib, what has to be in the store. smtplib ends the last line itself.
MESSAGES = [
    ("plain text", HEADERS + b"Hello Bob\r\n", None),
    ("lines that begin with dots", HEADERS + b".\r\n..\r\n.hidden\r\nand . inside\r\n", None),
    ("a dot as the last line", HEADERS + b"text\r\n.\r\n", None),
    ("a dot as the very first line", b".first\r\nSubject: odd\r\n\r\nbody\r\n", None),
    ("no body", HEADERS, None),
    ("nothing but a line end", b"\r\n", None),
    ("no line end at the end", HEADERS + b"no end", HEADERS + b"no end\r\n"),
    ("several empty lines at the end", HEADERS + b"text\r\n\r\n\r\n", None),
    ("a line of 998 octets", HEADERS + b"x" * 998 + b"\r\n", None),
    ("a line of 5,000 octets", HEADERS + b"y" * 5000 + b"\r\n", None),
    ("8-bit text", HEADERS + "你好，Bob ☺\r\n".encode() + "你好\r\n".encode("gbk") + bytes(range(128, 256)) + b"\r\n", None),
    ("a megabyte", HEADERS + (b"0123456789abcdef" * 4 + b"\r\n") * 15888, None),
    ("a megabyte of dots", HEADERS + b".\r\n" * 349525, None),
]


def client(mock, **more):
    return smtplib.SMTP("127.0.0.1", mock.port, local_hostname="client.example", timeout=60, **more)


class Netease(Case):
    def setUp(self):
        self.mock = self.enterContext(Mock("netease/first-mail"))

    def test_login_with_either_mechanism(self):
        for mechanism in ("LOGIN", "PLAIN"):
            for at_once in (True, False):
                with self.subTest(mechanism=mechanism, initial_response=at_once), client(self.mock) as smtp:
                    smtp.ehlo()
                    self.assertEqual(smtp.esmtp_features["auth"].split(), ["LOGIN", "PLAIN"] * 2)
                    smtp.user, smtp.password = USER, PASSWORD
                    answer = smtp.auth(mechanism, getattr(smtp, "auth_" + mechanism.lower()), initial_response_ok=at_once)
                    self.assertEqual(answer, (235, b"Authentication successful"))
                    self.assertEqual(smtp.mail(USER), (250, b"Mail OK"))

    def test_login_of_the_library_s_own_choice(self):
        with client(self.mock) as smtp:
            self.assertEqual(smtp.login(USER, PASSWORD), (235, b"Authentication successful"))

    def test_a_wrong_login_is_refused_in_the_provider_s_own_words(self):
        wrong = [(USER, "account-password"), (USER, PASSWORD + "\n"), (USER, "nonsense"), (USER, ""), ("alise@163.com", PASSWORD),
                 ("alice", PASSWORD)]
        for user, password in wrong:
            with self.subTest(user=user, password=password), client(self.mock) as smtp:
                with self.assertRaises(smtplib.SMTPAuthenticationError) as refused:
                    smtp.login(user, password)
                self.assertEqual(refused.exception.smtp_code, 535)
                self.assertEqual(refused.exception.smtp_error, b"Error: authentication failed")
                # The connection goes on: the right login on it works.
                self.assertEqual(smtp.login(USER, PASSWORD)[0], 235)

    def test_without_login_no_sender_is_taken(self):
        with client(self.mock) as smtp, self.assertRaises(smtplib.SMTPSenderRefused) as refused:
            smtp.sendmail(USER, OTHER_USER, HEADERS)
        self.assertEqual(refused.exception.smtp_code, 553)
        self.assertRegex(refused.exception.smtp_error, rb"^authentication is required,163 smtp11,\S{20,} \d{10}$")

    def test_a_sender_who_did_not_log_in_is_refused(self):
        for sender, text in ((OTHER_USER, rb"^Mail from must equal authorized user$"), ("a@example.org", rb"^Local user only,163 ")):
            with self.subTest(sender=sender), client(self.mock) as smtp:
                smtp.login(USER, PASSWORD)
                with self.assertRaises(smtplib.SMTPSenderRefused) as refused:
                    smtp.sendmail(sender, OTHER_USER, HEADERS)
                self.assertEqual(refused.exception.smtp_code, 553)
                self.assertRegex(refused.exception.smtp_error, text)

    def test_an_unknown_recipient_is_refused_and_the_others_get_the_mail(self):
        with client(self.mock) as smtp:
            smtp.login(USER, PASSWORD)
            with self.assertRaises(smtplib.SMTPRecipientsRefused) as refused:
                smtp.sendmail(USER, "nobody@163.com", HEADERS)
            self.assertEqual(refused.exception.recipients, {"nobody@163.com": (550, b"User not found: nobody@163.com")})
            left_out = smtp.sendmail(USER, ["nobody@163.com", OTHER_USER], HEADERS + b"some\r\n")
            self.assertEqual(list(left_out), ["nobody@163.com"])
        message, envelope = self.mock.only_message(OTHER_USER)
        self.assertEqual(message, HEADERS + b"some\r\n")
        self.assertEqual(envelope["forward_paths"], [OTHER_USER])

    def test_several_recipients_and_bcc(self):
        recipients = [OTHER_USER, USER, "carol@example.org", "secret@example.net"]  # the last one is in no header: Bcc
        with client(self.mock) as smtp:
            smtp.login(USER, PASSWORD)
            self.assertEqual(smtp.sendmail(USER, recipients, HEADERS + b"to all\r\n"), {})
        for mailbox in (OTHER_USER, USER, "other"):
            message, envelope = self.mock.only_message(mailbox)
            self.assertEqual(message, HEADERS + b"to all\r\n", mailbox)
            self.assertNotIn(b"secret", message)
            self.assertEqual(envelope["forward_paths"], recipients, "the envelope is kept beside the message, as it was said")
            self.assertEqual((envelope["reverse_path"], envelope["user"], envelope["client"]), (USER, USER, "client.example"))
            self.assertRegex(envelope["client_address"], r"^127\.0\.0\.1:\d+$")
            self.assertRegex(envelope["received"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual(sorted(path.name for path in self.mock.store.iterdir()), sorted([USER, OTHER_USER, "other"]))

    def test_a_message_arrives_byte_for_byte(self):
        for name, given, stored in MESSAGES:
            with self.subTest(name), Mock("netease/first-mail", events=False) as mock, client(mock) as smtp:
                smtp.login(USER, PASSWORD)
                smtp.sendmail(USER, OTHER_USER, given)
                self.assertTrue(mock.only_message(OTHER_USER)[0] == (stored or given), "not what was sent")


class QQ(Case):
    def test_the_authorization_code_is_wanted(self):
        with Mock("qq/authorization-code") as mock:
            with client(mock) as smtp:
                with self.assertRaises(smtplib.SMTPAuthenticationError) as refused:
                    smtp.login("alice@qq.com", "account-password")
                self.assertEqual(refused.exception.smtp_code, 535)
                self.assertTrue(refused.exception.smtp_error.startswith(b"Login "), refused.exception.smtp_error)
                self.assertEqual(smtp.login("alice@qq.com", "qkzvtnmxwpjrdhbc")[0], 235)
                smtp.sendmail("alice@qq.com", "bob@qq.com", HEADERS + b"from QQ\r\n")
            self.assertEqual(mock.only_message("bob@qq.com")[0], HEADERS + b"from QQ\r\n")


class Encrypted(Case):
    """163 and QQ offer STARTTLS beside AUTH, and so does every lesson of theirs that itself goes without it."""
    def test_starttls_then_login(self):
        for scenario, user, password in (("netease/first-mail", USER, PASSWORD), ("netease", USER, PASSWORD),
                                         ("qq/sender-mismatch", "alice@qq.com", "qkzvtnmxwpjrdhbc")):
            with self.subTest(scenario), Mock(scenario) as mock, client(mock) as smtp:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                self.assertEqual(smtp.starttls(context=context)[0], 220)
                self.assertEqual(smtp.login(user, password)[0], 235)
                smtp.sendmail(user, user, HEADERS + b"encrypted\r\n")


class AcceptAll(Case):
    def test_a_message_arrives_byte_for_byte(self):
        for name, given, stored in MESSAGES:
            with self.subTest(name), Mock() as mock, client(mock) as smtp:
                smtp.ehlo()
                self.assertIn("size", smtp.esmtp_features)  # so that sendmail gives the SIZE parameter
                smtp.sendmail("a@example.org", "b@example.org", given, mail_options=["BODY=8BITMIME"])
                message, envelope = mock.only_message("other")
                self.assertTrue(message == (stored or given), "not what was sent")
                self.assertEqual(envelope["user"], "")
                mail = next(event["text"] for event in mock.events() if event.get("input") == "mail")
                self.assertRegex(mail, r"^(?i:mail from):<a@example\.org> (?i:size)=\d+ BODY=8BITMIME")

    def test_a_size_that_is_announced_and_too_large_is_refused(self):
        with Mock() as mock, client(mock) as smtp:
            smtp.ehlo()
            self.assertEqual(smtp.mail("a@example.org", ["SIZE=37748737"])[0], 552)
            self.assertEqual(smtp.mail("a@example.org", ["SIZE=37748736"])[0], 250)

    def test_the_null_sender_and_several_messages_on_one_connection(self):
        with Mock() as mock, client(mock) as smtp:
            for number in range(3):
                smtp.sendmail("", ["b@example.org"], HEADERS + b"%d\r\n" % number)
            self.assertEqual(sorted(mock.messages("other")), [HEADERS + b"%d\r\n" % number for number in range(3)])
            self.assertEqual({envelope["reverse_path"] for envelope in mock.envelopes("other")}, {""})

    def test_many_clients_at_once(self):
        clients, each = 20, 5
        sent = {(who, number): HEADERS + b"client %d message %d\r\n" % (who, number) + b".dots\r\n" * (who * 50)
                for who in range(clients) for number in range(each)}
        failures = []
        together = threading.Barrier(clients)

        def send(who, mock):
            try:
                with client(mock) as smtp:
                    together.wait(60)  # all are connected before the first one sends
                    for number in range(each):
                        smtp.sendmail(f"c{who}@example.org", ["b@example.org"], sent[who, number])
            except Exception as error:  # pylint: disable=broad-except
                failures.append((who, error))
                together.abort()

        with Mock() as mock:
            threads = [threading.Thread(target=send, args=(who, mock)) for who in range(clients)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(failures, [])
            self.assertTrue(sorted(mock.messages("other")) == sorted(sent.values()), "not what was sent")
            self.assertEqual(len(mock.envelopes("other")), clients * each)


if __name__ == "__main__":
    main()
