import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
print(s.recv(1024).decode())
s.sendall(b"EHLO client.example\r\n")
print(s.recv(1024).decode())
for attempt in range(5):
    s.sendall(b"MAIL FROM:<alice@client.example>\r\n")
    reply = s.recv(1024).decode()
    print(attempt, reply)
    if reply.startswith("250"):
        break
s.sendall(b"QUIT\r\n")
print(s.recv(1024).decode())
s.close()
