from socket import *
msg = "\r\n I love computer networks!"
endmsg = "\r\n.\r\n"
mailserver = 'smtp.163.com'
clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((mailserver, 25))
recv = clientSocket.recv(1024).decode()
print(recv)
clientSocket.send('HELO Alice\r\n'.encode())
recv1 = clientSocket.recv(1024).decode()
print(recv1)
clientSocket.send('MAIL FROM:<zhangwei2019@163.com>\r\n'.encode())
recv2 = clientSocket.recv(1024).decode()
print(recv2)
if recv2[:3] != '250':
    print('250 reply not received from server.')
clientSocket.send('RCPT TO:<zhangwei2019@qq.com>\r\n'.encode())
recv3 = clientSocket.recv(1024).decode()
print(recv3)
clientSocket.send('DATA\r\n'.encode())
recv4 = clientSocket.recv(1024).decode()
print(recv4)
clientSocket.send(msg.encode())
clientSocket.send(endmsg.encode())
recv5 = clientSocket.recv(1024).decode()
print(recv5)
clientSocket.send('QUIT\r\n'.encode())
print(clientSocket.recv(1024).decode())
clientSocket.close()
