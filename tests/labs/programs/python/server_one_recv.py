# Takes what one recv() gives for a line, from one client after the other.
import socket

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", 2525))
listener.listen(5)
while True:
    client, _ = listener.accept()
    client.send(b"220 hello\r\n")
    while True:
        said = client.recv(1024).decode("latin-1")
        if not said:
            break
        if said.startswith("DATA"):
            client.send(b"354 go on\r\n")
            text = ""
            while not text.endswith("\r\n.\r\n"):
                more = client.recv(1024).decode("latin-1")
                if not more:
                    break
                text += more
            with open("mail.txt", "a") as file:
                file.write(text)
            client.send(b"250 OK\r\n")
        elif said.startswith("QUIT"):
            client.send(b"221 bye\r\n")
            break
        elif said[:4] in ("HELO", "MAIL", "RCPT", "NOOP", "RSET"):
            client.send(b"250 OK\r\n")
        else:
            client.send(b"500 unknown\r\n")
    client.close()
