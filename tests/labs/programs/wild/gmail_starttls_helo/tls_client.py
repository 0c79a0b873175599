from socket import *
import ssl
import base64

sender = "cs.networks.class@gmail.com"
app_password = "qwertyuiopasdfgh"
clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect(("smtp.gmail.com", 587))
print(clientSocket.recv(1024).decode())
clientSocket.send(b"HELO Alice\r\n")
print(clientSocket.recv(1024).decode())
clientSocket.send(b"STARTTLS\r\n")
print(clientSocket.recv(1024).decode())
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
clientSocket = context.wrap_socket(clientSocket)
for line in [b"AUTH LOGIN", base64.b64encode(sender.encode()), base64.b64encode(app_password.encode()), b"MAIL FROM: <" + sender.encode() + b">",
             b"RCPT TO: <" + sender.encode() + b">", b"DATA", b"Subject: hi\r\n\r\nI love computer networks!\r\n.", b"QUIT"]:
    clientSocket.send(line + b"\r\n")
    print(clientSocket.recv(1024).decode())
clientSocket.close()
