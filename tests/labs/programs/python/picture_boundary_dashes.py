import base64
import socket

def send(s, text):
    s.sendall(text.encode())

def recv(s, code):
    data = s.recv(4096).decode()
    print(data, end="")
    assert data.startswith(code), data

s = socket.socket()
s.connect(("localhost", 25))
recv(s, "220")
send(s, "HELO alice.course.example\r\n"); recv(s, "250")
send(s, "MAIL FROM:<alice@course.example>\r\n"); recv(s, "250")
send(s, "RCPT TO:<bob@course.example>\r\n"); recv(s, "250")
send(s, "DATA\r\n"); recv(s, "354")
with open("picture.png", "rb") as f:
    image = base64.encodebytes(f.read()).decode().replace("\n", "\r\n")
boundary = "--simpleboundary"
send(s, "From: alice@course.example\r\nTo: bob@course.example\r\nSubject: picture\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n")
send(s, boundary + "\r\nContent-Type: text/plain\r\n\r\nLook at this\r\n")
send(s, boundary + "\r\nContent-Type: image/png; name=picture.png\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=picture.png\r\n\r\n")
send(s, image)
send(s, boundary + "--\r\n.\r\n"); recv(s, "250")
send(s, "QUIT\r\n"); recv(s, "221")
