import socket, sys
host, port = sys.argv[1], int(sys.argv[2])
s = socket.create_connection((host, port))
f = s.makefile("rw")
print(f.readline())
for line in ["HELO client.example", "MAIL FROM:<alice@example.com>", "RCPT TO:<bob@example.com>", "DATA"]:
    print(line, file=f, flush=True)
    print(f.readline())
print("Subject: Hi\n\nHello\n.", file=f, flush=True)
print(f.readline())
