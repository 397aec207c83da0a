package page

import (
	"bytes"
	"compress/gzip"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
)

// Levels of compression. A page is compressed whenever it is rendered: brotli
// at 5 takes about as long as gzip at 6 and leaves an eighth less. An asset is
// compressed once in a process, and nobody waits for its brotli.
const (
	pageBrotli  = 5
	pageGzip    = 6 // 9 saves three bytes of a form
	assetBrotli = brotli.BestCompression
)

// Packer compresses what is rendered once and sent often. Its writers are used
// again: making their tables costs several times what a page does. The zero
// value is ready, for any number of goroutines.
type Packer struct{ brotli, gzip sync.Pool }

// Pack is the data in an encoding.
func (p *Packer) Pack(data []byte, as Encoding) []byte {
	switch as {
	case Brotli:
		w, ok := p.brotli.Get().(*brotli.Writer)
		if !ok {
			w = brotli.NewWriterLevel(nil, pageBrotli)
		}
		defer p.brotli.Put(w)
		return packed(w, data)
	case Gzip:
		w, ok := p.gzip.Get().(*gzip.Writer)
		if !ok {
			w, _ = gzip.NewWriterLevel(nil, pageGzip) // the level is valid
		}
		defer p.gzip.Put(w)
		return packed(w, data)
	}
	return data
}

func packed(w interface {
	io.WriteCloser
	Reset(io.Writer)
}, data []byte) []byte {
	var b bytes.Buffer
	w.Reset(&b)
	_, _ = w.Write(data) // a buffer takes everything
	_ = w.Close()
	return bytes.Clone(b.Bytes()) // no longer than it is
}

// Gunzip undoes Gzip for the few who take nothing compressed.
func Gunzip(zipped []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return nil
	}
	plain, _ := io.ReadAll(r) // our own bytes from memory
	return plain
}
