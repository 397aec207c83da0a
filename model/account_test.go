package model_test

import (
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
)

func TestAccounts(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		ctx := w.Ctx()
		a, err := w.Store.AddAccount(ctx, w.Admin, survey.Account{
			Username: "Zhang.San", Name: " 张三 ", Role: survey.CommunityRole, Scope: w.Community.Scope, Language: "zh", OneTime: true,
		}, "a hash")
		w.Must(err)
		want := survey.Account{
			ID: a.ID, Username: "Zhang.San", Name: "张三", Role: survey.CommunityRole, Scope: w.Community.Scope, ScopeName: "东里社区",
			Language: "zh", OneTime: true, Added: w.Clock.Now().UTC(),
		}
		got, hash, err := w.Store.Credentials(ctx, "zhang.SAN")
		w.Must(err)
		if diff := cmp.Diff(want, got); diff != "" || hash != "a hash" {
			t.Errorf("hash %q (-want +got):\n%s", hash, diff)
		}
		if got, err = w.Store.Account(ctx, a.ID); err != nil || got != want {
			t.Errorf("%+v, %v", got, err)
		}
		_, _, err = w.Store.Credentials(ctx, "nobody")
		wantKind(t, err, survey.NotFound)
		_, err = w.Store.Account(ctx, 99)
		wantKind(t, err, survey.NotFound)
		for _, c := range []struct {
			name    string
			account survey.Account
			want    survey.Kind
		}{
			{"a name that is taken", survey.Account{Username: "ZHANG.san", Role: survey.CityRole, Scope: survey.CityScope()}, survey.Conflict},
			{"a name that is none", survey.Account{Username: "a b", Role: survey.CityRole, Scope: survey.CityScope()}, survey.Invalid},
			{"an unknown role", survey.Account{Username: "other", Role: "boss", Scope: survey.CityScope()}, survey.Invalid},
			{"a scope that does not fit", survey.Account{Username: "other", Role: survey.DistrictRole, Scope: survey.CityScope()}, survey.Invalid},
			{"a place that is none", survey.Account{Username: "other", Role: survey.DistrictRole, Scope: survey.Scope{District: 99}}, survey.Invalid},
		} {
			_, err := w.Store.AddAccount(ctx, w.Admin, c.account, "hash")
			if survey.KindOf(err) != c.want {
				t.Errorf("%s: %v, want %s", c.name, err, c.want)
			}
		}
		list, err := w.Store.Accounts(ctx)
		w.Must(err)
		if len(list) != 11 || list[0].Username != "admin" || list[10].Username != "Zhang.San" {
			t.Errorf("%d accounts, the last is %s", len(list), list[len(list)-1].Username)
		}
		w.Must(w.Store.SignedIn(ctx, a.ID))
		w.Must(w.Store.ChangePassword(ctx, w.Admin, a.ID, "another hash", false))
		got, hash, err = w.Store.Credentials(ctx, "zhang.san")
		w.Must(err)
		if hash != "another hash" || got.OneTime || got.Generation != 1 || !got.LastSeen.Equal(w.Clock.Now()) {
			t.Errorf("after a new password: %q, %+v", hash, got)
		}
		wantKind(t, w.Store.ChangePassword(ctx, w.Admin, 99, "x", false), survey.NotFound)
		wantKind(t, w.Store.SignedIn(ctx, 99), survey.NotFound)
		wantActions := []string{"admin account.added", "Zhang.San account.signed_in", "admin account.password_changed"}
		if diff := cmp.Diff(wantActions, actions(w, "account "+a.ID.String())); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		events, err := w.Store.Events(ctx, 0, 100)
		w.Must(err)
		for _, e := range events {
			if strings.Contains(e.Detail, "hash") {
				t.Errorf("an event carries a password's hash: %s", e.Detail)
			}
		}
		w.Clean()
	})
}

