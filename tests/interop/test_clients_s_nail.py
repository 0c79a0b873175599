"""s-nail, a mail program, delivers to the mock. It writes messages of its own around what it is given: what they hold is
compared.
"""
import email
import email.policy
import pathlib
import tempfile

import peer
from clients import IMPLICIT, LARGE, PLAIN, STARTTLS, Deliveries
from letters import Letter


class SNail(Deliveries, peer.Case):
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2")
    not_in_clear = ("XOAUTH2",)
    gives_up_at = {"XOAUTH2": 334}  # the explanation that comes before the 535 is not answered
    cannot = {"UTF-8 addresses": "s-nail 14.9 does not know SMTPUTF8", "8-bit, not UTF-8": "it sends text of a character set"}

    def deliver(self, letter, security, mechanism, secret, ca, sender, recipient, attached=()):
        account = f"{self.alice.user.replace('@', '%40')}:{secret}@" if mechanism else ""
        settings = {
            "mta": f"{'smtps' if security == IMPLICIT else 'smtp'}://{account}localhost:{self.port(security)}",
            # What it calls so is what others call XOAUTH2.
            "smtp-auth": {None: "none", "XOAUTH2": "oauthbearer"}.get(mechanism, str(mechanism).lower()),
            "from": sender, "hostname": "client.example",
            "tls-ca-file": ca, "tls-ca-no-defaults": "yes", "tls-verify": "strict",
            "v15-compat": "yes", "ttycharset": "utf-8", "sendcharsets": "utf-8", "mime-encoding": "8bit", "sendwait": "yes",
            "DEAD": "/dev/null"}  # root's own would get what was not sent, whatever HOME says
        if security == STARTTLS:
            settings["smtp-use-starttls"] = "yes"
        options = [part for name, value in settings.items() for part in ("-S", f"{name}={value}")]
        done = peer.run("s-nail", "-:/", *options, *attached, "-s", letter.name, recipient, given=letter.body, status=None)
        said = done.stderr.decode(errors="replace")
        return done.returncode == 0 and "message not sent" not in said, said

    def check(self, stored, letter):
        message = email.message_from_bytes(stored, policy=email.policy.SMTP)
        self.assertEqual(message["Subject"], letter.name)
        body = message.get_payload(decode=True).replace(b"\r\n", b"\n")
        # An encoding that it may choose can do without a newline at the end.
        self.assertIn(body, (letter.body, letter.body + b"\n"))

    def test_a_large_attachment(self):
        content = bytes(range(256)) * (LARGE // 256)
        with tempfile.TemporaryDirectory(prefix="smtplab-") as folder:
            file = pathlib.Path(folder) / "large.bin"
            file.write_bytes(content)
            for security in (PLAIN, IMPLICIT):
                with self.subTest(security):
                    delivered, said = self.deliver(Letter("large", b"", b"See there.\n"), security, None, None, self.mock.ca,
                                                   self.alice.user, self.bob.user, attached=("-a", file))
                    self.assertTrue(delivered, said)
                    stored = max(self.new_files(self.bob.user), key=lambda file: file.stat().st_size).read_bytes()
                    text, attachment = email.message_from_bytes(stored, policy=email.policy.SMTP).iter_parts()
                    self.assertEqual(text.get_content().strip(), "See there.")
                    self.assertEqual(attachment.get_filename(), "large.bin")
                    self.assertTrue(attachment.get_content() == content, "not the attachment")


if __name__ == "__main__":
    peer.main()
