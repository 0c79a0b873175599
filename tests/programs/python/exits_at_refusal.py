import socket, sys

def check(sock, code):
    reply = sock.recv(1024).decode()
    if not reply.startswith(code):
        print(code, "expected, got", reply)
        sock.close()
        sys.exit(1)

s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
check(s, "220")
s.sendall(b"EHLO client.example\r\n"); check(s, "250")
s.sendall(b"MAIL FROM:<alice@client.example>\r\n"); check(s, "250")
s.sendall(b"RCPT TO:<bob@example.org>\r\n"); check(s, "250")
s.sendall(b"DATA\r\n"); check(s, "250")
s.sendall(b"From: a@b.example\r\n\r\nhello\r\n.\r\n"); check(s, "250")
s.sendall(b"QUIT\r\n"); check(s, "221")
