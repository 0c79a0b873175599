import socket, sys
receivers = "bob@example.org,carol@example.org"
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
def ask(line, want):
    s.sendall((line + "\r\n").encode())
    reply = s.recv(1024).decode()
    print(reply)
    return reply.startswith(want)
s.recv(1024)
if ask("EHLO client.example", "250") and ask("MAIL FROM:<alice@client.example>", "250") and ask("RCPT TO:<" + receivers + ">", "250") and ask("DATA", "354"):
    ask("From: alice@client.example\r\nTo: " + receivers + "\r\nSubject: both\r\n\r\nhello both\r\n.", "250")
ask("QUIT", "221")
