import socket
import time
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
        start = time.perf_counter()
        self.sock.sendall(line.encode("ascii") + b"\r\n")
        answer = self.reply(digit)
        print(f"RTT of {line.split()[0]}: {(time.perf_counter() - start) * 1000:.1f} ms")
        return answer

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


while True:
    client = Client("localhost", 25)
    client.say("EHLO client.course.example")
    try:
        client.say("MAIL FROM:<alice@course.example>")
        client.say("RCPT TO:<bob@course.example>")
        client.say("DATA", "3")
        client.message("\n".join([
            "From: alice@course.example", "To: bob@course.example", "Subject: Lunch", f"Date: {formatdate()}",
            f"Message-ID: {make_msgid(domain='course.example')}", "", "Shall we meet at noon?"]))
    except Refused as why:
        print("refused:", why)
        break
    client.quit()
    if input("Another message? (y/n) ") != "y":
        break
