# The dots stay. A thread for each client, a file for all messages.
import re
import socketserver
import sys


class Dialogue(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        self.say("220 my server")
        greeted, sender, recipients = False, None, []
        while True:
            line = self.rfile.readline()
            if not line:
                return
            said = line.rstrip(b"\r\n")
            verb = said.upper()
            if verb.startswith((b"HELO ", b"EHLO ")):
                greeted = True
                self.say("250 hello")
            elif verb == b"NOOP":
                self.say("250 OK")
            elif verb == b"RSET":
                sender, recipients = None, []
                self.say("250 OK")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            elif verb.startswith(b"MAIL"):
                if not greeted:
                    self.say("503 HELO first")
                elif not re.fullmatch(rb"MAIL FROM:\s*<[^<>]*>.*", said, re.I):
                    self.say("501 MAIL FROM:<address>")
                else:
                    sender = said
                    self.say("250 OK")
            elif verb.startswith(b"RCPT"):
                if sender is None:
                    self.say("503 MAIL first")
                elif not re.fullmatch(rb"RCPT TO:\s*<[^<>]+>.*", said, re.I):
                    self.say("501 RCPT TO:<address>")
                else:
                    recipients.append(said)
                    self.say("250 OK")
            elif verb == b"DATA":
                if not recipients:
                    self.say("503 RCPT first")
                    continue
                self.say("354 end with a dot")
                if not self.take():
                    return
                sender, recipients = None, []
                self.say("250 kept")
            else:
                self.say("500 what?")

    def take(self):
        body = []
        while True:
            line = self.rfile.readline()
            if not line:
                return False
            if line == b".\r\n":
                break
            body.append(line)
        with open("mbox", "ab") as file:
            file.write(b"".join(body))
        return True


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


Server(("", int(sys.argv[1])), Dialogue).serve_forever()
