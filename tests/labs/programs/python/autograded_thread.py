from socket import *
import threading

def reader(sock):
    while True:
        try:
            sock.recv(1024)
        except OSError:
            pass

def smtp_client(port=1025, mailserver='127.0.0.1'):
    s = socket(AF_INET, SOCK_STREAM)
    s.connect((mailserver, port))
    s.recv(1024)
    for line in ["HELO client.course.example", "MAIL FROM:<alice@course.example>", "RCPT TO:<bob@course.example>", "DATA"]:
        s.send((line + "\r\n").encode())
        s.recv(1024)
    s.send("From: alice@course.example\r\nTo: bob@course.example\r\nSubject: hi\r\n\r\nI love computer networks!\r\n.\r\n".encode())
    s.recv(1024)
    t = threading.Thread(target=reader, args=(s,))
    t.start()
    s.send("QUIT\r\n".encode())

if __name__ == '__main__':
    smtp_client()
