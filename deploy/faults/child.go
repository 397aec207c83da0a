package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// child is a process of ours. It dies with this program, be that killed.
type child struct {
	process *os.Process
	ended   chan struct{} // closed when it is gone
	state   *os.ProcessState
}

// spawn runs a program with both of its outputs going to one writer. The
// kernel ties a child's life to the thread that started it, so that one waits
// for it and does nothing else.
func spawn(out io.Writer, environment []string, program string, args ...string) (*child, error) {
	c := &child{ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		//nolint:gosec,noctx // the programs are ours; they outlive the context that started them
		command := exec.Command(program, args...)
		command.Stdout, command.Stderr = out, out
		command.Env = append(os.Environ(), environment...)
		command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
		if err := command.Start(); err != nil {
			started <- err
			return
		}
		c.process = command.Process
		started <- nil
		_ = command.Wait() // how it ended is in its state
		c.state = command.ProcessState
		close(c.ended)
	}()
	return c, <-started
}

// signal sends one; a process that is gone already is no error.
func (c *child) signal(s syscall.Signal) error {
	if err := c.process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}

// end sends a signal and waits until the process is gone.
func (c *child) end(s syscall.Signal) error {
	if err := c.signal(s); err != nil {
		return err
	}
	<-c.ended
	return nil
}

// alive says whether it still runs.
func (c *child) alive() bool {
	select {
	case <-c.ended:
		return false
	default:
		return true
	}
}
