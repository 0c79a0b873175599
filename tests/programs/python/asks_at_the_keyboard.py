import smtplib
from email.mime.text import MIMEText
from email.utils import formatdate, make_msgid

sender = input("Your address: ")
password = input("Your authorization code: ")
to = input("To: ")
msg = MIMEText(input("Message: "))
msg["From"], msg["To"], msg["Subject"], msg["Date"], msg["Message-ID"] = sender, to, "From the keyboard", formatdate(), make_msgid(domain="qq.com")
with smtplib.SMTP_SSL("smtp.qq.com", local_hostname="client.example") as server:
    server.login(sender, password)
    server.send_message(msg)
