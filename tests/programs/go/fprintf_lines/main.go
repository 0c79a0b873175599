package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
)

func main() {
	conn, err := net.Dial("tcp", net.JoinHostPort(os.Args[1], os.Args[2]))
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	reader := bufio.NewReader(conn)
	read := func() {
		line, err := reader.ReadString('\n')
		if err != nil {
			panic(err)
		}
		fmt.Print("S: ", line)
	}
	read()
	for _, cmd := range []string{"EHLO localhost", "MAIL FROM:alice@client.example", "RCPT TO:bob@example.org", "DATA"} {
		fmt.Fprintf(conn, "%s\r\n", cmd)
		read()
	}
	fmt.Fprintf(conn, "From: alice@client.example\r\n")
	fmt.Fprintf(conn, "To: bob@example.org\r\n")
	fmt.Fprintf(conn, "Subject: Go\r\n")
	fmt.Fprintf(conn, "Hello from Go\r\n")
	fmt.Fprintf(conn, ".\r\n")
	read()
	fmt.Fprintf(conn, "QUIT\r\n")
}
