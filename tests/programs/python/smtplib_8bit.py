import smtplib
import sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

msg = EmailMessage()
msg["From"] = "Alice <alice@client.example>"
msg["To"] = "bob@example.org"
msg["Subject"] = "测试邮件"
msg["Date"] = formatdate()
msg["Message-ID"] = make_msgid(domain="client.example")
msg.set_content("你好，这是一封测试邮件。\n")
with smtplib.SMTP(sys.argv[1], int(sys.argv[2]), local_hostname="client.example") as server:
    server.send_message(msg)
