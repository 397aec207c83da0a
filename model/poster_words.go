package model

import (
	"context"
	"fmt"

	"gorm.io/gorm/clause"

	"meihao/survey"
)

type posterWordsRow struct {
	Campaign  survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Bilingual bool
	ZH        posterTextRow `gorm:"embedded;embeddedPrefix:zh_"`
	EN        posterTextRow `gorm:"embedded;embeddedPrefix:en_"`
}

type posterTextRow struct{ Title, Why, Help, Safety string }

// TableName is gorm's question.
func (posterWordsRow) TableName() string { return "poster_words" }

func (r posterWordsRow) words() survey.PosterWords {
	return survey.PosterWords{Bilingual: r.Bilingual, ZH: survey.PosterText(r.ZH), EN: survey.PosterText(r.EN)}
}

// posterWords are a campaign's own words; a campaign that never had any has
// the zero ones, which are the defaults.
func (l lookup) posterWords(campaign survey.ID) (survey.PosterWords, error) {
	var rows []posterWordsRow
	if err := l.db.Where("campaign = ?", campaign).Find(&rows).Error; err != nil {
		return survey.PosterWords{}, fmt.Errorf("poster words: %w", err)
	}
	if len(rows) == 0 {
		return survey.PosterWords{}, nil
	}
	return rows[0].words(), nil
}

// PosterWords are the words of a campaign in scope on its posters, else
// NotFound.
func (s *Store) PosterWords(ctx context.Context, scope survey.Scope, campaign survey.ID) (survey.PosterWords, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return survey.PosterWords{}, err
	}
	return l.posterWords(campaign)
}

// ChangePosterWords changes the words of a campaign's posters by f, which is
// handed the stored ones and the campaign's stage. Nothing new is no event.
func (s *Store) ChangePosterWords(ctx context.Context, actor survey.Actor, campaign survey.ID, f func(*survey.PosterWords, survey.Stage) error) error {
	return s.change(ctx, actor, func(c *change) error {
		v, err := c.managed(campaign)
		if err != nil {
			return err
		}
		before, err := c.lookup().posterWords(campaign)
		if err != nil {
			return err
		}
		after := before
		if err := f(&after, v.Row.Stage); err != nil || after == before {
			return err
		}
		row := posterWordsRow{Campaign: campaign, Bilingual: after.Bilingual, ZH: posterTextRow(after.ZH), EN: posterTextRow(after.EN)}
		if err := c.tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
			return fmt.Errorf("poster words: %w", err)
		}
		return c.record("campaign.poster_changed", object("campaign", campaign), "", detail{
			"old": posterWordsDetail(before), "new": posterWordsDetail(after),
		})
	})
}

// posterWordsDetail is what an event says of the words; what is the default
// is left out.
func posterWordsDetail(w survey.PosterWords) detail {
	d := detail{"bilingual": w.Bilingual}
	for name, text := range map[string]string{
		"zh_title": w.ZH.Title, "zh_why": w.ZH.Why, "zh_help": w.ZH.Help, "zh_safety": w.ZH.Safety,
		"en_title": w.EN.Title, "en_why": w.EN.Why, "en_help": w.EN.Help, "en_safety": w.EN.Safety,
	} {
		if text != "" {
			d[name] = text
		}
	}
	return d
}
