package main

import (
	"fmt"
	"strings"
	"time"
)

// often is how often a fault happens on an engine: in CI's time, and in full.
type often struct{ short, full int }

// catalog lists the experiments in the order in which they run, with the
// numbers of SECURITY as the full ones.
func catalog() []experiment {
	both, only := []string{sqlite, mariaDB}, []string{sqlite}
	times := func(lite, maria often) map[string]often { return map[string]often{sqlite: lite, mariaDB: maria} }
	never := often{}
	return []experiment{
		{
			name: "kill", does: "kill -9 of the server under load",
			engines: both, times: times(often{10, 200}, often{10, 100}), each: 10 * time.Second, run: killServer,
		},
		{
			name: "term", does: "SIGTERM under load",
			engines: both, times: times(often{10, 100}, often{10, 100}), each: 30 * time.Second, run: endServer,
		},
		{
			name: "database", does: "the database killed under a living server",
			engines: []string{mariaDB}, times: times(never, often{10, 20}), each: time.Minute, run: killDatabase,
		},
		{
			// MariaDB tries for six seconds to roll back without room, and ends.
			name: "full", does: "a full disk",
			engines: both, times: times(often{10, 50}, often{4, 20}), each: time.Minute, run: fillDisk,
		},
		{
			name: "error", does: "writes and syncs that fail",
			engines: only, times: times(often{10, 50}, never), each: time.Minute, run: failWrites,
		},
		{
			name: "parallel", does: "the same request 50 times at once, and again after closing",
			engines: both, times: times(often{10, 100}, often{10, 100}), each: 20 * time.Second, run: sendAtOnce,
		},
		{
			name: "dropped", does: "acknowledgements dropped on the wire",
			engines: both, times: times(often{5000, 5000}, often{5000, 5000}), each: 50 * time.Millisecond, run: dropAnswers,
		},
		{
			name: "instances", does: "two instances on one database, one of them restarted again and again",
			engines: []string{mariaDB}, times: times(never, often{5000, 100_000}), each: 50 * time.Millisecond, run: restartInstance,
		},
		{
			name: "power-ext4", does: "power cuts of an ext4 disk",
			engines: only, times: times(often{10, 100}, never), each: 20 * time.Second, run: cutPower(ext4),
		},
		{
			name: "power-xfs", does: "power cuts of an xfs disk",
			engines: only, times: times(often{10, 50}, never), each: 20 * time.Second, run: cutPower(xfs),
		},
		{
			name: "galera", does: "the writer of three Galera nodes killed",
			engines: []string{mariaDB}, times: times(never, often{3, 3}), each: time.Minute, run: killWriters,
		},
		{name: "control", does: "losses that must be found", engines: both, controls: controls()},
	}
}

func names() []string {
	var list []string
	for _, e := range catalog() {
		list = append(list, e.name)
	}
	return list
}

// described lists the experiments for people.
func described() string {
	var b strings.Builder
	for _, e := range catalog() {
		fmt.Fprintf(&b, "\n%s: %s", e.name, e.does)
	}
	return b.String()
}
