import base64, socket, ssl
HOST = "smtp.office365.com"
sock = socket.create_connection((HOST, 587))
sock.recv(1024)
sock.send(b"HELO localhost\r\n")
sock.recv(1024)
sock.send(b"STARTTLS\r\n")
sock.recv(1024)
sock = ssl.create_default_context().wrap_socket(sock, server_hostname=HOST)
def go(line):
    sock.send(line.encode() + b"\r\n")
    answer = sock.recv(1024).decode()
    print(line[:4], answer)
    return answer
go("EHLO localhost")
go("AUTH LOGIN " + base64.b64encode(b"someone@outlook.com").decode())
go(base64.b64encode(b"correct-horse").decode())
go("MAIL FROM:<someone@outlook.com>")
go("RCPT TO:<bob@example.org>")
go("DATA")
go("From: <someone@outlook.com>\r\nTo: <bob@example.org>\r\nSubject: x\r\n\r\nHello\r\n.")
go("QUIT")
