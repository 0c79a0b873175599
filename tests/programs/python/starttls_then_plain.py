from socket import *
import ssl
import base64

msg = "\r\n I love computer networks!"
endmsg = "\r\n.\r\n"

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect(("smtp.gmail.com", 587))
recv = clientSocket.recv(1024).decode()
print(recv)

clientSocket.send("EHLO alice.example.org\r\n".encode())
print(clientSocket.recv(1024).decode())

clientSocket.send("STARTTLS\r\n".encode())
print(clientSocket.recv(1024).decode())

clientSocket.send("AUTH LOGIN\r\n".encode())
print(clientSocket.recv(1024).decode())
clientSocket.send((base64.b64encode(b"someone@gmail.com")) + b"\r\n")
print(clientSocket.recv(1024).decode())
clientSocket.send((base64.b64encode(b"abcdefghijklmnop")) + b"\r\n")
print(clientSocket.recv(1024).decode())
