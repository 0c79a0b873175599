import socket, sys
s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
print(s.recv(1024).decode())
sender = "alice@client.example"
receiver = "bob@example.org"
def talk(command):
    print(">>", command)
    s.send((command + "\r\n").encode())
    reply = s.recv(1024).decode()
    print("<<", reply)
    return reply
talk("EHLO client.example")
talk("MAIL FROM:" + sender)
talk("RCPT TO:" + receiver)
talk("DATA")
talk("Subject: Greeting\r\nFrom: " + sender + "\r\nTo: " + receiver + "\r\n\r\nHello Bob.\r\n.")
talk("QUIT")
s.close()
