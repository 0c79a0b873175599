// Counts from 0, and one too far.
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
	number := 0
	ask := func(line string) (exists int) {
		number++
		tag := fmt.Sprintf("A%03d", number)
		fmt.Fprintf(conn, "%s %s\r\n", tag, line)
		for {
			s, err := r.ReadString('\n')
			fmt.Print(s)
			fmt.Sscanf(s, "* %d EXISTS", &exists)
			if err != nil || strings.HasPrefix(s, tag+" ") {
				return
			}
		}
	}
	r.ReadString('\n')
	ask(`LOGIN "alice@mock.example" "through-the-looking-glass"`)
	count := ask("EXAMINE INBOX")
	for i := 0; i <= count; i++ {
		ask(fmt.Sprintf("FETCH %d (FLAGS)", i))
	}
	ask("LOGOUT")
	conn.Close()
}
