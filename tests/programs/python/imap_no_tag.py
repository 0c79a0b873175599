import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
f = s.makefile("rb")
print(f.readline())
for line in ("LOGIN alice@mock.example through-the-looking-glass", "SELECT INBOX", "LOGOUT"):
    s.sendall((line + "\r\n").encode())
    print(f.readline())
s.close()
