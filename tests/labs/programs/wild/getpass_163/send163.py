# -*- coding: utf-8 -*-
import base64
import getpass
import socket

user = input('请输入163邮箱账号：')
code = getpass.getpass('请输入授权码：')
to = input('收件人：')

s = socket.socket()
s.connect(('smtp.163.com', 25))

def recv(code):
    data = s.recv(1024).decode()
    print(data)
    if data[:3] != code:
        s.send(b'QUIT\r\n')
        s.close()
        exit('出错了：' + data)

def send(line, code):
    s.send((line + '\r\n').encode())
    recv(code)

recv('220')
send('EHLO student', '250')
send('AUTH LOGIN', '334')
send(base64.b64encode(user.encode()).decode(), '334')
send(base64.b64encode(code.encode()).decode(), '235')
send('MAIL FROM:<%s>' % user, '250')
send('RCPT TO:<%s>' % to, '250')
send('DATA', '354')
send('From: %s\r\nTo: %s\r\nSubject: hello\r\n\r\nHello from my own client.\r\n.' % (user, to), '250')
send('QUIT', '221')
s.close()
