"""Homework: mail merge. One connection, a letter for each student."""
import socket, sys
STUDENTS = [("bob@example.org", "Bob"), ("carol@example.org", "Carol")]
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
f = s.makefile("rb")
def reply():
    while True:
        line = f.readline()
        if line[3:4] != b"-": return line[:3]
def cmd(c):
    s.sendall(c.encode() + b"\r\n"); return reply()
reply(); cmd("EHLO client.example")
cmd("MAIL FROM:<office@client.example>")
for address, name in STUDENTS:
    cmd("RCPT TO:<%s>" % address)
    cmd("DATA")
    cmd("From: Office\r\nTo: %s <%s>\r\nSubject: Exam\r\n\r\nDear %s,\r\nyou have passed.\r\n." % (name, address, name))
cmd("QUIT")
