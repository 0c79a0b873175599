import sys

lines = [line.rstrip("\n") for line in sys.stdin]
users = {}
at = 0
while lines[at] != "*":
    _, name, _, *known = lines[at].split()
    users[name] = known
    at += 1
at += 1
while lines[at] != "*":
    sender, *recipients = lines[at].split()
    at += 2
    text = []
    while lines[at] != "*":
        text.append(lines[at])
        at += 1
    at += 1
    here = sender.split("@")[1]
    servers = {}
    for recipient in recipients:
        servers.setdefault(recipient.split("@")[1], {})[recipient] = None
    for server, addresses in servers.items():
        print(f"Connection between {here} and {server}")
        print(f" HELO {here}\n 250\n MAIL FROM:<{sender}>\n 250")
        taken = 0
        for address in addresses:
            is_known = address.split("@")[0] in users[server]
            taken += is_known
            print(f" RCPT TO:<{address}>\n {250 if is_known else 550}")
        if taken:
            print(" DATA\n 354")
            for line in text:
                print(" " + line)
            print(" .\n 250")
        print(" QUIT\n 221")
