import base64
import json
import smtplib
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formatdate, make_msgid

config = json.loads("""{"sender": "zhang.san@163.com", "receiver": "li.si@163.com", "subject": "网络实验", "body": "你好，这是第一封邮件。",
                        "smtp_server": "smtp.163.com", "password": "ABCDEFGHIJKLMNOP"}""")

message = MIMEMultipart()
message["From"] = config["sender"]
message["To"] = config["receiver"]
message["Subject"] = Header(config["subject"], "utf-8")
message["Date"] = formatdate()
message["Message-ID"] = make_msgid(domain="163.com")
message.attach(MIMEText(config["body"], "plain", "utf-8"))
with smtplib.SMTP_SSL(config["smtp_server"], 465, local_hostname="client.example") as server:
    server.login(config["sender"], config["password"])
    server.sendmail(config["sender"], [config["receiver"]], message.as_string())
print("sent")
