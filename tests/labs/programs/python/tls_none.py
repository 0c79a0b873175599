from socket import *
import ssl
import base64

def check(sock, code):
    recv = sock.recv(1024).decode()
    print(recv)
    if recv[:3] != code:
        print(code + ' reply not received from server.')

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect(("smtp.gmail.com", 587))
check(clientSocket, '220')
clientSocket.send('EHLO client.course.example\r\n'.encode())
check(clientSocket, '250')
clientSocket.send('AUTH LOGIN\r\n'.encode())
check(clientSocket, '334')
clientSocket.send(base64.b64encode("networks.student@gmail.com".encode()) + b'\r\n')
check(clientSocket, '334')
clientSocket.send(base64.b64encode("abcdefghijklmnop".encode()) + b'\r\n')
check(clientSocket, '235')
clientSocket.send('MAIL FROM:<networks.student@gmail.com>\r\n'.encode())
check(clientSocket, '250')
clientSocket.send('RCPT TO:<professor@course.example>\r\n'.encode())
check(clientSocket, '250')
clientSocket.send('DATA\r\n'.encode())
check(clientSocket, '354')
clientSocket.send('Subject: TLS\r\n\r\n I love computer networks!'.encode())
clientSocket.send('\r\n.\r\n'.encode())
check(clientSocket, '250')
clientSocket.send('QUIT\r\n'.encode())
check(clientSocket, '221')
clientSocket.close()
