import socket
import sys

SERVER, PORT = "localhost", 25

def expect(sock, code):
    reply = sock.recv(1024).decode()
    if reply[:3] != code:
        sys.stderr.write("ERROR: expected %s, got: %s" % (code, reply))
        if reply:
            sock.sendall(b"QUIT\r\n")
        sock.close()
        sys.exit(1)

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.connect((SERVER, PORT))
expect(sock, "220")
for line, code in (("HELO strict.example", "250"), ("MAIL FROM:<alice@course.example>", "250"), ("RCPT TO:<bob@course.example>", "250"), ("DATA", "354")):
    sock.sendall((line + "\r\n").encode())
    expect(sock, code)
sock.sendall(b"From: alice@course.example\r\nTo: bob@course.example\r\nSubject: strict\r\n\r\nHello.\r\n.\r\n")
expect(sock, "250")
sock.sendall(b"QUIT\r\n")
expect(sock, "221")
sock.close()
