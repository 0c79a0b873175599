import base64
import socket
import ssl
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

    def start_tls(self, host):
        self.say("STARTTLS")
        self.file.close()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=host)
        self.file = self.sock.makefile("rb")

    def login(self, user, password):
        self.say("AUTH LOGIN", "3")
        self.say(base64.b64encode(user.encode()).decode(), "3")
        self.say(base64.b64encode(password.encode()).decode())


def main():
    user, password, to = sys.argv[1:4]
    print("logging in as", user, "with", password)
    client = Client("localhost", 587)
    try:
        client.say("EHLO client.course.example")
        client.start_tls("localhost")
        client.say("EHLO client.course.example")
        client.login(user, password)
        client.say(f"MAIL FROM:<{user}>")
        client.say(f"RCPT TO:<{to}>")
        client.say("DATA", "3")
        client.message("\n".join([
            f"From: {user}", f"To: {to}", "Subject: Lunch", f"Date: {formatdate()}", f"Message-ID: {make_msgid(domain='course.example')}", "",
            "Shall we meet at noon?"]))
    except Refused as refused:
        print("refused:", refused)
    client.quit()


main()
