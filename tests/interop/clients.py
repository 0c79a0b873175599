"""What every real client does to the mock: a class of tests for them all. A client's own file says how it is run.

What each can do of the cases, and why not (`cannot` in its file):

                            curl    msmtp    Net::SMTP    s-nail    Exim    Postfix
    8-bit octets            yes     yes      yes          yes (1)   yes     yes
    UTF-8 addresses         yes     no       no           no        yes     yes
    dot lines               yes     yes      yes          yes       yes     yes
    empty body              yes     yes      yes          yes       yes     yes
    20 MB attachment        yes     yes      yes          yes       yes     yes
    998 octets a line       yes     yes      yes          yes (2)   yes     yes
    5,000 octets a line     yes     yes      yes          yes (2)   yes (3) yes (3)
    no newline at the end   yes     yes      yes          yes (2)   yes     yes (4)

(1) if they are UTF-8   (2) it encodes such text   (3) when told not to break or bounce long lines   (4) it gets the letter by
SMTP, so somebody else has added the newline
"""
import json
import pathlib
import sys
import tempfile

import mta
import neutral
from letters import LARGE, LETTERS, SHORT, attachment

PLAIN, STARTTLS, IMPLICIT = "plain", "starttls", "tls"
SECURITIES = (PLAIN, STARTTLS, IMPLICIT)
TOKEN = ("XOAUTH2", "OAUTHBEARER")  # mechanisms whose secret is an access token
UTF8_SENDER, UTF8_RECIPIENT = "élise@mock.example", "用户@例子.example"


class Deliveries:
    """Tests. A class that has them, beside peer.Case, says:

    mechanisms              what the client can log in with, as SASL names it
    not_in_clear            those of them that it refuses to use without TLS
    only_in_clear           those of them that fail inside TLS, whoever the server is
    gives_up_at             {mechanism: the last reply it reads when its secret is wrong}, where that is not 535
    distrusts               the end of a connection whose certificate it does not trust: a failure, or who closed
    cannot                  {name of a case: why the client cannot do it}
    deliver(letter, security, mechanism, secret, ca, sender, recipient)
                            runs the client to its end; returns whether it says that it delivered, and all it said
    """
    not_in_clear = ()
    only_in_clear = ()
    gives_up_at = {}
    distrusts = "tls-distrusted"
    cannot = {}
    utf8_recipient = UTF8_RECIPIENT  # as it arrives

    def setUp(self):
        self.alice, self.bob, *_ = neutral.accounts()
        self.mock = self.enterContext(neutral.Neutral())
        self.seen = set()

    def port(self, security):
        return self.mock.tls_port if security == IMPLICIT else self.mock.port

    def send(self, letter, security=PLAIN, mechanism=None, secret=None, ca=None, sender=None, recipient=None, works=True):
        """The message and the envelope that are stored; with works=False nothing may be, and what the client
        says about it."""
        if secret is None and mechanism:
            secret = self.alice.token if mechanism in TOKEN else self.alice.password
        recipient = recipient or self.bob.user
        delivered, said = self.deliver(letter, security, mechanism, secret, ca or self.mock.ca, sender or self.alice.user,
                                       recipient)
        self.assertEqual(delivered, works, said)
        new = self.new_files(recipient if recipient == self.bob.user else "other")
        if not works:
            self.assertEqual(new, [], "nothing is stored")
            return said
        self.assertEqual(len(new), 2, f"a message and its envelope: {new}; the client: {said}")
        message, envelope = sorted(new, key=lambda file: file.parent.name != "new")
        return message.read_bytes(), json.loads(envelope.read_text())

    def new_files(self, mailbox):
        """What came into a mailbox since the last look."""
        now = {file for folder in ("new", "tmp", "envelopes") for file in (self.mock.store / mailbox / folder).glob("*")}
        new, self.seen = now - self.seen, self.seen | now
        return sorted(new)

    def await_new_event(self, what, **wanted):
        """An event of the last connection."""
        last = max(event["connection"] for event in self.mock.events())
        return self.mock.await_event(what, connection=last, **wanted)

    def check(self, stored, letter):
        """Whether what is stored is the letter."""
        wanted = self.wanted(letter)
        if stored != wanted:
            pairs = enumerate(zip(stored, wanted))
            differs = next((at for at, (one, other) in pairs if one != other), min(len(stored), len(wanted)))
            self.fail(f"{letter.name}: {len(stored)} octets, not {len(wanted)}; from {differs} on "
                      f"{stored[max(differs - 20, 0):differs + 60]!r}, not {wanted[max(differs - 20, 0):differs + 60]!r}")

    def wanted(self, letter):
        return letter.delivered

    def can(self, name):
        """False, and a word about it, when the client cannot do a case."""
        if name in self.cannot:
            print(f"{type(self).__name__}: not tried: {name}: {self.cannot[name]}", file=sys.stderr)
        return name not in self.cannot

    def test_every_security_with_every_mechanism(self):
        for security in SECURITIES:
            for mechanism in (None, *self.mechanisms):
                if mechanism in (self.not_in_clear if security == PLAIN else self.only_in_clear):
                    continue
                with self.subTest(security=security, mechanism=mechanism):
                    message, envelope = self.send(SHORT, security, mechanism)
                    self.check(message, SHORT)
                    self.assertEqual(envelope["tls"], security != PLAIN)
                    self.assertEqual(envelope["mechanism"], mechanism or "")
                    self.assertEqual(envelope["user"], self.alice.user if mechanism else "")
                    self.assertEqual((envelope["reverse_path"], envelope["forward_paths"]), (self.alice.user, [self.bob.user]))

    def test_every_letter_arrives_as_it_was(self):
        for letter in LETTERS:
            for security in (PLAIN, STARTTLS):
                if self.can(letter.name):
                    with self.subTest(letter.name, security=security):
                        self.check(self.send(letter, security)[0], letter)

    def test_a_large_attachment(self):
        if self.can("attachment"):
            for security in (PLAIN, IMPLICIT):
                with self.subTest(security=security):
                    letter = attachment(LARGE)
                    self.check(self.send(letter, security)[0], letter)

    def test_addresses_in_utf8(self):
        if self.can("UTF-8 addresses"):
            message, envelope = self.send(SHORT, sender=UTF8_SENDER, recipient=UTF8_RECIPIENT)
            self.check(message, SHORT)
            self.assertEqual((envelope["reverse_path"], envelope["forward_paths"], envelope["smtputf8"]),
                             (UTF8_SENDER, [self.utf8_recipient], True))

    def test_a_wrong_password_is_an_error(self):
        for mechanism in self.mechanisms:
            with self.subTest(mechanism):
                security = PLAIN if mechanism in self.only_in_clear else STARTTLS
                self.send(SHORT, security, mechanism, secret="wrong", works=False)
                self.await_new_event("the refusal", kind="server", code=self.gives_up_at.get(mechanism, 535))

    def test_a_certificate_of_a_stranger_is_an_error(self):
        with tempfile.TemporaryDirectory(prefix="smtplab-ca-") as folder:
            mta.make_certificate(pathlib.Path(folder))
            for security in (STARTTLS, IMPLICIT):
                with self.subTest(security):
                    said = self.send(SHORT, security, ca=pathlib.Path(folder) / "ca.pem", works=False)
                    self.assertRegex(said, "(?i)certificate")
                    end = self.await_new_event("the end", kind="closed")
                    # Who hangs up while the server still speaks may be seen as a reset.
                    self.assertIn(end.get("failure") or end["closed_by"], (self.distrusts, "reset"))
