import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
f = s.makefile("rb")
f.readline()
def ask(tag, line):
    s.sendall(f"{tag} {line}\r\n".encode())
    while True:
        answer = f.readline()
        print(answer)
        if answer.startswith(tag.encode() + b" "):
            return
ask("A1", 'LOGIN "alice@mock.example" "through-the-looking-glass"')
ask("A2", "FETCH 1 (BODY.PEEK[])")
ask("A3", "LOGOUT")
