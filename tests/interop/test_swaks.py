"""swaks against the mock: its logins, in clear and inside TLS, its exit codes, and what is in the store afterwards.

Runs in: release. A right client: conformance asks for more under the sanitizers.
"""
from neutral import Neutral
from peer import OTHER_USER, PASSWORD, USER, Case, Mock, main, run

TLS_FAILED = 29  # exit codes of swaks
WRONG_LOGIN = 28
REFUSED_SENDER = 23
REFUSED_RECIPIENTS = 24

DATA = "From: alice@163.com\\nTo: bob@163.com\\nSubject: swaks\\n\\n"  # swaks makes line ends of \n itself
HEADERS = b"From: alice@163.com\r\nTo: bob@163.com\r\nSubject: swaks\r\n\r\n"


def swaks(mock, *arguments, status=0, sender=USER, recipient=OTHER_USER):
    done = run("swaks", "--server", "127.0.0.1", "--port", mock.port, "--helo", "client.example", "--from", sender, "--to", recipient,
               *arguments, status=status)
    return done.stdout.decode()


def login(mechanism, password=PASSWORD, user=USER):
    return ["--auth", mechanism, "--auth-user", user, "--auth-password", password]


class Netease(Case):
    def setUp(self):
        self.mock = self.enterContext(Mock("netease/first-mail"))

    def test_login_with_either_mechanism(self):
        for number, mechanism in enumerate(("LOGIN", "PLAIN"), 1):
            with self.subTest(mechanism):
                said = swaks(self.mock, *login(mechanism), "--data", DATA + mechanism)
                self.assertIn("<-  235 Authentication successful", said)
                self.assertIn("<-  250 Mail OK queued as smtp8,", said)
                self.assertEqual(len(self.mock.messages(OTHER_USER)), number)
        self.assertEqual(sorted(self.mock.messages(OTHER_USER)), [HEADERS + b"LOGIN\r\n", HEADERS + b"PLAIN\r\n"])
        self.assertEqual([envelope["user"] for envelope in self.mock.envelopes(OTHER_USER)], [USER, USER])

    def test_a_wrong_password_gets_the_provider_s_own_535(self):
        for mechanism in ("LOGIN", "PLAIN"):
            with self.subTest(mechanism):
                said = swaks(self.mock, *login(mechanism, "account-password"), status=WRONG_LOGIN)
                self.assertIn("<** 535 Error: authentication failed\n", said)
        self.assertEqual(self.mock.messages(OTHER_USER), [])

    def test_without_login_the_sender_is_refused(self):
        said = swaks(self.mock, status=REFUSED_SENDER)
        self.assertIn("<** 553 authentication is required,163 smtp11,", said)
        self.assertFalse(any(self.mock.store.iterdir()), "a refused mail is stored nowhere")

    def test_an_unknown_recipient_is_refused(self):
        said = swaks(self.mock, *login("LOGIN"), recipient="nobody@163.com", status=REFUSED_RECIPIENTS)
        self.assertIn("<** 550 User not found: nobody@163.com\n", said)

    def test_a_body_with_dots_arrives_as_it_was_written(self):
        swaks(self.mock, *login("LOGIN"), "--body", ".\\n..\\n.hidden\\nend")
        message, envelope = self.mock.only_message(OTHER_USER)
        self.assertIn(b"\r\n\r\n.\r\n..\r\n.hidden\r\nend\r\n", message)
        self.assertEqual((envelope["reverse_path"], envelope["forward_paths"]), (USER, [OTHER_USER]))


class AcceptAll(Case):
    def test_no_login_is_needed_and_several_recipients_get_one_copy(self):
        with Mock() as mock:
            swaks(mock, "--data", DATA + "to two", recipient="b@example.org,c@example.org")
            message, envelope = mock.only_message("other")
            self.assertEqual(message, HEADERS + b"to two\r\n")
            self.assertEqual(envelope["forward_paths"], ["b@example.org", "c@example.org"])

    def test_pipelined_commands(self):
        with Mock() as mock:
            swaks(mock, "--pipeline", "--data", DATA + "all at once")
            self.assertEqual(mock.only_message("other")[0], HEADERS + b"all at once\r\n")

    def test_a_login_is_not_on_offer(self):
        with Mock() as mock:
            said = swaks(mock, *login("LOGIN"), status=WRONG_LOGIN)
            self.assertNotIn("AUTH", said.split("EHLO", 1)[1].split(" -> QUIT")[0])


class Submission(Case):
    """any/submission with every mechanism that swaks and the server both know, over every kind of connection."""

    ALICE, BOB, SECRET = "alice@mock.example", "bob@mock.example", "through-the-looking-glass"

    def swaks(self, mock, *arguments, port=None, **more):
        return swaks(mock, "--port", port or mock.port, *arguments, sender=self.ALICE, recipient=self.BOB, **more)

    def test_every_mechanism_over_every_kind_of_connection(self):
        with Neutral() as mock:
            trust = ["--tls-verify", "--tls-ca-path", mock.ca]
            kinds = [("in clear", mock.port, []), ("STARTTLS", mock.port, ["-tls", *trust]), ("TLS", mock.tls_port, ["-tlsc", *trust])]
            sent = []
            for kind, port, options in kinds:
                for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5"):
                    with self.subTest(kind=kind, mechanism=mechanism):
                        text = f"{kind} {mechanism}"
                        said = self.swaks(mock, *options, *login(mechanism, self.SECRET, self.ALICE), "--data", DATA + text, port=port)
                        self.assertIn("235 2.7.0 Authentication successful", said)
                        sent.append((HEADERS + text.encode() + b"\r\n", self.ALICE, mechanism, kind != "in clear"))
            envelopes = [(envelope["user"], envelope["mechanism"], envelope["tls"]) for envelope in mock.envelopes(self.BOB)]
            self.assertCountEqual([(message, *envelope) for message, envelope in zip(mock.messages(self.BOB), envelopes)], sent)

    def test_a_wrong_password_is_refused_by_every_mechanism(self):
        with Neutral(store=False) as mock:
            for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5"):
                with self.subTest(mechanism):
                    said = self.swaks(mock, "-tls", *login(mechanism, "wrong", self.ALICE), status=WRONG_LOGIN)
                    self.assertIn("535 5.7.8 Authentication credentials invalid", said)

    def test_a_certificate_that_is_not_trusted_ends_the_dialogue(self):
        with Neutral(store=False) as mock:
            self.swaks(mock, "-tls", "--tls-verify", status=TLS_FAILED)

    def test_a_server_that_refuses_starttls(self):
        with Mock("faults/starttls-refused") as mock:
            self.assertIn("<** 454 4.7.0 TLS not available due to temporary reason", self.swaks(mock, "-tls", status=TLS_FAILED))


class QQ(Case):
    def test_the_authorization_code_is_wanted(self):
        with Mock("qq/authorization-code") as mock:
            sender, recipient = "alice@qq.com", "bob@qq.com"
            said = swaks(mock, *login("LOGIN", "account-password", sender), sender=sender, recipient=recipient, status=WRONG_LOGIN)
            self.assertRegex(said, r"<\*\* 535 Login ")
            swaks(mock, *login("LOGIN", "qkzvtnmxwpjrdhbc", sender), "--data", DATA + "QQ", sender=sender, recipient=recipient)
            self.assertEqual(mock.only_message(recipient)[0], HEADERS + b"QQ\r\n")


if __name__ == "__main__":
    main()
