from socket import *
import sys
# Message to send
msg = "From: alice@client.example\r\nTo: bob@example.org\r\nSubject: Test\r\n\r\nI love computer networks!\r\n.\r\n"
endmsg = ".\r\n"
clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((sys.argv[1], int(sys.argv[2])))
def check(code):
    r = clientSocket.recv(1024).decode()
    print(r)
    if r[:3] != code: print(code, 'reply not received from server.')
check('220')
clientSocket.send('HELO client.example\r\n'.encode()); check('250')
clientSocket.send('MAIL FROM:<alice@client.example>\r\n'.encode()); check('250')
clientSocket.send('RCPT TO:<bob@example.org>\r\n'.encode()); check('250')
clientSocket.send('DATA\r\n'.encode()); check('354')
clientSocket.send(msg.encode())
clientSocket.send(endmsg.encode()); check('250')
clientSocket.send('QUIT\r\n'.encode()); check('221')
clientSocket.close()
