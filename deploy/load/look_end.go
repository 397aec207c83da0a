package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"meihao/survey"
)

// atEnd ends the campaign, reads every page as it is from then on, and holds
// what the instance says of every project against a recount of the rows.
func (l *looking) atEnd(ctx context.Context) (err error) {
	if err := l.close(ctx); err != nil {
		return err
	}
	i, err := l.start(ctx, "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, i.stop()) }()
	if err := l.staff.signIn(ctx, i.address); err != nil {
		return err
	}
	pages := slices.DeleteFunc(dashboards(l.campaign, l.chosen, l.earlier), func(d dashboard) bool {
		return strings.HasSuffix(d.path, "/close")
	})
	for n := range pages {
		pages[n].name = "ended, " + pages[n].name
	}
	if err := l.pages(ctx, i, append(pages, comments(l.campaign.ID, l.chosen)...)); err != nil {
		return err
	}
	return l.recount(ctx, i)
}

func (l *looking) close(ctx context.Context) error {
	store, err := l.open(ctx, nil)
	if err != nil {
		return err
	}
	actor := survey.Actor{Username: "load", Role: survey.Administrator, Scope: survey.CityScope()}
	took, err := timed(func() error {
		_, err := store.CloseCampaign(ctx, actor, l.campaign.ID, "measured to the end")
		return err
	})
	l.add("campaign ended", brief(took), "")
	return errors.Join(err, store.Close())
}

// recount compares the standings of all projects, as a program with a token
// reads them, with the rows.
func (l *looking) recount(ctx context.Context, i *instance) error {
	begun := time.Now()
	counted, err := l.countRows(ctx)
	if err != nil {
		return err
	}
	took := time.Since(begun)
	begun = time.Now()
	said, err := l.staff.standings(ctx, i.address, l.campaign.ID)
	if err != nil {
		return err
	}
	l.add("JSON: standings of all projects, page by page", brief(time.Since(begun)), "")
	differ, compared := 0, 0
	for _, one := range said {
		own := counted[one.Project.ID]
		for _, base := range []struct {
			said saidBase
			own  votes
		}{{one.Owner, own.owner}, {one.Resident, own.resident}} {
			if base.said.Satisfied == nil || base.said.Answered == nil || base.said.DontKnow == nil {
				continue // too few to be shown
			}
			compared++
			if (votes{*base.said.Answered, *base.said.Satisfied, *base.said.DontKnow}) != base.own {
				differ++
			}
		}
	}
	l.add(fmt.Sprintf("recount of the rows, in %s: figures compared, different ones", brief(took)), fmt.Sprintf("%d, %d", compared, differ), mark(differ == 0 && compared > 0))
	if differ > 0 || len(said) != len(counted) {
		return fmt.Errorf("of %d projects that the rows name and %d that the standings name %d figures differ", len(counted), len(said), differ)
	}
	return nil
}
