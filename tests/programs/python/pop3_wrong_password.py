import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
def say(line):
    s.sendall(line.encode() + b"\r\n")
    answer = s.recv(1024).decode()
    print(line, "->", answer)
    return answer
print(s.recv(1024).decode())
say("USER alice@mock.example")
say("PASS web-password")
answer = say("STAT")
count = int(answer.split()[1]) if answer.startswith("+OK") else 0
for i in range(1, count + 1):
    say(f"RETR {i}")
say("QUIT")
s.close()
