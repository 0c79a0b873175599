import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
f = s.makefile("rb")
f.readline()
def ask(line):
    s.sendall((line + "\r\n").encode())
    return f.readline()
ask("USER alice@mock.example")
ask("PASS through-the-looking-glass")
count = int(ask("STAT").split()[1])
for number in range(count):
    if ask(f"RETR {number}").startswith(b"+OK"):
        while f.readline() != b".\r\n":
            pass
ask("QUIT")
