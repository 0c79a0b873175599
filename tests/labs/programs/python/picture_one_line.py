import base64
from socket import *

s = socket(AF_INET, SOCK_STREAM)
s.connect(("localhost", 25))
print(s.recv(1024).decode())

def cmd(c):
    s.sendall((c + "\r\n").encode())
    print(s.recv(1024).decode())

with open("picture.png", "rb") as f:
    pic = base64.b64encode(f.read()).decode()

cmd("HELO client.course.example")
cmd("MAIL FROM:<alice@course.example>")
cmd("RCPT TO:<bob@course.example>")
cmd("DATA")
s.sendall(b"From: alice@course.example\r\nTo: bob@course.example\r\nSubject: A picture\r\n")
s.sendall(b"Content-Type: multipart/mixed; boundary=frontier\r\n\r\n")
s.sendall(b"--frontier\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n")
s.sendall(b"--frontier\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n")
s.sendall(pic.encode() + b"\r\n--frontier--\r\n")
cmd(".")
cmd("QUIT")
s.close()
