import smtplib
server = smtplib.SMTP_SSL("smtp.qq.com", 587)
server.login("10001@qq.com", "abcdefghijklmnop")
