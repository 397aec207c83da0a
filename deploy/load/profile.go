package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime/pprof"
)

// profiled runs f, and where a folder is named writes its CPU profile there.
func profiled(folder, name string, f func() error) error {
	if folder == "" {
		return f()
	}
	file, err := os.Create(filepath.Join(folder, name+".cpu"))
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(err, file.Close())
	}
	err = f()
	pprof.StopCPUProfile()
	return errors.Join(err, file.Close())
}
