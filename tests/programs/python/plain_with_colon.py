import base64, socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
s.recv(1024)
s.send(b"EHLO client.example\r\n")
s.recv(1024)
token = base64.b64encode("alice@163.com:HVKQXZDNRTLMWABC".encode()).decode()
s.send(f"AUTH PLAIN {token}\r\n".encode())
reply = s.recv(1024).decode()
if reply[:3] != "235":
    print("authentication failed:", reply)
    s.send(b"QUIT\r\n")
    s.recv(1024)
    sys.exit(1)
