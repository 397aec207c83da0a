package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"meihao/api/health"
	"meihao/survey"
)

// readyLimit is how long a server may take to say whether it is ready: its own
// look at the store and a moment for the way.
const readyLimit = health.Limit + time.Second

// readyWords is the most of an answer that is shown, in bytes.
const readyWords = 200

type readyCommand struct {
	Listen string `help:"Address that the server listens on; overrides the configuration." placeholder:"HOST:PORT"`
}

// Run asks the server that runs with this configuration whether it can save an
// answer now (/readyz). An image without a shell has no other program to do it.
func (r readyCommand) Run(c *console) error {
	if r.Listen != "" {
		c.config.Listen = r.Listen
	}
	status, words, err := c.askReady()
	if err != nil {
		return fmt.Errorf("%s does not answer: %w", c.config.Listen, err)
	}
	if status != http.StatusOK {
		return fmt.Errorf("%s answers %d: %s", c.config.Listen, status, words)
	}
	c.say("%s", c.text(survey.Message{Key: "command.ready.yes", Args: survey.Args{"Address": c.config.Listen}}))
	return nil
}

// askReady goes to the address itself, by no proxy. Where the server listens
// on all addresses (":8080"), dialling it means this machine.
func (c *console) askReady() (status int, words string, err error) {
	ctx, cancel := context.WithTimeout(c.ctx, readyLimit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://meihao/readyz", nil)
	if err != nil {
		return 0, "", err
	}
	transport := &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", c.config.Listen)
	}}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, readyWords))
	return response.StatusCode, strings.TrimSpace(string(text)), err
}
