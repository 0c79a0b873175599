import smtplib
server = smtplib.SMTP("smtp.163.com", 25, "client.example")
try:
    server.login("zhang.san@163.com", "zhangsan1999!")
except smtplib.SMTPAuthenticationError as e:
    print("login failed", e)
server.quit()
