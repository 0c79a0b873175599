import socket, sys
people = ["<bob@example.org>", "<carol@example.org>"]
con = socket.create_connection((sys.argv[1], int(sys.argv[2])))
def request(line):
    con.sendall(line.encode("ascii") + b"\r\n")
    answer = con.recv(1000).decode("ascii")
    print(line, answer)
    return int(answer[:3])
con.recv(1000)
request("EHLO client.example")
request("MAIL FROM:<alice@client.example>")
if request("RCPT TO:" + ",".join(people)) < 300 and request("DATA") == 354:
    request("From: alice@client.example\r\nTo: " + ", ".join(people) + "\r\nSubject: both\r\n\r\nHello both\r\n.")
request("QUIT")
