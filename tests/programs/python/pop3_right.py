import poplib, sys
box = poplib.POP3(sys.argv[1], int(sys.argv[2]))
box.user("alice@mock.example")
box.pass_("through-the-looking-glass")
count, size = box.stat()
for number in range(1, count + 1):
    print(b"\n".join(box.retr(number)[1]).decode(errors="replace"))
box.quit()
