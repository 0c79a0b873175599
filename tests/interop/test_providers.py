"""Providers say what they were seen to say, and only to who earns it: one row for each reply that somebody ran into."""
import json
import re
import smtplib
import ssl

from peer import Case, Mock, b64, main
from smtplab import one_line, sent, smtplab

# The address is inside the encoded-word: RFC 2047 §5 (3) has none there.
HIDDEN = "From: =?utf-8?B?" + b64("张三<alice@qq.com>").decode() + "?=\r\nSubject: x\r\n\r\nhello\r\n"
NAMED = "From: =?utf-8?B?" + b64("张三").decode() + "?= <alice@qq.com>\r\nSubject: x\r\n\r\nhello\r\n"


def accounts(scenario):
    listed = json.loads(smtplab("scenarios", "--json"))
    return next(entry["accounts"] for entry in listed if entry["id"] == scenario)


class Providers(Case):
    def login(self, talk, account):
        talk.ask(b"EHLO client.example", 250)
        talk.ask(b"AUTH PLAIN " + b64(f"\0{account['user']}\0{account['password']}"), 235)

    def test_before_a_login(self):
        for scenario, reply in (("aliyun/sender-mismatch", b"503 bad sequence of commands\r\n"), ("exmail", b"503 Error: need EHLO and AUTH first !\r\n")):
            with self.subTest(scenario), Mock(scenario, store=False) as mock, mock.connect() as talk:
                talk.ask(b"EHLO client.example", 250)
                self.assertEqual(talk.ask(b"MAIL FROM:<a@b.example>"), reply)

    def test_qq_looks_for_an_address_in_from(self):
        scenario = "qq/authorization-code"
        for message, code in ((HIDDEN, 550), (NAMED, 250)):
            with self.subTest(code), Mock(scenario) as mock, mock.connect() as talk:
                self.login(talk, accounts(scenario)[0])
                talk.ask(b"MAIL FROM:<alice@qq.com>", 250)
                talk.ask(b"RCPT TO:<bob@qq.com>", 250)
                talk.ask(b"DATA", 354)
                reply = talk.ask(message.encode() + b".", code)
                if code == 550:
                    self.assertIn(b"From", reply)

    def test_gmx_takes_its_own_senders_and_short_lines(self):
        scenario = next(entry["id"] for entry in json.loads(smtplab("scenarios", "--json")) if entry["id"].startswith("gmx/"))
        alice = accounts(scenario)[0]
        with Mock(scenario) as mock, smtplib.SMTP("127.0.0.1", mock.port) as client:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            client.starttls(context=context)
            client.login(alice["user"], alice["password"])
            code, text = client.mail("somebody@example.org")
            self.assertEqual((code, b"Sender address is not allowed" in text), (550, True))
            client.mail(alice["user"]), client.rcpt("bob@gmx.net")
            code, text = client.data("Subject: x\r\n\r\n" + "x" * 1200 + "\r\n")
            self.assertEqual((code, text), (501, b"Syntax error - line too long"))

    def test_who_lists_starttls_takes_it_in_every_lesson_that_does_not_go_without(self):
        without = {}
        for scenario in json.loads(smtplab("scenarios", "--json")):
            if scenario["provider"] not in ("netease", "qq"):
                continue
            with Mock(scenario["id"], store=False) as mock, mock.connect() as talk:
                offered = b"STARTTLS" in talk.ask(b"EHLO client.example", 250)
                if offered:
                    talk.ask(b"STARTTLS", 220)
                else:
                    without.setdefault(scenario["provider"], []).append(scenario["id"])
        for provider, lessons in without.items():
            self.assertLessEqual(len(lessons), 2, f"{provider}: {lessons}")

    def test_words_that_were_missing(self):
        for text, reply in (("554-Transaction failed\n554-Reject due to policy restrictions.\n554 For explanation visit https://postmaster.gmx.net/de/case?c=r0735&i=ip&v=192.0.2.1&r=x", "gmx#policy-reject"),
                            ("554-gmx.net (mxgmx017) Nemesis ESMTP Service not available\n554-No SMTP service\n554-Bad DNS PTR resource record.", "gmx#bad-ptr-greeting"),
                            ("535 Authentication credentials invalid", "gmx#auth-invalid"),
                            ("503 5.5.0 <DATA>: Data command rejected: Improper use of SMTP command pipelining", "postfix#data-pipelining"),
                            ("554 5.7.1 <unknown[192.0.2.7]>: Client host rejected: Access denied", "postfix#client-rejected"),
                            ("550 61a2b3c4-5d6e7f80 Mail rejected", "chinamobile139#mail-rejected-550"),
                            ("535 auth failed (this user authenticate too many times)", "any#auth-too-often"),
                            ("550 Mail content denied [XyZ1 IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/171.", "qq#")):
            with self.subTest(reply):
                explained = smtplab("explain", text)
                self.assertIn(reply, explained)
                self.assertRegex(explained, r"\n  Do ")

    def test_what_is_called_by_name_is_earned(self):
        for reply, line in (("netease#sender-mismatch", "MAIL FROM:<nobody@163.com>"), ("netease#null-sender", "MAIL FROM:<>"),
                            ("postfix#helo-not-fqdn", "EHLO client"), ("rfc#503-bad-sequence", "MAIL FROM:<alice@example.com>")):
            with self.subTest(reply):
                self.assertIn(line, sent(smtplab("step", reply, "--auto")))

    def test_figures(self):
        self.assertIn("25 MiB", one_line(smtplab("explain", "gmail#size-exceeded")))
        self.assertNotIn("18 MB", smtplab("explain", "gmail#size-exceeded"))
        for mistake in ("one-recv-per-reply", "multiline-reply-desync", "reads-for-ever"):
            self.assertIn("'-'", smtplab("explain", mistake), mistake)
        self.assertIn("RFC 5068", smtplab("explain", "port-25-blocked"))
        self.assertIn("RFC 5321 §1.1", smtplab("explain", "udp-socket"))


if __name__ == "__main__":
    main()
