import socket, sys

def send_email(server, port, sender, recipient, subject, body):
    with socket.create_connection((server, port)) as sock:
        sock.recv(1024)
        sock.sendall(b'HELO\r\n')
        sock.recv(1024)
        sock.sendall(f'MAIL FROM:<{sender}>\r\n'.encode())
        sock.recv(1024)
        sock.sendall(f'RCPT TO:<{recipient}>\r\n'.encode())
        sock.recv(1024)
        sock.sendall(b'DATA\r\n')
        sock.recv(1024)
        sock.sendall(f'Subject: {subject}\r\n\r\n{body}\r\n.\r\n'.encode())
        sock.recv(1024)
        sock.sendall(b'QUIT\r\n')
        sock.recv(1024)
    print("Email sent successfully!")

send_email(sys.argv[1], int(sys.argv[2]), 'alice@client.example', 'bob@example.org', 'Hello', 'This is a test.')
