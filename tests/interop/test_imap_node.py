"""imapflow and imap, the two libraries of npm, at a neutral server and at every provider whose list of capabilities they believe.

Both are right clients: the judge accuses them of nothing.

Runs in: release. Right clients at many servers: the tables of the wire meet the sanitizers.
"""
import json
import shutil
import unittest

import peer
from neutral import SCENARIO, accounts

MODULES = peer.SOURCE / "build" / "peers" / "npm" / "node_modules"
PROVIDERS = ("netease-imap", "qq-imap", "gmail-imap", "dovecot-imap", "cyrus-imap", "fastmail-imap", "zoho-imap", "yandex-imap",
             "yahoo-imap", "icloud-imap", "courier-imap", "exchange-imap", "hmailserver-imap")


def obstacle():
    if not shutil.which("node"):
        return "there is no node here"
    return None if (MODULES / "imapflow").is_dir() and (MODULES / "imap").is_dir() else "there are no libraries of npm here"


@unittest.skipIf(obstacle(), obstacle())
class Node(peer.Case):
    def use(self, library, scenario, neutral=False):
        """What the program says, and the ids of what the judge says of it."""
        with peer.Mock(scenario, arguments=("--imap", "0"), store=False) as mock:
            alice = accounts(scenario)[0]
            if neutral:
                with mock.connect() as talk:
                    talk.login(alice.user, alice.password)
                    for subject in (b"one", b"two"):
                        talk.mail(alice.user, [alice.user], b"Subject: %s\r\n\r\nHello\r\n" % subject)
                    talk.quit()
            done = peer.run("node", peer.SOURCE / "tests" / "interop" / "node" / f"{library}.js", mock.ports["imap"], alice.user,
                            alice.password, env=peer.clean_environment(NODE_PATH=str(MODULES)))

            def is_over():
                kinds = [event["kind"] for event in mock.events()]
                return kinds.count("connected") == kinds.count("closed")
            peer.until(is_over, "the end of the connection")
            ours = 1 if neutral else 0  # by which the mails came
            return json.loads(done.stdout), {event["id"] for event in mock.events()
                                             if event["kind"] == "finding" and event["connection"] > ours}

    def test_imapflow(self):
        told, findings = self.use("imapflow", SCENARIO, neutral=True)
        self.assertEqual(findings, set())
        self.assertEqual(told["subjects"], ["one", "two"])
        self.assertEqual((told["exists"], told["unseen"], told["flagged"], told["left"], told["work"], told["first"]), (2, 2, [1], 1, 2, 7))

    def test_imap(self):
        told, findings = self.use("imap", SCENARIO, neutral=True)
        self.assertEqual(findings, set())
        self.assertEqual((told["messages"], told["unseen"], told["flagged"], len(told["sizes"])), (2, 2, 1, 2))

    def test_they_get_on_with_every_provider(self):
        for scenario in PROVIDERS:
            for library in ("imapflow", "imap"):
                with self.subTest(scenario, library=library):
                    told, findings = self.use(library, scenario)
                    self.assertEqual(findings, set())
                    self.assertIn("INBOX", told["folders"])
                    self.assertGreater(told["messages"], 0)


if __name__ == "__main__":
    peer.main()
