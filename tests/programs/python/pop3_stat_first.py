from socket import *
import sys
s = socket(AF_INET, SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
print(s.recv(1024).decode())
for command in ["STAT", "USER alice@mock.example", "PASS through-the-looking-glass", "RETR 0", "TOP 1", "QUIT"]:
    s.send((command + "\r\n").encode())
    print(s.recv(8192).decode())
s.close()
