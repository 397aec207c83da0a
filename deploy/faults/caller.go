package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const (
	statusCreated = http.StatusCreated
	statusRetry   = http.StatusOK
	statusForm    = http.StatusSeeOther
	statusFault   = http.StatusInternalServerError // and above: to be sent again
	statusBusy    = http.StatusServiceUnavailable
)

// tryTime is how long a client waits for one answer: longer than any limit
// that is measured, and than the product waits for a database.
const tryTime = 12 * time.Second

// caller sends answers to a server over HTTP.
type caller struct {
	base   string // http://127.0.0.1:port
	client *http.Client
}

// newCaller keeps connections alive unless each request shall have its own.
func newCaller(base string, connections int, each bool) *caller {
	return &caller{base: base, client: &http.Client{
		Timeout:       tryTime,
		Transport:     &http.Transport{MaxConnsPerHost: connections, MaxIdleConnsPerHost: connections, DisableKeepAlives: each, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// reply is what a server says, read whole.
type reply struct {
	status  int
	receipt string
	later   bool // it says when to come again (Retry-After)
	body    string
}

// acknowledged says that the server took responsibility for the answer.
func (r reply) acknowledged() bool {
	return r.receipt != "" && (r.status == statusCreated || r.status == statusRetry || r.status == statusForm)
}

// send sends an answer as the page's form or as JSON. An error means that no
// whole answer came back: nobody knows what became of it.
func (c *caller) send(ctx context.Context, a answer, form bool) (reply, error) {
	if form {
		return c.post(ctx, "/s/"+a.poster, "application/x-www-form-urlencoded", "", a.form())
	}
	body, err := a.json()
	if err != nil {
		return reply{}, err
	}
	return c.post(ctx, "/api/v1/posters/"+a.poster+"/responses", "application/json", "", body)
}

func (c *caller) post(ctx context.Context, path, kind, token string, body []byte) (reply, error) {
	//nolint:gosec // the address is that of a server or proxy of ours on loopback
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+path, bytes.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	request.GetBody = nil // the client must never send it twice by itself
	request.Header.Set("Content-Type", kind)
	return c.do(request, token)
}

// get asks for a page, with a bearer token unless it is "".
func (c *caller) get(ctx context.Context, path, token string) (reply, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return reply{}, err
	}
	return c.do(request, token)
}

func (c *caller) do(request *http.Request, token string) (reply, error) {
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := c.client.Do(request) //nolint:gosec // as in post
	if err != nil {
		return reply{}, err
	}
	text, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return reply{}, err
	}
	r := reply{status: response.StatusCode, later: response.Header.Get("Retry-After") != "", body: string(text)}
	if request.Method != http.MethodPost {
		return r, nil
	}
	return r, r.read(response)
}

// read finds the receipt in what came back.
func (r *reply) read(response *http.Response) error {
	switch r.status {
	case statusCreated, statusRetry:
		var said struct{ Receipt string }
		if err := json.Unmarshal([]byte(r.body), &said); err != nil {
			return fmt.Errorf("status %d: %w", r.status, err)
		}
		r.receipt = said.Receipt
	case statusForm:
		to, err := url.Parse(response.Header.Get("Location"))
		if err != nil {
			return fmt.Errorf("status %d: %w", r.status, err)
		}
		r.receipt = to.Query().Get("receipt")
	}
	return nil
}
