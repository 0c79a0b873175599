import base64
import socket
import sys


class MailSender(object):
    def __init__(self, server, port, user, passwd):
        self.user, self.passwd = user, passwd
        self.s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.s.connect((server, port))
        self._expect("220")

    def _expect(self, code):
        data = self.s.recv(2048).decode("utf-8")
        print("S:", data, end="")
        if not data.startswith(code):
            raise RuntimeError("expected %s, got %s" % (code, data))

    def _cmd(self, text, code):
        print("C:", text, end="")
        self.s.sendall(text.encode("utf-8"))
        self._expect(code)

    def login(self):
        self._cmd("EHLO client.example\r\n", "250")
        token = base64.encodebytes(("\0%s\0%s" % (self.user, self.passwd)).encode()).decode()
        self._cmd("AUTH PLAIN " + token + "\r\n", "235")

    def send(self, to, text):
        self._cmd("MAIL FROM:<%s>\r\n" % self.user, "250")
        self._cmd("RCPT TO:<%s>\r\n" % to, "250")
        self._cmd("DATA\r\n", "354")
        self._cmd("From: %s\r\nTo: %s\r\nSubject: Hi\r\n\r\n%s\r\n.\r\n" % (self.user, to, text), "250")
        self._cmd("QUIT\r\n", "221")


if __name__ == "__main__":
    m = MailSender(sys.argv[1], int(sys.argv[2]), "alice@163.com", "HVKQXZDNRTLMWABC")
    m.login()
    m.send("bob@163.com", "See you tomorrow.")
