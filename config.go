package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/go-playground/validator/v10"
	"github.com/pelletier/go-toml/v2"

	"meihao/model"
)

// config is the configuration (DESIGN §9). Every key is optional;
// config.example.toml explains each.
type config struct {
	Listen         string         `toml:"listen" validate:"required,hostname_port|startswith=:"`
	PublicAddress  string         `toml:"public_address" validate:"omitempty,http_url"`
	Data           string         `toml:"data" validate:"required"`
	MasterKeyFile  string         `toml:"master_key_file"`
	TrustedProxies []netip.Prefix `toml:"trusted_proxies"`
	Metrics        string         `toml:"metrics" validate:"omitempty,hostname_port|startswith=:"`
	ShutdownDelay  duration       `toml:"shutdown_delay" validate:"min=0,max=300000000000"`
	Database       databaseConfig `toml:"database"`
	Intake         intakeConfig   `toml:"intake"`
	Session        sessionConfig  `toml:"session"`
	Pages          pagesConfig    `toml:"pages"`
	Limits         limitsConfig   `toml:"limits"`
	Privacy        privacyConfig  `toml:"privacy"`
	Log            logConfig      `toml:"log"`

	masterKey     *[32]byte // from MEIHAO_MASTER_KEY
	metricsChosen bool      // somebody set metrics: it is not the default that may give way
}

type databaseConfig struct {
	DSN         string `toml:"dsn"`
	DSNFile     string `toml:"dsn_file"`
	Connections int    `toml:"connections" validate:"min=1,max=1000"`
}

type intakeConfig struct {
	Queue int `toml:"queue" validate:"min=1,max=1000000"`
	Group int `toml:"group" validate:"min=1,max=4096"`
}

type sessionConfig struct {
	Idle     duration `toml:"idle" validate:"min=60000000000"`
	Absolute duration `toml:"absolute" validate:"gtefield=Idle"`
}

type pagesConfig struct {
	CacheMiB int `toml:"cache_mib" validate:"min=1,max=65536"`
}

// limitsConfig are requests of one address in limitsWithin.
type limitsConfig struct {
	Pages   int `toml:"pages" validate:"min=5000,max=1000000000"`
	Guesses int `toml:"guesses" validate:"min=60,max=1000000000"`
}

const limitsWithin = 10 * time.Minute

// readsPerMinute is how often one token may read: a page of everything and no
// loop.
const readsPerMinute = 600

// privacyConfig is who answers for the data, named in the privacy notice.
type privacyConfig struct {
	Controller string `toml:"controller" validate:"max=120"`
	Contact    string `toml:"contact" validate:"max=120"`
}

type logConfig struct {
	Level  string `toml:"level" validate:"oneof=debug info warn error"`
	Format string `toml:"format" validate:"oneof=text json"`
}

// duration is written "30m" or "12h".
type duration time.Duration

func (d *duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	*d = duration(v)
	return err
}

func (d duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

func defaultConfig() config {
	return config{
		Listen:   "127.0.0.1:8080",
		Data:     "data",
		Metrics:  "127.0.0.1:9180",
		Database: databaseConfig{Connections: 16},
		Intake:   intakeConfig{Queue: 4096, Group: 256},
		Session:  sessionConfig{Idle: duration(30 * time.Minute), Absolute: duration(12 * time.Hour)},
		Pages:    pagesConfig{CacheMiB: 64},
		Limits:   limitsConfig{Pages: 60_000, Guesses: 600},
		Log:      logConfig{Level: "info", Format: "text"},
	}
}

// readConfig reads the file (if one is named), the environment and the data
// directory of the command line, in this order, and checks the whole.
func readConfig(file, data string, getenv func(string) string) (config, error) {
	c := defaultConfig()
	if file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return c, err
		}
		if err := parseConfig(text, &c); err != nil {
			return c, fmt.Errorf("%s: %w", file, err)
		}
		c.metricsChosen = setsMetrics(text)
	}
	if err := c.environment(getenv); err != nil {
		return c, err
	}
	if data != "" {
		c.Data = data
	}
	if err := c.check(); err != nil {
		return c, err
	}
	if err := c.readDSN(); err != nil {
		return c, err
	}
	return c, model.CheckDSN(c.Database.DSN)
}

// parseConfig refuses unknown keys and shows the line with a caret.
func parseConfig(text []byte, c *config) error {
	decoder := toml.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(c)
	var strict *toml.StrictMissingError
	var broken *toml.DecodeError
	switch {
	case errors.As(err, &strict):
		return fmt.Errorf("unknown key\n%s", withoutSecrets(strict.String()))
	case errors.As(err, &broken):
		row, column := broken.Position()
		return fmt.Errorf("line %d, column %d\n%s", row, column, withoutSecrets(broken.String()))
	}
	return err
}

// withoutSecrets hides the password in lines of the file that are shown around
// the wrong one.
func withoutSecrets(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if key, _, found := strings.Cut(line, "="); found && strings.HasSuffix(strings.TrimSpace(key), "dsn") {
			lines[i] = key + `= "********"`
		}
	}
	return strings.Join(lines, "\n")
}

