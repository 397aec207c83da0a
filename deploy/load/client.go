package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
)

// client is one keep-alive connection. It reads no more of an answer than
// where it ends: net/http's client would cost more than the page it asks for.
type client struct {
	conn net.Conn
	in   *bufio.Reader
}

func dial(ctx context.Context, address string) (*client, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, in: bufio.NewReaderSize(conn, 32<<10)}, nil
}

// ask sends a whole request and reads the answer to its end.
func (c *client) ask(request []byte) (status int, err error) {
	if _, err := c.conn.Write(request); err != nil {
		return 0, err
	}
	line, err := c.line()
	if err != nil {
		return 0, err
	}
	if len(line) < len("HTTP/1.1 200") {
		return 0, fmt.Errorf("%q is no status line", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, fmt.Errorf("status: %w", err)
	}
	length, err := c.head()
	switch {
	case err != nil:
		return 0, err
	case length == chunked:
		return status, c.chunks()
	}
	_, err = c.in.Discard(length)
	return status, err
}

const chunked = -1

// head reads to the end of the head and returns the body's length.
func (c *client) head() (length int, err error) {
	for {
		line, err := c.line()
		if err != nil {
			return 0, err
		}
		if len(line) == 0 {
			return length, nil
		}
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch string(name) { // as net/http writes them
		case "Content-Length":
			if length, err = strconv.Atoi(string(value)); err != nil {
				return 0, fmt.Errorf("content length: %w", err)
			}
		case "Transfer-Encoding":
			length = chunked
		case "Connection":
			return 0, errors.New("the server ends the connection")
		}
	}
}

// chunks reads a chunked body without trailers.
func (c *client) chunks() error {
	for {
		line, err := c.line()
		if err != nil {
			return err
		}
		size, err := strconv.ParseUint(string(line), 16, 31)
		if err != nil {
			return fmt.Errorf("chunk: %w", err)
		}
		if _, err := c.in.Discard(int(size) + len("\r\n")); err != nil || size == 0 {
			return err
		}
	}
}

// line is the next line without its end; it is overwritten by what follows.
func (c *client) line() ([]byte, error) {
	line, err := c.in.ReadSlice('\n')
	if errors.Is(err, io.EOF) {
		return nil, io.ErrUnexpectedEOF
	}
	return bytes.TrimSuffix(line, []byte("\r\n")), err
}
