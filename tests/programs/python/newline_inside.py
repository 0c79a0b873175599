# $ echo alice@163.com | base64
from socket import *
import sys

username = "YWxpY2VAMTYzLmNvbQo="
password = "SFZLUVhaRE5SVExNV0FCQwo="
server = socket(AF_INET, SOCK_STREAM)
server.connect((sys.argv[1], int(sys.argv[2])))

def answer():
    text = server.recv(1024).decode()
    print(text)
    return text[:3]

answer()
server.send("EHLO client.example\r\n".encode()); answer()
server.send("AUTH LOGIN\r\n".encode()); answer()
server.send((username + "\r\n").encode()); answer()
server.send((password + "\r\n").encode())
if answer() != "235":
    print("535?")
server.send("QUIT\r\n".encode()); answer()
server.close()
