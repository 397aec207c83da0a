package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// instance is the product in a process of its own, so that its memory and its
// CPU time are nobody else's. It is this program again, called with
// instanceCommand, and ends when its input does.
type instance struct {
	address string
	ready   time.Duration // from its start until /readyz said yes
	command *exec.Cmd
	input   io.Closer
}

const (
	instanceCommand = "instance"
	// instanceDSN is the variable that names its database: a password is not
	// for the command line.
	instanceDSN  = "MEIHAO_LOAD_DSN"
	instanceTime = 30 * time.Second // to start or to end
)

// serveInstance is the other side: it serves a database until its input ends.
func serveInstance(ctx context.Context, args []string, out, problems io.Writer) int {
	d := database{dsn: os.Getenv(instanceDSN)}
	flags := flag.NewFlagSet("load "+instanceCommand, flag.ContinueOnError)
	flags.SetOutput(problems)
	flags.StringVar(&d.folder, "folder", "", "data folder")
	profile := flags.String("profile", "", "folder for a CPU profile")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	err := profiled(*profile, "instance", func() error { return d.serve(ctx, os.Stdin, out) })
	return ended(err, problems)
}

func (d database) serve(ctx context.Context, in io.Reader, out io.Writer) error {
	store, err := d.open(ctx, nil)
	if err != nil {
		return err
	}
	p, err := serve(ctx, store)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	_, _ = fmt.Fprintln(out, p.server.address)
	_, err = io.Copy(io.Discard, in)
	return errors.Join(err, p.drain(ctx), store.Close())
}

// start starts an instance over a database and waits until it is ready. It
// writes a CPU profile to a folder unless that is "".
func (d database) start(ctx context.Context, profile string) (*instance, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	//nolint:gosec // this program itself
	i := &instance{command: exec.CommandContext(ctx, program, instanceCommand, "-folder", d.folder, "-profile", profile)}
	i.command.Env = append(os.Environ(), asProgram+"=1", instanceDSN+"="+d.dsn)
	i.command.Stderr = os.Stderr
	i.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt is for this process, which ends the other
	if i.input, err = i.command.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := i.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := i.command.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("an instance did not start: %w", err), i.stop())
	}
	i.address = strings.TrimSpace(line)
	if err := i.await(ctx, begun.Add(instanceTime)); err != nil {
		return nil, errors.Join(err, i.stop())
	}
	i.ready = time.Since(begun)
	return i, nil
}

// asProgram, in the environment of a test, makes its binary this program.
const asProgram = "MEIHAO_LOAD_PROGRAM"

func (i *instance) await(ctx context.Context, until time.Time) error {
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+i.address+"/readyz", nil)
		if err != nil {
			return err
		}
		answer, err := http.DefaultClient.Do(request)
		if err == nil {
			err = errors.Join(errorIf(answer.StatusCode != http.StatusOK, answer.Status), answer.Body.Close())
		}
		if err == nil || time.Now().After(until) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
}

// process of the instance, as /proc names it.
func (i *instance) process() string { return strconv.Itoa(i.command.Process.Pid) }

// stop ends the instance in order and waits for it.
func (i *instance) stop() error {
	cut := time.AfterFunc(instanceTime, func() { _ = i.command.Process.Kill() })
	defer cut.Stop()
	return errors.Join(i.input.Close(), i.command.Wait())
}
