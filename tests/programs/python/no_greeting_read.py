import socket, sys
HOST, PORT = sys.argv[1], int(sys.argv[2])
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.connect((HOST, PORT))
    for command in ["HELO client.example", "MAIL FROM:<alice@client.example>", "RCPT TO:<bob@example.org>", "DATA"]:
        s.sendall(command.encode() + b"\r\n")
        data = s.recv(1024)
        print("Received", repr(data))
    s.sendall(b"From: alice@client.example\r\nTo: bob@example.org\r\nSubject: hi\r\n\r\nhello\r\n.\r\n")
    print("Received", repr(s.recv(1024)))
    s.sendall(b"QUIT\r\n")
    print("Received", repr(s.recv(1024)))
