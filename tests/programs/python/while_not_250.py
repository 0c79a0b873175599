import socket
import sys
import time

s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
s.settimeout(20)


def send_until(line, code, tries=5):
    answer = ''
    while not answer.startswith(code) and tries:
        s.send(line.encode() + b'\r\n')
        answer = s.recv(1024).decode()
        print(line, '=>', answer)
        tries -= 1


s.recv(1024)
send_until('HELO client.example', '250')
send_until('MAIL FROM:<alice@client.example>', '250')
send_until('RCPT TO:<bob@example.org>', '250')
send_until('DATA', '354')
send_until('From: alice@client.example\r\nTo: bob@example.org\r\nSubject: hi\r\n\r\nhello\r\n.', '250')
send_until('QUIT', '221')