// setsMetrics says whether a configuration that was read sets metrics.
func setsMetrics(text []byte) bool {
	var set struct {
		Metrics *string `toml:"metrics"`
	}
	return toml.Unmarshal(text, &set) == nil && set.Metrics != nil
}

// noMetrics is another word for no metrics: an empty variable of the
// environment says nothing.
const noMetrics = "off"

// environment takes MEIHAO_LISTEN, MEIHAO_PUBLIC_ADDRESS, MEIHAO_DATA,
// MEIHAO_METRICS and the secrets MEIHAO_DATABASE_DSN and MEIHAO_MASTER_KEY,
// or the names of their files.
func (c *config) environment(getenv func(string) string) error {
	for name, target := range map[string]*string{
		"MEIHAO_LISTEN": &c.Listen, "MEIHAO_PUBLIC_ADDRESS": &c.PublicAddress,
		"MEIHAO_DATA": &c.Data, "MEIHAO_MASTER_KEY_FILE": &c.MasterKeyFile,
		"MEIHAO_DATABASE_DSN": &c.Database.DSN, "MEIHAO_DATABASE_DSN_FILE": &c.Database.DSNFile,
	} {
		if v := getenv(name); v != "" {
			*target = v
		}
	}
	switch { // one way to name the database puts the file's other one aside
	case getenv("MEIHAO_DATABASE_DSN") != "" && getenv("MEIHAO_DATABASE_DSN_FILE") == "":
		c.Database.DSNFile = ""
	case getenv("MEIHAO_DATABASE_DSN_FILE") != "" && getenv("MEIHAO_DATABASE_DSN") == "":
		c.Database.DSN = ""
	}
	if v := getenv("MEIHAO_METRICS"); v != "" {
		c.Metrics, c.metricsChosen = v, true
	}
	if c.Metrics == noMetrics {
		c.Metrics = ""
	}
	if v := getenv("MEIHAO_MASTER_KEY"); v != "" {
		key, err := decodeKey(v)
		if err != nil {
			return fmt.Errorf("MEIHAO_MASTER_KEY: %w", err)
		}
		c.masterKey = &key
	}
	return nil
}

// readDSN takes the DSN from its file, where one is named.
func (c *config) readDSN() error {
	if c.Database.DSNFile == "" {
		return nil
	}
	if c.Database.DSN != "" {
		return errors.New("configuration: database.dsn and database.dsn_file are both set; keep one")
	}
	text, err := os.ReadFile(c.Database.DSNFile)
	if err != nil {
		return fmt.Errorf("configuration: database.dsn_file: %w", err)
	}
	if c.Database.DSN = strings.TrimSpace(string(text)); c.Database.DSN == "" {
		return fmt.Errorf("configuration: database.dsn_file: %s is empty", c.Database.DSNFile)
	}
	return nil
}

// check says in one line which key cannot stand and why.
func (c *config) check() error {
	check := validator.New(validator.WithRequiredStructEnabled())
	check.RegisterTagNameFunc(func(f reflect.StructField) string { return f.Tag.Get("toml") })
	err := check.Struct(c)
	var wrong validator.ValidationErrors
	if errors.As(err, &wrong) {
		first := wrong[0]
		key := strings.TrimPrefix(first.Namespace(), "config.")
		return fmt.Errorf("configuration: %s = %v %s", key, shown(first.Value()), wanted(first))
	}
	if err != nil {
		return err
	}
	if c.PublicAddress == "" {
		return nil
	}
	address, err := url.Parse(c.PublicAddress)
	if err != nil || address.RawQuery != "" || address.Fragment != "" || strings.TrimRight(address.Path, "/") != "" {
		return errors.New("configuration: public_address wants scheme and host only, like https://mh.example.cn")
	}
	c.PublicAddress = strings.TrimRight(c.PublicAddress, "/")
	return nil
}

// wanted says in words what a value must be.
func wanted(e validator.FieldError) string {
	limit := e.Param()
	if _, isDuration := e.Value().(duration); isDuration {
		if n, err := strconv.ParseInt(limit, 10, 64); err == nil {
			limit = time.Duration(n).String()
		}
	}
	switch e.Tag() {
	case "required":
		return "is empty"
	case "min":
		return "is too small: at least " + limit
	case "max":
		if _, isText := e.Value().(string); isText {
			return "is too long: at most " + limit + " characters"
		}
		return "is too large: at most " + limit
	case "oneof":
		return "must be one of " + limit
	case "gtefield":
		return "must not be shorter than session.idle"
	case "http_url":
		return "is no http or https address"
	}
	return "is no host:port, like 127.0.0.1:8080"
}

func shown(v any) any {
	if d, ok := v.(duration); ok {
		return time.Duration(d)
	}
	return v
}

func decodeKey(text string) ([32]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) != 32 {
		return [32]byte{}, errors.New("wants 32 bytes in base64 (openssl rand -base64 32)")
	}
	return [32]byte(key), nil
}

// keyFile is where the master key lies: outside the database in any case.
func (c config) keyFile() string {
	if c.MasterKeyFile != "" {
		return c.MasterKeyFile
	}
	return filepath.Join(c.Data, "master.key")
}
