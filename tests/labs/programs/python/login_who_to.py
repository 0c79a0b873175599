import socket, getpass, base64
user = input("Please enter your email address: ")
code = getpass.getpass("Please enter the authorization code: ")
to = input("Who do you want to send to? ")
s = socket.socket()
s.connect(("localhost", 25))
def recv():
    r = b""
    while not r.endswith(b"\r\n"):
        r += s.recv(1024)
    return r.decode()
def send(x):
    s.send((x + "\r\n").encode())
    r = recv()
    print(r, end="")
    return r
print(recv(), end="")
send("EHLO abc.course.example")
send("AUTH LOGIN")
send(base64.b64encode(user.encode()).decode())
r = send(base64.b64encode(code.encode()).decode())
if r[:3] != "235":
    print("login failed!")
send("MAIL FROM:<" + user + ">")
send("RCPT TO:<" + to + ">")
send("DATA")
send("Subject: hello\r\n\r\nhello\r\n.")
send("QUIT")
s.close()
