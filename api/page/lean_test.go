package page_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
)

// What is left out of style sheets and scripts on their way changes nothing of
// what they do.
func TestAssetsAreServedWithoutWhatIsForUs(t *testing.T) {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"base.css":  "/* Tokens */\n:root {\n  --red: #b3261e; /* errors */\n}\n",
		"more.css":  "/* More */\n@import \"base.css\";\n\nb::before {\n  content: \"//\";\n}\n",
		"a.js":      "/* What\n   it is */\n(function () {\n  // Why\n  var at = \"http://x\"; // stays\n  /* one */ go(at, \"/* no */\");\n\n  return 1 /* stays */;\n})();\n",
		"text.js":   "var a = `\n  // text\n`;\n",
		"mark.svg":  "<svg>\n  <!-- as it is -->\n</svg>\n",
		"plain.txt": "  as it is\n",
	} {
		files["assets/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	assets, err := page.LoadAssets(files)
	if err != nil {
		t.Fatal(err)
	}
	gin.SetMode(gin.ReleaseMode)
	server := gin.New()
	server.GET("/assets/*name", assets.Serve)
	for name, want := range map[string]string{
		"base.css":  ":root {\n--red: #b3261e;\n}\n",
		"more.css":  ":root {\n--red: #b3261e;\n}\nb::before {\ncontent: \"//\";\n}\n",
		"a.js":      "(function () {\nvar at = \"http://x\"; // stays\ngo(at, \"/* no */\");\nreturn 1 /* stays */;\n})();\n",
		"text.js":   "var a = `\n  // text\n`;\n",
		"mark.svg":  "<svg>\n  <!-- as it is -->\n</svg>\n",
		"plain.txt": "  as it is\n",
	} {
		w := httptest.NewRecorder()
		server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, assets.URL(name), nil))
		if w.Code != http.StatusOK || w.Body.String() != want {
			t.Errorf("%s: %d %q, want %q", name, w.Code, w.Body, want)
		}
	}
}

// An import that leads nowhere, or on and on, stops the start.
func TestAStyleSheetImportsWhatIsThere(t *testing.T) {
	for _, text := range []string{"@import \"gone.css\";\n", "@import \"self.css\";\n"} {
		if _, err := page.LoadAssets(fstest.MapFS{"assets/self.css": {Data: []byte(text)}}); err == nil {
			t.Errorf("%q was loaded", text)
		}
	}
}
