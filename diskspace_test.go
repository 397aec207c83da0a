package main

import (
	"path/filepath"
	"testing"
)

func TestDiskSpaceIsTold(t *testing.T) {
	free, size, err := diskSpace(t.TempDir())
	if err != nil || free == 0 || free > size {
		t.Errorf("%d of %d bytes, %v", free, size, err)
	}
	if _, _, err := diskSpace(filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("a folder that is not there has space")
	}
}
