"""Reads whole replies, stops at the first refusal, and says goodbye all the same."""
import sys
from email.utils import formatdate, make_msgid
import socket

SENDER = "alice@client.example"
RECIPIENTS = ["bob@example.org", "carol@example.org"]


class Refused(Exception):
    pass


class Client:
    def __init__(self, host, port):
        self.sock = socket.create_connection((host, port), timeout=30)
        self.file = self.sock.makefile("rb")
        self.expect("2")

    def expect(self, first_digit):
        while True:
            line = self.file.readline()
            if not line:
                raise Refused("the server hung up")
            if line[3:4] != b"-":
                break
        if not line.decode().startswith(first_digit):
            raise Refused(line.decode().strip())

    def command(self, line, first_digit="2"):
        self.sock.sendall(line.encode("ascii") + b"\r\n")
        self.expect(first_digit)

    def message(self, text):
        for line in text.splitlines():
            self.sock.sendall((("." + line if line.startswith(".") else line) + "\r\n").encode("ascii"))
        self.command(".")


def main():
    client = Client(sys.argv[1], int(sys.argv[2]))
    try:
        client.command("EHLO client.example")
        client.command(f"MAIL FROM:<{SENDER}>")
        for recipient in RECIPIENTS:
            client.command(f"RCPT TO:<{recipient}>")
        client.command("DATA", "3")
        client.message("\n".join([
            f"From: Alice <{SENDER}>",
            "To: " + ", ".join(RECIPIENTS),
            "Subject: Lunch",
            f"Date: {formatdate(localtime=True)}",
            f"Message-ID: {make_msgid(domain='client.example')}",
            "",
            "Shall we meet at noon? .",
            ".",
            "..and the dots stay."]))
    except Refused as refused:
        print("refused:", refused)
        client.sock.sendall(b"QUIT\r\n")
        client.file.readline()
        sys.exit(1)
    client.command("QUIT")


main()
