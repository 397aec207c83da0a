package resident

import (
	"html/template"
	"sync"

	"meihao/survey"
)

// made are the parts of a blank form that only its questionnaire and language
// decide: most of it, so that the first form of a poster costs little where
// another's was shown before.
type made struct{ First, Rest template.HTML }

// mostParts bounds what is kept, some 30 KB each. A district has a few
// questionnaires in two languages.
const mostParts = 32

type partsKey struct {
	questionnaire survey.ID // never changed once it is used
	language      string
}

// parts keeps them. The zero value is empty.
type parts struct {
	mu   sync.Mutex
	kept map[partsKey]*made
}

// made renders the parts of a blank form or finds them. Nothing typed and
// nothing wrong may stand in the view: everybody is shown the same.
func (h *Handlers) made(language string, questionnaire survey.ID, v FormView) (*made, error) {
	key := partsKey{questionnaire, language}
	if kept := h.parts.find(key); kept != nil {
		return kept, nil
	}
	first, err := h.Pages.RenderPart(language, "resident/form", "first", v)
	if err != nil {
		return nil, err
	}
	rest, err := h.Pages.RenderPart(language, "resident/form", "rest", v)
	if err != nil {
		return nil, err
	}
	one := &made{template.HTML(first), template.HTML(rest)} //nolint:gosec // our own templates escaped it
	h.parts.keep(key, one)
	return one, nil
}

func (p *parts) find(key partsKey) *made {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.kept[key]
}

// keep begins anew when there are too many: they are quickly made again.
func (p *parts) keep(key partsKey, one *made) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept == nil || len(p.kept) >= mostParts {
		p.kept = map[partsKey]*made{}
	}
	p.kept[key] = one
}
