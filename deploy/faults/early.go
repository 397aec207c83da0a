package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"meihao/survey/intake"
)

// early is the server that this product must not be: it acknowledges an
// answer as soon as it has read it, with the receipt that the product will
// give, and hands it on a little later. Killed in between, it has lied.
type early struct {
	*district
	target *caller
	server *http.Server
	base   string
	group  sync.WaitGroup
}

// earlyBy is how long it sits on what it has acknowledged.
const earlyBy = 30 * time.Millisecond

func newEarly(ctx context.Context, d *district, target *caller) (*early, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	e := &early{district: d, target: target, base: "http://" + listener.Addr().String()}
	e.server = &http.Server{Handler: e, ReadHeaderTimeout: tryTime}
	e.group.Go(func() { _ = e.server.Serve(listener) }) // ends with close
	return e, nil
}

func (e *early) close() error {
	err := e.server.Close()
	e.group.Wait()
	return err
}

// ServeHTTP acknowledges first.
func (e *early) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var body bytes.Buffer
	_, err := body.ReadFrom(r.Body)
	if err != nil {
		return
	}
	kind := r.Header.Get("Content-Type")
	code := strings.Split(strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/api/v1/posters/"), "/s/"), "/")[0]
	receipt, err := e.receipt(code, body.Bytes())
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	e.group.Go(func() {
		time.Sleep(earlyBy)
		_, _ = e.target.post(context.Background(), r.URL.Path, kind, "", body.Bytes()) // nobody waits for it any more
	})
	w.WriteHeader(statusCreated)
	_ = json.NewEncoder(w).Encode(map[string]string{"receipt": receipt}) // the client sees a broken one
}

// receipt is the one that the product's gate makes of a JSON request.
func (e *early) receipt(code string, body []byte) (string, error) {
	var sent struct {
		Key       string
		Household struct{ Unit, Room string }
		Answers   map[string]string
	}
	if err := json.Unmarshal(body, &sent); err != nil {
		return "", err
	}
	values := map[string][]string{}
	for id, value := range sent.Answers {
		values[id] = []string{value}
	}
	s, err := intake.Admit(e.places[code], e.questionnaire, intake.Request{
		Key: sent.Key, Unit: sent.Household.Unit, Room: sent.Household.Room, Values: values,
	}, time.Now())
	return s.Receipt, err
}
