package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"
)

// Assets are the embedded style sheets, scripts and pictures, hashed at start
// and served as immutable under /assets/<name>.<hash><ext>.
type Assets struct {
	byURL map[string]asset
	urls  map[string]string
}

type asset struct {
	plain, zipped []byte
	kind          string
}

// LoadAssets reads, hashes and compresses everything below assets/.
func LoadAssets(files fs.FS) (*Assets, error) {
	a := &Assets{byURL: map[string]asset{}, urls: map[string]string{}}
	err := fs.WalkDir(files, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		ext := path.Ext(name)
		short := strings.TrimSuffix(strings.TrimPrefix(name, "assets/"), ext)
		url := "/assets/" + short + "." + hex.EncodeToString(sum[:5]) + ext
		a.urls[short+ext] = url
		a.byURL[url] = asset{plain: data, zipped: Gzip(data), kind: mime.TypeByExtension(ext)}
		return nil
	})
	return a, err
}

// Gzip compresses at the best level, for what is compressed once and sent often.
func Gzip(data []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is valid
	_, _ = w.Write(data)                                  // a buffer takes everything
	_ = w.Close()
	return b.Bytes()
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
	c.Header("Cache-Control", "public, max-age=31536000, immutable")
	SendZipped(c, http.StatusOK, found.kind, found.plain, found.zipped)
}

// SendZipped sends the compressed bytes to who takes gzip, else the plain ones.
func SendZipped(c *gin.Context, status int, kind string, plain, zipped []byte) {
	c.Header("Vary", "Accept-Encoding")
	if strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") && len(zipped) < len(plain) {
		c.Header("Content-Encoding", "gzip")
		plain = zipped
	}
	c.Data(status, kind, plain)
}
