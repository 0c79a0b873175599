package main

import (
	"io"
	"net"
	"os"
	"strings"
)

const letter = `HELO client.example
MAIL FROM:<alice@client.example>
RCPT TO:<bob@example.org>
DATA
From: alice@client.example
To: bob@example.org
Subject: A heredoc

Everything at once.
.
QUIT
`

func main() {
	conn, _ := net.Dial("tcp", os.Args[1]+":"+os.Args[2])
	io.WriteString(conn, strings.ReplaceAll(letter, "\n", "\r\n"))
	io.Copy(os.Stdout, conn)
}
