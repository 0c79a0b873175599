"""Programs in the forms in which students hand them in, with an address and a code of their author's own: each runs unchanged,
offline, and ends as it did at the real provider.

Runs in: release. What it is about are the programs of others and the network around them.
"""
import os
import pathlib
import subprocess
import tempfile

from peer import DONE, FAILED, SMTPLAB, Case, clean_environment, main

# The textbook's skeleton, filled in for QQ on 587 in clear. It splits each 334 at the blank and decodes the second word.
QQ_IN_CLEAR = r"""
from socket import *
import base64

msg = "\r\n I love computer networks!"
endmsg = "\r\n.\r\n"
user = "2390114562@qq.com"
code = "hvkqxzdnrtlmwabc"
mailserver = ("smtp.qq.com", 587)
clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect(mailserver)
recv = clientSocket.recv(1024).decode()
print(recv)
if recv[:3] != '220':
    print('220 reply not received from server.')

clientSocket.send('HELO Alice\r\n'.encode())
recv1 = clientSocket.recv(1024).decode()
print(recv1)
if recv1[:3] != '250':
    print('250 reply not received from server.')

clientSocket.send('AUTH LOGIN\r\n'.encode())
recv2 = clientSocket.recv(1024).decode()
print(recv2, base64.b64decode(recv2.split(' ')[1]).decode())
clientSocket.send(base64.b64encode(user.encode()) + b'\r\n')
recv3 = clientSocket.recv(1024).decode()
print(recv3, base64.b64decode(recv3.split(' ')[1]).decode())
clientSocket.send(base64.b64encode(code.encode()) + b'\r\n')
print(clientSocket.recv(1024).decode())

clientSocket.send(('MAIL FROM: <' + user + '>\r\n').encode())
print(clientSocket.recv(1024).decode())
clientSocket.send('RCPT TO: <li.si@163.com>\r\n'.encode())
print(clientSocket.recv(1024).decode())
clientSocket.send('DATA\r\n'.encode())
print(clientSocket.recv(1024).decode())
clientSocket.send(msg.encode())
clientSocket.send(endmsg.encode())
print(clientSocket.recv(1024).decode())
clientSocket.send('QUIT\r\n'.encode())
print(clientSocket.recv(1024).decode())
clientSocket.close()
"""

# 163 on 25, user and code in base64 in the source, fields in small letters, one line ended by TAB LF, QUIT without its answer.
BASE64_IN_THE_SOURCE = r"""
from socket import *
server = socket(AF_INET, SOCK_STREAM)
server.connect(("smtp.163.com", 25))
print(server.recv(1024).decode())
def command(line):
    server.send(line.encode())
    answer = server.recv(1024).decode()
    print(answer)
    return answer
command("HELO Alice\r\n")
command("AUTH LOGIN\r\n")
command("emhhbmcuc2FuQDE2My5jb20=\r\n")
command("QUJDREVGR0hJSktMTU5PUA==\r\n")
command("MAIL FROM: <zhang.san@163.com>\r\n")
command("RCPT TO: <2390114562@qq.com>\r\n")
command("DATA\r\n")
message = "from:zhang.san@163.com\r\n"
message += "to:2390114562@qq.com\r\n"
message += "subject:hello\r\n"
message += "Content-Type:text/plain\t\n"
message += "\r\nI love computer networks!"
server.sendall(message.encode())
command("\r\n.\r\n")
server.send("QUIT\r\n".encode())
server.close()
"""

# 163 on 25: a bare word to HELO, MAIL FROM without its colon, and a stop at each code that is not the expected one.
WITHOUT_THE_COLON = r"""
import base64, socket, sys
talk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
talk.connect(("smtp.163.com", 25))
def expect(code, line=None):
    if line is not None: talk.send((line + "\r\n").encode())
    answer = talk.recv(1024).decode()
    print(answer)
    if not answer.startswith(code): sys.exit("expected " + code)
def b64(text): return base64.b64encode(text.encode()).decode()
expect("220")
expect("250", "HELO wang")
expect("334", "AUTH LOGIN")
expect("334", b64("zhang.san@163.com"))
expect("235", b64("ABCDEFGHIJKLMNOP"))
expect("250", "MAIL FROM <zhang.san@163.com>")
expect("250", "RCPT TO: <li.si@163.com>")
expect("354", "DATA")
talk.send(b"From: zhang.san@163.com\r\nTo: li.si@163.com\r\nSubject: lab 3\r\n\r\nI love computer networks!\r\n")
expect("250", ".")
expect("221", "QUIT")
talk.close()
"""

