# -*- coding: utf-8 -*-
from socket import *
import base64
import sys

subject = "第三次实验"
contenttype = "text/plain; charset=gbk"
msg = "\r\n 我喜欢计算机网络!"
endmsg = "\r\n.\r\n"
fromaddress = "alice@163.com"
toaddress = "bob@163.com"
username = base64.b64encode(fromaddress.encode()).decode()
password = base64.b64encode("HVKQXZDNRTLMWABC".encode()).decode()

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((sys.argv[1], int(sys.argv[2])))
recv = clientSocket.recv(1024).decode()
print(recv)
if recv[:3] != '220':
    print('220 reply not received from server.')
clientSocket.sendall('HELO Alice\r\n'.encode())
print(clientSocket.recv(1024).decode())
clientSocket.sendall('AUTH LOGIN\r\n'.encode())
print(clientSocket.recv(1024).decode())
clientSocket.sendall((username + '\r\n').encode())
print(clientSocket.recv(1024).decode())
clientSocket.sendall((password + '\r\n').encode())
print(clientSocket.recv(1024).decode())
clientSocket.sendall(('MAIL FROM: <' + fromaddress + '>\r\n').encode())
print(clientSocket.recv(1024).decode())
clientSocket.sendall(('RCPT TO: <' + toaddress + '>\r\n').encode())
print(clientSocket.recv(1024).decode())
clientSocket.send('DATA\r\n'.encode())
print(clientSocket.recv(1024).decode())
message = 'from:' + fromaddress + '\r\n'
message += 'to:' + toaddress + '\r\n'
message += 'subject:' + subject + '\r\n'
message += 'Content-Type:' + contenttype + '\t\n'
message += '\r\n' + msg
clientSocket.sendall(message.encode())
clientSocket.sendall(endmsg.encode())
print(clientSocket.recv(1024).decode())
clientSocket.sendall('QUIT\r\n'.encode())
clientSocket.close()
