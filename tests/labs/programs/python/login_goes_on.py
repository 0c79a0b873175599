import base64, getpass, socket
from email.utils import formatdate, make_msgid

user = input("User: ")
password = getpass.getpass("Password: ")
to = input("To: ")

s = socket.create_connection(("localhost", 25))
f = s.makefile("rb")

def reply():
    while True:
        line = f.readline().decode()
        print(line, end="")
        if line[3:4] != "-":
            return line

def command(text):
    s.sendall(text.encode() + b"\r\n")
    return reply()

reply()
command("EHLO client.course.example")
command("AUTH LOGIN")
command(base64.b64encode(user.encode()).decode())
answer = command(base64.b64encode(password.encode()).decode())
if not answer.startswith("235"):
    print("Wrong password!")
command(f"MAIL FROM:<{user}>")
command(f"RCPT TO:<{to}>")
command("DATA")
command("\r\n".join([f"From: {user}", f"To: {to}", "Subject: Lunch", "Date: " + formatdate(), "Message-ID: " + make_msgid(domain="course.example"), "",
                     "Shall we meet?", "."]))
command("QUIT")
s.close()
