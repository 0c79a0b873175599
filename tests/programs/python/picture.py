import base64, socket, sys
from email.utils import formatdate
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
def cmd(line):
    s.sendall(line.encode() + b"\r\n")
    print(s.recv(1024).decode(), end="")
print(s.recv(1024).decode(), end="")
cmd("EHLO client.example")
cmd("MAIL FROM:<alice@client.example>")
cmd("RCPT TO:<bob@example.org>")
cmd("DATA")
picture = base64.b64encode(bytes(range(256)) * 12).decode()
s.sendall(("From: alice@client.example\r\nTo: bob@example.org\r\nSubject: A picture\r\nDate: " + formatdate() + "\r\n"
           "Message-ID: <1@client.example>\r\nMIME-Version: 1.0\r\n"
           "Content-Type: multipart/mixed; boundary=simple\r\n\r\n"
           "--simple\r\nContent-Type: text/plain\r\n\r\nSee the picture.\r\n"
           "--simple\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n").encode())
s.sendall(picture.encode())
cmd("\r\n.")
cmd("QUIT")
s.close()
