import base64, socket, ssl
from getpass import getpass

HOST = "smtp.qq.com"
user = "2021001234@qq.com"
password = getpass("QQ授权码: ")
ctx = ssl.create_default_context()
with ctx.wrap_socket(socket.create_connection((HOST, 465)), server_hostname=HOST) as s:
    def step(line, want):
        if line:
            s.sendall((line + "\r\n").encode())
        got = s.recv(2048).decode()
        print(got.strip())
        assert got.startswith(want), got
    step(None, "220")
    step("EHLO me.example", "250")
    step("AUTH LOGIN", "334")
    step(base64.b64encode(user.encode()).decode(), "334")
    step(base64.b64encode(password.encode()).decode(), "235")
    step(f"MAIL FROM:<{user}>", "250")
    step("RCPT TO:<teacher@163.com>", "250")
    step("DATA", "354")
    step(f"From: {user}\r\nTo: teacher@163.com\r\nSubject: Homework 3\r\n\r\nSent over TLS.\r\n.", "250")
    step("QUIT", "221")
