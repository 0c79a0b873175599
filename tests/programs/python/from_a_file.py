"""Sends the lines of a text as they are, dots and all."""
import io, socket, sys
text = io.StringIO("Dear Bob,\n\nthe list:\n.\n..hidden\nthe end\n")
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
def expect(code):
    reply = s.recv(1024).decode()
    if reply[:3] != code:
        sys.exit(f"{code} wanted: {reply}")
expect("220")
for line, code in [("EHLO client.example", "250"), ("MAIL FROM:<alice@client.example>", "250"), ("RCPT TO:<bob@example.org>", "250"), ("DATA", "354")]:
    s.sendall(line.encode() + b"\r\n")
    expect(code)
header = "From: alice@client.example\r\nTo: bob@example.org\r\nSubject: list\r\n\r\n"
s.sendall((header + "".join(line.rstrip("\n") + "\r\n" for line in text) + ".\r\n").encode())
expect("250")
s.sendall(b"QUIT\r\n")
expect("221")
s.close()
