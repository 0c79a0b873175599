import base64
from socket import *
import sys

s = socket(AF_INET, SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
print(s.recv(1024))

user = base64.b64encode("alice@163.com".encode())
password = base64.b64encode("HVKQXZDNRTLMWABC".encode())
s.send("EHLO client.example\r\n".encode())
print(s.recv(1024))
s.send("AUTH LOGIN\r\n".encode())
print(s.recv(1024))
s.send(f"{user}\r\n".encode())
print(s.recv(1024))
s.send(f"{password}\r\n".encode())
print(s.recv(1024))
s.send("QUIT\r\n".encode())
print(s.recv(1024))
s.close()
