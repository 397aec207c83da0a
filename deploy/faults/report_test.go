package main

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestVerdicts(t *testing.T) {
	good := result{name: "kill", engine: sqlite, count: 10, balance: balance{attempted: 9, acknowledged: 8, stored: 8}, verified: true}
	with := func(change func(*result)) result {
		r := good
		change(&r)
		return r
	}
	for name, one := range map[string]struct {
		result  result
		verdict string
		failed  bool
		says    string
	}{
		"kept":        {good, "kept", false, "10 ×, 9 attempted, 8 acknowledged, 8 stored, 0 lost"},
		"lost":        {with(func(r *result) { r.lost = 1; r.example("lost: it") }), "FAILED", true, "\n  lost: it"},
		"doubled":     {with(func(r *result) { r.doubled = 1 }), "FAILED", true, "1 doubled"},
		"foreign":     {with(func(r *result) { r.foreign = 1 }), "FAILED", true, "1 foreign"},
		"verify":      {with(func(r *result) { r.verified = false }), "FAILED", true, ""},
		"limit":       {with(func(r *result) { r.faults = []string{"late"} }), "FAILED", true, "\n  late"},
		"not done":    {with(func(r *result) { r.err = errors.New("no port") }), "FAILED", true, "\n  no port"},
		"skipped":     {with(func(r *result) { r.skipped, r.verified = "no root", false }), "skipped", false, "SKIPPED: no root"},
		"control":     {with(func(r *result) { r.control, r.lost = true, 1 }), "found, as it must be", false, "1 lost"},
		"blind":       {with(func(r *result) { r.control, r.missed = true, "all clean" }), "NOT FOUND", true, "\n  not found: all clean"},
		"with limits": {with(func(r *result) { r.worst, r.limit = time.Second, 3*time.Second }), "kept", false, "slowest 1s of 3s"},
	} {
		if one.result.failed() != one.failed || one.result.verdict() != one.verdict {
			t.Errorf("%s: failed %t, %q", name, one.result.failed(), one.result.verdict())
		}
		if line := one.result.line(); !strings.Contains(line, one.says) {
			t.Errorf("%s: no %q in %s", name, one.says, line)
		}
		var out strings.Builder
		table(&out, []result{one.result}, time.Minute)
		if !strings.Contains(out.String(), one.verdict) {
			t.Errorf("%s: no verdict in\n%s", name, &out)
		}
	}
}

// A limit that is not kept is a fault, and the worst is what is printed.
func TestLimits(t *testing.T) {
	trial := &trial{}
	trial.within(time.Second, readyLimit, "getting ready")
	if len(trial.faults) != 0 || trial.worst != time.Second {
		t.Errorf("%v, %v", trial.faults, trial.worst)
	}
	trial.within(4*time.Second, readyLimit, "getting ready")
	trial.within(2*time.Second, readyLimit, "getting ready")
	if len(trial.faults) != 1 || trial.worst != 4*time.Second {
		t.Errorf("%v, %v", trial.faults, trial.worst)
	}
}
