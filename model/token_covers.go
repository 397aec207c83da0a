package model

import "meihao/survey"

// covers says whether an account may do all that a role may, in a scope.
func (l lookup) covers(a survey.Account, role survey.Role, scope survey.Scope) (bool, error) {
	if !a.Role.Covers(role) {
		return false, nil
	}
	if a.Scope.All || a.Scope == scope {
		return true, nil
	}
	if scope.All {
		return false, nil
	}
	return l.liesIn(scope, a.Scope)
}

// liesIn says whether the place of one scope lies in that of another.
func (l lookup) liesIn(inner, outer survey.Scope) (bool, error) {
	places, err := l.places(outer)
	if err != nil {
		return false, err
	}
	for _, p := range places {
		switch {
		case outer.Company != 0 || inner.Company != 0:
			return false, nil
		case inner.Community != 0 && p.Community == inner.Community:
			return true, nil
		case inner.Subdistrict != 0 && p.Subdistrict == inner.Subdistrict && outer.Community == 0:
			return true, nil
		}
	}
	return false, nil
}
