package session

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/gin-gonic/gin"
)

// A large file waits on disk, not in memory, and is removed after the request.
func TestGuardKeepsLargeFilesOnDisk(t *testing.T) {
	gin.SetMode(gin.TestMode)
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	files := func() int {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return len(entries)
	}
	var during, size int
	engine := gin.New()
	guard := (&Sessions{}).Guard(func(c *gin.Context, err error) { t.Error(err) })
	engine.POST("/", guard, func(c *gin.Context) {
		header, err := c.FormFile("file")
		if err != nil {
			t.Error(err)
			return
		}
		during, size = files(), int(header.Size)
	})
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "register.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(make([]byte, 3<<20)); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "/", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	engine.ServeHTTP(httptest.NewRecorder(), request)
	if size != 3<<20 || during != 1 {
		t.Errorf("a file of %d bytes, %d on disk", size, during)
	}
	if left := files(); left != 0 {
		t.Errorf("%d files are left", left)
	}
}
