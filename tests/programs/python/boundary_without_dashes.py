from socket import *
import base64, sys

boundary = "----=_Part_2020"
client = socket(AF_INET, SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2])))
client.recv(1024)
for step in ["EHLO client.example", "MAIL FROM:<alice@client.example>", "RCPT TO:<bob@example.org>", "DATA"]:
    client.send((step + "\r\n").encode())
    print(client.recv(1024).decode())
client.send("From: alice@client.example\r\n".encode())
client.send("To: bob@example.org\r\n".encode())
client.send("Subject: two parts\r\n".encode())
client.send("MIME-Version: 1.0\r\n".encode())
client.send(("Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n" % boundary).encode())
client.send((boundary + "\r\nContent-Type: text/plain\r\n\r\nthe text\r\n").encode())
client.send((boundary + "\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n").encode())
client.send(base64.b64encode(b"some octets") + b"\r\n")
client.send((boundary + "--\r\n").encode())
client.send(b"\r\n.\r\n")
print(client.recv(1024).decode())
client.send(b"QUIT\r\n")
print(client.recv(1024).decode())
client.close()
