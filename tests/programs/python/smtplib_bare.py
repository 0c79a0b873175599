import smtplib
import sys

sender = "alice@client.example"
receivers = ["bob@example.org"]
message = """This is a test e-mail message.
It has no header at all.
"""

smtpObj = smtplib.SMTP(sys.argv[1], int(sys.argv[2]), "client.example")
smtpObj.sendmail(sender, receivers, message)
print("Successfully sent email")
