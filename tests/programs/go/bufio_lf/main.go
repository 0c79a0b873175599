package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
)

func main() {
	conn, err := net.Dial("tcp", os.Args[1]+":"+os.Args[2])
	if err != nil {
		fmt.Println(err)
		return
	}
	reader := bufio.NewReader(conn)
	message, _ := reader.ReadString('\n')
	fmt.Print(message)
	for _, line := range []string{"HELO client.example", "MAIL FROM:<alice@client.example>", "RCPT TO:<bob@example.org>", "DATA"} {
		fmt.Fprintf(conn, line+"\n")
		message, _ = reader.ReadString('\n')
		fmt.Print(message)
	}
	fmt.Fprintf(conn, "From: alice@client.example\nTo: bob@example.org\nSubject: Go\n\nHello\n.\n")
	message, _ = reader.ReadString('\n')
	fmt.Print(message)
	fmt.Fprintln(conn, "QUIT")
	message, _ = reader.ReadString('\n')
	fmt.Print(message)
	conn.Close()
}
