package main

import (
	"context"
	"errors"
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"meihao/api/resident"
)

// openings is a store of opens that is away until a moment.
type openings struct {
	until time.Time
	total map[string]int64
}

func (o *openings) AddOpens(_ context.Context, opens map[string]int64, _ time.Time) error {
	if time.Now().Before(o.until) {
		return errors.New("away")
	}
	for code, n := range opens {
		o.total[code] += n
	}
	return nil
}

// Opens are written every few seconds and at the end; while the store is away
// they wait, and that is told once.
func TestOpensAreSaved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opens, told := resident.NewOpens(), 0
		store := &openings{until: time.Now().Add(14 * time.Second), total: map[string]int64{}}
		stop := saveOpens(opens, store, func(error) { told++ })
		opens.Add("A")
		time.Sleep(11 * time.Second)
		opens.Add("A")
		if len(store.total) > 0 || told != 1 {
			t.Errorf("the store is away: %v are written, told %d times", store.total, told)
		}
		time.Sleep(5 * time.Second)
		opens.Add("B")
		if want := (map[string]int64{"A": 2}); !maps.Equal(store.total, want) {
			t.Errorf("when it is back %v are written, want %v", store.total, want)
		}
		stop()
		if want := (map[string]int64{"A": 2, "B": 1}); !maps.Equal(store.total, want) || told != 1 {
			t.Errorf("at the end %v are written, want %v", store.total, want)
		}
	})
}
