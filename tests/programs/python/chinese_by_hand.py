# -*- coding: utf-8 -*-
import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
print(s.recv(1024).decode())
def send(text):
    s.sendall(text.encode('gbk'))
    print(s.recv(1024).decode('gbk'))
send('EHLO client.example\r\n')
send('MAIL FROM:<alice@client.example>\r\n')
send('RCPT TO:<bob@example.org>\r\n')
send('DATA\r\n')
send('From: alice@client.example\r\nTo: bob@example.org\r\nSubject: 你好\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
     '这是一封用程序发送的邮件，请查收。\r\n.\r\n')
send('QUIT\r\n')
s.close()
