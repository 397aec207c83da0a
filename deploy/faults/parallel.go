package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"sync"
)

// sameTimes is how often one request is sent at once.
const sameTimes = 50

// sendAtOnce: the same request from 50 connections at the same moment, half
// as JSON and half as form, and again after the campaign was closed: one row
// and one receipt. On MariaDB two instances share the work.
func sendAtOnce(ctx context.Context, t *trial) (err error) {
	w, err := t.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	calls := []*caller{newCaller(w.server.base, sameTimes, false)}
	if t.engine == mariaDB {
		if err := w.another(ctx); err != nil {
			return err
		}
		calls = append(calls, newCaller(w.second.base, sameTimes, false))
	}
	var list []answer
	for range t.count {
		number := w.number.Add(1)
		a := newAnswer(number, w.posters[int(number)%len(w.posters)], false)
		list = append(list, a)
		w.ledger.attempt(a)
		t.together(ctx, w, calls, a, false)
	}
	if err := closeCampaign(ctx, calls[0], w.district); err != nil {
		return err
	}
	w.ledger.next()
	for _, a := range list {
		t.together(ctx, w, calls, a, true)
	}
	late := newAnswer(w.number.Add(1), w.posters[0], false)
	if r, err := calls[0].send(ctx, late, false); err != nil || r.status != http.StatusForbidden {
		t.fault("after closing, a new answer is answered %d (%v)", r.status, err)
	}
	return t.settle(ctx, w)
}

// together sends one answer many times at once. However many come at once,
// one is the first, and it is told so at most once.
func (t *trial) together(ctx context.Context, w *world, calls []*caller, a answer, closed bool) {
	replies, errs := make([]reply, sameTimes), make([]error, sameTimes)
	ready := make(chan struct{})
	var group sync.WaitGroup
	for i := range sameTimes {
		group.Go(func() {
			<-ready
			replies[i], errs[i] = calls[i%len(calls)].send(ctx, a, i/len(calls)%2 == 0)
		})
	}
	close(ready)
	group.Wait()
	created := 0
	for i, r := range replies {
		if errs[i] != nil || !r.acknowledged() {
			t.fault("one of %d at once is answered %d (%v)", sameTimes, r.status, errs[i])
			continue
		}
		w.ledger.acknowledge(a.key, r.receipt, false)
		if r.status == statusCreated {
			created++
		}
		if !slices.ContainsFunc(replies[:i], reply.acknowledged) {
			continue
		}
		if before := replies[slices.IndexFunc(replies, reply.acknowledged)]; before.receipt != r.receipt {
			t.fault("one request gets two receipts")
		}
	}
	if created > 1 || closed && created > 0 {
		t.fault("one request is told %d times that it is the first (campaign closed: %t)", created, closed)
	}
}

// closeCampaign ends the campaign as the city would.
func closeCampaign(ctx context.Context, call *caller, d district) error {
	body, err := json.Marshal(map[string]string{"reason": "故障演练结束"})
	if err != nil {
		return err
	}
	r, err := call.post(ctx, "/api/v1/campaigns/"+d.campaign.String()+"/close", "application/json", d.token, body)
	if err == nil && r.status != http.StatusOK {
		err = errors.New("closing the campaign: " + r.body)
	}
	return err
}
