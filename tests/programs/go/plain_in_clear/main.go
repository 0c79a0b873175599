package main

import (
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"os"
)

var conn net.Conn

func cmd(line string) string {
	fmt.Fprintf(conn, "%s\r\n", line)
	buffer := make([]byte, 2048)
	n, err := conn.Read(buffer)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Print(string(buffer[:n]))
	return string(buffer[:n])
}

func main() {
	_ = tls.VersionTLS12
	var err error
	conn, err = net.Dial("tcp", net.JoinHostPort(os.Args[1], os.Args[2]))
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	greeting := make([]byte, 1024)
	conn.Read(greeting)
	cmd("EHLO client.example")
	auth := base64.StdEncoding.EncodeToString([]byte("\x00alice@163.com\x00HVKQXZDNRTLMWABC"))
	if cmd("AUTH PLAIN " + auth)[:3] != "235" {
		cmd("QUIT")
		return
	}
	cmd("MAIL FROM:<boss@163.com>")
	cmd("QUIT")
}
