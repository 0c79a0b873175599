"""`smtplab run`: every provider that is found under public names stands there, and what was sent over one is read at another.

Runs in: release. What it is about are the programs of others and the network around them.
"""
import json
import pathlib
import re
import subprocess
import tempfile
import tomllib

from peer import DONE, SMTPLAB, SOURCE, Case, clean_environment, main

# As the course report does it, both of them.
SENDS = """
import smtplib
from email.header import Header
from email.mime.text import MIMEText
message = MIMEText("I love computer networks! 我爱计算机网络！", "plain", "utf-8")
message["From"], message["To"], message["Subject"] = "zhang.san@163.com", "10002@qq.com", Header("测试 one", "utf-8")
server = smtplib.SMTP_SSL("smtp.163.com", 465)
server.login("zhang.san@163.com", "ABCDEFGHIJKLMNOP")
server.sendmail("zhang.san@163.com", ["10002@qq.com"], message.as_string())
server.quit()
"""

READS = """
import email, imaplib, json
from email.header import decode_header
box = imaplib.IMAP4_SSL("imap.qq.com")
box.login("10002@qq.com", "abcdefghijklmnop")
box.select("inbox")
status, found = box.search(None, "ALL")
mails = []
for number in found[0].split():
    status, data = box.fetch(number, "(RFC822)")
    message = email.message_from_bytes(data[0][1])
    subject, charset = decode_header(message["Subject"])[0]
    mails.append({"From": message["From"], "Subject": subject.decode(charset) if charset else subject,
                  "Body": message.get_payload(decode=True).decode(message.get_content_charset())})
box.logout()
print(json.dumps(mails, ensure_ascii=False))
"""

# Connects to each place of its arguments and prints what it is greeted with; certificates are looked at.
GREETED = """
import json, socket, ssl, sys
context = ssl.create_default_context()
for place in json.loads(sys.argv[1]):
    name, port, is_tls = place
    talk = socket.create_connection((name, port), timeout=20)
    if is_tls: talk = context.wrap_socket(talk, server_hostname=name)
    print(name, port, talk.makefile("rb").readline().decode("utf-8", "replace").strip())
    talk.close()
"""
GREETINGS = {"smtp": r"220[ -]", "pop3": r"\+OK", "imap": r"\* OK"}


def places():
    """Name, port, whether TLS begins it, and protocol, as the files of the providers have them."""
    for file in sorted(SOURCE.glob("scenarios/*/provider.toml")):
        provider = tomllib.loads(file.read_text(encoding="utf-8"))
        for host in provider["server"].get("hosts", []):
            name, *words = host.split()
            protocol = words.pop(0) if not words[0][0].isdigit() else provider.get("protocol", "smtp")
            for word in words:
                port, _, how = word.partition("/")
                yield name, int(port), how == "tls", protocol


class Providers(Case):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name, source in (("send.py", SENDS), ("read.py", READS), ("greeted.py", GREETED)):
            (self.folder / name).write_text(source, encoding="utf-8")

    def run_in(self, *words):
        done = subprocess.run([SMTPLAB, "run", *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, cwd=self.folder,
                              env=clean_environment(PATH="/usr/bin:/bin", PYTHONIOENCODING="utf-8"), timeout=120, check=False)
        self.assertEqual(done.returncode, DONE, done.stdout.decode() + done.stderr.decode())
        return done.stdout.decode(), done.stderr.decode()

    def check_read(self, out, told):
        self.assertEqual(json.loads(out.splitlines()[-1]),
                         [{"From": "zhang.san@163.com", "Subject": "测试 one", "Body": "I love computer networks! 我爱计算机网络！"}])
        self.assertIn("imap.qq.com:993", told)
        self.assertIn("[fetch-sets-seen]", told)
        self.assertNotIn("abcdefghijklmnop", told)

    def test_what_was_sent_over_163_is_read_at_qq_over_imap(self):
        both = ["--", "sh", "-c", "python3 send.py && python3 read.py"]
        self.check_read(*self.run_in(*both))
        self.check_read(*self.run_in("--store", "one", *both))
        self.run_in("--store", "two", "--", "python3", "send.py")
        self.check_read(*self.run_in("--store", "two", "--", "python3", "read.py"))

    def test_all_of_them_stand_at_their_names_and_ports(self):
        wanted = list(places())
        self.assertIn(("imap.163.com", 993, True, "imap"), wanted)
        self.assertIn(("pop.qq.com", 995, True, "pop3"), wanted)
        out, _ = self.run_in("--output-limit", "1000000", "--", "python3", "greeted.py", json.dumps([place[:3] for place in wanted]))
        lines = out.splitlines()
        self.assertEqual(len(lines), len(wanted))
        for line, (name, port, _, protocol) in zip(lines, wanted):
            with self.subTest(name=name, port=port):
                self.assertRegex(line, f"^{re.escape(name)} {port} {GREETINGS[protocol]}")


if __name__ == "__main__":
    main()
