package main

import (
	"bufio"
	"fmt"
	"net"
)

func main() {
	conn, err := net.Dial("tcp", "localhost:25")
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	r := bufio.NewReader(conn)
	read := func() {
		line, _ := r.ReadString('\n')
		fmt.Print(line)
	}
	read()
	for _, c := range []string{"HELO client.course.example", "MAIL FROM:<alice@course.example>", "RCPT TO:<bob@course.example>", "DATA"} {
		fmt.Fprintln(conn, c)
		read()
	}
	fmt.Fprintln(conn, "From: alice@course.example")
	fmt.Fprintln(conn, "To: bob@course.example")
	fmt.Fprintln(conn, "Subject: Go")
	fmt.Fprintln(conn)
	fmt.Fprintln(conn, "I love computer networks!")
	fmt.Fprintln(conn, ".")
	read()
	fmt.Fprintln(conn, "QUIT")
	read()
}
