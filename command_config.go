package main

import (
	"github.com/pelletier/go-toml/v2"

	"meihao/model"
	"meihao/static"
)

type checkConfigCommand struct{}

// Run prints the configuration in force; secrets are masked.
func (checkConfigCommand) Run(c *console) error {
	text, err := toml.Marshal(c.config)
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

// open opens the store as the configuration says.
func (c *console) open() (*model.Store, error) {
	master, err := c.config.master()
	if err != nil {
		return nil, err
	}
	return model.Open(c.ctx, model.Settings{Data: c.config.Data, MasterKey: master, Questionnaire: static.Questionnaire})
}
