import base64
from socket import *

boundary = "----my-boundary"
s = socket(AF_INET, SOCK_STREAM)
s.connect(("localhost", 25))
print(s.recv(1024).decode())

def cmd(c):
    s.send((c + "\r\n").encode())
    print(s.recv(1024).decode())

cmd("HELO client.example")
cmd("MAIL FROM:<alice@course.example>")
cmd("RCPT TO:<bob@course.example>")
cmd("DATA")
with open("cat.jpg", "rb") as f:
    picture = base64.encodebytes(f.read()).replace(b"\n", b"\r\n")

s.send(("From: alice@course.example\r\nTo: bob@course.example\r\nSubject: my cat\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n"
        "--" + boundary + "\r\nContent-Type: text/plain\r\n\r\nThis is my cat.\r\n"
        "--" + boundary + "\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n").encode())
s.send(picture + b"\r\n--" + boundary.encode() + b"--\r\n")
cmd(".")
cmd("QUIT")
