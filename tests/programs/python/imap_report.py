import email, imaplib
box = imaplib.IMAP4_SSL("imap.qq.com")
box.login("10002@qq.com", "abcdefghijklmnop")
box.select("inbox")
status, found = box.search(None, "ALL")
for number in found[0].split():
    status, data = box.fetch(number, "(RFC822)")
    print(email.message_from_bytes(data[0][1])["Subject"])
box.logout()
