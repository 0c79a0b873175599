"""client.py HOST PORT: one mail, over TLS from the start on 465, over STARTTLS elsewhere."""
import smtplib
import ssl
import sys
from email.message import EmailMessage

host, port = sys.argv[1], int(sys.argv[2])
mail = EmailMessage()
mail["From"], mail["To"], mail["Subject"] = "10001@qq.com", "10002@qq.com", "Five languages"
mail.set_content("Sent by a client in Python.\n")
context = ssl.create_default_context()
if port == 465:
    server = smtplib.SMTP_SSL(host, port, context=context, local_hostname="client.example")
else:
    server = smtplib.SMTP(host, port, local_hostname="client.example")
    server.starttls(context=context)
with server:
    server.login("10001@qq.com", "abcdefghijklmnop")
    server.send_message(mail)
