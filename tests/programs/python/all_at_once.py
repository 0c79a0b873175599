import socket, sys
lines = [
    "EHLO client.example",
    "MAIL FROM:<alice@client.example>",
    "RCPT TO:<bob@example.org>",
    "DATA",
    "From: alice@client.example",
    "To: bob@example.org",
    "Subject: all at once",
    "",
    "Hello",
    ".",
    "QUIT",
]
sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
print(sock.recv(4096).decode())
sock.sendall("".join(line + "\r\n" for line in lines).encode())
while True:
    data = sock.recv(4096)
    if not data:
        break
    print(data.decode(), end="")
