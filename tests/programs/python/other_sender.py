import base64
import socket
import sys

LOGIN, CODE = "alice@163.com", "HVKQXZDNRTLMWABC"
BOSS = "boss@163.com"

tcp = socket.create_connection((sys.argv[1], int(sys.argv[2])))
lines = tcp.makefile("r", encoding="ascii", newline="\r\n")


def answer():
    while True:
        line = lines.readline()
        print("S", line.rstrip())
        if line[3:4] != "-":
            return int(line[:3])


def say(text):
    print("C", text)
    tcp.sendall(text.encode() + b"\r\n")
    return answer()


answer()
say("EHLO client.example")
say("AUTH LOGIN")
say(base64.b64encode(LOGIN.encode()).decode())
if say(base64.b64encode(CODE.encode()).decode()) == 235:
    say("MAIL FROM:<%s>" % LOGIN)
    say("RCPT TO:<bob@163.com>")
    if say("DATA") == 354:
        say("From: The Boss <%s>\r\nTo: bob@163.com\r\nSubject: Your marks\r\n\r\nCome to my office.\r\n." % BOSS)
say("QUIT")
