from socket import *
import sys
msg = "\r\n I love computer networks!\r\n"
endmsg = "\r\n.\r\n"
clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((sys.argv[1], int(sys.argv[2])))
recv = clientSocket.recv(1024).decode()
clientSocket.send(b'HELO client.example\r\n')
recv1 = clientSocket.recv(1024).decode()
clientSocket.send(b'MAIL FROM:<alice@client.example>\r\n')
recv2 = clientSocket.recv(1024).decode()
clientSocket.send(b'RCPT TO:<bob@example.org>\r\n')
recv3 = clientSocket.recv(1024).decode()
clientSocket.send(b'DATA\r\n')
recv4 = clientSocket.recv(1024).decode()
# Send message data.
clientSocket.send(msg.encode())
recv5 = clientSocket.recv(1024).decode()
# Message ends with a single period.
clientSocket.send(endmsg.encode())
recv6 = clientSocket.recv(1024).decode()
clientSocket.send(b'QUIT\r\n')
