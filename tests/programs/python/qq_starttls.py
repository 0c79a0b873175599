import base64
import socket
import ssl
from email.utils import formatdate

user, code = "10001@qq.com", "abcdefghijklmnop"
server = socket.create_connection(("smtp.qq.com", 587))
reader = server.makefile("rb")

def reply():
    while True:
        line = reader.readline()
        print(line.decode().strip())
        if line[3:4] != b"-":
            return int(line[:3])

def ask(line):
    server.sendall(line.encode() + b"\r\n")
    return reply()

reply()
ask("EHLO client.example")
if ask("STARTTLS") != 220:
    raise SystemExit("no TLS")
server = ssl.create_default_context().wrap_socket(server, server_hostname="smtp.qq.com")
reader = server.makefile("rb")
ask("EHLO client.example")
ask("AUTH LOGIN")
ask(base64.b64encode(user.encode()).decode())
if ask(base64.b64encode(code.encode()).decode()) == 235:
    ask(f"MAIL FROM:<{user}>")
    ask("RCPT TO:<10002@qq.com>")
    ask("DATA")
    ask(f"From: <{user}>\r\nTo: <10002@qq.com>\r\nSubject: TLS\r\nDate: {formatdate()}\r\nMessage-ID: <1@qq.com>\r\n\r\nHello\r\n.")
ask("QUIT")
server.close()
