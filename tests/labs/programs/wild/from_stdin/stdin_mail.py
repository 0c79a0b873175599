import socket, sys

sender, recipient = sys.argv[1], sys.argv[2]
s = socket.create_connection(("localhost", 25))
f = s.makefile("rb")

def reply():
    line = f.readline()
    while line[3:4] == b"-":
        line = f.readline()
    return line

def command(text):
    s.sendall((text + "\r\n").encode())
    return reply()

reply()
command("HELO stdin.example")
command("MAIL FROM:<" + sender + ">")
command("RCPT TO:<" + recipient + ">")
command("DATA")
s.sendall(("From: " + sender + "\r\nTo: " + recipient + "\r\nSubject: typed\r\n\r\n").encode())
for line in sys.stdin:
    s.sendall(line.rstrip("\r\n").encode() + b"\r\n")
command(".")
command("QUIT")
