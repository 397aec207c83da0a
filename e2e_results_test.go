package main

// resultViews are the pages of the demo's earlier campaign, whose results are
// public.
func (st *stage) resultViews() []view {
	list := st.staff.get(st.t, "/admin/results").Body
	result := "/admin/results/" + between(list, `<a href="/admin/results/`, `"`)
	published := "/admin/campaigns/" + between(list, `<a href="/admin/results/`, "/")
	return []view{
		{name: "resident-result", path: "/p/" + st.demo.Published},
		{name: "resident-result-running", path: "/p/" + st.demo.Poster},
		{name: "resident-result-closed", path: "/p/" + st.closedDoor},
		{name: "resident-result-later", path: "/p/" + st.laterDoor},
		{name: "results", path: "/admin/results"},
		{name: "results-waiting", path: "/admin/results?show=waiting"},
		{name: "results-none", path: "/admin/results?q=没有这个小区"},
		{name: "result", path: result},
		{name: "result-wrong", path: result, then: func(p *tab) {
			p.eval(`document.querySelectorAll("main details").forEach(function (d) { d.open = true; })`, nil)
			p.eval(`Array.from(document.querySelectorAll("main form")).forEach(function (f) { if (f.action.indexOf("/takedown") < 0) { f.remove(); } else { f.noValidate = true; } })`, nil)
			p.send()
		}},
		{name: "campaign-published", path: published},
		{name: "publish-published", path: published + "/publish"},
		{name: "publish-early", path: "/admin/campaigns/" + st.demo.Campaign + "/publish"},
	}
}

// companyViews are what a company sees of its published results.
func (st *stage) companyViews() []view {
	list := st.staff.get(st.t, "/admin/results").Body
	result := "/admin/results/" + between(list, `<a href="/admin/results/`, `"`)
	return []view{
		{name: "company", path: "/admin"},
		{name: "company-results", path: "/admin/results"},
		{name: "company-result", path: result, then: func(p *tab) {
			p.eval(`document.querySelectorAll("main details").forEach(function (d) { d.open = true; })`, nil)
		}},
		{name: "company-result-wrong", path: result, then: func(p *tab) {
			p.eval(`Array.from(document.querySelectorAll("main form")).forEach(function (f) { if (f.id !== "new") { f.remove(); } else { f.noValidate = true; } })`, nil)
			p.send()
		}},
	}
}

// passwordOf is the password of one of the demo's accounts.
func (d demoFile) passwordOf(username string) string {
	for _, a := range d.Accounts {
		if a.Username == username {
			return a.Password
		}
	}
	return ""
}
