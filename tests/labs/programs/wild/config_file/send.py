import base64
import json
import socket
import ssl

with open("email_config.json", encoding="utf-8") as f:
    config = json.load(f)

raw = socket.create_connection((config["smtp_server"], config["smtp_port"]))
s = ssl.create_default_context().wrap_socket(raw, server_hostname=config["smtp_server"])
f = s.makefile("rb")

def reply():
    line = f.readline()
    while line[3:4] == b"-":
        line = f.readline()
    return line.decode().strip()

def command(text, code):
    s.sendall(text.encode("utf-8") + b"\r\n")
    answer = reply()
    if not answer.startswith(code):
        raise RuntimeError(text.split()[0] + ": " + answer)

reply()
command("EHLO client.example", "250")
command("AUTH LOGIN", "334")
command(base64.b64encode(config["sender"].encode()).decode(), "334")
command(base64.b64encode(config["password"].encode()).decode(), "235")
command("MAIL FROM:<%s>" % config["sender"], "250")
for address in config["receiver"].split(","):
    command("RCPT TO:<%s>" % address, "250")
command("DATA", "354")
subject = "=?utf-8?B?" + base64.b64encode(config["subject"].encode()).decode() + "?="
body = base64.b64encode(config["body"].encode()).decode()
command("\r\n".join(["From: " + config["sender"], "To: " + config["receiver"], "Subject: " + subject, "MIME-Version: 1.0",
                     "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "", body, "."]), "250")
command("QUIT", "221")
print("发送成功")
