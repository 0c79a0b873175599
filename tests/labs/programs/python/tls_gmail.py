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
clientSocket.send('STARTTLS\r\n'.encode())
check(clientSocket, '220')
context = ssl.create_default_context()
secure = context.wrap_socket(clientSocket, server_hostname="smtp.gmail.com")
secure.send('EHLO client.course.example\r\n'.encode())
check(secure, '250')
secure.send('AUTH LOGIN\r\n'.encode())
check(secure, '334')
secure.send(base64.b64encode("networks.student@gmail.com".encode()) + b'\r\n')
check(secure, '334')
secure.send(base64.b64encode("abcdefghijklmnop".encode()) + b'\r\n')
check(secure, '235')
secure.send('MAIL FROM:<networks.student@gmail.com>\r\n'.encode())
check(secure, '250')
secure.send('RCPT TO:<professor@course.example>\r\n'.encode())
check(secure, '250')
secure.send('DATA\r\n'.encode())
check(secure, '354')
secure.send('Subject: TLS\r\n\r\n I love computer networks!'.encode())
secure.send('\r\n.\r\n'.encode())
check(secure, '250')
secure.send('QUIT\r\n'.encode())
check(secure, '221')
secure.close()
