package main

import (
	"fmt"
	"net/textproto"
	"os"
	"time"
)

func main() {
	c, err := textproto.Dial("tcp", os.Args[1]+":"+os.Args[2])
	if err != nil {
		panic(err)
	}
	ask := func(code int, format string, args ...interface{}) bool {
		if format != "" {
			if err := c.PrintfLine(format, args...); err != nil {
				return false
			}
		}
		_, message, err := c.ReadResponse(code)
		fmt.Println(message, err)
		return err == nil
	}
	ok := ask(220, "") && ask(250, "EHLO client.example") && ask(250, "MAIL FROM:<%s>", "alice@client.example") &&
		ask(250, "RCPT TO:<%s>", "bob@example.org") && ask(354, "DATA")
	if ok {
		w := c.DotWriter()
		fmt.Fprintf(w, "From: alice@client.example\nTo: bob@example.org\nSubject: dots\nDate: %s\nMessage-ID: <7@client.example>\n\n.hidden\n.\nend\n",
			time.Now().Format(time.RFC1123Z))
		w.Close()
		ask(250, "")
	}
	ask(221, "QUIT")
	c.Close()
}
