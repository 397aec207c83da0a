package deploy

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The linter is pinned in .ci/web beside the one for pages.
func TestDockerfileIsClean(t *testing.T) {
	lint := os.Getenv("MEIHAO_DOCKERFILE_LINT")
	if lint == "" {
		lint = filepath.Join("..", ".ci", "web", "node_modules", ".bin", "dockerfile-utils")
		if _, err := os.Stat(lint); err != nil {
			miss(t, "dockerfile-utils is missing: cd .ci/web && npm ci, or set MEIHAO_DOCKERFILE_LINT")
		}
	}
	if out, err := tell(t, lint, "lint", "Dockerfile"); err != nil || strings.TrimSpace(out) != "" {
		t.Errorf("%v\n%s", err, out)
	}
	bad := write(t, filepath.Join(t.TempDir(), "Dockerfile"), "FROM scratch\nCOPPY a b\n")
	if out, err := tell(t, lint, "lint", bad); err == nil && strings.TrimSpace(out) == "" {
		t.Error("the linter finds nothing in a broken file")
	}
}

// What the image promises: no root, nothing but the binary, and a compiler
// that the module asks for.
func TestDockerfile(t *testing.T) {
	file := text(t, "Dockerfile")
	_, final, found := strings.Cut(file, "\nFROM scratch\n")
	if !found {
		t.Fatal("the image is not made from scratch")
	}
	for _, line := range []string{
		"USER 65532:65532", `ENTRYPOINT ["/meihao"]`, `CMD ["/meihao", "ready"]`, "VOLUME /data", "STOPSIGNAL SIGTERM",
	} {
		if !strings.Contains(final, line) {
			t.Errorf("the final stage has no %s", line)
		}
	}
	if strings.Contains(final, "RUN ") {
		t.Error("the final stage runs something")
	}
	compiler := regexp.MustCompile(`ARG GO_IMAGE=golang:(\d+\.\d+)\.\d+-`).FindStringSubmatch(file)
	language := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(text(t, "../go.mod"))
	if compiler == nil || language == nil || compiler[1] != language[1] {
		t.Errorf("the image is built with %v, the module wants %v", compiler, language)
	}
}

// The context holds what the program is built from; go itself says what that is.
func TestDockerContextIsEnough(t *testing.T) {
	ignored := text(t, "../.dockerignore")
	out, err := exec.Command("go", "list", "-deps", "-tags", "nomsgpack", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "..").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(string(out)) {
		folder, ours := strings.CutPrefix(name, "meihao/")
		top, _, _ := strings.Cut(folder, "/")
		if ours && !strings.Contains(ignored, "\n!"+top+"\n") {
			t.Errorf("%s is left out", name)
		}
		if ours && strings.Contains(ignored, "\n"+folder+"\n") {
			t.Errorf("%s is left out", name)
		}
	}
}

// service is what these tests want to know of one.
type service struct {
	Image       string            `json:"image"`
	User        string            `json:"user"`
	ReadOnly    bool              `json:"read_only"`
	CapDrop     []string          `json:"cap_drop"`
	Security    []string          `json:"security_opt"`
	Restart     string            `json:"restart"`
	Memory      any               `json:"mem_limit"`
	Pids        int               `json:"pids_limit"`
	Ports       []any             `json:"ports"`
	Environment map[string]string `json:"environment"`
}

func TestCompose(t *testing.T) {
	program := need(t, "MEIHAO_DOCKER_COMPOSE", "docker-compose", "apt-get install docker-compose")
	if out, err := tell(t, program, "-f", "compose.yaml", "config", "--quiet"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := tell(t, program, "-f", "compose.yaml", "config")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	services := parseCompose(t, out)
	if len(services) != 4 {
		t.Errorf("%d services", len(services))
	}
	for name, s := range services {
		if !s.ReadOnly || len(s.CapDrop) != 1 || s.CapDrop[0] != "ALL" || len(s.Security) != 1 || s.Restart == "" || s.Memory == nil || s.Pids == 0 {
			t.Errorf("%s is not confined: %+v", name, s)
		}
		if !regexp.MustCompile(`:\d+(\.\d+){2}$`).MatchString(s.Image) && !strings.HasPrefix(name, "meihao") {
			t.Errorf("%s: image %s is not held to a version", name, s.Image)
		}
		if (len(s.Ports) > 0) != (name == "nginx") {
			t.Errorf("%s publishes %v", name, s.Ports)
		}
		for variable, value := range s.Environment {
			if secret := regexp.MustCompile(`PASSWORD|KEY|DSN`); secret.MatchString(variable) && !strings.HasPrefix(value, "/run/secrets/") {
				t.Errorf("%s: %s is in the environment", name, variable)
			}
		}
	}
	if networks := text(t, "compose.yaml"); !strings.Contains(text(t, "compose/config.toml"), `"172.29.232.2/32"`) || !strings.Contains(networks, "web: {ipv4_address: 172.29.232.2}") {
		t.Error("the instances trust another address than nginx's")
	}
}

// parseCompose reads what docker-compose prints, with Debian's Python, which
// docker-compose brings: the module knows no YAML.
func parseCompose(t *testing.T, printed string) map[string]service {
	t.Helper()
	command := exec.Command("/usr/bin/python3", "-c", "import sys,json,yaml; json.dump(yaml.safe_load(sys.stdin)['services'], sys.stdout)")
	command.Stdin, command.Stderr = strings.NewReader(printed), os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var services map[string]service
	if err := json.Unmarshal(out, &services); err != nil {
		t.Fatal(err)
	}
	return services
}

// secrets.sh makes every secret that compose.yaml names, each for its reader
// alone, and leaves alone what is there.
func TestComposeSecrets(t *testing.T) {
	if os.Geteuid() != 0 {
		miss(t, "secrets.sh gives its files to the users of the containers: run as root")
	}
	need(t, "MEIHAO_OPENSSL", "openssl", "apt-get install openssl")
	folder := filepath.Join(t.TempDir(), "secrets")
	if out, err := tell(t, "sh", "compose/secrets.sh", folder, "mh.example.cn"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	names := regexp.MustCompile(`file: \./compose/secrets/(\w+)`).FindAllStringSubmatch(text(t, "compose.yaml"), -1)
	if len(names) != 6 {
		t.Errorf("%d secrets", len(names))
	}
	before := map[string]string{}
	for _, name := range names {
		path := filepath.Join(folder, name[1])
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o400 {
			t.Errorf("%s: mode %v", name[1], info.Mode())
		}
		before[name[1]] = text(t, path)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) != len(names) {
		t.Errorf("left over: %v", left)
	}
	if !strings.Contains(before["database_dsn"], ":"+strings.TrimSpace(before["database_password"])+"@tcp(database:3306)/meihao") {
		t.Errorf("the DSN does not go with the password")
	}
	if out, err := tell(t, "sh", "compose/secrets.sh", folder, "mh.example.cn"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, content := range before {
		if text(t, filepath.Join(folder, name)) != content {
			t.Errorf("a second run changes %s", name)
		}
	}
}

func TestScripts(t *testing.T) {
	program := need(t, "MEIHAO_SHELLCHECK", "shellcheck", "apt-get install shellcheck")
	scripts, err := filepath.Glob("compose/*.sh")
	more, _ := filepath.Glob("compose/*/*.sh")
	if scripts = append(scripts, more...); err != nil || len(scripts) != 2 {
		t.Fatalf("scripts: %v, %v", scripts, err)
	}
	if out, err := tell(t, program, scripts...); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
