import os
import socket

pid = os.fork()
if pid > 0:
    print("the child is", pid)
    os._exit(0)

s = socket.create_connection(("localhost", 25))
f = s.makefile("rwb")

def reply():
    line = f.readline()
    while line[3:4] == b"-":
        line = f.readline()
    return line

reply()
for line in [b"HELO child.example", b"MAIL FROM:<alice@course.example>", b"RCPT TO:<bob@course.example>", b"DATA",
             b"From: alice@course.example\r\nTo: bob@course.example\r\nSubject: child\r\n\r\nFrom the child.\r\n.", b"QUIT"]:
    f.write(line + b"\r\n")
    f.flush()
    print(reply())
