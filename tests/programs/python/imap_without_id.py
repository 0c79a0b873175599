import imaplib
box = imaplib.IMAP4_SSL("imap.163.com")
box.login("zhang.san@163.com", "ABCDEFGHIJKLMNOP")
print(box.select("INBOX"))
print(box.search(None, "ALL"))
box.logout()
