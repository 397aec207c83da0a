package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// load sends answers from many connections at once, each of another
// household, and writes the ledger.
type load struct {
	call    *caller
	ledger  *ledger
	posters []string
	number  *atomic.Int64 // of the next household; no two are the same
	workers int
	most    int64 // answers to send; 0 for as many as there is time
	long    bool  // with the longest comments
	json    bool  // nothing goes as a form
	patient bool  // every key is sent until it is acknowledged

	sent  atomic.Int64 // keys begun
	gone  context.Context
	group sync.WaitGroup

	mu         sync.Mutex
	windows    []*window
	complaints map[string]int
}

// pause is between two tries of the same key.
const pause = 20 * time.Millisecond

// start lets all connections go; stop ends it. What is under way is waited
// for: it is the server that is broken here, not the client.
func (l *load) start(ctx context.Context) (stop func()) {
	gone, cancel := context.WithCancel(ctx)
	l.gone, l.complaints = gone, map[string]int{}
	for range l.workers {
		l.group.Go(l.work)
	}
	return func() {
		cancel()
		l.group.Wait()
		l.call.client.CloseIdleConnections()
	}
}

// finish waits until as many answers as there are to send were sent.
func (l *load) finish() { l.group.Wait() }

func (l *load) work() {
	for l.gone.Err() == nil {
		if n := l.sent.Add(1); l.most > 0 && n > l.most {
			return
		}
		number := l.number.Add(1)
		l.submit(newAnswer(number, l.posters[int(number)%len(l.posters)], l.long))
	}
}

// submit sends an answer as a phone does: again with the same key until it is
// acknowledged. Some give up when their connection breaks, so that keys in
// doubt remain, as they do in life. What is sent again goes as JSON, because
// that tells a first answer (201) from a retry (200).
func (l *load) submit(a answer) {
	l.ledger.attempt(a)
	for tries := 0; ; tries++ {
		t := try{start: time.Now(), first: tries == 0}
		t.reply, t.err = l.call.send(context.WithoutCancel(l.gone), a, t.first && !l.json && a.number%2 == 0)
		t.end = time.Now()
		if t.err == nil && t.reply.acknowledged() { // before anybody counts on it
			l.ledger.acknowledge(a.key, t.reply.receipt, t.reply.status == statusRetry)
		}
		l.see(t)
		switch {
		case t.err == nil && t.reply.status < statusFault:
			return
		case t.err != nil && !l.patient && givesUp(a):
			return
		}
		select {
		case <-l.gone.Done():
			return
		case <-time.After(pause):
		}
	}
}

func givesUp(a answer) bool { return a.number%4 == 3 }

// see gives a try to the windows it belongs to, and notes what no fault may
// cause: any other status than an acknowledgement or "busy, come again".
func (l *load) see(t try) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, w := range l.windows {
		w.see(t)
	}
	switch {
	case t.err != nil || t.reply.acknowledged():
	case t.reply.status != statusBusy:
		l.complaints[fmt.Sprintf("status %d", t.reply.status)]++
	case !t.reply.later:
		l.complaints["503 without Retry-After"]++
	}
}

// open begins a window.
func (l *load) open() *window {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := &window{from: time.Now()}
	l.windows = append(l.windows, w)
	return w
}

// forget drops the windows, which every try is compared with.
func (l *load) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.windows = nil
}
