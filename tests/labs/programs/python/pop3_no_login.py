import socket
import sys


def line_of(stream):
    line = stream.readline()
    if not line:
        raise SystemExit("the server hung up")
    return line.rstrip(b"\r\n")


def lines_of(stream):
    while (line := line_of(stream)) != b".":
        yield line[1:] if line.startswith(b".") else line


def ask(sock, stream, command):
    sock.sendall(command.encode() + b"\r\n")
    answer = line_of(stream).decode()
    if not answer.startswith("+OK"):
        sock.sendall(b"QUIT\r\n")
        raise SystemExit(f"{command.split()[0]}: {answer}")
    return answer


user, password = sys.argv[1], sys.argv[2]
sock = socket.create_connection(("localhost", 110), timeout=30)
stream = sock.makefile("rb")
print(line_of(stream).decode())
ask(sock, stream, f"PASS {password}")
count = int(ask(sock, stream, "STAT").split()[1])
for number in range(1, count + 1):
    ask(sock, stream, f"RETR {number}")
    print(b"\n".join(lines_of(stream)).decode("utf-8", "replace"))
ask(sock, stream, "QUIT")
sock.close()
