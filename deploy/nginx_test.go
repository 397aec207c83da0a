package deploy

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"meihao/api/poster"
	"meihao/survey/roster"
)

// site is nginx with the delivered configuration: nginx.conf, meihao.conf and
// what lies in nginx/site, with ports, folders and the user of this test.
type site struct {
	HTTP, HTTPS string // host:port
	folder      string
	program     string
	roots       *x509.CertPool
}

// newSite writes the configuration for instances at the addresses.
func newSite(t *testing.T, instances ...string) *site {
	t.Helper()
	s := &site{
		HTTP: freeAddress(t), HTTPS: freeAddress(t), folder: t.TempDir(), roots: x509.NewCertPool(),
		program: need(t, "MEIHAO_NGINX", "nginx", "apt-get install nginx-light"),
	}
	put := func(name, content string) { write(t, filepath.Join(s.folder, name), content) }
	user := "" // only root may become somebody else, and its folder is closed to them
	if os.Geteuid() == 0 {
		user = "user root;"
	}
	put("nginx.conf", replace(t, text(t, "nginx/nginx.conf"), "user www-data;", user, "/var/log/nginx", s.folder, "worker_rlimit_nofile 32768;", ""))
	put("meihao.conf", replace(t, text(t, "nginx/meihao.conf"), "/var/log/nginx", s.folder, "/var/lib/meihao-acme", s.folder+"/acme"))
	put("mime.types", "types { text/html html; }\n")
	put("meihao/http.conf", replace(t, text(t, "nginx/site/http.conf"), "listen 80 ", "listen "+s.HTTP+" ", "listen [::]:80 default_server;\n", ""))
	put("meihao/https.conf", replace(t, text(t, "nginx/site/https.conf"), "listen 443 ", "listen "+s.HTTPS+" ", "listen [::]:443 ssl http2 default_server;\n", ""))
	upstream := replace(t, text(t, "nginx/site/upstream.conf"), "127.0.0.1:8081", instances[0], "127.0.0.1:8082", instances[1])
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} { // else below /var/lib
		upstream += fmt.Sprintf("%s_temp_path %s/%s;\n", kind, s.folder, kind)
	}
	put("meihao/upstream.conf", upstream)
	put("acme/.well-known/acme-challenge/token", "proof")
	s.certify(t)
	return s
}

// certify makes the certificate that https.conf names.
func (s *site) certify(t *testing.T) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	draft := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mh.example.cn"}, DNSNames: []string{"mh.example.cn"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true,
	}
	made, err := x509.CreateCertificate(rand.Reader, draft, draft, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made})
	s.roots.AppendCertsFromPEM(certificate)
	write(t, filepath.Join(s.folder, "meihao", "certificate.pem"), string(certificate))
	write(t, filepath.Join(s.folder, "meihao", "key.pem"), string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})))
}

func (s *site) arguments(more ...string) []string {
	return append([]string{"-e", filepath.Join(s.folder, "start.log"), "-p", s.folder, "-c", filepath.Join(s.folder, "nginx.conf"),
		"-g", "daemon off; pid " + filepath.Join(s.folder, "pid") + ";"}, more...)
}

// start runs nginx until the test ends.
func (s *site) start(t *testing.T) {
	t.Helper()
	command := exec.Command(s.program, s.arguments()...)
	command.Stderr = os.Stderr
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		stuck := time.AfterFunc(10*time.Second, func() { _ = command.Process.Kill() })
		defer stuck.Stop()
		if err := command.Wait(); err != nil {
			t.Errorf("nginx: %v", err)
		}
	})
	awaitPort(t, s.HTTPS)
}

// client is a visitor from an address of 127.0.0.0/8. It shows redirects.
func (s *site) client(from string) *http.Client {
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}, Timeout: 5 * time.Second}
	return &http.Client{
		Timeout: 40 * time.Second,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{RootCAs: s.roots}, ForceAttemptHTTP2: true,
			MaxIdleConnsPerHost: 64,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// log is one of nginx's.
func (s *site) log(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(s.folder, name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(content)
}

// freeAddress is one on loopback that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func awaitPort(t *testing.T, address string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if c, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", address); err == nil {
			_ = c.Close()
			return
		}
	}
	t.Fatalf("nobody listens on %s", address)
}

func TestNginxConfiguration(t *testing.T) {
	s := newSite(t, "127.0.0.1:1", "127.0.0.1:2")
	out, err := tell(t, s.program, s.arguments("-t")...)
	if err != nil || strings.Contains(out, "[") {
		t.Errorf("%v\n%s", err, out)
	}
	write(t, filepath.Join(s.folder, "meihao", "upstream.conf"), "upstream meihao { server nonsense:; }")
	if out, err := tell(t, s.program, s.arguments("-t")...); err == nil {
		t.Errorf("nginx finds nothing in a broken configuration: %s", out)
	}
}

