from socket import *
import sys
from time import strftime, gmtime

server = sys.argv[1]
port = int(sys.argv[2])
s = socket(AF_INET, SOCK_STREAM)
s.connect((server, port))
print(s.recv(1024).decode())
s.send("EHLO client.example\r\n".encode())
print(s.recv(1024).decode())
s.send("MAIL FROM:<alice@client.example>\r\n".encode())
print(s.recv(1024).decode())
s.send("RCPT TO:<bob@example.org>\r\n".encode())
print(s.recv(1024).decode())
s.send("DATA\r\n".encode())
print(s.recv(1024).decode())
subject = "Subject: Testing my client\r\n"
s.send(subject.encode())
s.send("From: alice@client.example\r\nTo: bob@example.org\r\n".encode())
date = strftime("Date: %a, %d %b %Y %H:%M:%S +0000\r\n", gmtime())
s.send(date.encode())
s.send("Hello, this is my first mail\r\n".encode())
s.send(".\r\n".encode())
print(s.recv(1024).decode())
s.send("QUIT\r\n".encode())
print(s.recv(1024).decode())
s.close()
