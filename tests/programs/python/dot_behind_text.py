from socket import *
import sys

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((sys.argv[1], int(sys.argv[2])))
print(clientSocket.recv(1024))

def command(text):
    clientSocket.send(text.encode('utf-8'))
    response = clientSocket.recv(1024).decode('utf-8')
    print(response)
    return response

command("EHLO client.example\r\n")
command("MAIL FROM:<alice@client.example>\r\n")
command("RCPT TO:<bob@example.org>\r\n")
command("DATA\r\n")
clientSocket.send("From: alice@client.example\r\nTo: bob@example.org\r\nSubject: Lab 3\r\n\r\n".encode())
clientSocket.send("I love computer networks!".encode())
command(".\r\n")
command("QUIT\r\n")
clientSocket.close()
