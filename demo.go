package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"meihao/api/poster"
	"meihao/api/session"
	"meihao/model"
	"meihao/survey"
)

// demoFile is what `serve --demo` writes beside the data, for people and for
// tests (DESIGN §7).
type demoFile struct {
	ResidentURL   string        `json:"resident_url"`
	Poster        string        `json:"poster"`
	Rooms         []demoRoom    `json:"rooms"`
	AdminURL      string        `json:"admin_url"`
	AdminUser     string        `json:"admin_user"`
	AdminPassword string        `json:"admin_password"`
	APIToken      string        `json:"api_token"`
	Campaign      string        `json:"campaign"`
	Accounts      []demoAccount `json:"accounts"`
	// Published is a poster of an earlier campaign, whose result is public.
	Published string `json:"published"`
}

// demoRoom is a home nobody answered for.
type demoRoom struct {
	Unit string `json:"unit"`
	Room string `json:"room"`
}

// demoAccount is one more account to look with: a second person, a community
// that sees no scores before closing, and a company whose results are public.
type demoAccount struct {
	Username string `json:"username"`
	Password string `json:"password"`
	Role     string `json:"role"`
}

// welcomeDemo prints where to begin. Running it again keeps data and
// passwords.
func (c *console) welcomeDemo() error {
	demo, err := c.readDemo()
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("demo district: %s holds another database and no %s: use another --data directory", c.config.Data, filepath.Base(c.demoPath()))
	}
	if err != nil {
		return fmt.Errorf("demo district: %w", err)
	}
	demo.ResidentURL = poster.Address(c.config.PublicAddress, demo.Poster)
	demo.AdminURL = c.config.PublicAddress + "/admin"
	if err := c.writeDemo(demo); err != nil {
		return err
	}
	picture, err := poster.Terminal(demo.ResidentURL)
	if err != nil {
		return err
	}
	c.say("\n%s", picture)
	c.say("%s", c.text(survey.Message{Key: "command.serve.demo", Args: survey.Args{
		"Resident": demo.ResidentURL, "Admin": demo.AdminURL, "User": demo.AdminUser, "Password": demo.AdminPassword,
		"File": c.demoPath(),
	}}))
	return nil
}

func (c *console) demoPath() string { return filepath.Join(c.config.Data, "demo.json") }

func (c *console) readDemo() (demoFile, error) {
	var demo demoFile
	text, err := os.ReadFile(c.demoPath())
	if err != nil {
		return demo, err
	}
	return demo, json.Unmarshal(text, &demo)
}

