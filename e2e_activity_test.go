package main

import "regexp"

// activityViews are the pages of activities, their tasks, candidates and
// applications. The demo's one activity is found as people find it.
func (st *stage) activityViews() []view {
	follow := func(links ...string) func(p *tab) {
		return func(p *tab) {
			for _, end := range links {
				p.eval(element(`main a[href$="`+end+`"]`)+".click()", nil)
				p.arrives(end)
			}
		}
	}
	found := regexp.MustCompile(`href="/admin/activities/([0-9A-Z]+)"`).FindStringSubmatch(st.staff.get(st.t, "/admin/activities").Body)
	if found == nil {
		st.t.Fatal("the demo shows no activity")
	}
	id := found[1]
	return []view{
		{name: "activities", path: "/admin/activities"}, {name: "activity-new", path: "/admin/activities/new"},
		{name: "activity", path: "/admin/activities", then: follow(id)},
		{name: "activity-edit", path: "/admin/activities/" + id, then: follow("/edit")},
		{name: "activity-end", path: "/admin/activities/" + id, then: follow("/end")},
		{name: "activity-tasks", path: "/admin/activities/" + id + "/tasks"}, {name: "activity-pool", path: "/admin/activities/" + id + "/pool?q=%E5%9B%AD"},
		{name: "applications", path: "/admin/activities/" + id + "/applications"},
		{name: "application", path: "/admin/activities/" + id + "/applications/" + st.project},
	}
}
