from socket import *
s = socket(AF_INET, SOCK_STREAM)
s.connect(("localhost", 110))
print(s.recv(1024).decode())
def cmd(c):
    s.send((c + "\r\n").encode())
    r = s.recv(1024).decode()
    print(r)
    return r
cmd("USER alice@mock.example")
cmd("PASS through-the-looking-glass")
n = int(cmd("STAT").split(" ")[1])
for i in range(1, n + 1):
    cmd("RETR " + str(i))
cmd("QUIT")
s.close()
