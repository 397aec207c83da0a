package main

import (
	"bufio"
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httputil"
	"sync"
	"sync/atomic"
	"time"
)

// proxy stands between clients and a server and drops acknowledgements. It
// takes one request from a connection, sends it on whole, and then may cut
// the client off: at once, when the response begins, or in the middle of it.
type proxy struct {
	listener net.Listener
	target   string       // host:port
	percent  int          // of requests whose response is dropped
	dropped  atomic.Int64 // so far
	group    sync.WaitGroup
}

func newProxy(ctx context.Context, target string, percent int) (*proxy, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{listener: listener, target: target, percent: percent}
	p.group.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil { // closed
				return
			}
			p.group.Go(func() {
				_ = conn.SetDeadline(time.Now().Add(2 * tryTime)) // fails where the client has gone
				_ = p.pass(ctx, conn)                             // the client sees what broke
				_ = conn.Close()
			})
		}
	})
	return p, nil
}

func (p *proxy) base() string { return "http://" + p.listener.Addr().String() }

// close waits until every connection is done with.
func (p *proxy) close() error {
	err := p.listener.Close()
	p.group.Wait()
	return err
}

// pass carries one request and its response.
func (p *proxy) pass(ctx context.Context, client net.Conn) error {
	request, err := http.ReadRequest(bufio.NewReader(client))
	if err != nil {
		return err
	}
	server, err := (&net.Dialer{}).DialContext(ctx, "tcp", p.target)
	if err != nil {
		return err
	}
	defer func() { _ = server.Close() }() // after all was read
	if err := errors.Join(server.SetDeadline(time.Now().Add(2*tryTime)), request.Write(server)); err != nil {
		return err
	}
	drop := rand.IntN(100) < p.percent
	if drop {
		p.dropped.Add(1)
		if rand.IntN(3) == 0 { // the request was sent, and the client is gone
			return nil
		}
	}
	response, err := http.ReadResponse(bufio.NewReader(server), request)
	if err != nil {
		return err
	}
	text, err := httputil.DumpResponse(response, true)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return err
	}
	if drop {
		text = text[:rand.IntN(len(text))] // nothing of it, or some
	}
	_, err = client.Write(text)
	return err
}
