import base64
import socket
import ssl
from tkinter import *
from tkinter import messagebox


def send_mail():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.connect(("smtp.gmail.com", 587))
    s.recv(1024)
    s.send(b"EHLO gui.example\r\n")
    s.recv(1024)
    s.send(b"STARTTLS\r\n")
    s.recv(1024)
    t = ssl.create_default_context().wrap_socket(s, server_hostname="smtp.gmail.com")
    for line in ["EHLO gui.example", "AUTH LOGIN", base64.b64encode(user.get().encode()).decode(), base64.b64encode(password.get().encode()).decode(),
                 f"MAIL FROM:<{user.get()}>", f"RCPT TO:<{to.get()}>", "DATA", f"Subject: {subject.get()}\r\n\r\n{body.get('1.0', END)}\r\n.", "QUIT"]:
        t.send((line + "\r\n").encode())
        print(t.recv(1024).decode())
    messagebox.showinfo("Mail", "Sent!")


window = Tk()
window.title("Mail client")
user, password, to, subject = Entry(window), Entry(window, show="*"), Entry(window), Entry(window)
body = Text(window)
for row, widget in enumerate([user, password, to, subject, body]):
    widget.grid(row=row, column=1)
Button(window, text="Send", command=send_mail).grid(row=9, column=1)
window.mainloop()
