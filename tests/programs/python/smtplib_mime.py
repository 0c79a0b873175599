import smtplib
import sys
from email.mime.text import MIMEText
from email.header import Header

sender = 'from@runoob.example'
receivers = ['429240967@qq.example']

message = MIMEText('Python 邮件发送测试...', 'plain', 'utf-8')
message['From'] = Header("菜鸟教程", 'utf-8')
message['To'] = Header("测试", 'utf-8')
message['Subject'] = Header('Python SMTP 邮件测试', 'utf-8')

try:
    smtpObj = smtplib.SMTP(local_hostname='client.example')
    smtpObj.connect(sys.argv[1], int(sys.argv[2]))
    smtpObj.sendmail(sender, receivers, message.as_string())
    print("邮件发送成功")
except smtplib.SMTPException:
    print("Error: 无法发送邮件")
