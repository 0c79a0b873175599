import socket
import sys
import time

client = socket.create_connection((sys.argv[1], int(sys.argv[2])))
BYTE_LENGTH = 1024

recv = client.recv(BYTE_LENGTH).decode()
if recv[:3] != '220':
    print('220 reply not received from server.')

client.send('HELO Gmail\r\n'.encode())
helo_recv = client.recv(BYTE_LENGTH).decode()
if helo_recv[:3] != '250':
    print('250 reply not received from server.')

email = "alice@client.example"
to = "bob@example.org"
client.send(("MAIL FROM:<" + email + ">\r\n").encode())
print(client.recv(BYTE_LENGTH).decode())
client.send(("RCPT TO:<" + to + ">\r\n").encode())
print(client.recv(BYTE_LENGTH).decode())
client.send("DATA\r\n".encode())
print(client.recv(BYTE_LENGTH).decode())
client.send("Subject: Hello!\r\n\r\n".encode())
date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime()) + "\r\n\r\n"
client.send(date.encode())
client.send("\r\n Hello There!".encode())
client.send("\r\n.\r\n".encode())
print(client.recv(BYTE_LENGTH).decode())
client.send("QUIT\r\n".encode())
print(client.recv(BYTE_LENGTH).decode())
client.close()
