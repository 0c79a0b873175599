from socket import *
s = socket(AF_INET, SOCK_STREAM)
s.connect(("localhost", 143))
s.settimeout(5)
print(s.recv(4096).decode())
n = 0
def cmd(c):
    global n
    n += 1
    s.send(("a%d %s\r\n" % (n, c)).encode())
    r = s.recv(4096).decode()
    print(r)
    if ("a%d OK" % n) not in r:
        print("something went wrong")
        s.close()
        exit(1)
cmd("LOGIN alice@mock.example through-the-looking-glass")
cmd("SELECT INBOX")
cmd("FETCH 1:* (FLAGS BODY[HEADER.FIELDS (SUBJECT)])")
cmd("LOGOUT")
s.close()
