import socket
import sys
from email.utils import formatdate, make_msgid


class Refused(Exception):
    pass


class Client:
    def __init__(self, host, port):
        self.sock = socket.create_connection((host, port), timeout=30)
        self.file = self.sock.makefile("rb")
        self.reply("2")

    def reply(self, digit):
        """One whole reply; its last line has no '-' behind the code."""
        while True:
            line = self.file.readline()
            if not line:
                raise Refused("the server hung up")
            print("S:", line.decode(errors="replace").rstrip())
            if line[3:4] != b"-":
                break
        text = line.decode(errors="replace").rstrip()
        if not text.startswith(digit):
            raise Refused(text)
        return text

    def say(self, line, digit="2"):
        self.sock.sendall(line.encode("ascii") + b"\r\n")
        return self.reply(digit)

    def message(self, text):
        for line in text.splitlines():
            if line.startswith("."):
                line = "." + line
            self.sock.sendall(line.encode("ascii") + b"\r\n")
        return self.say(".")

    def quit(self):
        try:
            self.say("QUIT")
        except (Refused, OSError):
            pass
        self.file.close()
        self.sock.close()


def main():
    host, port = sys.argv[1], int(sys.argv[2])
    client = Client(host, port)
    try:
        client.say("HELO client.course.example")
        client.say("MAIL FROM:<alice@course.example>")
        client.say("RCPT TO:<bob@course.example>")
        client.say("DATA", "3")
        client.message("\n".join([
            "From: Alice <alice@course.example>",
            "To: Bob <bob@course.example>",
            "Subject: Computer networks",
            f"Date: {formatdate(localtime=True)}",
            f"Message-ID: {make_msgid(domain='course.example')}",
            "",
            "I love computer networks!"]))
    except Refused as refused:
        print("not sent:", refused)
    client.quit()


main()
