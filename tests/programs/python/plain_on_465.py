import socket
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.settimeout(6)
s.connect(("smtp.qq.com", 465))
try:
    print(s.recv(1024).decode())
    s.send(b"HELO client.example\r\n")
    print(s.recv(1024).decode())
finally:
    s.close()
