import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
print(s.recv(100))
s.sendall(b"HELO client.example\r")
print(s.recv(100))
