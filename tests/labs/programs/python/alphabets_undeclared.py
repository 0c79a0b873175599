# -*- coding: utf-8 -*-
import socket, sys, base64

frm, to, subject, path = sys.argv[1:5]
s = socket.create_connection(("localhost", 25))
def recv():
    r = s.recv(4096).decode()
    print(r)
    return r
recv()
for c in ["HELO client.course.example", "MAIL FROM:<" + frm + ">", "RCPT TO:<" + to + ">", "DATA"]:
    s.sendall((c + "\r\n").encode())
    recv()
subject = "=?UTF-8?B?" + base64.b64encode(subject.encode("utf-8")).decode() + "?="
body = open(path, "rb").read().replace(b"\n", b"\r\n")
s.sendall(("From: " + frm + "\r\nTo: " + to + "\r\nSubject: " + subject + "\r\n\r\n").encode() + body + b"\r\n.\r\n")
recv()
s.sendall(b"QUIT\r\n")
recv()
s.close()
