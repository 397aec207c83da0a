// Meihao (美好) asks residents what they think of their property management
// and turns the answers into the satisfaction rates, verdicts and rubric
// points of the Beijing notice 京建发〔2023〕232号.
//
// This package is the composition root: it reads the configuration, opens the
// store, wires the handlers and runs the commands. Rules are in survey, SQL is
// in model, HTTP is in api.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the build (-X main.version=…).
var version = "development"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
