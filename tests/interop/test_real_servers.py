"""Our client against servers of other people: what it delivers lies in their Maildirs, and what they refuse it says."""
import email
import email.policy
import json
import pathlib
import tempfile
import unittest

import mta
import mta_exim
import mta_postfix
import peer
from mta import ALICE, BOB, GRETA, PASSWORD, REFUSED, UMLAUT

ACCEPTED, REFUSED_THERE, NETWORK = 0, 1, 3  # exit statuses
STRANGER, NOBODY = "someone@elsewhere.example", f"nobody@{mta.DOMAIN}"


class Deliveries:
    """Tests; a class that has them, beside peer.Case, names the `kind` of server, which lives as long as the class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.kind()
        cls.addClassCleanup(cls.server.close)
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="smtplab-")))

    def setUp(self):
        self.before = {address: len(self.server.messages(address)) for address in mta.MAILBOXES}

    def step(self, *arguments, security="starttls", host="127.0.0.1", port=None, login=ALICE, password=PASSWORD, sender=ALICE,
             to=(BOB,), ca=True, status=ACCEPTED):
        """smtplab step --auto; what it says."""
        command = [peer.SMTPLAB, "step", "--auto", "--server", host, *(["--security", security] if security else []), "--port",
                   port or (self.server.tls_port if security == "tls" else self.server.port), "--from", sender, *arguments]
        for address in to:
            command += ["--to", address]
        if login:
            command += ["--user", login]
        if ca and security not in (None, "none"):
            command += ["--ca", self.server.ca]
        done = peer.run(*command, status=status, env=peer.clean_environment(SMTPLAB_PASSWORD=password))
        return done.stdout.decode() + done.stderr.decode()

    def send(self, status=ACCEPTED, **settings):
        """smtplab send; what it says. `settings`: keys of the configuration that are not the usual ones."""
        security = settings.get("security", "starttls")
        configuration = {"sender": ALICE, "receiver": BOB, "subject": "Hello", "body": "Hello Bob.\n", "password": PASSWORD,
                         "smtp_server": "127.0.0.1", "security": security,
                         "smtp_port": self.server.tls_port if security == "tls" else self.server.port}
        file = self.folder / "email_config.json"
        file.write_text(json.dumps(configuration | settings))
        done = peer.run(peer.SMTPLAB, "send", "--config", file, "--ca", self.server.ca, status=status)
        self.assertNotIn(PASSWORD, done.stdout.decode() + done.stderr.decode())
        return done.stdout.decode() + done.stderr.decode()

    def arrived(self, address):
        """The one message that came to an address in this test, parsed."""
        def look():
            messages = self.server.messages(address)
            return messages if len(messages) > self.before[address] else None
        messages = peer.until(look, lambda: f"a message for {address}; the server's log:\n{self.server.log()}")
        self.assertEqual(len(messages), self.before[address] + 1)
        self.before[address] += 1
        new = max((self.server.mail / address / "new").iterdir(), key=lambda file: file.stat().st_mtime_ns)
        return email.message_from_bytes(new.read_bytes(), policy=email.policy.default)

    def assert_nothing_came(self):
        """Accepted mail would come at once: another one, sent behind it, is the only one that comes."""
        self.step(login=None)
        self.arrived(BOB)
        now = {address: len(self.server.messages(address)) for address in mta.MAILBOXES}
        self.assertEqual(now, self.before)

    def assert_refused(self, said, code, words):
        self.assertRegex(said, rf"(?m)^S: {code}[ -].*{words}")
        self.assert_nothing_came()

    # Deliveries.

    def test_step_delivers_with_every_security(self):
        for security, protocol in (("none", "ESMTPA"), ("starttls", "ESMTPSA"), ("tls", "ESMTPSA")):
            with self.subTest(security):
                self.step(security=security)
                message = self.arrived(BOB)
                self.assertEqual((message["From"], message["To"], message["Return-Path"]), (ALICE, BOB, f"<{ALICE}>"))
                self.assertRegex(message["Received"], rf"(?is)by {mta.HOST}.* with {protocol}\b")
                self.assertIn("sent by smtplab", message.get_content())

    def test_step_finds_the_server_by_its_name(self):
        self.step(host="localhost")
        self.arrived(BOB)

    def test_without_a_login(self):
        self.step(login=None)
        self.assertRegex(self.arrived(BOB)["Received"], r"(?is) with ESMTPS\b")

    def test_step_to_three_people(self):
        self.step(to=(BOB, ALICE, UMLAUT))
        for address in (BOB, ALICE, UMLAUT):
            self.assertIn("sent by smtplab", self.arrived(address).get_content())

    def test_send_delivers_utf8_and_attachments(self):
        content = bytes(range(256)) * 2000
        attachment = self.folder / "附件.bin"
        attachment.write_bytes(content)
        subject = "Grüße · 你好" * 12
        body = "Grüß dich,\n\n.\n..\n.hidden\nFrom here on\n你好 \U0001f4ee\n" + "long " * 400 + "\n"
        for security in ("starttls", "tls"):
            with self.subTest(security):
                self.send(security=security, receiver=f"{BOB}, {UMLAUT}", subject=subject, body=body,
                          attachments=[str(attachment)])
                for address in (BOB, UMLAUT):
                    message = self.arrived(address)
                    self.assertEqual(message["Subject"], subject)
                    self.assertEqual(message.get_body().get_content().replace("\r\n", "\n"), body)
                    part, = message.iter_attachments()
                    self.assertEqual(part.get_filename(), "附件.bin")
                    self.assertTrue(part.get_payload(decode=True) == content, "not what was attached")

    # Refusals.

    def test_an_unknown_user(self):
        self.assert_refused(self.step(to=(NOBODY,), status=REFUSED_THERE), 550, "5.1.1")
        self.assert_refused(self.send(receiver=NOBODY, status=REFUSED_THERE), 550, "5.1.1")

    def test_one_of_two_is_unknown(self):
        said = self.step(to=(NOBODY, BOB), status=REFUSED_THERE)
        self.assertRegex(said, r"(?m)^S: 550[ -]5\.1\.1")
        self.assertIn("sent by smtplab", self.arrived(BOB).get_content())
        self.assert_nothing_came()

    def test_relaying_for_strangers(self):
        self.assert_refused(self.step(login=None, to=(STRANGER,), status=REFUSED_THERE), "55[04]", r"5\.7\.1")

    def test_a_sender_that_is_not_wanted(self):
        self.assert_refused(self.step(sender=REFUSED, status=REFUSED_THERE), 550, r"5\.7\.1")

    def test_come_back_later(self):
        self.assert_refused(self.step(to=(GRETA,), status=REFUSED_THERE), "45[01]", r"4\.2\.0")

    def test_a_wrong_password(self):
        for security in ("none", "starttls", "tls"):
            with self.subTest(security):
                said = self.step(security=security, password="guessed", status=REFUSED_THERE)
                self.assertRegex(said, r"(?m)^S: 535[ -]")
                self.assertNotRegex(said, r"(?m)^C: MAIL")
        self.assertRegex(self.send(password="guessed", status=REFUSED_THERE), r"(?m)^S: 535[ -]")
        self.assert_nothing_came()

    def test_a_message_that_is_too_large(self):
        file = self.folder / "large.bin"
        file.write_bytes(b"x" * mta.MESSAGE_LIMIT)
        said = self.send(attachments=[str(file)], status=REFUSED_THERE)
        self.assertRegex(said, r"(?m)^S: 552[ -]")
        self.assertNotRegex(said, r"(?m)^C: DATA", "SIZE= was refused, so nothing more is sent")
        self.assert_nothing_came()

    # TLS.

    def test_a_certificate_that_is_not_trusted(self):
        for security in ("starttls", "tls"):
            with self.subTest(security):
                said = self.step(security=security, ca=False, status=NETWORK)
                self.assertRegex(said, "(?i)certificate")
                self.assertNotRegex(said, r"(?m)^C: (AUTH|MAIL)")
        self.assert_nothing_came()

    def test_a_certificate_that_is_not_trusted_is_taken_when_told_so(self):
        self.step("--insecure", ca=False)
        self.arrived(BOB)

    def test_tls_on_the_port_that_begins_in_clear(self):
        self.assertRegex(self.step(security="tls", port=self.server.port, status=NETWORK), "(?i)starttls|in clear")

    def test_clear_text_on_the_port_that_begins_with_tls(self):
        for security in ("none", "starttls"):
            with self.subTest(security):
                self.assertIn("TLS", self.step("--patience", "2", security=security, port=self.server.tls_port, status=NETWORK))


class Exim(Deliveries, peer.Case):
    kind = mta_exim.Exim


@unittest.skipIf(mta_postfix.obstacle(), mta_postfix.obstacle())
class Postfix(Deliveries, peer.Case):
    kind = mta_postfix.Postfix

    def test_every_mechanism(self):
        for mechanism in mta_postfix.MECHANISMS:
            with self.subTest(mechanism):
                said = self.step(port=self.server.special[mechanism])
                self.assertRegex(said, rf"(?m)^C: AUTH {mechanism}\b")
                self.assertNotIn(PASSWORD, said)
                self.assertRegex(self.arrived(BOB)["Received"], r"(?is) with ESMTPSA\b")
                self.assertRegex(self.server.log(), f"sasl_method={mechanism}, sasl_username={ALICE}")

    def test_every_mechanism_with_a_wrong_password(self):
        for mechanism in mta_postfix.MECHANISMS:
            with self.subTest(mechanism):
                said = self.step(port=self.server.special[mechanism], password="guessed", status=REFUSED_THERE)
                self.assertRegex(said, rf"(?m)^C: AUTH {mechanism}\b")
                self.assertRegex(said, r"(?m)^S: 535[ -]")

    def test_a_password_does_not_go_out_in_clear(self):
        for mechanism in ("PLAIN", "LOGIN"):
            with self.subTest(mechanism):
                said = self.step(security=None, port=self.server.special[mechanism], status=REFUSED_THERE)
                self.assertNotRegex(said, r"(?m)^C: (AUTH|MAIL)")
                for wish in ({"security": "none"}, {"security": None, "arguments": ["--insecure"]}):
                    self.step(*wish.pop("arguments", []), port=self.server.special[mechanism], **wish)
                    self.arrived(BOB)

    def test_starttls_that_is_not_offered(self):
        said = self.step(port=self.server.special["no STARTTLS"], status=NETWORK)
        self.assertIn("STARTTLS", said)
        self.assertNotRegex(said, r"(?m)^C: (AUTH|MAIL)")


class Names(peer.Case):
    """A host with an IPv6 and an IPv4 address; libnss-wrapper makes the name known."""

    def step(self, port, status):
        with tempfile.TemporaryDirectory(prefix="smtplab-") as folder:
            hosts = pathlib.Path(folder, "hosts")
            hosts.write_text("::1 both.example\n127.0.0.1 both.example\n")
            environment = peer.clean_environment(
                LD_PRELOAD=str(mta.find("libnss-wrapper/usr/lib/*/libnss_wrapper.so")), NSS_WRAPPER_HOSTS=str(hosts),
                ASAN_OPTIONS="verify_asan_link_order=0")
            done = peer.run(peer.SMTPLAB, "step", "--auto", "--server", "both.example", "--port", port,
                            "--ehlo", "client.example",  # for our own name the wrapper would load a C library of its own
                            status=status, env=environment)
            return done.stdout.decode()

    def test_the_address_that_refuses_is_passed_over(self):
        for bind in ("127.0.0.1", "::1"):
            with self.subTest(bind), peer.Mock("any/accept-all", arguments=["--bind", bind]) as mock:
                self.assertRegex(self.step(mock.port, ACCEPTED), r"(?m)^S: 250 ")

    def test_where_all_refuse_each_is_named(self):
        port = mta.free_ports(1)[0]
        self.assertIn(f"both.example port {port}, tried ::1 and 127.0.0.1: connection refused", self.step(port, NETWORK))


if __name__ == "__main__":
    peer.main()
