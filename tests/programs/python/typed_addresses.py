import socket
import sys

def ask(prompt):
    sys.stdout.write(prompt)
    sys.stdout.flush()
    return sys.stdin.readline()

sender = ask("From: ")
receiver = ask("To: ")
sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
print(sock.recv(1024))
sock.send(b"HELO client.example\r\n")
print(sock.recv(1024))
sock.send(("MAIL FROM:<" + sender + ">\r\n").encode())
print(sock.recv(1024))
sock.send(("RCPT TO:<" + receiver + ">\r\n").encode())
print(sock.recv(1024))
sock.send(b"DATA\r\n")
print(sock.recv(1024))
sock.send(b"QUIT\r\n")
print(sock.recv(1024))
