//go:build linux || darwin

package main

import "syscall"

// diskSpace is the space of the file system that holds a folder, in bytes:
// what this program may still use, and all of it.
func diskSpace(folder string) (free, size uint64, err error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, 0, err
	}
	block := uint64(s.Bsize)
	return s.Bavail * block, s.Blocks * block, nil
}
