import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
f = s.makefile("rwb")
print(f.readline())
n = 0
def cmd(text):
    global n
    n += 1
    tag = "a%03d" % n
    f.write((tag + " " + text + "\r\n").encode())
    f.flush()
    while True:
        line = f.readline()
        print(line)
        if not line or line.startswith(tag.encode()):
            return line
cmd("LOGIN alice@mock.example through-the-looking-glass")
cmd("SELECT")
cmd("FETCH 1 BODY[TEXT]")
s.close()
