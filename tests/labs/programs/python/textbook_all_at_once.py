import socket, time
s = socket.create_connection(("localhost", 25))
print(s.recv(1024).decode())
commands = ["HELO client.course.example", "MAIL FROM:<alice@course.example>", "RCPT TO:<bob@course.example>", "DATA"]
for c in commands:
    s.sendall((c + "\r\n").encode())
mail = """From: alice@course.example
To: bob@course.example
Subject: Networks

I love computer networks!
.
""".replace("\n", "\r\n")
s.sendall(mail.encode())
s.sendall(b"QUIT\r\n")
while True:
    data = s.recv(1024)
    if not data:
        break
    print(data.decode())
