import socket
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.mime.image import MIMEImage

msg = MIMEMultipart()
msg["From"] = "alice@course.example"
msg["To"] = "bob@course.example"
msg["Subject"] = "A picture for you"
msg.attach(MIMEText("Look at this picture.", "plain", "utf-8"))
with open("picture.png", "rb") as f:
    image = MIMEImage(f.read(), name="picture.png")
image.add_header("Content-Disposition", "attachment", filename="picture.png")
msg.attach(image)

endmsg = "\r\n.\r\n"
clientSocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
clientSocket.connect(("localhost", 25))
recv = clientSocket.recv(1024).decode()
print(recv)
if recv[:3] != "220":
    print("220 reply not received from server.")
for command, code in (("HELO Alice\r\n", "250"), ("MAIL FROM:<alice@course.example>\r\n", "250"), ("RCPT TO:<bob@course.example>\r\n", "250"), ("DATA\r\n", "354")):
    clientSocket.send(command.encode())
    recv = clientSocket.recv(1024).decode()
    print(recv)
    if recv[:3] != code:
        print(code + " reply not received from server.")
clientSocket.sendall(msg.as_string().encode())
clientSocket.sendall(endmsg.encode())
print(clientSocket.recv(1024).decode())
clientSocket.send(b"QUIT\r\n")
print(clientSocket.recv(1024).decode())
clientSocket.close()
