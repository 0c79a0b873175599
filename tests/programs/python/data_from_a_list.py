"""Sends a poem out of a file; the lines are kept as they are."""
import socket, sys
POEM = ["Subject: A poem\n", "From: alice@client.example\n", "To: bob@example.org\n", "\n", "Roses are red\n", "...\n", "Violets are blue\n"]
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
def step(b):
    s.sendall(b)
    print(s.recv(512))
print(s.recv(512))
step(b"HELO client.example\r\n")
step(b"MAIL FROM:<alice@client.example>\r\n")
step(b"RCPT TO:<bob@example.org>\r\n")
step(b"DATA\r\n")
for line in POEM:
    s.sendall(line.rstrip("\n").encode() + b"\r\n")
step(b".\r\n")
step(b"QUIT\r\n")
