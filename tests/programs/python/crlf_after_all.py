import socket, sys

def send(sock, text):
    sock.send((text + "\r\n").encode())

def recv(sock):
    print(sock.recv(1024).decode())

s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
recv(s)
send(s, "HELO client.example\r\n")
recv(s)
send(s, "MAIL FROM:<alice@client.example>\r\n")
recv(s)
send(s, "RCPT TO:<bob@example.org>\r\n")
recv(s)
send(s, "DATA\r\n")
recv(s)
send(s, "From: alice@client.example\r\nTo: bob@example.org\r\nSubject: hi\r\n\r\nHello\r\n.\r\n")
recv(s)
send(s, "QUIT\r\n")
recv(s)
