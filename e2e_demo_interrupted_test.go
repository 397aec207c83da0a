package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// countdown is a context that ends after it was asked so many times, each
// time at the same place of a run.
type countdown struct {
	context.Context //nolint:containedctx // it is one
	left            atomic.Int64
	end             context.CancelFunc
}

func endsAfter(t *testing.T, asked int64) *countdown {
	ctx, end := context.WithCancel(t.Context())
	c := &countdown{Context: ctx, end: end}
	c.left.Store(asked)
	return c
}

func (c *countdown) tick() {
	if c.left.Add(-1) == 0 {
		c.end()
	}
}

func (c *countdown) Done() <-chan struct{} {
	c.tick()
	return c.Context.Done()
}

func (c *countdown) Err() error {
	c.tick()
	return c.Context.Err()
}

// However early the first `serve --demo` is interrupted, the same again
// works: there is a whole district or none.
func TestInterruptedDemoStartsAgain(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	interrupted := 0
	for asked := int64(1); ; asked = asked*3/2 + 1 {
		ctx, out, ended := endsAfter(t, asked), &output{}, make(chan int, 1)
		go func() {
			ended <- run(ctx, []string{"serve", "--demo", "--listen", "127.0.0.1:0", "--data", data}, strings.NewReader(""), out, out)
		}()
		complete := false
		for len(ended) == 0 && !complete {
			complete = strings.Contains(out.String(), "/admin")
			time.Sleep(5 * time.Millisecond)
		}
		ctx.end()
		if code := <-ended; code == exitOK || complete {
			break
		}
		if interrupted++; strings.Contains(out.String(), "another") || interrupted > 50 {
			t.Fatalf("interrupted after %d questions, it does not start again:\n%s", asked, out)
		}
	}
	if interrupted < 10 {
		t.Errorf("the demo was interrupted only %d times", interrupted)
	}
	s := serve(t, data, "--demo")
	demo := s.demo(t)
	s.accepted(t, demo.Poster, answerOf(ownerHere, demo.roomOf(0), "5"))
	s.stop()
	verifiesClean(t, data)
	if exists(filepath.Join(data, "demo.new")) {
		t.Error("something is left of the making")
	}
}

// What a kill leaves of a demo in the making stops no later start.
func TestKilledDemoStartsAgain(t *testing.T) {
	data := t.TempDir()
	half := filepath.Join(data, "demo.new")
	if err := os.MkdirAll(half, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(half, database), filepath.Join(half, database+"-wal"), filepath.Join(data, "demo.json")} {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := serve(t, data, "--demo")
	s.signIn(t, s.demo(t).AdminUser, s.demo(t).AdminPassword)
	if exists(half) {
		t.Error("something is left of the one that was killed")
	}
}

// A district that is no demo stays one.
func TestDemoLeavesOtherDistricts(t *testing.T) {
	data := started(t)
	refused(t, "demo.json", "serve", "--demo", "--listen", "127.0.0.1:0", "--data", data)
	if n := rows(t, data, "projects"); n != 0 {
		t.Errorf("%d projects were added to it", n)
	}
}