// writeDemo replaces the file at once: a reader never sees half of it.
func (c *console) writeDemo(demo demoFile) error {
	text, err := json.MarshalIndent(demo, "", " ")
	if err != nil {
		return err
	}
	temporary := c.demoPath() + ".new"
	if err := os.WriteFile(temporary, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(temporary, c.demoPath())
}

// makeDemo makes the demo district where there is no database yet: aside, in
// a folder of its own, and puts it in place when it is complete. Whatever
// interrupts it, there is a whole district or none, and the next start makes
// it from the beginning.
func (c *console) makeDemo() error {
	there, err := c.exists()
	if err != nil || there {
		return err
	}
	master, err := c.config.master(there)
	if err != nil {
		return err
	}
	aside := *c
	aside.config.Data = filepath.Join(c.config.Data, "demo.new")
	aside.config.masterKey = &master
	aside.config.Database.DSN = ""                          // a file, whatever it will be copied to
	if err := os.RemoveAll(aside.config.Data); err != nil { // of one that was killed
		return err
	}
	defer func() { _ = os.RemoveAll(aside.config.Data) }() // else the next start removes it
	if err := aside.fillDemo(); err != nil {
		return err
	}
	// The database last: where one is, everything is.
	if err := os.Rename(aside.demoPath(), c.demoPath()); err != nil {
		return err
	}
	if c.config.Database.DSN == "" {
		return model.Move(aside.config.Data, c.config.Data)
	}
	file := filepath.Join(aside.config.Data, "demo.backup")
	if _, err := model.Backup(c.ctx, aside.storeSettings(master), file, model.BackupOptions{Actor: operator(), Program: version}); err != nil {
		return err
	}
	_, err = model.Restore(c.ctx, c.storeSettings(master), file, model.RestoreOptions{Actor: operator()})
	return err
}

// fillDemo makes a data directory with the demo district and its demo.json.
func (c *console) fillDemo() error {
	clock := &demoClock{now: time.Now()}
	c.now = clock.read
	store, err := c.openOrMake()
	if err != nil {
		return err
	}
	demo, err := c.addDemo(store, clock)
	if err = errors.Join(err, store.Close()); err != nil {
		return err
	}
	return c.writeDemo(demo)
}

// addDemo makes everything through the same doors as a real district: the
// import, the campaign's opening, the gate, on the days on which it would have
// happened.
func (c *console) addDemo(store *model.Store, clock *demoClock) (demoFile, error) {
	demo := demoFile{AdminUser: adminUser}
	clock.day = demoRegistered
	district, err := c.importDemo(store)
	if err != nil {
		return demo, err
	}
	if demo.AdminPassword, err = c.addAdministrator(store, false); err != nil {
		return demo, err
	}
	var people demoPeople
	if demo.Accounts, people, err = c.addDemoAccounts(store, district); err != nil {
		return demo, err
	}
	if demo.Published, err = c.publishDemo(store, clock, district.Place, people); err != nil {
		return demo, err
	}
	clock.day = -demoDays
	if demo.APIToken, err = c.addDemoToken(store); err != nil {
		return demo, err
	}
	campaign, err := c.openDemo(store, district.Place.District)
	if err != nil {
		return demo, err
	}
	demo.Campaign = campaign.ID.String()
	demo.Poster, demo.Rooms, err = c.answerDemo(store, campaign, clock)
	return demo, err
}

// addDemoAccounts adds the accounts of a project's district, community and
// company.
func (c *console) addDemoAccounts(store *model.Store, project survey.Project) ([]demoAccount, demoPeople, error) {
	var list []demoAccount
	var people demoPeople
	place := project.Place
	for _, one := range []survey.Account{
		{Username: "district", Name: "示范区 区级", Role: survey.DistrictRole, Scope: survey.Scope{District: place.District}},
		{Username: "district2", Name: "示范区 复核", Role: survey.DistrictRole, Scope: survey.Scope{District: place.District}},
		{Username: "third", Name: "第三方评估（演示）", Role: survey.ThirdParty, Scope: survey.Scope{District: place.District}},
		{Username: "community", Name: "晨光社区", Role: survey.CommunityRole, Scope: survey.Scope{Community: place.Community}},
		{Username: "company", Name: project.Company.Name, Role: survey.CompanyRole, Scope: survey.Scope{Company: project.Company.ID}},
	} {
		password := session.OneTimePassword()
		hash, err := session.HashPassword(password)
		if err != nil {
			return nil, people, err
		}
		one.Language = "zh"
		added, err := store.AddAccount(c.ctx, operator(), one, hash)
		if err != nil {
			return nil, people, err
		}
		switch added.Role {
		case survey.DistrictRole:
			if people.district.Account == 0 {
				people.district = added.Actor()
			} else {
				people.second = added.Actor()
			}
		case survey.ThirdParty:
			people.third = added.Actor()
		case survey.CompanyRole:
			people.company = added.Actor()
		}
		list = append(list, demoAccount{one.Username, password, string(one.Role)})
	}
	return list, people, nil
}

func (c *console) addDemoToken(store *model.Store) (string, error) {
	account, _, err := store.Credentials(c.ctx, adminUser)
	if err != nil {
		return "", err
	}
	return addToken(c, store, survey.Token{Account: account.ID, Name: "demo", Role: survey.CityRole, Scope: survey.CityScope()})
}

// openDemo opens a campaign of thirty days for all projects.
func (c *console) openDemo(store *model.Store, district survey.ID) (survey.Campaign, error) {
	now := c.now()
	actor := operator()
	campaign, err := store.AddCampaign(c.ctx, actor, survey.Campaign{
		Name: fmt.Sprintf("%d年物业服务满意度调查（演示）", now.Year()), Owner: district, Admission: survey.ByRoom,
		Opens: now.Add(-time.Minute).Truncate(time.Minute), Closes: now.AddDate(0, 0, 30).Truncate(time.Hour),
		Publishes: survey.DefaultPublishes(now.AddDate(0, 0, 30)), Margins: survey.DefaultMargins(), Asker: demoAsker, Phone: demoPhone, Demonstration: true,
	})
	if err != nil {
		return campaign, err
	}
	return store.OpenCampaign(c.ctx, actor, campaign.ID, "演示")
}

// demoKey is a submission key of 22 symbols.
func demoKey() string { return rand.Text()[:22] }
