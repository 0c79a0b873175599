from socket import *
import sys

sender, to = sys.argv[1], sys.argv[2]
s = socket(AF_INET, SOCK_STREAM)
s.connect(("localhost", 25))
print(s.recv(1024).decode())
for line in ["HELO client.course.example", f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "DATA"]:
    s.send((line + "\r\n").encode())
    print(s.recv(1024).decode())
body = sys.stdin.read()
s.send(f"From: {sender}\r\nTo: {to}\r\nSubject: Any text\r\n\r\n".encode())
s.send(body.encode())
s.send(b"\r\n.\r\n")
print(s.recv(1024).decode())
s.send(b"QUIT\r\n")
print(s.recv(1024).decode())
