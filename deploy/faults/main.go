// Command faults breaks things on purpose and counts what is lost (SECURITY
// "Tests, and the figure each must reach"). It builds the real binary, runs
// `meihao serve` as a process of its own on a real disk, sends it answers from
// many connections, and meanwhile kills it, ends it, kills its database, fills
// its disk, makes its writes fail, cuts its power and drops its
// acknowledgements on the wire.
//
// A ledger outside the system holds what was attempted and what was
// acknowledged with which receipt. After each experiment it must hold that
//
//   - acknowledged ⊆ stored ⊆ attempted, and each key is stored once at most;
//   - the same key again gives the same receipt;
//   - `meihao verify` finds nothing: tally = recount, and every invariant.
//
// A harness that finds nothing proves nothing, so it also runs negative
// controls, in which something is lost, doubled or late: each must be found,
// and one that is not makes the run fail.
//
// The exit code is 0 if nothing was lost or doubled, every limit was kept and
// every control was found. What this machine cannot do (loop devices and
// mounts want root) is printed as skipped.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// The engines of the product.
const (
	sqlite  = "sqlite"
	mariaDB = "mariadb"
)

// options of a run.
type options struct {
	full    bool     // the numbers of SECURITY, else ten of each
	only    []string // names of experiments; empty for all
	engines []string
	count   int    // of each, instead of the usual number; 0 for that
	workers int    // connections that send answers at once
	folder  string // where the temporary folder is made; "" is the system's
	keep    bool   // the temporary folder stays though nothing failed
}

// run is the whole program: exit code 0, 1 for a failure, 2 for wrong use.
func run(ctx context.Context, args []string, out, problems io.Writer) int {
	o, err := parse(args, problems)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		_, _ = fmt.Fprintln(problems, "faults:", err)
		return 2
	}
	failed, err := harness(ctx, o, out)
	if err != nil {
		_, _ = fmt.Fprintln(problems, "faults:", err)
		return 1
	}
	if failed {
		return 1
	}
	return 0
}

func parse(args []string, problems io.Writer) (options, error) {
	o := options{engines: []string{sqlite, mariaDB}}
	flags := flag.NewFlagSet("faults", flag.ContinueOnError)
	flags.SetOutput(problems)
	flags.BoolVar(&o.full, "full", false, "the numbers of SECURITY instead of ten of each; some twenty minutes")
	only := flags.String("only", "", "`names` of experiments, with commas between them:"+described())
	engine := flags.String("engine", "both", "sqlite, mariadb or both")
	flags.IntVar(&o.count, "count", 0, "how often each fault happens, instead of the usual number")
	flags.IntVar(&o.workers, "connections", 32, "connections that send answers at once")
	flags.StringVar(&o.folder, "folder", "", "folder on the disk to test; the temporary folder in it is removed unless something failed")
	flags.BoolVar(&o.keep, "keep", false, "keep the temporary folder in any case")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if *only != "" {
		o.only = strings.Split(*only, ",")
	}
	if *engine != "both" {
		o.engines = []string{*engine}
	}
	for _, name := range o.only {
		if !slices.Contains(names(), name) {
			return o, fmt.Errorf("no experiment is named %q: %s", name, strings.Join(names(), ", "))
		}
	}
	switch {
	case flags.NArg() > 0:
		return o, fmt.Errorf("%q is no flag", flags.Arg(0))
	case *engine != "both" && *engine != sqlite && *engine != mariaDB:
		return o, fmt.Errorf("no engine is named %q: sqlite, mariadb or both", *engine)
	case o.count < 0 || o.workers < 1:
		return o, errors.New("connections begin at 1, and count at 0")
	}
	return o, nil
}
