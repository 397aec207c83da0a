package resident_test

import (
	"context"

	"meihao/api/resident"
	"meihao/survey"
)

// counting is a store that counts how often a poster is asked for.
type counting struct {
	resident.Store
	asked *int
}

func (s counting) Poster(ctx context.Context, code string) (survey.Poster, error) {
	*s.asked++
	return s.Store.Poster(ctx, code)
}

// retired is a store all of whose posters have been replaced.
type retired struct{ resident.Store }

func (s retired) Poster(ctx context.Context, code string) (survey.Poster, error) {
	p, err := s.Store.Poster(ctx, code)
	p.Retired, p.MovedTo = true, "1号楼2单元大堂"
	return p, err
}

// unknownUnits is a store whose register does not know units.
type unknownUnits struct{ resident.Store }

func (s unknownUnits) Poster(ctx context.Context, code string) (survey.Poster, error) {
	p, err := s.Store.Poster(ctx, code)
	buildings := make([]survey.Building, len(p.Project.Buildings))
	for i, b := range p.Project.Buildings {
		b.Units = nil
		buildings[i] = b
	}
	p.Project.Buildings = buildings
	return p, err
}

// full is a desk whose queue is full.
type full struct{}

func (full) Submit(context.Context, survey.Submission) survey.Saved {
	return survey.Saved{Err: survey.Fail(survey.Busy, "error.busy")}
}
