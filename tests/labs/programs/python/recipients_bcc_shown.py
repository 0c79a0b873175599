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
    sender, to, cc, bcc = sys.argv[1], sys.argv[2].split(","), sys.argv[3].split(","), sys.argv[4].split(",")
    client = Client("localhost", 25)
    taken, refused = [], []
    try:
        client.say("EHLO client.course.example")
        client.say(f"MAIL FROM:<{sender}>")
        for address in to + cc + bcc:
            try:
                client.say(f"RCPT TO:<{address}>")
                taken.append(address)
            except Refused as why:
                refused.append(f"{address}: {why}")
        if taken:
            client.say("DATA", "3")
            client.message("\n".join([
                f"From: {sender}", "To: " + ", ".join(to), "Cc: " + ", ".join(cc), "Bcc: " + ", ".join(bcc), "Subject: Lunch", f"Date: {formatdate()}",
                f"Message-ID: {make_msgid(domain='course.example')}", "", "Shall we meet at noon?"]))
    except Refused as why:
        refused.append(str(why))
    client.quit()
    for line in refused:
        print("not sent to", line)
    sys.exit(1 if refused else 0)


main()
