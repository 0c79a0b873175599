from socket import *

server = input("Mail server: ")
port = int(input("Port number: "))
sender = input("Enter sender's email: ")
receiver = input("Enter recipient's email: ")
subject = input("Enter the subject: ")
message = input("Enter your message: ")

sock = socket(AF_INET, SOCK_STREAM)
sock.connect((server, port))

def check(expected):
    reply = sock.recv(1024).decode()
    print("Server:", reply)
    if reply[:3] != expected:
        print(expected + " reply not received from server.")

check("220")
sock.send("HELO mailer.example\r\n".encode()); check("250")
sock.send(("MAIL FROM:<" + sender + ">\r\n").encode()); check("250")
sock.send(("RCPT TO:<" + receiver + ">\r\n").encode()); check("250")
sock.send("DATA\r\n".encode()); check("354")
sock.send(("From: " + sender + "\r\nTo: " + receiver + "\r\nSubject: " + subject + "\r\n\r\n" + message + "\r\n.\r\n").encode()); check("250")
sock.send("QUIT\r\n".encode()); check("221")
sock.close()
