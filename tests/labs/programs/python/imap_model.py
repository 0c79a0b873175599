import re
import socket
import sys

user, password = sys.argv[1], sys.argv[2]
sock = socket.create_connection(("localhost", 143), timeout=30)
stream = sock.makefile("rb")
print(stream.readline().decode().rstrip())
tags = 0


def ask(command):
    """The answer, octets of literals among its lines."""
    global tags
    tags += 1
    tag = f"a{tags}"
    sock.sendall(f"{tag} {command}\r\n".encode())
    answer = b""
    while True:
        line = stream.readline()
        if not line:
            raise SystemExit("the server hung up")
        answer += line
        size = re.search(rb"\{(\d+)\}\r\n$", line)
        if size:
            answer += stream.read(int(size[1]))
        elif line.startswith(tag.encode() + b" "):
            break
    if not line.startswith(f"{tag} OK".encode()):
        sock.sendall(b"z LOGOUT\r\n")
        raise SystemExit(f"{command.split()[0]}: {line.decode().strip()}")
    return answer


ask(f'LOGIN {user} "{password}"')
print(ask('LIST "" "*"').decode())
exists = int(re.search(rb"\* (\d+) EXISTS", ask("SELECT INBOX"))[1])
for number in range(1, exists + 1):
    print(ask(f"FETCH {number} BODY.PEEK[HEADER.FIELDS (SUBJECT FROM)]").decode())
    print(ask(f"FETCH {number} BODY.PEEK[TEXT]").decode("utf-8", "replace"))
ask("LOGOUT")
sock.close()
