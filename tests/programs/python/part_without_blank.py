import base64
import sys
from socket import socket

SEP = "simple boundary"
s = socket()
s.connect((sys.argv[1], int(sys.argv[2])))


def reply(want):
    r = s.recv(4096).decode()
    print(r, end="")
    if not r.startswith(str(want)):
        print(want, "reply not received")


reply(220)
s.send(b"EHLO laptop.example.org\r\n")
reply(250)
s.send(b"MAIL FROM:<alice@example.org>\r\n")
reply(250)
s.send(b"RCPT TO:<bob@example.org>\r\n")
reply(250)
s.send(b"DATA\r\n")
reply(354)
s.send(b"From: alice@example.org\r\nTo: bob@example.org\r\nSubject: holiday pictures\r\n")
s.send(b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"" + SEP.encode() + b"\"\r\n\r\n")
s.send(b"--" + SEP.encode() + b"\r\nContent-Type: text/plain\r\nHere is the picture.\r\n")
s.send(b"--" + SEP.encode() + b"\r\nContent-Type: image/jpeg; name=\"beach.jpg\"\r\nContent-Transfer-Encoding: base64\r\n\r\n")
s.send(base64.encodebytes(bytes(range(256)) * 2).replace(b"\n", b"\r\n"))
s.send(b"--" + SEP.encode() + b"--\r\n.\r\n")
reply(250)
s.send(b"QUIT\r\n")
reply(221)
s.close()
