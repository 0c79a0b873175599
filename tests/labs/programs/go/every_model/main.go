package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
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

type step struct {
	line  string
	digit byte
}

func run() error {
	c, err := net.Dial("tcp", "localhost:25")
	if err != nil {
		return err
	}
	use(c)
	if err := reply('2'); err != nil {
		return err
	}
	for _, s := range []step{
		{"EHLO client.course.example", '2'},
		{"MAIL FROM:<alice@course.example>", '2'},
		{"RCPT TO:<bob@course.example>", '2'},
		{"DATA", '3'},
		{letter("bob@course.example", ""), '2'},
	} {
		if err := say(s.line, s.digit); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	err := run()
	quit()
	if err != nil {
		fmt.Println("not sent:", err)
		os.Exit(1)
	}
}
