package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

var conn net.Conn
var in *bufio.Reader

func use(c net.Conn) {
	conn = c
	in = bufio.NewReader(c)
}

// reply reads one whole reply.
func reply(digit byte) error {
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		fmt.Print("S: ", line)
		if len(line) > 3 && line[3] == '-' {
			continue
		}
		if line[0] != digit {
			return fmt.Errorf("%s", line)
		}
		return nil
	}
}

func say(line string, digit byte) error {
	if _, err := conn.Write([]byte(line + "\r\n")); err != nil {
		return err
	}
	return reply(digit)
}

func letter(to, cc string) string {
	if cc != "" {
		cc = "Cc: " + cc + "\r\n"
	}
	now := time.Now()
	return "From: alice@course.example\r\nTo: " + to + "\r\n" + cc + "Subject: Lunch\r\nDate: " + now.Format(time.RFC1123Z) +
		fmt.Sprintf("\r\nMessage-ID: <%d@course.example>\r\n\r\nShall we meet at noon?\r\n.", now.UnixNano())
}

func quit() {
	if conn != nil {
		say("QUIT", '2')
		conn.Close()
	}
}

func run() (refused int, err error) {
	c, err := net.Dial("tcp", "localhost:25")
	if err != nil {
		return 0, err
	}
	use(c)
	if err = reply('2'); err != nil {
		return
	}
	if err = say("EHLO client.course.example", '2'); err != nil {
		return
	}
	if err = say("MAIL FROM:<"+os.Args[1]+">", '2'); err != nil {
		return
	}
	taken := 0
	for _, address := range strings.Split(strings.Join(os.Args[2:5], ","), ",") {
		if e := say("RCPT TO:<"+address+">", '2'); e != nil {
			fmt.Println("refused:", address, e)
			refused++
		} else {
			taken++
		}
	}
	if taken == 0 {
		return
	}
	if err = say("DATA", '3'); err != nil {
		return
	}
	err = say(letter(os.Args[2], os.Args[3]), '2')
	return
}

func main() {
	refused, err := run()
	quit()
	if err != nil {
		fmt.Println("not sent:", err)
	}
	if err != nil || refused > 0 {
		os.Exit(1)
	}
}
