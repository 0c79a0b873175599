import socket, sys, time
to = ["bob@example.org"]
cc = ["carol@example.org", "dave@example.org"]
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
r = s.makefile("rb")
def get():
    line = r.readline()
    while line[3:4] == b"-":
        line = r.readline()
    return line
def put(x):
    s.sendall(x.encode("utf-8") + b"\r\n")
    return get()
get()
put("EHLO client.example")
put("MAIL FROM:<alice@client.example>")
for one in to:
    put("RCPT TO:<%s>" % one)
put("DATA")
put("From: alice@client.example\r\nTo: %s\r\nCc: %s\r\nSubject: minutes\r\nDate: %s\r\n\r\nAs agreed.\r\n." % (
    ", ".join(to), ", ".join(cc), time.strftime("%Y-%m-%d %H:%M:%S")))
put("QUIT")
s.close()
