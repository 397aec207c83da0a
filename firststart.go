package main

import (
	"meihao/api/session"
	"meihao/model"
	"meihao/survey"
)

// adminUser is the name of the administrator that the first start creates.
const adminUser = "admin"

// firstAdministrator creates one administrator and prints the one-time
// password, which the first sign-in must change.
func (c *console) firstAdministrator(store *model.Store) error {
	password, err := c.addAdministrator(store, true)
	if survey.KindOf(err) == survey.Conflict {
		return nil // another instance was first, and has printed it
	}
	if err != nil {
		return err
	}
	c.say("%s", c.text(survey.Message{Key: "command.serve.first", Args: survey.Args{"User": adminUser, "Password": password}}))
	return nil
}

func (c *console) addAdministrator(store *model.Store, oneTime bool) (string, error) {
	password := session.OneTimePassword()
	hash, err := session.HashPassword(password)
	if err != nil {
		return "", err
	}
	_, err = store.AddAccount(c.ctx, operator(), survey.Account{Username: adminUser, Name: "Administrator",
		Role: survey.Administrator, Scope: survey.CityScope(), Language: "zh", OneTime: oneTime}, hash)
	return password, err
}
