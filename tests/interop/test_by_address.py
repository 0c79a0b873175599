"""any/by-address: an unchanged program asks for a fault by an address, by the name it says, or by its user. The rows are those
of the table in scenarios/README.md.

Runs in: release. Each row is a short dialogue that tests of the scenarios hold under the sanitizers.
"""
import smtplib
import socket

from peer import Case, Mock, main

MESSAGE = b"From: a@example.org\r\nSubject: Hello\r\n\r\nHello\r\n" + b"x" * 70 + b"\r\n"


class ByAddress(Case):
    @classmethod
    def setUpClass(cls):
        cls.mock = Mock("any/by-address")

    @classmethod
    def tearDownClass(cls):
        cls.mock.close()

    def connect(self, name="client.example"):
        client = smtplib.SMTP("127.0.0.1", self.mock.port, local_hostname=name, timeout=20)
        self.addCleanup(client.close)
        return client

    def letter(self, sender="a@example.org", recipient="b@example.org", name="client.example"):
        """The codes of EHLO, MAIL, RCPT, DATA, the message and QUIT, as far as the server answers."""
        client = self.connect(name)
        codes = {}
        try:
            codes["EHLO"] = client.ehlo()[0]
            codes["MAIL"] = client.mail(sender)[0]
            codes["RCPT"] = client.rcpt(recipient)[0]
            codes["DATA"] = client.docmd("DATA")[0]
            if codes["DATA"] == 354:
                client.send(MESSAGE + b".\r\n")
                codes["message"] = client.getreply()[0]
            codes["QUIT"] = client.quit()[0]
        except (smtplib.SMTPServerDisconnected, OSError) as lost:
            codes["lost"] = lost
        return codes

    def test_codes(self):
        for said, stage, code in [
                ({"recipient": "rcpt550_5.1.1@x.example"}, "RCPT", 550), ({"recipient": "rcpt251@x.example"}, "RCPT", 251),
                ({"recipient": "user+451@x.example"}, "RCPT", 451), ({"recipient": "user+550_5.7.1@x.example"}, "RCPT", 550),
                ({"recipient": "data552@x.example"}, "DATA", 552), ({"recipient": "message451_4.3.0@x.example"}, "message", 451),
                ({"sender": "mail550@x.example"}, "MAIL", 550), ({"sender": "rcpt452@x.example"}, "RCPT", 452),
                ({"sender": "data451@x.example"}, "DATA", 451), ({"sender": "message554@x.example"}, "message", 554),
                ({"name": "ehlo500.example"}, "EHLO", 500), ({"name": "mail451_4.7.1.example"}, "MAIL", 451),
                ({"name": "quit421.example"}, "QUIT", 421), ({"name": "message552.example"}, "message", 552)]:
            with self.subTest(said=said):
                codes = self.letter(**said)
                self.assertEqual(codes.pop(stage), code)
                usual = {"EHLO": 250, "MAIL": 250, "RCPT": 250, "DATA": 354, "message": 250, "QUIT": 221}
                before = list(usual)[:list(usual).index(stage)]
                self.assertEqual({name: codes[name] for name in before}, {name: usual[name] for name in before})

    def test_words(self):
        client = self.connect()
        client.ehlo()
        client.mail("a@example.org")
        self.assertEqual(client.rcpt("rcpt550_5.1.1@x.example"), (550, b"5.1.1 You asked for this reply to RCPT"))
        self.assertEqual(client.rcpt("RCPT451@x.example"), (451, b"You asked for this reply to RCPT"))
        self.assertEqual(client.rcpt("rcpt350@x.example")[0], 250)  # 3yz would promise what does not come
        self.assertEqual(self.connect("helo504.example").helo(), (504, b"You asked for this reply to HELO"))

    def test_other_commands(self):
        for command in ("rset", "noop", "vrfy"):
            client = self.connect(command + "502.example")
            client.ehlo()
            self.assertEqual(client.docmd(command.upper(), "x" if command == "vrfy" else "")[0], 502)

    def test_logins(self):
        with self.assertRaises(smtplib.SMTPAuthenticationError) as refused:
            self.connect().login("auth535_5.7.8@x.example", "any")
        self.assertEqual(refused.exception.smtp_code, 535)
        self.assertEqual(self.connect().login("alice@x.example", "any")[0], 235)

    def test_connections_that_end(self):
        for said, answered in [({"sender": "close-mail@x.example"}, 1), ({"recipient": "close-rcpt@x.example"}, 2),
                               ({"recipient": "close-data@x.example"}, 3), ({"recipient": "close-message@x.example"}, 4),
                               ({"recipient": "reset-rcpt@x.example"}, 2), ({"recipient": "drop-midway@x.example"}, 4)]:
            with self.subTest(said=said):
                codes = self.letter(**said)
                self.assertIn("lost", codes)
                self.assertEqual(len(codes) - 1, answered)

    def test_silence(self):
        with socket.create_connection(("127.0.0.1", self.mock.port), timeout=20) as peer:
            peer.sendall(b"EHLO c\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<stall-rcpt@x.y>\r\nNOOP\r\n")
            heard = b""
            while heard.count(b"250 ") < 2:
                heard += peer.recv(4096)
            peer.settimeout(0.3)
            with self.assertRaises(TimeoutError):
                peer.recv(1)

    def test_time_and_count(self):
        self.assertEqual([self.letter(recipient="twofail@x.example")["RCPT"] for _ in range(3)], [451, 451, 250])
        self.assertEqual(self.letter(recipient="grey@x.example")["RCPT"], 450)

    def test_what_is_kept(self):
        self.assertEqual(self.letter(recipient="lost@x.example")["message"], 250)
        self.assertEqual(self.letter(recipient="twice@x.example")["message"], 451)
        envelopes = [path.read_text() for path in self.mock.store.rglob("*.envelope")]
        self.assertFalse(any("lost@" in one for one in envelopes))
        self.assertEqual(sum("twice@" in one for one in envelopes), 1)


if __name__ == "__main__":
    main()
