from socket import *
import sys

def smtp_client(port=1025, mailserver='127.0.0.1'):
    clientSocket = socket(AF_INET, SOCK_STREAM)
    clientSocket.connect((mailserver, port))
    recv = clientSocket.recv(1024).decode()
    heloCommand = 'HELO client.example\r\n'
    clientSocket.send(heloCommand.encode())
    recv1 = clientSocket.recv(1024).decode()
    mailFrom = "MAIL FROM:<alice@client.example>"
    clientSocket.send(mailFrom.encode())
    recv2 = clientSocket.recv(1024).decode()
    rcptTo = "RCPT TO:<bob@example.org>"
    clientSocket.send(rcptTo.encode())
    recv3 = clientSocket.recv(1024).decode()

smtp_client(int(sys.argv[2]), sys.argv[1])
