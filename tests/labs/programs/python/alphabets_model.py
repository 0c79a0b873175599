import base64
import socket
import sys
from email.header import Header
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


def read(name):
    data = open(name, "rb").read()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gbk")


sender, to, subject, name = sys.argv[1:5]
client = Client("localhost", 25)
try:
    client.say("EHLO client.course.example")
    client.say(f"MAIL FROM:<{sender}>")
    client.say(f"RCPT TO:<{to}>")
    client.say("DATA", "3")
    client.message("\n".join([
        f"From: {sender}", f"To: {to}", "Subject: " + Header(subject, "utf-8").encode(), f"Date: {formatdate()}",
        f"Message-ID: {make_msgid(domain='course.example')}", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64", "", base64.encodebytes(read(name).encode("utf-8")).decode()]))
except Refused as why:
    print("refused:", why)
client.quit()
