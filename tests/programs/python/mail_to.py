import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
def getmsg():
    data = s.recv(1024).decode('ascii')
    print('Server: ' + data)
    return data
def putmsg(m):
    print('Client: ' + m)
    s.send((m + '\r\n').encode('ascii'))
getmsg()
putmsg('HELO client.example')
getmsg()
putmsg('MAIL FROM:<alice@client.example>')
getmsg()
putmsg('MAIL TO:<bob@example.org>')
if not getmsg().startswith('250'):
    putmsg('QUIT')
    getmsg()
    s.close()
    sys.exit()
putmsg('DATA')
getmsg()
