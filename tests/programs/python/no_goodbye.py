from socket import *
import sys
def main():
    client = socket(AF_INET, SOCK_STREAM)
    client.connect((sys.argv[1], int(sys.argv[2])))
    client.recv(1024)
    client.send("HELO my laptop\r\n".encode())
    client.recv(1024)
    client.send("MAIL FROM:<alice@client.example>\r\n".encode())
    client.recv(1024)
    client.send("RCPT TO:<bob@example.org>\r\n".encode())
    client.recv(1024)
    client.send("DATA\r\n".encode())
    client.recv(1024)
    client.send("SUBJECT: Greeting to you\r\ntest again\r\n\r\nI love computer networks!".encode())
    client.send("\r\n.\r\n".encode())
    print(client.recv(1024).decode())
    client.close()
main()
