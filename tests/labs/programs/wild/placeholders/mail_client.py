from socket import *
import base64

# Fill in
mailserver = 'smtp.163.com'
fromAddress = 'xxxxxx@163.com'
toAddress = 'xxxxxx@qq.com'
username = base64.b64encode(b'xxxxxx@163.com') + b'\r\n'
password = base64.b64encode(b'xxxxxx') + b'\r\n'

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((mailserver, 25))
print(clientSocket.recv(1024).decode())
for command in [b'HELO Alice\r\n', b'AUTH LOGIN\r\n', username, password, b'MAIL FROM: <' + fromAddress.encode() + b'>\r\n',
                b'RCPT TO: <' + toAddress.encode() + b'>\r\n', b'DATA\r\n']:
    clientSocket.send(command)
    print(clientSocket.recv(1024).decode())
clientSocket.send(b'subject: hello\r\n\r\nI love computer networks!\r\n.\r\n')
print(clientSocket.recv(1024).decode())
clientSocket.send(b'QUIT\r\n')
print(clientSocket.recv(1024).decode())
clientSocket.close()
