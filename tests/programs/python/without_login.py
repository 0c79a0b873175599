from socket import *
import sys

mailServer = sys.argv[1]
fromAddress = "alice@163.com"
toAddress = "bob@163.com"

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((mailServer, int(sys.argv[2])))
recv = clientSocket.recv(1024).decode()
print(recv)
clientSocket.send('HELO Alice\r\n'.encode())
print(clientSocket.recv(1024).decode())
clientSocket.sendall(('MAIL FROM: <' + fromAddress + '>\r\n').encode())
recvFrom = clientSocket.recv(1024).decode()
print(recvFrom)
if '250' != recvFrom[:3]:
    print('250 reply not received from server')
clientSocket.sendall(('RCPT TO: <' + toAddress + '>\r\n').encode())
recvTo = clientSocket.recv(1024).decode()
print(recvTo)
if '250' != recvTo[:3]:
    print('250 reply not received from server')
clientSocket.send('DATA\r\n'.encode())
recvData = clientSocket.recv(1024).decode()
print(recvData)
if '354' != recvData[:3]:
    print('354 reply not received from server')
message = 'from:' + fromAddress + '\r\n'
message += 'to:' + toAddress + '\r\n'
message += 'subject:I love computer networks!\r\n'
message += 'Content-Type:text/plain\t\n'
message += '\r\n I love computer networks!'
clientSocket.sendall(message.encode())
clientSocket.sendall("\r\n.\r\n".encode())
recvEnd = clientSocket.recv(1024).decode()
print(recvEnd)
if '250' != recvEnd[:3]:
    print('250 reply not received from server')
clientSocket.sendall('QUIT\r\n'.encode())
clientSocket.close()
