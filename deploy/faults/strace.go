package main

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// injector is strace attached to a server, which makes its system calls fail.
type injector struct {
	*child
	words *watched
}

// inject attaches to a running process with all of its threads. The fault is
// in strace's words, like "fsync,fdatasync:error=EIO:when=3+". A system call
// that is made to fail is not carried out.
func inject(ctx context.Context, pid int, calls, fault string) (*injector, error) {
	if missing("strace") != "" {
		return nil, skip("strace is missing (Debian: strace)")
	}
	i := &injector{words: &watched{}}
	var err error
	i.child, err = spawn(i.words, nil, "strace", "-f", "-p", strconv.Itoa(pid),
		"-e", "trace="+calls, "-e", "signal=none", "-e", "inject="+calls+":"+fault)
	if err != nil {
		return nil, err
	}
	if err := i.await(ctx, "attached"); err != nil {
		return nil, skip("strace cannot attach here: %v", err)
	}
	return i, nil
}

// await waits until strace has said something.
func (i *injector) await(ctx context.Context, word string) error {
	for start := time.Now(); !i.words.hold(word); {
		if err := wait(ctx, 5*time.Millisecond); err != nil {
			return err
		}
		if !i.alive() || time.Since(start) > 10*time.Second {
			return fmt.Errorf("no %q in: %s", word, i.words.last())
		}
	}
	return nil
}

// injected waits until the first call was made to fail.
func (i *injector) injected(ctx context.Context) error { return i.await(ctx, "INJECTED") }

// detach lets the process go its way.
func (i *injector) detach() error { return i.end(syscall.SIGTERM) }

// watched holds what a child wrote.
type watched struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (w *watched) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(b)
}

func (w *watched) hold(word string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return bytes.Contains(w.text.Bytes(), []byte(word))
}

func (w *watched) last() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	const most = 1000
	text := w.text.Bytes()
	return string(text[max(0, len(text)-most):])
}
