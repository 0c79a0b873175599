import socket, sys
host, port = sys.argv[1], int(sys.argv[2])
s = socket.create_connection((host, port))
print(s.recv(1024).decode())
def cmd(line):
    s.sendall((line + "\r\n").encode())
    answer = s.recv(1024).decode()
    print(answer)
    if answer[0] in "45":
        s.sendall(b"QUIT\r\n"); s.recv(1024); sys.exit(1)
    return answer
cmd("HELO client.example")
cmd("MAIL FROM:<alice@example.com>")
cmd("RCPT TO:<bob@example.com>")
cmd("DATA")
s.sendall(("From: <alice@example.com>\r\nTo: <bob@example.com>\r\nSubject: Hi\r\nDate: Tue, 01 Dec 2026 09:30:00 +0800\r\nMessage-ID: <1@example.com>\r\n\r\nHello\r\n.\r\n").encode())
cmd("MAIL FROM:<alice@example.com>")
cmd("RCPT TO:<carol@example.com>")
cmd("DATA")
s.sendall(("From: <alice@example.com>\r\nTo: <carol@example.com>\r\nSubject: Hi\r\nDate: Tue, 01 Dec 2026 09:30:00 +0800\r\nMessage-ID: <2@example.com>\r\n\r\nHello\r\n.\r\n").encode())
print(s.recv(1024).decode())
cmd("QUIT")
