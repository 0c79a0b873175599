package main

import (
	"log"
	"net/smtp"
	"os"
)

func main() {
	c, err := smtp.Dial(os.Args[1] + ":" + os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	c.Mail("sender@example.org")
	c.Rcpt("recipient@example.net")
	wc, err := c.Data()
	if err != nil {
		log.Fatal(err)
	}
	defer wc.Close()
	if _, err = wc.Write([]byte("This is the email body.")); err != nil {
		log.Fatal(err)
	}
}
