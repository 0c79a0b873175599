import socket, sys
sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
def command(text):
    sock.send(text.encode() + b"\r\n")
    answer = sock.recv(1024)
    print(text, "->", answer.decode().strip())
print(sock.recv(1024).decode())
command("EHLO client.example")
command("RCPT TO:<bob@example.org>")
command("MAIL FROM:<alice@client.example>")
command("DATA")
command("From: alice@client.example\r\nTo: bob@example.org\r\nSubject: order\r\n\r\nHello\r\n.")
command("QUIT")
