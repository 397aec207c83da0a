package main

import (
	"fmt"

	"github.com/pelletier/go-toml/v2"

	"meihao/model"
	"meihao/static"
)

type checkConfigCommand struct{}

// Run prints the configuration in force; secrets are masked.
func (checkConfigCommand) Run(c *console) error {
	shown := c.config
	switch {
	case shown.Database.DSNFile != "":
		shown.Database.DSN = "" // it stands in the file
	case shown.Database.DSN != "":
		shown.Database.DSN = model.MaskedDSN(shown.Database.DSN)
	}
	text, err := toml.Marshal(shown)
	if err != nil {
		return err
	}
	_, err = c.out.Write(text)
	if c.config.masterKey != nil {
		c.say("# master key: ******** (from the environment)")
	} else {
		c.say("# master key: ******** (in %s)", c.config.keyFile())
	}
	return err
}

// open opens a store that is there. It makes none: in a mistyped directory all
// would seem well.
func (c *console) open() (*model.Store, error) {
	there, err := c.exists()
	if err != nil {
		return nil, err
	}
	if !there && c.config.Database.DSN != "" {
		return nil, fmt.Errorf("no database in %s: start `meihao serve` on it once, or name the right one", model.MaskedDSN(c.config.Database.DSN))
	}
	if !there {
		return nil, fmt.Errorf("no database in %s: start `meihao serve --data %s` once, or name the right directory", c.config.Data, c.config.Data)
	}
	return c.openOrMake()
}

// openOrMake opens the store and makes it, with its master key, where there is
// none: for the server, and for commands that put something into it.
func (c *console) openOrMake() (*model.Store, error) {
	there, err := c.exists()
	if err != nil {
		return nil, err
	}
	master, err := c.config.master(there)
	if err != nil {
		return nil, err
	}
	return model.Open(c.ctx, c.storeSettings(master))
}

// exists says whether there is a database where the configuration says.
func (c *console) exists() (bool, error) {
	return model.Exists(c.ctx, c.storeSettings([32]byte{}))
}

// storeSettings are the configuration as the store wants it.
func (c *console) storeSettings(master [32]byte) model.Settings {
	return model.Settings{
		Data: c.config.Data, DSN: c.config.Database.DSN, Connections: c.config.Database.Connections,
		MasterKey: master, Questionnaire: static.Questionnaire, Rubric: static.Rubric, Prompt: static.Prompt, Now: c.now,
	}
}
