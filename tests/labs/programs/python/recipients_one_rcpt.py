from socket import *
import sys
sender = sys.argv[1]
receivers = ",".join(sys.argv[2:5])
s = socket(AF_INET, SOCK_STREAM)
s.connect(('localhost', 25))
print(s.recv(1024).decode())
for command in ['HELO client.course.example', 'MAIL FROM:<%s>' % sender, 'RCPT TO:<%s>' % receivers.replace(',', '>,<'), 'DATA']:
    s.send((command + '\r\n').encode())
    print(s.recv(1024).decode())
s.send(('From: %s\r\nTo: %s\r\nSubject: Lunch\r\n\r\nShall we meet at noon?\r\n.\r\n' % (sender, sys.argv[2])).encode())
print(s.recv(1024).decode())
s.send(b'QUIT\r\n')
print(s.recv(1024).decode())
s.close()
