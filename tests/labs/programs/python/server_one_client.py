import socket
s=socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR,1); s.bind(("127.0.0.1",2525)); s.listen(1)
c,a=s.accept(); c.send(b"220 hello\r\n")
while True:
    d=c.recv(1024).decode()
    if d.startswith("HELO"): c.send(b"250 OK\r\n")
    elif d.startswith("MAIL"): c.send(b"250 OK\r\n")
    elif d.startswith("RCPT"): c.send(b"250 OK\r\n")
    elif d.startswith("DATA"):
        c.send(b"354 go\r\n")
        while not c.recv(1024).endswith(b".\r\n"): pass
        c.send(b"250 OK\r\n")
    elif d.startswith("QUIT"): c.send(b"221 bye\r\n"); break
