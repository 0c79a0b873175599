import email, imaplib, sys
box = imaplib.IMAP4(sys.argv[1], int(sys.argv[2]))
box.login("alice@mock.example", "through-the-looking-glass")
box.select("INBOX", readonly=True)
status, found = box.search(None, "ALL")
for number in found[0].split():
    status, data = box.fetch(number, "(BODY.PEEK[])")
    print(email.message_from_bytes(data[0][1])["Subject"])
box.close()
box.logout()
