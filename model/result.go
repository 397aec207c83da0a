package model

import (
	"context"

	"meihao/survey"
)

// Result is what a poster shows of its project's result, whether the poster is
// retired or not: once published the latest snapshot as residents may see it
// (RULES §8) with the published promises; until then the campaign, the
// project and a zero Publication, and nothing else. UnknownPoster if there is
// no such poster.
func (s *Store) Result(ctx context.Context, poster string) (survey.PublicResult, error) {
	before, now := s.posters.generation(), s.now() // before anything is read
	p, err := s.Poster(ctx, poster)
	if err != nil {
		return survey.PublicResult{}, err
	}
	key := enrolmentKey{p.Campaign.ID, p.Project.ID}
	if r, known := s.results.result(key, now, before); known {
		return r, nil
	}
	l := s.lookup(ctx)
	r := survey.PublicResult{Campaign: p.Campaign, Project: p.Project}
	r.Project.Buildings = nil // with their household lists they would fill the memory
	if r.Publication, err = l.publication(key.campaign); err != nil {
		return survey.PublicResult{}, err
	}
	if r.Publication.Published() {
		if _, err := l.fill(&r); err != nil {
			return survey.PublicResult{}, err
		}
	}
	s.results.keep(key, r, now, before)
	return r, nil
}

// ProjectResult is the sealed result of a project in the actor's scope as
// residents see it or would, with the promises as company and district work on
// them: NotFound while it is not sealed and, to a company, not published.
func (s *Store) ProjectResult(ctx context.Context, actor survey.Actor, campaign, project survey.ID) (survey.PublicResult, []survey.Promise, error) {
	none := survey.PublicResult{}
	if err := permitted(actor, survey.ViewResults); err != nil {
		return none, nil, err
	}
	l := s.lookup(ctx)
	view, err := l.campaign(actor.Scope, campaign)
	if err != nil {
		return none, nil, err
	}
	r := survey.PublicResult{Campaign: view.campaign()}
	if r.Project, err = l.project(actor.Scope, project); err != nil {
		return none, nil, err
	}
	if r.Publication, err = l.publication(campaign); err != nil {
		return none, nil, err
	}
	if actor.Scope.Company != 0 && !r.Publication.Published() {
		return none, nil, survey.NotFoundError("error.not_found")
	}
	promises, err := l.fill(&r)
	if err != nil {
		return none, nil, err
	}
	return r, promises, nil
}

// fill adds what was sealed of a result's project, and its promises, to the
// result: NotFound where no snapshot has it.
func (l lookup) fill(r *survey.PublicResult) ([]survey.Promise, error) {
	project := r.Project.ID
	sealed, err := l.sealedResults(r.Campaign, []survey.ID{project})
	if err != nil {
		return nil, err
	}
	part, found := sealed[project]
	if !found {
		return nil, survey.NotFoundError("error.not_found")
	}
	promises, err := l.promises(r.Campaign.ID, project)
	part.into(r, promises)
	return promises, err
}