func TestChangeAccount(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		change := func(id survey.ID, f func(*survey.Account)) (survey.Account, error) {
			return w.Store.ChangeAccount(w.Ctx(), w.Admin, id, func(a *survey.Account) error { f(a); return nil })
		}
		a, err := change(w.Community.Account, func(a *survey.Account) { a.Language = "en" })
		w.Must(err)
		if a.Language != "en" || a.Generation != 0 {
			t.Errorf("a new language: %+v", a)
		}
		a, err = change(w.Community.Account, func(a *survey.Account) { a.Disabled = true })
		w.Must(err)
		if !a.Disabled || a.Generation != 1 {
			t.Errorf("disabling ends the sessions: %+v", a)
		}
		if _, hash, err := w.Store.Credentials(w.Ctx(), "community"); err != nil || hash != "hash of community" {
			t.Errorf("the password's hash is %q, %v", hash, err)
		}
		_, err = change(w.City.Account, func(a *survey.Account) { a.Username = "Admin" })
		wantKind(t, err, survey.Conflict)
		for _, f := range []func(*survey.Account){
			func(a *survey.Account) { a.Disabled = true },
			func(a *survey.Account) { a.Role = survey.CityRole },
		} {
			_, err = change(w.Admin.Account, f)
			wantKey(t, err, "error.account.last_administrator")
		}
		_, err = change(w.City.Account, func(a *survey.Account) { a.Role = survey.Administrator })
		w.Must(err)
		_, err = change(w.Admin.Account, func(a *survey.Account) { a.Disabled = true })
		w.Must(err)
		_, err = change(99, func(*survey.Account) {})
		wantKind(t, err, survey.NotFound)
		w.Clean()
	})
}

func TestSessions(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		s := w.Store.Sessions()
		soon, later := w.Clock.Now().Add(time.Minute), w.Clock.Now().Add(time.Hour)
		w.Must(s.Commit("a", []byte("one"), soon))
		w.Must(s.Commit("b", []byte("two"), later))
		w.Must(s.Commit("a", []byte("changed"), soon))
		find := func(token, want string) {
			t.Helper()
			data, found, err := s.Find(token)
			if err != nil || found != (want != "") || string(data) != want {
				t.Errorf("%s: %q, %t, %v; want %q", token, data, found, err, want)
			}
		}
		find("a", "changed")
		find("b", "two")
		find("c", "")
		w.Clock.Set(soon)
		find("a", "")
		w.Must(s.Commit("c", []byte("three"), later))
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM sessions"); n != 2 {
			t.Errorf("%d sessions are stored, want 2: expired ones go", n)
		}
		w.Must(s.Delete("b"))
		w.Must(s.Delete("b"))
		find("b", "")
		find("c", "three")
	})
}

func TestTokens(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		ctx := w.Ctx()
		digest := func(text string) [32]byte { return sha256.Sum256([]byte(text)) }
		add := func(text string, owner survey.Actor, role survey.Role, scope survey.Scope, expires time.Time) (survey.Token, error) {
			return w.Store.AddToken(ctx, w.Admin, survey.Token{Account: owner.Account, Name: text, Role: role, Scope: scope, Expires: expires}, digest(text))
		}
		for _, c := range []struct {
			name  string
			owner survey.Actor
			role  survey.Role
			scope survey.Scope
			want  survey.Kind // "" is allowed
		}{
			{"the administrator for the city", w.Admin, survey.CityRole, survey.CityScope(), ""},
			{"the city for a district", w.City, survey.DistrictRole, w.District.Scope, ""},
			{"a district for itself", w.District, survey.DistrictRole, w.District.Scope, ""},
			{"a district for its community", w.District, survey.CommunityRole, w.Community.Scope, ""},
			{"a district for its subdistrict", w.District, survey.SubdistrictRole, w.Subdistrict.Scope, ""},
			{"a district for another's community", w.District, survey.CommunityRole, survey.Scope{Community: w.Foreign.Place.Community}, survey.Forbidden},
			{"a district for another", w.District, survey.DistrictRole, w.Stranger.Scope, survey.Forbidden},
			{"a district for the city", w.District, survey.CityRole, survey.CityScope(), survey.Forbidden},
			{"a community for its district", w.Community, survey.DistrictRole, w.District.Scope, survey.Forbidden},
			{"a community for its subdistrict", w.Community, survey.SubdistrictRole, w.Subdistrict.Scope, survey.Forbidden},
			{"the city for an administrator", w.City, survey.Administrator, survey.CityScope(), survey.Forbidden},
			{"a scope that does not fit", w.City, survey.DistrictRole, survey.CityScope(), survey.Invalid},
			{"nobody", survey.Actor{}, survey.CityRole, survey.CityScope(), survey.NotFound},
		} {
			_, err := add(c.name, c.owner, c.role, c.scope, time.Time{})
			if c.want != "" {
				if survey.KindOf(err) != c.want || err == nil {
					t.Errorf("%s: %v, want %s", c.name, err, c.want)
				}
				continue
			}
			w.Must(err)
			actor, err := w.Store.TokenActor(ctx, digest(c.name))
			w.Must(err)
			want := c.owner
			want.Role, want.Scope, want.Token = c.role, c.scope, true
			if actor != want {
				t.Errorf("%s acts as %+v, want %+v", c.name, actor, want)
			}
		}
		_, err := w.Store.TokenActor(ctx, digest("unknown"))
		wantKind(t, err, survey.Unauthorized)
		_, err = add("short", w.City, survey.CityRole, survey.CityScope(), w.Clock.Now().Add(time.Hour))
		w.Must(err)
		_, err = w.Store.TokenActor(ctx, digest("short"))
		w.Must(err)
		w.Clock.Add(time.Hour)
		_, err = w.Store.TokenActor(ctx, digest("short"))
		wantKind(t, err, survey.Unauthorized)
		w.Clean()
	})
}

