from socket import *
import sys

server_name = "comp431.cs.university.example"
server_port = 9954
try:
    client_socket = socket(AF_INET, SOCK_STREAM)
    client_socket.connect((server_name, server_port))
    print(client_socket.recv(1024).decode())
    client_socket.send("HELO comp431.cs.university.example\n".encode())
    print(client_socket.recv(1024).decode())
except error as e:
    print("connection failed:", e)
    sys.exit()
