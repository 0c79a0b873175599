// net/smtp as its documentation shows it, with a whole header.
package main

import (
	"fmt"
	"log"
	"net/smtp"
	"os"
	"time"
)

func main() {
	to := []string{"bob@example.org"}
	msg := []byte("From: alice@client.example\r\n" +
		"To: bob@example.org\r\n" +
		"Subject: discount Gophers!\r\n" +
		"Date: " + time.Now().Format(time.RFC1123Z) + "\r\n" +
		fmt.Sprintf("Message-ID: <%d@client.example>\r\n", time.Now().UnixNano()) +
		"\r\n" +
		"This is the email body.\r\n")
	client, err := smtp.Dial(os.Args[1] + ":" + os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	must(client.Hello("client.example"))
	must(client.Mail("alice@client.example"))
	for _, one := range to {
		must(client.Rcpt(one))
	}
	w, err := client.Data()
	must(err)
	_, err = w.Write(msg)
	must(err)
	must(w.Close())
	must(client.Quit())
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
