// smtp.SendMail does it all: STARTTLS, the login, the message.
package main

import (
	"fmt"
	"net/smtp"
)

func main() {
	from := "10001@qq.com"
	auth := smtp.PlainAuth("", from, "abcdefghijklmnop", "smtp.qq.com")
	body := "From: 10001@qq.com\n" +
		"To: 10002@qq.com\n" +
		"Subject: Hello there\n\n" +
		"Sent by Go.\n"
	err := smtp.SendMail("smtp.qq.com:587", auth, from, []string{"10002@qq.com"}, []byte(body))
	fmt.Println("error:", err)
}