# 163 on 25, first as in the textbook, then with the login between.
BEFORE_THE_LOGIN = r"""
from socket import *
clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect(("smtp.163.com", 25))
def check(code):
    recv = clientSocket.recv(1024).decode()
    print(recv)
    if recv[:3] != code: print(code + ' reply not received from server.')
check('220')
clientSocket.send('HELO Alice\r\n'.encode())
check('250')
#LOGIN
clientSocket.send('MAIL FROM: <zhang.san@163.com>\r\n'.encode())
check('250')
clientSocket.send('RCPT TO: <li.si@163.com>\r\n'.encode())
check('250')
clientSocket.send('DATA\r\n'.encode())
check('354')
clientSocket.send('From: zhang.san@163.com\r\nTo: li.si@163.com\r\nSubject: hello\r\n\r\n I love computer networks!'.encode())
clientSocket.send('\r\n.\r\n'.encode())
check('250')
clientSocket.send('QUIT\r\n'.encode())
check('221')
"""
LOGIN = r"""
import base64
for word in [b'AUTH LOGIN', base64.b64encode(b'zhang.san@163.com'), base64.b64encode(b'ABCDEFGHIJKLMNOP')]:
    clientSocket.send(word + b'\r\n')
    print(clientSocket.recv(1024).decode())
"""

# Two programs over one configuration; this is the one that sends.
CONFIGURATION = """{
  "sender": "2390114562@qq.com", "receiver": "li.si@163.com", "subject": "计算机网络实验", "body": "你好，世界！\\n",
  "smtp_server": "smtp.qq.com", "password": "hvkqxzdnrtlmwabc", "imap_url": "imap.qq.com"
}"""
OVER_A_CONFIGURATION = r"""
import json, smtplib
from email.header import Header
from email.mime.text import MIMEText
with open("email_config.json", encoding="utf-8") as file:
    config = json.load(file)
message = MIMEText(config["body"], "plain", "utf-8")
message["From"] = config["sender"]
message["To"] = config["receiver"]
message["Subject"] = Header(config["subject"], "utf-8")
server = smtplib.SMTP_SSL(config["smtp_server"], 465)
server.login(config["sender"], config["password"])
server.sendmail(config["sender"], [config["receiver"]], message.as_string())
server.quit()
print("sent")
"""


class Reports(Case):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_program(self, source, *options, status=DONE):
        (self.folder / "client.py").write_text(source)
        done = subprocess.run([SMTPLAB, "run", "--store", "mail", *options, "--", "python3", "client.py"], stdin=subprocess.DEVNULL,
                              capture_output=True, cwd=self.folder, env=clean_environment(PATH="/usr/bin:/bin"), timeout=60, check=False)
        self.out, self.told = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, status, self.out + self.told)

    def stored(self):
        """The messages by the address whose mailbox they are in."""
        return {file.parts[-3]: file.read_bytes() for file in (self.folder / "mail").rglob("new/*")}

    def test_qq_in_clear_without_a_header(self):
        self.run_program(QQ_IN_CLEAR)
        self.assertIn("334 VXNlcm5hbWU6\r\n Username:", self.out)
        self.assertIn("235 Authentication successful", self.out)
        self.assertIn("250 OK: queued as.", self.out)
        self.assertEqual(list(self.stored().values()), [b"\r\n I love computer networks!\r\n"])
        self.assertIn("ends in the spam folder", self.told)
        self.assertIn("[no-header-at-all]", self.told)

    def test_163_with_base64_in_the_source(self):
        self.run_program(BASE64_IN_THE_SOURCE)
        self.assertIn("250 Mail OK queued as", self.out)
        [message] = self.stored().values()
        self.assertIn(b"Content-Type:text/plain\t\n\r\nI love computer networks!", message)
        self.assertNotIn("QUJDREVGR0hJSktMTU5PUA", self.told)

    def test_163_takes_mail_from_without_its_colon(self):
        self.run_program(WITHOUT_THE_COLON)
        self.assertEqual(len(self.stored()), 1)
        self.assertIn("[no-colon]", self.told)

    def test_163_wants_a_login_first(self):
        self.run_program(BEFORE_THE_LOGIN, status=FAILED)
        self.assertIn("553 authentication is required", self.out)
        self.assertIn("[mail-before-auth]", self.told)
        self.assertIn("Send AUTH LOGIN now", self.told)  # the way out
        self.assertEqual(self.stored(), {})
        self.run_program(BEFORE_THE_LOGIN.replace("#LOGIN", LOGIN))
        self.assertEqual(len(self.stored()), 1)
        self.assertNotIn("[mail-before-auth]", self.told)

    def test_qq_over_a_configuration(self):
        (self.folder / "email_config.json").write_text(CONFIGURATION, encoding="utf-8")
        self.run_program(OVER_A_CONFIGURATION)
        self.assertEqual(self.out, "sent\n")
        [message] = self.stored().values()
        self.assertIn("5L2g5aW977yM5LiW55WM77yBCg==".encode(), message)


if __name__ == "__main__":
    main()
