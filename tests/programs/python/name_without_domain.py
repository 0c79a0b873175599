import base64, socket, sys
user = b"alice"
password = b"HVKQXZDNRTLMWABC"
s = socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=20)
def rd():
    b = b""
    while not b.endswith(b"\r\n"):
        b += s.recv(1)
    print(b.decode(), end="")
    return b
rd()
s.sendall(b"HELO client.example\r\n"); rd()
s.sendall(b"AUTH LOGIN\r\n"); rd()
s.sendall(base64.b64encode(user) + b"\r\n"); rd()
s.sendall(base64.b64encode(password) + b"\r\n")
if not rd().startswith(b"235"):
    s.sendall(b"QUIT\r\n"); rd()
    sys.exit("login failed")
