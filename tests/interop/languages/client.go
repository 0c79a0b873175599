// client HOST PORT: one mail, over TLS from the start on 465, over STARTTLS elsewhere.
package main

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/smtp"
	"os"
)

const message = "From: 10001@qq.com\r\nTo: 10002@qq.com\r\nSubject: Five languages\r\n\r\nSent by a client in Go.\r\n"

func must(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func connect(host, port string) *smtp.Client {
	address := net.JoinHostPort(host, port)
	settings := &tls.Config{ServerName: host}
	if port == "465" {
		conn, err := tls.Dial("tcp", address, settings)
		must(err)
		client, err := smtp.NewClient(conn, host)
		must(err)
		must(client.Hello("client.example"))
		return client
	}
	client, err := smtp.Dial(address)
	must(err)
	must(client.Hello("client.example"))
	must(client.StartTLS(settings))
	return client
}

func main() {
	client := connect(os.Args[1], os.Args[2])
	must(client.Auth(smtp.PlainAuth("", "10001@qq.com", "abcdefghijklmnop", os.Args[1])))
	must(client.Mail("10001@qq.com"))
	must(client.Rcpt("10002@qq.com"))
	body, err := client.Data()
	must(err)
	_, err = body.Write([]byte(message))
	must(err)
	must(body.Close())
	must(client.Quit())
}
