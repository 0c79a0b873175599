import smtplib, sys
from email.mime.text import MIMEText
from email.utils import formatdate
to, cc, bcc = ["bob@example.org"], ["carol@example.org"], ["dave@example.org"]
mail = MIMEText("The agenda is attached.")
mail["From"] = "alice@client.example"
mail["To"] = ", ".join(to)
mail["Cc"] = ", ".join(cc)
mail["Bcc"] = ", ".join(bcc)
mail["Subject"] = "Agenda"
mail["Date"] = formatdate()
server = smtplib.SMTP(sys.argv[1], int(sys.argv[2]), "client.example")
server.sendmail(mail["From"], to, mail.as_string())
server.quit()
