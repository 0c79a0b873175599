import socket
import sys
import time

s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
time.sleep(0.1)
s.send(b"HELO client.example\r\n")
time.sleep(0.1)
s.send(b"MAIL FROM:<alice@client.example>\r\n")
time.sleep(0.1)
s.send(b"RCPT TO:<bob@example.org>\r\n")
time.sleep(0.1)
s.send(b"DATA\r\n")
time.sleep(0.1)
s.send(b"From: alice@client.example\r\nTo: bob@example.org\r\nSubject: sleepy\r\n\r\nHello\r\n.\r\n")
time.sleep(0.1)
s.send(b"QUIT\r\n")
time.sleep(0.1)
print(s.recv(4096).decode())
s.close()
