import socket, sys
s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
print(s.recv(1024).decode())
def cmd(c):
    s.send((c + "\r\n").encode())
    r = s.recv(1024).decode()
    print(r)
    return r
cmd("EHLO client.example")
cmd("AUTH LOGIN")
cmd("alice@163.com")
r = cmd("HVKQXZDNRTLMWABC")
if r[:3] != "235":
    print("cannot log in")
cmd("MAIL FROM:<alice@163.com>")
cmd("RCPT TO:<bob@163.com>")
cmd("DATA")
cmd("From: alice@163.com\r\nTo: bob@163.com\r\nSubject: hi\r\n\r\nhello\r\n.")
cmd("QUIT")
