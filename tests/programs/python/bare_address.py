# The address alone where the command was to stand.
from socket import *
import sys

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((sys.argv[1], int(sys.argv[2])))
recv = clientSocket.recv(1024).decode()
if recv[:3] != '220':
    print('220 reply not received from server.')
clientSocket.send('EHLO client.example\r\n'.encode())
print(clientSocket.recv(1024).decode())
mailFrom = "alice@client.example\r\n"
clientSocket.send(mailFrom.encode())
print("After MAIL FROM command: " + clientSocket.recv(1024).decode())
rcptTo = "bob@example.org\r\n"
clientSocket.send(rcptTo.encode())
print("After RCPT TO command: " + clientSocket.recv(1024).decode())
clientSocket.send("DATA\r\n".encode())
print("After DATA command: " + clientSocket.recv(1024).decode())
clientSocket.send("\r\n My message\r\n.\r\n".encode())
print(clientSocket.recv(1024).decode())
clientSocket.send("QUIT\r\n".encode())
print(clientSocket.recv(1024).decode())
clientSocket.close()
