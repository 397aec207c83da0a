package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// The file systems a disk may have.
const (
	ext4 = "ext4"
	xfs  = "xfs"
)

// disk is a small disk of our own: an image with a file system, mounted
// through a loop device.
type disk struct {
	kind, image, mount string
	mounted            bool
}

// diskSize is large enough for every answer of a long run. The image takes
// only as much room as was written to it.
const diskSize = 1 << 30

// newDisk makes and mounts one, without anything kept back for root. It says
// skip where that is not possible.
func newDisk(ctx context.Context, folder, kind string) (*disk, error) {
	switch {
	case os.Geteuid() != 0:
		return nil, skip("mounting a disk wants root")
	case missing("mkfs."+kind, "mount", "umount") != "":
		return nil, skip("%s is missing (Debian: e2fsprogs, xfsprogs, mount)", missing("mkfs."+kind, "mount", "umount"))
	}
	folder, err := os.MkdirTemp(folder, "disk-")
	if err != nil {
		return nil, err
	}
	d := &disk{kind: kind, image: filepath.Join(folder, "image"), mount: filepath.Join(folder, "mount")}
	if err := errors.Join(os.Mkdir(d.mount, 0o700), os.WriteFile(d.image, nil, 0o600), os.Truncate(d.image, diskSize)); err != nil {
		return nil, err
	}
	format := []string{"mkfs.ext4", "-q", "-m", "0", d.image}
	if kind == xfs {
		format = []string{"mkfs.xfs", "-q", d.image}
	}
	if err := command(ctx, format...); err != nil {
		return nil, err
	}
	if err := d.attach(ctx); err != nil {
		return nil, skip("no disk can be mounted here: %v", err)
	}
	return d, nil
}

// attach mounts the disk; its file system recovers as after a power cut.
func (d *disk) attach(ctx context.Context) error {
	err := command(ctx, "mount", "-o", "loop", d.image, d.mount)
	d.mounted = err == nil
	return err
}

// detach unmounts it. Nothing may be open on it.
func (d *disk) detach(ctx context.Context) error {
	if !d.mounted {
		return nil
	}
	err := command(ctx, "umount", d.mount)
	d.mounted = err != nil
	return err
}

// cut is the power cut: from now on nothing reaches the disk, and what the
// system had not written is gone.
func (d *disk) cut(ctx context.Context) error {
	return command(ctx, "xfs_io", "-x", "-c", "shutdown", d.mount)
}

// ballast is the file that fills the disk.
func (d *disk) ballast() string { return filepath.Join(d.mount, "ballast") }

// fill leaves no room: the ballast takes large pieces, then small ones.
func (d *disk) fill() (err error) {
	file, err := os.OpenFile(d.ballast(), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	end, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	for piece := int64(16 << 20); piece >= 1<<10; {
		err := syscall.Fallocate(int(file.Fd()), 0, end, piece)
		switch {
		case err == nil:
			end += piece
		case errors.Is(err, syscall.ENOSPC):
			piece /= 4
		case !errors.Is(err, syscall.EINTR):
			return fmt.Errorf("%s: %w", d.ballast(), err)
		}
	}
	return nil
}

// empty makes room again.
func (d *disk) empty() error {
	if err := os.Remove(d.ballast()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// missing is the first of these programs that is not there, "" if all are.
func missing(programs ...string) string {
	for _, name := range programs {
		if _, err := exec.LookPath(name); err != nil {
			return name
		}
	}
	return ""
}

// command runs a program that has to succeed.
func command(ctx context.Context, words ...string) error {
	out, err := exec.CommandContext(ctx, words[0], words[1:]...).CombinedOutput() //nolint:gosec // the programs are ours
	if err != nil {
		return fmt.Errorf("%s: %w: %s", strings.Join(words, " "), err, strings.TrimSpace(string(out)))
	}
	return nil
}
