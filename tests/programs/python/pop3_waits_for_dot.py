import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
def one():
    data = s.recv(1024)
    print(data.decode())
    return data
def many():
    data = b""
    while not data.endswith(b"\r\n.\r\n"):
        part = s.recv(1024)
        if not part:
            break
        data += part
    print(data.decode())
one()
s.sendall(b"USER alice@mock.example\r\n"); one()
s.sendall(b"PASS through-the-looking-glass\r\n"); one()
s.sendall(b"LIST\r\n"); many()
s.sendall(b"LIST 1\r\n"); many()
s.sendall(b"QUIT\r\n"); one()
