#!/usr/bin/env python3
import sys
from socket import *

FROM = "alice@client.example"
TO = "bob@example.org"
conn = socket(AF_INET, SOCK_STREAM)
conn.connect((sys.argv[1], int(sys.argv[2])))
steps = [
    (None, "220"),
    ("HELO " + FROM, "250"),
    ("MAIL FROM:<Alice <" + FROM + ">>", "250"),
    ("RCPT TO:<" + TO + ">", "250"),
    ("DATA", "354"),
    ("From: Alice <" + FROM + ">\r\nTo: " + TO + "\r\nSubject: Steps\r\n\r\nAll in a table.\r\n.", "250"),
    ("QUIT", "221"),
]
for line, code in steps:
    if line:
        conn.send((line + "\r\n").encode())
    answer = conn.recv(1024).decode()
    print(answer.strip())
    if answer[:3] != code:
        print(code + " reply not received from server.")
        conn.send(b"QUIT\r\n")
        conn.recv(1024)
        break
conn.close()
