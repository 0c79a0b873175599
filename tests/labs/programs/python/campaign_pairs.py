import base64
import random
import socket
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


def read_messages(name):
    for part in open(name, encoding="utf-8").read().split("===\n"):
        first, _, text = part.strip().partition("\n")
        yield first.removeprefix("Subject: "), text


def groups_of(people, number):
    size = 2
    return [people[i * size:(i + 1) * size] for i in range(number)]


config = {"host": "localhost", "port": 2525, "groups": 3}
people = open("victims.txt").read().split()
messages = list(read_messages("messages.txt"))
random.shuffle(people)
client = Client(config["host"], config["port"])
try:
    client.say("EHLO client.course.example")
    for sender, *victims in groups_of(people, config["groups"]):
        subject, text = random.choice(messages)
        client.say(f"MAIL FROM:<{sender}>")
        for victim in victims:
            client.say(f"RCPT TO:<{victim}>")
        client.say("DATA", "3")
        client.message("\n".join([
            f"From: {sender}", "To: " + ", ".join(victims), "Subject: " + Header(subject, "utf-8").encode(), f"Date: {formatdate()}",
            f"Message-ID: {make_msgid(domain='course.example')}", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64", "", base64.encodebytes(text.encode("utf-8")).decode()]))
except Refused as why:
    print("refused:", why)
client.quit()
