package main

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestWindow(t *testing.T) {
	zero := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	at := func(ms int) time.Time { return zero.Add(time.Duration(ms) * time.Millisecond) }
	created, form, retry := reply{status: statusCreated, receipt: "R"}, reply{status: statusForm, receipt: "R"}, reply{status: statusRetry, receipt: "R"}
	w := &window{from: at(100), to: at(200)}
	for _, one := range []try{
		{start: at(0), end: at(90), reply: created},                                      // before
		{start: at(50), end: at(150), reply: created},                                    // begun before: not of its doing, but slow from its beginning
		{start: at(110), end: at(120), reply: reply{status: statusBusy}},                 //
		{start: at(130), end: at(140), err: errors.New("reset")},                         //
		{start: at(140), end: at(150), reply: retry},                                     // stored earlier
		{start: at(140), end: at(155), reply: form},                                      // a retry by form
		{start: at(150), end: at(160), reply: form, first: true},                         // fresh
		{start: at(160), end: at(170), reply: created},                                   // fresh
		{start: at(190), end: at(260), reply: created},                                   // ended after: slow, not counted as fresh
		{start: at(210), end: at(220), reply: created, first: true},                      // after
		{start: at(220), end: at(990), reply: reply{status: statusCreated}, first: true}, // after
	} {
		w.see(one)
	}
	want := counts{fresh: 2, busy: 1, broken: 1, slowest: 70 * time.Millisecond, back: 60 * time.Millisecond}
	if diff := cmp.Diff(want, w.counts(), cmp.AllowUnexported(counts{})); diff != "" {
		t.Error(diff)
	}
}
