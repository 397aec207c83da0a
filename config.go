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
)

// config is the configuration (DESIGN §9). Every key is optional;
// config.example.toml explains each.
type config struct {
	Listen         string         `toml:"listen" validate:"required,hostname_port|startswith=:"`
	PublicAddress  string         `toml:"public_address" validate:"omitempty,http_url"`
	Data           string         `toml:"data" validate:"required"`
	MasterKeyFile  string         `toml:"master_key_file"`
	TrustedProxies []netip.Prefix `toml:"trusted_proxies"`
	Intake         intakeConfig   `toml:"intake"`
	Session        sessionConfig  `toml:"session"`
	Pages          pagesConfig    `toml:"pages"`
	Log            logConfig      `toml:"log"`

	masterKey *[32]byte // from MEIHAO_MASTER_KEY
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
		Listen:  "127.0.0.1:8080",
		Data:    "data",
		Intake:  intakeConfig{Queue: 4096, Group: 256},
		Session: sessionConfig{Idle: duration(30 * time.Minute), Absolute: duration(12 * time.Hour)},
		Pages:   pagesConfig{CacheMiB: 64},
		Log:     logConfig{Level: "info", Format: "text"},
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
	}
	if err := c.environment(getenv); err != nil {
		return c, err
	}
	if data != "" {
		c.Data = data
	}
	return c, c.check()
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
		return fmt.Errorf("unknown key\n%s", strict.String())
	case errors.As(err, &broken):
		row, column := broken.Position()
		return fmt.Errorf("line %d, column %d\n%s", row, column, broken.String())
	}
	return err
}

// environment takes MEIHAO_LISTEN, MEIHAO_PUBLIC_ADDRESS, MEIHAO_DATA and the
// secret MEIHAO_MASTER_KEY.
func (c *config) environment(getenv func(string) string) error {
	for name, target := range map[string]*string{
		"MEIHAO_LISTEN": &c.Listen, "MEIHAO_PUBLIC_ADDRESS": &c.PublicAddress,
		"MEIHAO_DATA": &c.Data, "MEIHAO_MASTER_KEY_FILE": &c.MasterKeyFile,
	} {
		if v := getenv(name); v != "" {
			*target = v
		}
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
