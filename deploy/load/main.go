// Command load measures Meihao beside bare gin, in one process and one run,
// so that the ratios of PERFORMANCE can be read on any machine. It wires the
// product as `meihao serve` does, over a database of its own in a temporary
// folder, and asks both sides over loopback with the same bytes.
//
// It is a benchmark and no test: a missed goal is printed, not an error.
// What is an error is an answer that was acknowledged and is not stored, or
// anything that verify finds.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

func main() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }

// options of a run.
type options struct {
	rounds      int           // counted; one more warms up
	time        time.Duration // of one series in one round
	connections int
	projects    int    // of the district, two buildings each
	folder      string // where the temporary folder is made; "" is the system's
	profile     string // folder for CPU profiles; "" for none
}

// run is the whole program: exit code 0, 1 for a failure, 2 for wrong use.
func run(ctx context.Context, args []string, out, problems io.Writer) int {
	if len(args) == 0 || args[0] != "bench" {
		_, _ = fmt.Fprintln(problems, "use: load bench [flags]; load bench -h lists them")
		return 2
	}
	var o options
	flags := flag.NewFlagSet("load bench", flag.ContinueOnError)
	flags.SetOutput(problems)
	flags.IntVar(&o.rounds, "rounds", 5, "counted rounds; one more before them warms up")
	flags.DurationVar(&o.time, "time", 3*time.Second, "time of each series in a round")
	flags.IntVar(&o.connections, "connections", 64, "connections that ask at once")
	flags.IntVar(&o.projects, "projects", 500, "projects of the district, with two buildings each")
	flags.StringVar(&o.folder, "folder", "", "folder on the disk to measure; the database in it is removed at the end")
	flags.StringVar(&o.profile, "profile", "", "also write a CPU profile of each series to this folder")
	switch err := flags.Parse(args[1:]); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case o.rounds < 1 || o.time <= 0 || o.connections < 1 || o.projects < 1:
		_, _ = fmt.Fprintln(problems, "load: rounds, time, connections and projects begin at 1")
		return 2
	}
	if err := bench(ctx, o, out); err != nil {
		_, _ = fmt.Fprintln(problems, "load:", err)
		return 1
	}
	return 0
}
