import socket

receivers = ["bob@course.example", "carol@course.example", "dave@course.example"]
s = socket.create_connection(("localhost", 25))
f = s.makefile("rb")

def cmd(line=None):
    if line is not None:
        s.sendall((line + "\r\n").encode())
    r = f.readline().decode()
    while r[3:4] == "-":
        r = f.readline().decode()
    return r[:3]

assert cmd() == "220"
assert cmd("HELO multi.example") == "250"
assert cmd("MAIL FROM:<alice@course.example>") == "250"
ok = 0
for r in receivers:
    if cmd("RCPT TO:<" + r + ">") == "250":
        ok += 1
print(ok, "recipients accepted")
if ok:
    assert cmd("DATA") == "354"
    s.sendall(("From: alice@course.example\r\nTo: " + ", ".join(receivers) + "\r\nSubject: Meeting\r\n\r\nAt ten.\r\n").encode())
    assert cmd(".") == "250"
cmd("QUIT")
