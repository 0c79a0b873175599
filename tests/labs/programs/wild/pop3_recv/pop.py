from socket import *

def send(cmd):
    client.send((cmd + "\r\n").encode())
    print(client.recv(1024).decode())

client = socket(AF_INET, SOCK_STREAM)
client.connect(("localhost", 110))
print(client.recv(1024).decode())
send("USER " + input("User name: "))
send("PASS " + input("Password: "))
send("STAT")
send("LIST")
n = input("Which message? ") or "1"
client.send(("RETR " + n + "\r\n").encode())
print(client.recv(4096).decode())
send("QUIT")
client.close()