// A token is worth what its account still is.
func TestTokenFollowsItsAccount(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		ctx := w.Ctx()
		token := func(name string) (survey.Token, [32]byte) {
			d := sha256.Sum256([]byte(name))
			made, err := w.Store.AddToken(ctx, w.Admin, survey.Token{Account: w.District.Account, Name: name, Role: survey.DistrictRole, Scope: w.District.Scope}, d)
			w.Must(err)
			return made, d
		}
		_, first := token("first")
		revoked, second := token("second")
		w.Must(w.Store.RevokeToken(ctx, w.Admin, revoked.ID))
		wantKind(t, w.Store.RevokeToken(ctx, w.Admin, revoked.ID), survey.NotFound)
		_, err := w.Store.TokenActor(ctx, second)
		wantKind(t, err, survey.Unauthorized)
		list, err := w.Store.Tokens(ctx, w.District)
		if err != nil || len(list) != 1 || list[0].Name != "first" {
			t.Errorf("tokens %+v, %v", list, err)
		}
		for _, f := range []func(*survey.Account){
			func(a *survey.Account) { a.Role, a.Scope = survey.CommunityRole, w.Community.Scope },
			func(a *survey.Account) { a.Disabled = true },
		} {
			before, err := w.Store.Account(ctx, w.District.Account)
			w.Must(err)
			_, err = w.Store.ChangeAccount(ctx, w.Admin, w.District.Account, func(a *survey.Account) error { f(a); return nil })
			w.Must(err)
			_, err = w.Store.TokenActor(ctx, first)
			wantKind(t, err, survey.Unauthorized)
			_, err = w.Store.ChangeAccount(ctx, w.Admin, w.District.Account, func(a *survey.Account) error { *a = before; return nil })
			w.Must(err)
			_, err = w.Store.TokenActor(ctx, first)
			w.Must(err)
		}
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM tokens WHERE LENGTH(digest) = 32"); n != 2 {
			t.Errorf("%d tokens are stored by their digest, want 2", n)
		}
	})
}

func TestUploads(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		ctx := w.Ctx()
		id, err := w.Store.AddUpload(ctx, w.District, "小区.xlsx", []byte("data"))
		w.Must(err)
		name, data, err := w.Store.Upload(ctx, w.District, id)
		if err != nil || name != "小区.xlsx" || string(data) != "data" {
			t.Errorf("%q, %q, %v", name, data, err)
		}
		for _, actor := range []survey.Actor{w.Colleague, w.Admin, {}} {
			_, _, err = w.Store.Upload(ctx, actor, id)
			wantKind(t, err, survey.NotFound)
		}
		w.Must(w.Store.RemoveUpload(ctx, w.Colleague, id))
		if _, _, err = w.Store.Upload(ctx, w.District, id); err != nil {
			t.Errorf("another account removed it: %v", err)
		}
		w.Clock.Add(24*time.Hour + time.Second)
		next, err := w.Store.AddUpload(ctx, w.Colleague, "b.csv", []byte("b"))
		w.Must(err)
		_, _, err = w.Store.Upload(ctx, w.District, id)
		wantKind(t, err, survey.NotFound)
		w.Must(w.Store.RemoveUpload(ctx, w.Colleague, next))
		_, _, err = w.Store.Upload(ctx, w.Colleague, next)
		wantKind(t, err, survey.NotFound)
	})
}
