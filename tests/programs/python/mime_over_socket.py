# Lab 3, optional exercise 2: text and image
import socket
import sys
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

sender = 'alice@client.example'
receiver = 'bob@example.org'

message = MIMEMultipart()
message['From'] = sender
message['To'] = receiver
message['Subject'] = 'Lab 3'
message.attach(MIMEText('I love computer networks!', 'plain'))
message.attach(MIMEImage(bytes(range(256)) * 4, 'png'))

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.connect((sys.argv[1], int(sys.argv[2])))
print(sock.recv(1024))
for command in ('HELO client.example', 'MAIL FROM:<' + sender + '>', 'RCPT TO:<' + receiver + '>', 'DATA'):
    sock.send((command + '\r\n').encode())
    print(sock.recv(1024))
sock.send(message.as_string().encode())
sock.send(b'\r\n.\r\n')
print(sock.recv(1024))
sock.send(b'QUIT\r\n')
print(sock.recv(1024))
sock.close()
