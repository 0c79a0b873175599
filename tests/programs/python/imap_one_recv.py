from socket import *
import sys
server = socket(AF_INET, SOCK_STREAM)
server.connect((sys.argv[1], int(sys.argv[2])))
print(server.recv(1024).decode())
def say(line):
    server.send((line + "\r\n").encode())
    answer = server.recv(1024).decode()
    print(answer)
say('a1 LOGIN "alice@mock.example" "through-the-looking-glass"')
say("a2 SELECT INBOX")
say("a3 FETCH 1 BODY.PEEK[]")
say("a4 LOGOUT")
server.close()
