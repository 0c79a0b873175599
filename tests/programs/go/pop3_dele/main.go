// Deletes what it has read, and goes without QUIT.
package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strings"
)

func main() {
	conn, err := net.Dial("tcp", os.Args[1]+":"+os.Args[2])
	if err != nil {
		panic(err)
	}
	r := bufio.NewReader(conn)
	line := func() string { s, _ := r.ReadString('\n'); fmt.Print(s); return s }
	ask := func(format string, args ...interface{}) string { fmt.Fprintf(conn, format+"\r\n", args...); return line() }
	line()
	ask("USER %s", "alice@mock.example")
	ask("PASS %s", "through-the-looking-glass")
	var count, size int
	fmt.Sscanf(ask("STAT"), "+OK %d %d", &count, &size)
	for i := 1; i <= count; i++ {
		if strings.HasPrefix(ask("RETR %d", i), "+OK") {
			for line() != ".\r\n" {
			}
		}
		ask("DELE %d", i)
	}
	conn.Close()
}
