import socket, sys
HTML = "<html><body><h1>Hello</h1></body></html>"
s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
def x(b):
    if b: s.sendall(b)
    print(s.recv(4096).decode(), end="")
x(b"")
x(b"EHLO client.example\r\n")
x(b"MAIL FROM:<alice@client.example>\r\n")
x(b"RCPT TO:<bob@example.org>\r\n")
x(b"DATA\r\n")
s.sendall(b"From: Alice <alice@client.example>\r\nTo: Bob\r\nSubject: HTML\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n")
s.sendall(HTML.encode())
x(b"\r\n.\r\n")
x(b"QUIT\r\n")
