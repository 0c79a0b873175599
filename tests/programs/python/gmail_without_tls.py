from socket import *
import base64

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect(("smtp.gmail.com", 587))
print(clientSocket.recv(1024).decode())
for line in ["EHLO client.example", "AUTH LOGIN", base64.b64encode(b"someone@gmail.com").decode(), base64.b64encode(b"abcdefghijklmnop").decode(), "QUIT"]:
    clientSocket.send((line + "\r\n").encode())
    print(clientSocket.recv(1024).decode())
clientSocket.close()
