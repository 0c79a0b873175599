import socket
import sys

subject = sys.stdin.readline()
text = sys.stdin.read()
sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
print(sock.recv(1024))
for line in ("HELO client.example", "MAIL FROM:<alice@client.example>", "RCPT TO:<bob@example.org>", "DATA"):
    sock.send(line.encode() + b"\r\n")
    print(sock.recv(1024))
sock.send(("From: alice@client.example\r\nTo: bob@example.org\r\nSubject: " + subject + "\r\n" + text + "\r\n.\r\n").encode())
print(sock.recv(1024))
sock.send(b"QUIT\r\n")
print(sock.recv(1024))
