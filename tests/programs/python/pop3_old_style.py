import socket, sys
s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
def cmd(c):
    print(c)
    s.send((c + "\n").encode())
    r = s.recv(1024).decode(errors="replace")
    print(r)
    return r
print(s.recv(1024).decode())
cmd("USER alice@mock.example")
cmd("PASS through-the-looking-glass")
cmd("STAT")
cmd("RETR")
cmd("DELE 99")
cmd("QUIT")
