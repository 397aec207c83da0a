package wall

import (
	"sync"
	"time"

	"meihao/survey"
)

// keepFor is how long a board is shown again: many screens with one address,
// or somebody who reloads without end, cost one look at the projects.
const keepFor = 5 * time.Second

// mostBoards is how many are kept.
const mostBoards = 64

// boards keeps what walls showed last. The zero value is ready.
type boards struct {
	mu   sync.Mutex
	kept map[survey.ID]*kept
}

type kept struct {
	mu        sync.Mutex
	board     survey.WallBoard
	stage     survey.Stage
	published bool
	until     time.Time
}

// of is a wall's board: the one that was made a moment ago, if the campaign is
// still at the same stage, or a new one. One at a time is made of each wall.
func (b *boards) of(w survey.Wall, c survey.Campaign, published bool, now time.Time, made func() (survey.WallBoard, error)) (survey.WallBoard, error) {
	one := b.one(w.ID)
	one.mu.Lock()
	defer one.mu.Unlock()
	if now.Before(one.until) && one.stage == c.Phase(now) && one.published == published {
		return one.board, nil
	}
	board, err := made()
	if err != nil {
		return board, err
	}
	one.board, one.stage, one.published, one.until = board, c.Phase(now), published, now.Add(keepFor)
	return board, nil
}

func (b *boards) one(wall survey.ID) *kept {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.kept == nil || len(b.kept) >= mostBoards && b.kept[wall] == nil {
		b.kept = map[survey.ID]*kept{}
	}
	if b.kept[wall] == nil {
		b.kept[wall] = &kept{}
	}
	return b.kept[wall]
}
