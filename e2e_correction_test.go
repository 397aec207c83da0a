package main

import (
	"net/http"
	"net/url"
	"testing"
)

// correctRegister puts a project of the demo right that its running campaign
// goes by, so that history and difference are to be seen.
func (st *stage) correctRegister(t *testing.T, project string) {
	t.Helper()
	path := "/admin/projects/" + project + "/edit"
	body := st.staff.get(t, path).Body
	value := func(name string) string { return between(body, `name="`+name+`" value="`, `"`) }
	form := url.Values{"reason": {"实地核对，一层是商铺"}, "phone": {"010-0000 0001"}, "b1-name": {"附楼"}, "b1-units": {"1"}, "b1-households": {"18"}, "b1-id": {""}}
	for _, name := range append(firstLine(), "name", "company") {
		form.Set(name, value(name))
	}
	form.Set("b0-households", "61")
	if r := st.staff.post(t, path, form); r.Status != http.StatusSeeOther {
		t.Fatalf("correcting the register: %d\n%s", r.Status, r.Body)
	}
}

// firstLine are the fields of a correction that names one building.
func firstLine() []string {
	return []string{"seen", "households", "occupied", "b0-id", "b0-name", "b0-units", "b0-occupied"}
}

// askCorrection asks for a correction of the demo's sealed result, so that it
// waits for a second person.
func (st *stage) askCorrection(t *testing.T) {
	t.Helper()
	path := "/admin/campaigns/" + st.demo.Campaign + "/projects/" + st.corrected + "/correct"
	body := st.staff.get(t, path).Body
	form := url.Values{"reason": {"户数录错一位"}, "step": {"apply"}, "b0-households": {"164"}}
	for _, name := range firstLine() {
		form.Set(name, between(body, `name="`+name+`" value="`, `"`))
	}
	if r := st.staff.post(t, path, form); r.Status != http.StatusSeeOther {
		t.Fatalf("asking for a correction: %d\n%s", r.Status, r.Body)
	}
}

// correctionViews are the pages on which buildings and households are put
// right while a campaign runs.
func (st *stage) correctionViews() []view {
	project, demo := "/admin/projects/"+st.corrected, "/admin/campaigns/"+st.demo.Campaign+"/projects/"+st.corrected
	return []view{
		{name: "project-corrected", path: project},
		{name: "register-form", path: project + "/edit"},
		{name: "register-form-wrong", path: project + "/edit", then: func(p *tab) {
			p.fill("#b0-households", "很多")
			p.fill("#name", "")
			p.eval(element("main form")+".noValidate = true", nil)
			p.send()
		}},
		{name: "enrolled", path: demo},
		{name: "frozen-form", path: demo + "/correct?register=1"},
		{name: "frozen-preview", path: demo + "/correct?register=1", then: func(p *tab) { p.send() }},
	}
}
