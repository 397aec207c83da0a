package page

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
)

// readAsset reads a file as it is served: style sheets and scripts without
// their comments and indents, which are for us, and a style sheet with those
// it begins with.
func readAsset(files fs.FS, name string) ([]byte, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	switch path.Ext(name) {
	case ".css":
		return readSheet(files, name, data)
	case ".js":
		if path.Base(path.Dir(name)) == "vendor" { // another's: as it came, with its licence
			return data, nil
		}
		return leanScript(data), nil
	}
	return data, nil
}

// readSheet puts each `@import "other.css";` that has a line of its own in
// place: one file on the wire, and one round trip less before anything is
// seen.
func readSheet(files fs.FS, name string, data []byte) ([]byte, error) {
	imports := regexp.MustCompile(`(?m)^@import "([a-z-]+\.css)";$`)
	for found := imports.FindSubmatch(data); found != nil; found = imports.FindSubmatch(data) {
		other, err := fs.ReadFile(files, path.Join(path.Dir(name), string(found[1])))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if bytes.Contains(other, []byte("@import")) {
			return nil, fmt.Errorf("%s imports %s, which imports again", name, found[1])
		}
		data = bytes.Replace(data, found[0], other, 1)
	}
	return unindented(regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAll(data, nil)), nil
}

// leanScript drops the comments that begin a line. A script with a template
// literal stays as it is: there, a line may be text.
func leanScript(data []byte) []byte {
	if bytes.ContainsRune(data, '`') {
		return data
	}
	return unindented(regexp.MustCompile(`(?m)^[ \t]*(//.*|/\*(?s:.*?)\*/)`).ReplaceAll(data, nil))
}

// unindented is a text without indents and empty lines.
func unindented(data []byte) []byte {
	data = regexp.MustCompile(`(?m)^[ \t]+|[ \t]+$`).ReplaceAll(data, nil)
	return bytes.TrimLeft(regexp.MustCompile(`\n{2,}`).ReplaceAll(data, []byte("\n")), "\n")
}
