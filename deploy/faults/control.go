package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"syscall"
	"time"

	"meihao/survey"
)

// control is a negative control: something goes wrong on purpose, and the
// harness must find it. One that it does not find makes the run fail.
type control struct {
	name    string
	engines []string
	// run lets it happen and settles.
	run func(ctx context.Context, t *trial) error
	// found says whether it was found, and as what it is.
	found func(r result) bool
}

func controls() []control {
	both, only := []string{sqlite, mariaDB}, []string{sqlite}
	lost := func(r result) bool { return r.lost > 0 }
	return []control{
		{"acknowledged, never sent", both, afterwards(phantom), func(r result) bool {
			return r.lost == 1 && r.doubled == 0 && r.foreign == 0 && r.verified
		}},
		{"a response deleted", both, afterwards(removeResponse), func(r result) bool { return r.lost == 1 && !r.verified }},
		{"a response doubled", both, afterwards(doubleResponse), func(r result) bool { return r.doubled == 1 && r.lost == 0 && !r.verified }},
		{"a response nobody sent", both, afterwards(inventResponse), func(r result) bool { return r.foreign == 1 && r.lost == 0 && !r.verified }},
		{"a tally changed", both, afterwards(changeTally), func(r result) bool { return r.clean() && !r.verified }},
		{"acknowledged before it is stored, kill -9", both, acknowledgeEarly, lost},
		{"a server that hangs", only, hang, func(r result) bool { return r.worst > r.limit && len(r.faults) > 0 }},
		{"power cut, and syncs that do nothing", only, lieAboutSyncs, lost},
	}
}

// control runs all controls on one engine.
func (m *machine) control(ctx context.Context, e experiment, engine string) []result {
	var results []result
	for _, c := range e.controls {
		if !slices.Contains(c.engines, engine) || ctx.Err() != nil {
			continue
		}
		t := &trial{machine: m, result: result{name: e.name, engine: engine, count: 1, control: true}}
		t.bounded(ctx, time.Minute, c.run)
		t.name += ": " + c.name
		if t.err == nil && t.skipped == "" && !c.found(t.result) {
			t.missed = fmt.Sprintf("verify clean: %t", t.verified)
		}
		results = append(results, t.result)
	}
	return results
}

// controlSize is how many answers a control sends.
const controlSize = 200

// afterwards tampers with a system that has saved some answers.
func afterwards(tamper func(ctx context.Context, w *world) error) func(context.Context, *trial) error {
	return func(ctx context.Context, t *trial) (err error) {
		w, err := t.open(ctx)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, w.close()) }()
		l := w.load()
		l.most = controlSize
		stop := l.start(ctx)
		l.finish()
		stop()
		t.complain(l)
		if err := tamper(ctx, w); err != nil {
			return err
		}
		return t.settle(ctx, w)
	}
}

// some is the receipt of an acknowledged answer.
func (w *world) some() (string, error) {
	entries, err := w.ledger.all()
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		if e.receipt != "" {
			return e.receipt, nil
		}
	}
	return "", errors.New("nothing was acknowledged")
}

// phantom is an acknowledgement of what was never sent.
func phantom(_ context.Context, w *world) error {
	w.ledger.acknowledge("a-key-never-sent", "0123456789ABCDEFGH", false)
	return nil
}

func removeResponse(ctx context.Context, w *world) error {
	receipt, err := w.some()
	if err != nil {
		return err
	}
	digest := survey.DigestOf(receipt)
	return w.vault.tamper(ctx, "DELETE FROM responses WHERE receipt = ?", digest[:])
}

const copyResponse = `INSERT INTO responses
	(campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key)
	SELECT campaign, ?, id + 1, bases, grp, lane, state, reason, version, answers, ?, change_key
	FROM responses WHERE receipt = ?`

// doubleResponse puts it into another project too: the database itself
// forbids it in the same one.
func doubleResponse(ctx context.Context, w *world) error {
	receipt, err := w.some()
	if err != nil {
		return err
	}
	digest := survey.DigestOf(receipt)
	project, err := w.vault.project(ctx, receipt)
	if err != nil {
		return err
	}
	other := w.projects[(slices.Index(w.projects, project)+1)%len(w.projects)]
	return w.vault.tamper(ctx, copyResponse, other, digest[:], digest[:])
}

func inventResponse(ctx context.Context, w *world) error {
	receipt, err := w.some()
	if err != nil {
		return err
	}
	project, err := w.vault.project(ctx, receipt)
	if err != nil {
		return err
	}
	digest, invented := survey.DigestOf(receipt), survey.DigestOf("nobody was given this")
	return w.vault.tamper(ctx, copyResponse, project, invented[:], digest[:])
}

// changeTally takes all answers out of a project's counters.
func changeTally(ctx context.Context, w *world) error {
	receipt, err := w.some()
	if err != nil {
		return err
	}
	project, err := w.vault.project(ctx, receipt)
	if err != nil {
		return err
	}
	empty := survey.Tally{}
	return w.vault.tamper(ctx, "UPDATE tallies SET tally = ? WHERE project = ?", empty.Pack(), project)
}

// acknowledgeEarly kills the server behind somebody who acknowledges first.
func acknowledgeEarly(ctx context.Context, t *trial) (err error) {
	w, err := t.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	liar, err := newEarly(ctx, &w.district, newCaller(w.server.base, w.workers, false))
	if err != nil {
		return err
	}
	l := w.load()
	l.call, l.json = newCaller(liar.base, w.workers, false), true
	stop := l.start(ctx)
	err = wait(ctx, 300*time.Millisecond)
	err = errors.Join(err, w.server.kill())
	stop()
	if err := errors.Join(err, liar.close()); err != nil {
		return err
	}
	if _, err := w.server.begin(ctx); err != nil {
		return err
	}
	return t.settle(ctx, w)
}

// hang stops the server for longer than any limit allows.
func hang(ctx context.Context, t *trial) error {
	return t.under(ctx, func(ctx context.Context, w *world, l *load) error {
		if err := wait(ctx, 200*time.Millisecond); err != nil {
			return err
		}
		hanging := l.open()
		if err := w.server.signal(syscall.SIGSTOP); err != nil {
			return err
		}
		err := wait(ctx, goneLimit+500*time.Millisecond)
		if err := errors.Join(err, w.server.signal(syscall.SIGCONT), wait(ctx, 300*time.Millisecond)); err != nil {
			return err
		}
		t.within(hanging.counts().slowest, goneLimit, "an answer of a server that hangs")
		return nil
	})
}

// lieAboutSyncs cuts the power of a server whose syncs do nothing, which is
// what synchronous=OFF would mean.
func lieAboutSyncs(ctx context.Context, t *trial) error {
	return t.onDisk(ctx, ext4, func(w *world, d *disk) error {
		return t.through(ctx, w, w.load(), func(ctx context.Context, w *world, _ *load) error {
			i, err := inject(ctx, w.server.process.Pid, "fsync,fdatasync", "retval=0")
			if err != nil {
				return err
			}
			err = wait(ctx, 500*time.Millisecond)
			_, failed := t.cutOnce(ctx, w, d)
			return errors.Join(err, failed, i.detach())
		})
	})
}
