import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
s.settimeout(60)
print(s.recv(1024).decode())
crlf = r"\r\n"
s.send(("HELO client.example" + crlf).encode())
print(s.recv(1024).decode())
