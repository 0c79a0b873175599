from socket import *
import ssl
import base64

def get_server_response(code, sock):
    recv = sock.recv(1024).decode()
    print(recv)
    if recv[:3] != str(code):
        print(f'{code} reply not received from server.')

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect(("smtp.gmail.com", 587))
get_server_response(220, clientSocket)
clientSocket.sendall('HELO Alice\r\n'.encode())
get_server_response(250, clientSocket)
clientSocket.sendall('STARTTLS \r\n'.encode())
get_server_response(220, clientSocket)
context = ssl.create_default_context()
tls = context.wrap_socket(clientSocket, server_hostname="smtp.gmail.com")
tls.send("AUTH LOGIN\r\n".encode())
get_server_response(334, tls)
tls.send(base64.b64encode("someone@gmail.com".encode()) + b"\r\n")
get_server_response(334, tls)
tls.send(base64.b64encode("abcdefghijklmnop".encode()) + b"\r\n")
get_server_response(235, tls)
tls.send(b"MAIL FROM:<someone@gmail.com>\r\n")
get_server_response(250, tls)
tls.send(b"RCPT TO:<bob@example.org>\r\n")
get_server_response(250, tls)
tls.send(b"DATA\r\n")
get_server_response(354, tls)
tls.send(b"Subject: hello\r\n\r\n I love computer networks!")
tls.send(b"\r\n.\r\n")
get_server_response(250, tls)
tls.send(b"QUIT\r\n")
get_server_response(221, tls)
tls.close()
