import socket
import ssl
import sys
from email.utils import formatdate, make_msgid

context = ssl.create_default_context()
raw = socket.create_connection(("localhost", 465), timeout=20)
server = context.wrap_socket(raw, server_hostname="localhost")
stream = server.makefile("rb")


def answer(code):
    while True:
        line = stream.readline()
        print(line.decode().strip())
        if line[3:4] != b"-":
            break
    if line[:3] != code:
        server.sendall(b"QUIT\r\n")
        sys.exit("the server said " + line.decode())


def tell(line, code):
    server.sendall(line.encode() + b"\r\n")
    answer(code)


answer(b"220")
tell("EHLO client.course.example", b"250")
tell("MAIL FROM:<alice@course.example>", b"250")
tell("RCPT TO:<bob@course.example>", b"250")
tell("DATA", b"354")
tell("From: alice@course.example\r\nTo: bob@course.example\r\nSubject: Encrypted\r\nDate: " + formatdate() + "\r\nMessage-ID: "
     + make_msgid(domain="course.example") + "\r\n\r\nNobody can read this on the way.\r\n.", b"250")
tell("QUIT", b"221")
server.close()
