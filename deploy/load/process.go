package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of /proc/self/stat (USER_HZ of every Linux).
const tick = 10 * time.Millisecond

// self is this process in /proc.
const self = "self"

// cpuTime is what this process used so far, 0 where there is no /proc.
func cpuTime() time.Duration { return cpuTimeOf(self) }

// cpuTimeOf is what a process used so far, 0 where there is none.
func cpuTimeOf(process string) time.Duration {
	text, err := os.ReadFile(filepath.Join("/proc", process, "stat")) //nolint:gosec // a number of ours
	if err != nil {
		return 0
	}
	// The name in parentheses may hold anything; utime and stime are the 12th
	// and 13th field after it.
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * tick
}

// memoryOf is a line of /proc/…/status in bytes ("VmRSS", "VmHWM"), 0 where
// there is none.
func memoryOf(process, name string) int64 {
	text, err := os.ReadFile(filepath.Join("/proc", process, "status"))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if value, found := strings.CutPrefix(line, name+":"); found {
			kilobytes, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			return kilobytes << 10
		}
	}
	return 0
}
