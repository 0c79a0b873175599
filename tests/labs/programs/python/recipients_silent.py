import socket, sys
from email.utils import formatdate, make_msgid

frm, tos, cc, bcc = sys.argv[1:5]
s = socket.create_connection(("localhost", 25))
f = s.makefile("rb")
def get():
    line = f.readline()
    while line[3:4] == b"-":
        line = f.readline()
    return line[:3]
def put(x):
    s.sendall(x.encode() + b"\r\n")
    return get()
get()
put("EHLO client.course.example")
put("MAIL FROM:<" + frm + ">")
for a in tos.split(",") + [cc, bcc]:
    put("RCPT TO:<" + a + ">")
put("DATA")
put("\r\n".join(["From: " + frm, "To: " + tos, "Cc: " + cc, "Subject: Lunch", "Date: " + formatdate(), "Message-ID: " + make_msgid(domain="course.example"), "",
                 "Shall we meet at noon?", "."]))
put("QUIT")
s.close()
