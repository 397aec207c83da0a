package page

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/gin-gonic/gin"
)

// Assets are the embedded style sheets, scripts and pictures, hashed at start
// and served as immutable under /assets/<name>.<hash><ext>.
type Assets struct {
	byURL map[string]asset
	urls  map[string]string
}

// asset is one file. It is compressed when it is asked for first: most of
// them are looked at by few, and a start is not to wait for any.
type asset struct {
	plain  []byte
	packed map[Encoding]func() []byte
	kind   string
	// document says that a browser that goes to it by itself shows it as a page.
	document bool
}

// LoadAssets reads and hashes everything below assets/.
func LoadAssets(files fs.FS) (*Assets, error) {
	a := &Assets{byURL: map[string]asset{}, urls: map[string]string{}}
	err := fs.WalkDir(files, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		data, err := readAsset(files, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		ext := path.Ext(name)
		short := strings.TrimSuffix(strings.TrimPrefix(name, "assets/"), ext)
		url := "/assets/" + short + "." + hex.EncodeToString(sum[:5]) + ext
		a.urls[short+ext] = url
		a.byURL[url] = newAsset(data, ext)
		return nil
	})
	return a, err
}

func newAsset(data []byte, ext string) asset {
	return asset{plain: data, kind: mime.TypeByExtension(ext), document: ext != ".css" && ext != ".js", packed: map[Encoding]func() []byte{
		Gzip:   sync.OnceValue(func() []byte { return new(Packer).Pack(data, Gzip) }),
		Brotli: sync.OnceValue(func() []byte { return packed(brotli.NewWriterLevel(nil, assetBrotli), data) }),
	}}
}

// URL is the hashed address of an asset ("base.css"), or a path that is not
// found for one that does not exist.
func (a *Assets) URL(name string) string {
	if url, ok := a.urls[name]; ok {
		return url
	}
	return "/assets/missing/" + name
}

// Serve answers GET /assets/*.
func (a *Assets) Serve(c *gin.Context) {
	found, ok := a.byURL[c.Request.URL.Path]
	if !ok {
		c.Data(http.StatusNotFound, "text/plain; charset=utf-8", []byte("not found\n"))
		return
	}
	if !found.document {
		dropForDocuments(c.Writer.Header())
	}
	c.Header("Cache-Control", "public, max-age=31536000, immutable")
	c.Header("Vary", "Accept-Encoding")
	data := found.plain
	if as := Accepted(c.Request); as != Plain {
		if packed := found.packed[as](); len(packed) < len(data) {
			c.Header("Content-Encoding", string(as))
			data = packed
		}
	}
	c.Header("Content-Length", strconv.Itoa(len(data)))
	c.Data(http.StatusOK, found.kind, data)
}
