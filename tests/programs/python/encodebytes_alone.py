# The line end is the encoder's own.
import base64
import socket
import sys

user = "alice@163.com"
code = "HVKQXZDNRTLMWABC"

s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
print(s.recv(1024).decode())
for line in [b"EHLO client.example\r\n", b"AUTH LOGIN\r\n", base64.encodebytes(user.encode()), base64.encodebytes(code.encode()), b"QUIT\r\n"]:
    s.send(line)
    print(s.recv(1024).decode())
s.close()
