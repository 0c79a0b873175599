import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
f = s.makefile("rb")
f.readline()
s.sendall(b'a1 LOGIN "alice@mock.example" "through-the-looking-glass"\r\n')
while True:
    answer = f.readline()
    if answer.startswith(b"a1"):
        break
if answer.split()[1] != "OK":          # these are octets, and never equal
    sys.exit("the login failed")
s.sendall(b"a2 SELECT INBOX\r\n")
