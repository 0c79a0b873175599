import socket
import sys
import textwrap
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


def encoded(text):
    """No line is too long: the long ones are cut."""
    return "\n".join("\n".join(textwrap.wrap(line, 76)) for line in text.split("\n"))


sender, to = sys.argv[1], sys.argv[2]
client = Client("localhost", 25)
try:
    client.say("EHLO client.course.example")
    client.say(f"MAIL FROM:<{sender}>")
    client.say(f"RCPT TO:<{to}>")
    client.say("DATA", "3")
    client.message("\n".join([
        f"From: {sender}", f"To: {to}", "Subject: Any text", f"Date: {formatdate()}", f"Message-ID: {make_msgid(domain='course.example')}",
        "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "",
        encoded(sys.stdin.read())]))
except Refused as why:
    print("refused:", why)
client.quit()
