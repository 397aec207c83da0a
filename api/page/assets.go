package page

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/andybalholm/brotli"
	"github.com/gin-gonic/gin"
)

// Assets are the embedded style sheets, scripts and pictures, hashed at start
// and served as immutable under /assets/<name>.<hash><ext>.
type Assets struct {
	byURL   map[string]*asset
	urls    map[string]string
	packing sync.Mutex // one after the other: the processors are the requests'
}

// asset is one file. Gzip is quick and made when it is asked for first; brotli
// takes so long that nobody waits for it: until it is there, gzip does.
type asset struct {
	plain  []byte
	gzip   func() []byte
	brotli atomic.Pointer[[]byte] // nil until it is made
	begun  atomic.Bool            // somebody makes it
	kind   string
	// document says that a browser that goes to it by itself shows it as a page.
	document bool
}

// LoadAssets reads and hashes everything below assets/.
func LoadAssets(files fs.FS) (*Assets, error) {
	a := &Assets{byURL: map[string]*asset{}, urls: map[string]string{}}
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

func newAsset(data []byte, ext string) *asset {
	return &asset{
		plain: data, kind: mime.TypeByExtension(ext), document: ext != ".css" && ext != ".js",
		gzip: sync.OnceValue(func() []byte { return new(Packer).Pack(data, Gzip) }),
	}
}

// PackFor compresses what the pages of an area name, so that the first who
// looks at one gets the smallest. It takes a good part of a second: the start
// is not to wait for it.
func (a *Assets) PackFor(pages fs.FS, area string) {
	for _, name := range named(pages, area, "asset") {
		if one := a.byURL[a.URL(name)]; one != nil {
			a.pack(one)
		}
	}
}

// named are the files that an area's templates give to a function.
func named(pages fs.FS, area, function string) (list []string) {
	names, _ := fs.Glob(pages, path.Join("pages", area, "*.html")) // the pattern is well formed
	call := regexp.MustCompile(`\b` + function + ` "([^"]+)"`)
	for _, name := range names {
		text, _ := fs.ReadFile(pages, name) // what cannot be read names nothing
		for _, found := range call.FindAllSubmatch(text, -1) {
			list = append(list, string(found[1]))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// pack makes the brotli of an asset, once.
func (a *Assets) pack(one *asset) {
	if one.begun.Swap(true) {
		return
	}
	a.packing.Lock()
	defer a.packing.Unlock()
	done := packed(brotli.NewWriterLevel(nil, assetBrotli), one.plain)
	one.brotli.Store(&done)
}

// URL is the hashed address of an asset ("base.css"), or a path that is not
// found for one that does not exist.
func (a *Assets) URL(name string) string {
	if url, ok := a.urls[name]; ok {
		return url
	}
	return "/assets/missing/" + name
}

// Known says whether there is an asset of this name: what others made is there
// only where it could be fetched when the program was built.
func (a *Assets) Known(name string) bool {
	_, ok := a.urls[name]
	return ok
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
	data, as := a.bytesFor(c.Request, found)
	if as != Plain {
		c.Header("Content-Encoding", string(as))
	}
	c.Header("Content-Length", strconv.Itoa(len(data)))
	c.Data(http.StatusOK, found.kind, data)
}

// bytesFor are the fewest bytes that are there now in an encoding that the
// request takes.
func (a *Assets) bytesFor(r *http.Request, one *asset) ([]byte, Encoding) {
	data, as := one.plain, Accepted(r)
	if as == Brotli {
		if made := one.brotli.Load(); made != nil {
			return least(data, *made, Brotli)
		}
		if !one.begun.Load() {
			go a.pack(one)
		}
		if as = Plain; takesGzip(r) {
			as = Gzip
		}
	}
	if as == Gzip {
		return least(data, one.gzip(), Gzip)
	}
	return data, Plain
}

// least is what was compressed, unless that made it longer.
func least(plain, packed []byte, as Encoding) ([]byte, Encoding) {
	if len(packed) < len(plain) {
		return packed, as
	}
	return plain, Plain
}
