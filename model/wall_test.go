package model_test

import (
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
)

func TestWalls(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		ctx := w.Ctx()
		wall := survey.Wall{Campaign: w.Campaign.ID, Name: " 政务大厅 ", Scope: w.District.Scope, Language: "en", Code: true, Expires: w.Clock.Now().Add(48 * time.Hour)}
		with := func(f func(*survey.Wall)) survey.Wall { one := wall; f(&one); return one }
		for i, one := range []struct {
			name string
			by   survey.Actor
			wall survey.Wall
			want survey.Kind
		}{
			{"a community", w.Community, wall, survey.Forbidden},
			{"another district", w.Stranger, wall, survey.NotFound},
			{"the city from a district", w.District, with(func(x *survey.Wall) { x.Scope = survey.CityScope() }), survey.Invalid},
			{"a foreign community", w.District, with(func(x *survey.Wall) { x.Scope = survey.Scope{Community: w.Foreign.Place.Community} }), survey.Invalid},
			{"an area without projects", w.City, with(func(x *survey.Wall) { x.Scope = w.Stranger.Scope }), survey.Invalid},
			{"too long", w.District, with(func(x *survey.Wall) { x.Expires = x.Expires.AddDate(2, 0, 0) }), survey.Invalid},
		} {
			_, err := w.Store.AddWall(ctx, one.by, one.wall, [32]byte{9, byte(i)})
			if survey.KindOf(err) != one.want || err == nil {
				t.Errorf("%s: %v, want %s", one.name, err, one.want)
			}
		}
		made, err := w.Store.AddWall(ctx, w.District, wall, [32]byte{1})
		w.Must(err)
		_, err = w.Store.AddWall(ctx, w.City, with(func(x *survey.Wall) { x.Name, x.Scope = "市里", survey.CityScope() }), [32]byte{2})
		w.Must(err)
		_, err = w.Store.AddWall(ctx, w.City, with(func(x *survey.Wall) { x.Scope = survey.Scope{Community: w.Project.Place.Community} }), [32]byte{3})
		w.Must(err)
		count := func(a survey.Actor, want int) {
			t.Helper()
			if list, err := w.Store.Walls(ctx, a); err != nil || len(list) != want {
				t.Errorf("%s sees %d walls, %v, want %d", a.Username, len(list), err, want)
			}
		}
		count(w.City, 3)
		count(w.District, 2)
		count(w.Stranger, 0)
		_, err = w.Store.Walls(ctx, w.Community)
		wantKind(t, err, survey.Forbidden)

		seen, campaign, published, err := w.Store.OpenWall(ctx, [32]byte{1})
		w.Must(err)
		if seen.Name != "政务大厅" || seen.Scope != w.District.Scope || seen.ScopeName != "晨光区" || seen.Language != "en" || !seen.Code || published || campaign.ID != w.Campaign.ID {
			t.Errorf("it opens as %+v", seen)
		}
		opened := func() time.Time {
			list, err := w.Store.Walls(ctx, w.District)
			w.Must(err)
			for _, one := range list {
				if one.ID == made.ID {
					return one.Opened
				}
			}
			return time.Time{}
		}
		w.Soon(func() bool { return opened().Equal(w.Clock.Now().Truncate(time.Hour)) })

		gone := func(what string, digest byte) {
			t.Helper()
			if _, _, _, err := w.Store.OpenWall(ctx, [32]byte{digest}); survey.KindOf(err) != survey.NotFound {
				t.Errorf("%s: %v", what, err)
			}
		}
		gone("unknown", 77)
		wantKind(t, w.Store.RevokeWall(ctx, w.Stranger, made.ID), survey.NotFound)
		change := func(f func(*survey.Account)) {
			_, err := w.Store.ChangeAccount(ctx, w.Admin, w.District.Account, func(a *survey.Account) error { f(a); return nil })
			w.Must(err)
		}
		change(func(a *survey.Account) { a.Disabled = true })
		gone("of a disabled account", 1)
		change(func(a *survey.Account) { a.Disabled, a.Scope = false, w.Stranger.Scope })
		gone("of an account that moved", 1)
		change(func(a *survey.Account) { a.Scope = w.District.Scope })
		_, _, _, err = w.Store.OpenWall(ctx, [32]byte{1})
		w.Must(err)
		w.Must(w.Store.RevokeWall(ctx, w.District, made.ID))
		wantKind(t, w.Store.RevokeWall(ctx, w.District, made.ID), survey.NotFound)
		gone("revoked", 1)
		count(w.District, 1)
		w.Clock.Add(48 * time.Hour)
		gone("expired", 2)
		w.Clean()
	})
}

// Turnout by day of an area is the sum of what its projects have.
func TestAreaDays(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for i := range 3 {
			w.Saved(w.Answer(i))
		}
		w.Clock.Add(24 * time.Hour)
		w.Saved(w.AnswerAt(w.PosterOf(w.Campaign, w.Sibling.Buildings[0]), 0))
		for _, one := range []struct {
			scope survey.Scope
			want  []int64
		}{{survey.CityScope(), []int64{3, 1}}, {w.District.Scope, []int64{3, 1}}, {w.Community.Scope, []int64{3}}} {
			days, err := w.Store.AreaDays(w.Ctx(), one.scope, w.Campaign.ID)
			w.Must(err)
			var got []int64
			for _, d := range days {
				got = append(got, d.Responses)
			}
			if len(got) != len(one.want) || got[0] != one.want[0] || got[len(got)-1] != one.want[len(one.want)-1] {
				t.Errorf("%+v: %v, want %v", one.scope, got, one.want)
			}
		}
		_, err := w.Store.AreaDays(w.Ctx(), w.Stranger.Scope, w.Campaign.ID)
		wantKind(t, err, survey.NotFound)
	})
}

// The use of a token is kept to the hour; each has its own tokens, an
// administrator sees all.
func TestTokenUseAndOwners(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		ctx := w.Ctx()
		add := func(by, of survey.Actor, digest byte) (survey.Token, error) {
			return w.Store.AddToken(ctx, by, survey.Token{Account: of.Account, Name: "x", Role: of.Role, Scope: of.Scope}, [32]byte{digest})
		}
		own, err := add(w.District, w.District, 1)
		w.Must(err)
		_, err = add(w.District, w.City, 2)
		wantKind(t, err, survey.NotFound)
		_, err = add(w.Community, w.Community, 3)
		wantKind(t, err, survey.Forbidden)
		_, err = add(w.Admin, w.City, 4)
		w.Must(err)
		for actor, want := range map[survey.Actor]int{w.District: 1, w.City: 1, w.Colleague: 0, w.Admin: 2} {
			if list, err := w.Store.Tokens(ctx, actor); err != nil || len(list) != want {
				t.Errorf("%s sees %d tokens, %v, want %d", actor.Username, len(list), err, want)
			}
		}
		wantKind(t, w.Store.RevokeToken(ctx, w.City, own.ID), survey.NotFound)
		used := func() time.Time {
			list, err := w.Store.Tokens(ctx, w.District)
			w.Must(err)
			return list[0].Used
		}
		if !used().IsZero() {
			t.Error("a new token was used")
		}
		for range 2 {
			_, err = w.Store.TokenActor(ctx, [32]byte{1})
			w.Must(err)
			w.Soon(func() bool { return used().Equal(w.Clock.Now().Truncate(time.Hour)) })
			w.Clock.Add(time.Hour)
		}
		w.Must(w.Store.RevokeToken(ctx, w.District, own.ID))
	})
}
