package wire

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
)

// listenRaw answers every connection with the given bytes and hands over what
// it read up to the end of the request's header and declared body.
func listenRaw(t *testing.T, answer string) (string, <-chan string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	seen := make(chan string, 16)
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			seen <- readRequest(connection)
			io.WriteString(connection, answer)
			connection.Close()
		}
	}()
	return "http://" + listener.Addr().String(), seen
}

// listenOpen answers every connection with the given bytes and leaves it open
// until the test ends.
func listenOpen(t *testing.T, answer string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { connection.Close() })
			readRequest(connection)
			io.WriteString(connection, answer)
		}
	}()
	return "http://" + listener.Addr().String()
}

func readRequest(connection net.Conn) string {
	reader, length := bufio.NewReader(connection), 0
	var request strings.Builder
	for {
		line, err := reader.ReadString('\n')
		request.WriteString(line)
		fmt.Sscanf(line, "Content-Length: %d", &length)
		if err != nil || line == "\r\n" {
			break
		}
	}
	body := make([]byte, length)
	io.ReadFull(reader, body)
	return request.String() + string(body)
}

func headers(count int) string {
	var all strings.Builder
	for n := range count {
		fmt.Fprintf(&all, "X-%d: x\r\n", n)
	}
	return all.String()
}
