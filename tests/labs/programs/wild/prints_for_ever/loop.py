from socket import *
s = socket(AF_INET, SOCK_STREAM)
s.connect(("localhost", 25))

def wait_for(code):
    while True:
        data = s.recv(1024).decode()
        print("received:", data)
        if data.startswith(code):
            return

wait_for("220")
s.sendall(b"HELO loop.example\r\n"); wait_for("250")
s.sendall(b"MAIL FROM:<alice@course.example>\r\n"); wait_for("250")
s.sendall(b"RCPT TO:<bob@course.example>\r\n"); wait_for("250")
s.sendall(b"DATA\r\n"); wait_for("354")
s.sendall(b"From: alice@course.example\r\nTo: bob@course.example\r\nSubject: loop\r\n\r\nround and round\r\n.\r\n"); wait_for("250")
s.sendall(b"QUIT\r\n"); wait_for("250")
s.close()
