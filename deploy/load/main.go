// Command load measures Meihao.
//
// load bench runs it beside bare gin, the raw engine and one transaction for
// each response, alternating, in one process and one run, so that the ratios
// of PERFORMANCE can be read on any machine. load city makes a fictional city
// of any size through the real tables, and load look measures standings,
// dashboard pages, verify and storage on it. load view looks at residents'
// pages in a browser: what their first view weighs and when it is seen.
//
// The product is wired as `meihao serve` does it, over databases of its own,
// and asked over loopback. These are benchmarks and no tests: a missed goal
// is printed, not an error. What is an error is an answer that was
// acknowledged and is not stored, or anything that verify finds.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program: exit code 0, 1 for a failure, 2 for wrong use.
func run(ctx context.Context, args []string, out, problems io.Writer) int {
	commands := map[string]func(context.Context, []string, io.Writer, io.Writer) int{
		"bench": benchCommand, "city": cityCommand, "look": lookCommand, "view": viewCommand, instanceCommand: serveInstance,
	}
	if len(args) > 0 && commands[args[0]] != nil {
		return commands[args[0]](ctx, args[1:], out, problems)
	}
	_, _ = fmt.Fprintln(problems, "use: load bench, load city, load look or load view; -h after each lists its flags")
	return 2
}

// parse reads a command's flags; ended with a code where there is nothing
// more to do.
func parse(flags *flag.FlagSet, args []string) (code int, ended bool) {
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0, true
	case err != nil:
		return 2, true
	}
	if flags.NArg() > 0 {
		_, _ = fmt.Fprintf(flags.Output(), "load: %q is no flag\n", flags.Arg(0))
		return 2, true
	}
	return 0, false
}

// ended is the exit code of a run.
func ended(err error, problems io.Writer) int {
	if err != nil {
		_, _ = fmt.Fprintln(problems, "load:", err)
		return 1
	}
	return 0
}