// The files for containers are the same but for addresses and ports.
func TestNginxConfigurationForContainers(t *testing.T) {
	s := newSite(t, "127.0.0.1:1", "127.0.0.1:2")
	put := func(name, content string) { write(t, filepath.Join(s.folder, "meihao", name), content) }
	put("upstream.conf", text(t, "compose/nginx/upstream.conf"))
	put("http.conf", replace(t, text(t, "compose/nginx/http.conf"), "listen 8080 ", "listen "+s.HTTP+" "))
	put("https.conf", replace(t, text(t, "compose/nginx/https.conf"), "listen 8443 ", "listen "+s.HTTPS+" ", "/run/secrets/tls_certificate", "meihao/certificate.pem", "/run/secrets/tls_key", "meihao/key.pem"))
	if out, err := tell(t, s.program, s.arguments("-t")...); err != nil || strings.Contains(out, "[") {
		t.Errorf("%v\n%s", err, out)
	}
}

// Bodies are bounded as the product bounds them: nothing that it takes is
// refused here, and nothing that it refuses is carried to it.
func TestNginxBodyLimits(t *testing.T) {
	conf := text(t, "nginx/meihao.conf")
	limit := func(file, expression string) string {
		found := regexp.MustCompile(expression).FindStringSubmatch(text(t, file))
		if found == nil {
			t.Fatalf("%s has no %s", file, expression)
		}
		return found[1]
	}
	for _, file := range []string{"../api/resident/typed.go", "../api/v1/body.go"} {
		if kilobytes := limit(file, `maxBody\s*= (\d+) << 10`); !strings.Contains(conf, "client_max_body_size "+kilobytes+"k;") {
			t.Errorf("%s takes %s KiB, nginx does not", file, kilobytes)
		}
	}
	if limit("../api/admin/register.go", `int64\((1 << 20)\)`) == "" || !strings.Contains(conf, "client_max_body_size 1m;") {
		t.Error("staff's forms may have 1 MiB")
	}
	limit("../api/admin/register.go", `(roster\.MaxBytes \+ 1<<16)`)
	path := limit("../api/admin/routes.go", `importPath = "(\S+)"`)
	if _, register, found := strings.Cut(conf, "location = "+path+" {"); !found ||
		!strings.Contains(register[:strings.Index(register, "}")], "client_max_body_size "+strconv.Itoa(roster.MaxBytes+1<<16)+";") {
		t.Errorf("%s does not take a register of %d bytes", path, roster.MaxBytes)
	}
	limit("../api/admin/register.go", `(poster\.MostEmblemBytes \+ 1<<16)`)
	if emblem := limit("../api/admin/poster_routes.go", `emblemPath = "(\S+)"`); emblem != "/admin/campaigns/:campaign/emblem" {
		t.Errorf("an emblem goes to %s, which nginx does not know", emblem)
	}
}

// The same with real bodies: an emblem as large as it may be arrives, no other
// form does that is as large, and the address of a print with 500 posters goes
// back to the browser.
func TestNginxTakesWhatPostersNeed(t *testing.T) {
	const most = poster.MostEmblemBytes + 1<<16
	print := "/admin/posters/print?campaign=000000001&poster=" + strings.Repeat("7KQ4M2XD", 500)
	product := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := io.Copy(io.Discard, r.Body)
		if err != nil {
			t.Error(err)
		}
		if r.URL.Path == "/admin/posters/ticked" {
			http.Redirect(w, r, print, http.StatusSeeOther)
			return
		}
		_, _ = fmt.Fprint(w, n+int64(len(r.URL.RawQuery)))
	}))
	defer product.Close()
	address := strings.TrimPrefix(product.URL, "http://")
	s := newSite(t, address, address)
	s.start(t)
	client := s.client("127.0.0.1")
	for _, test := range []struct {
		path   string
		bytes  int
		status int
	}{
		{"/admin/campaigns/000000001/emblem", most, 200},
		{"/admin/campaigns/000000001/emblem", most + 1, 413},
		{"/admin/campaigns/000000001/emblem/remove", 1<<20 + 1, 413},
		{"/admin/campaigns/000000001/poster", 1 << 20, 200},
		{"/admin/campaigns/000000001/poster", 1<<20 + 1, 413},
		{"/campaigns/000000001/emblem", 1 << 20, 413},
		{"/admin/posters/ticked", 10_000, 303},
		{print, 0, 200},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+s.HTTPS+test.path, strings.NewReader(strings.Repeat("x", test.bytes)))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := client.Do(request)
		if err != nil {
			t.Errorf("%.60s with %d bytes: %v", test.path, test.bytes, err)
			continue
		}
		_ = answer.Body.Close()
		if answer.StatusCode != test.status || test.status == 303 && answer.Header.Get("Location") != print {
			t.Errorf("%.60s with %d bytes: %d, want %d", test.path, test.bytes, answer.StatusCode, test.status)
		}
	}
}
