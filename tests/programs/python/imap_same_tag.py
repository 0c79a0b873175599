import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
f = s.makefile("rb")
f.readline()
def ask(line):
    s.sendall(f"a {line}\r\n".encode())
    while not f.readline().startswith(b"a "):
        pass
ask('LOGIN "alice@mock.example" "through-the-looking-glass"')
ask("SELECT INBOX")
ask("LOGOUT")
