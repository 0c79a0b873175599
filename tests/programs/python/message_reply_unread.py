# Two mails over one connection; what the server says of the message is never read.
from socket import *
import sys
s = socket(AF_INET, SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
print(s.recv(1024).decode())
s.send(b"EHLO client.example\r\n")
print(s.recv(1024).decode())
for name in ["bob", "carol", "dave"]:
    s.send(b"MAIL FROM:<alice@client.example>\r\n")
    print(s.recv(1024).decode())
    s.send(f"RCPT TO:<{name}@example.org>\r\n".encode())
    print(s.recv(1024).decode())
    s.send(b"DATA\r\n")
    print(s.recv(1024).decode())
    s.send(f"From: alice@client.example\r\nTo: {name}@example.org\r\nSubject: Hello {name}\r\n\r\nHello {name}!\r\n.\r\n".encode())
s.send(b"QUIT\r\n")
print(s.recv(1024).decode())
s.close()
