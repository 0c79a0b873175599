import socket

def send(cmd):
    print("C:", cmd)
    s.send((cmd + "\r\n").encode())
    print("S:", s.recv(1024).decode())

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(("127.0.0.1", 25))
send("HELO client.course.example")
send("MAIL FROM:<alice@course.example>")
send("RCPT TO:<bob@course.example>")
send("DATA")
s.send(b"From: alice@course.example\r\nTo: bob@course.example\r\nSubject: Networks\r\n\r\nI love computer networks!\r\n")
send(".")
send("QUIT")
s.close()
