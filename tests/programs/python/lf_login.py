import socket, sys, base64
sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.connect((sys.argv[1], int(sys.argv[2])))
f = sock.makefile("rw", encoding="utf-8", newline="\n")

def readreply():
    while True:
        line = f.readline()
        print(line.strip())
        if len(line) < 4 or line[3] == " ":
            return line[:3]

def sendline(text):
    print(text, file=f, flush=True)
    return readreply()

readreply()
sendline("EHLO client.example")
sendline("AUTH LOGIN")
sendline(base64.b64encode("alice@163.com".encode()).decode())
sendline(base64.b64encode("HVKQXZDNRTLMWABC".encode()).decode())
sendline("MAIL FROM:<alice@163.com>")
sendline("RCPT TO:<bob@163.com>")
sendline("DATA")
print("From: alice@163.com", file=f)
print("To: bob@163.com", file=f)
print("Subject: print to a file", file=f)
print(file=f)
print("Hello", file=f)
sendline(".")
sendline("QUIT")
