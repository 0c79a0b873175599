import socket
import sys
from email.utils import formatdate, make_msgid

s = socket.create_connection(("localhost", 25), 20)
f = s.makefile("rb")

def expect(code):
    while True:
        line = f.readline().decode()
        if not line:
            sys.exit(2)
        print(line, end="")
        if line[3] != "-":
            break
    if line[:3] != code:
        print(code + " reply not received from server.")

expect("220")
for line, code in [("EHLO client.course.example", "250"), ("MAIL FROM:<alice@course.example>", "250"), ("RCPT TO:<bob@course.example>", "250"), ("DATA", "354")]:
    s.sendall(line.encode() + b"\r\n")
    expect(code)
s.sendall(("From: alice@course.example\r\nTo: bob@course.example\r\nSubject: Lunch\r\nDate: " + formatdate() + "\r\nMessage-ID: " + make_msgid(domain="course.example")
           + "\r\n\r\nShall we meet at noon?\r\n.\r\n").encode())
expect("250")
s.sendall(b"QUIT\r\n")
expect("221")
s.close()
