import base64
import socket
import sys

user = "alice@163.com"
code = "HVKQXZDNRTLMWABC"

s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
print(s.recv(1024).decode())
s.send(b"EHLO client.example\r\n")
print(s.recv(1024).decode())
s.send(b"AUTH LOGIN\r\n")
print(s.recv(1024).decode())
s.send(base64.encodebytes(user.encode()) + b"\r\n")
print(s.recv(1024).decode())
s.send(base64.encodebytes(code.encode()) + b"\r\n")
answer = s.recv(1024).decode()
print(answer)
if not answer.startswith("235"):
    print("login failed")
    s.send(b"QUIT\r\n")
    s.recv(1024)
s.close()
