import socket, sys
body = sys.stdin
s = socket.create_connection(("localhost", 25)); f = s.makefile("rwb")
def reply():
    l = f.readline()
    while l[3:4] == b"-": l = f.readline()
    sys.stderr.write(l.decode()); return l[:3]
def say(x): f.write(x.encode() + b"\r\n"); f.flush(); return reply()
reply(); say("EHLO x.course.example"); say("MAIL FROM:<alice@course.example>"); say("RCPT TO:<bob@course.example>"); say("DATA")
f.write(b"From: alice@course.example\r\nTo: bob@course.example\r\nSubject: text\r\n\r\n")
for line in body:
    line = line.rstrip("\r\n")
    if line == ".":
        break
    if line.startswith("."): line = "." + line
    f.write(line.encode() + b"\r\n")
f.write(b".\r\n"); f.flush(); reply(); say("QUIT")
