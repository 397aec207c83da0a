package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"meihao/static"
	"meihao/survey"
)

// dashboard is a page that staff or a program with a token read.
type dashboard struct{ name, path string }

// dashboards are the pages of a campaign, as the city's administrator sees
// them: nobody's are larger.
func dashboards(campaign survey.Campaign, project, earlier survey.ID) []dashboard {
	at, last := "/admin/campaigns/"+campaign.ID.String(), "?page=1000000"
	sheets := "/admin/sheets/" + campaign.Activity.String()
	pages := []dashboard{
		{"overview", "/admin"},
		{"projects, first page", "/admin/projects"},
		{"projects, last page", "/admin/projects" + last},
		{"projects, searched", "/admin/projects?q=77"},
		{"one project", "/admin/projects/" + project.String()},
		{"campaigns", "/admin/campaigns"},
		{"campaign", at},
		{"campaign, closing", at + "/close"},
		{"standings, first page", at + "/standings"},
		{"standings, last page", at + "/standings" + last},
		{"standings, short of answers", at + "/standings?short=1"},
		{"standings of one project", at + "/standings/" + project.String()},
		{"held, by project", at + "/held"},
		{"held of one project", at + "/held/" + project.String()},
		{"activities", "/admin/activities"},
		{"sheets, first page", sheets},
		{"sheets, last page", sheets + last},
		{"one sheet", sheets + "/" + project.String()},
		{"complaints", "/admin/complaints"},
		{"complaints, ranking", "/admin/complaints/ranking"},
		{"posters", "/admin/posters?campaign=" + campaign.ID.String()},
		{"posters of one project, to print", "/admin/posters/print?campaign=" + campaign.ID.String() + "&project=" + project.String()},
		{"accounts", "/admin/accounts"},
		{"events", "/admin/events"},
		{"JSON: campaigns", "/api/v1/campaigns"},
		{"JSON: standings, first page", "/api/v1/campaigns/" + campaign.ID.String() + "/standings"},
		{"standings, by name, below 60 %", at + "/standings?light=low&sort=name"},
		{"companies", "/admin/companies"},
		{"questions of the city", at + "/questions"},
		{"questions of one project", at + "/standings/" + project.String() + "/questions"},
		{"charts", at + "/charts"},
		{"results", "/admin/results"},
		{"JSON: questions of the city", "/api/v1/campaigns/" + campaign.ID.String() + "/questions"},
		{"JSON: sums of districts", "/api/v1/campaigns/" + campaign.ID.String() + "/sums?level=district"},
		{"JSON: turnout by day", "/api/v1/campaigns/" + campaign.ID.String() + "/days"},
	}
	if earlier != 0 {
		pages = append(pages, dashboard{"comparison with the year before", at + "/compare?with=" + earlier.String()})
	}
	return pages
}

// comments are pages that there are once a campaign has ended.
func comments(campaign, project survey.ID) []dashboard {
	at := "/admin/campaigns/" + campaign.String()
	return []dashboard{
		{"ended, comments of the city", at + "/comments"},
		{"ended, comments of the city, searched", at + "/comments?q=" + "%E7%94%B5%E6%A2%AF"}, // 电梯
		{"ended, comments of one project", at + "/standings/" + project.String() + "/comments"},
	}
}

// atInstance measures the product in a process of its own: its start, every
// dashboard page, and answers at a constant rate while the pages are in use.
// It returns how many answers were acknowledged.
func (l *looking) atInstance(ctx context.Context) (sent int64, err error) {
	i, err := l.start(ctx, l.options.profile)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, i.stop()) }()
	l.add("start to ready", brief(i.ready), most(i.ready, time.Second, 0))
	l.add("memory then", mebibytes(memoryOf(i.process(), "VmRSS")), "")
	if err := l.staff.signIn(ctx, i.address); err != nil {
		return 0, err
	}
	pages := dashboards(l.campaign, l.chosen, l.earlier)
	if err := l.pages(ctx, i, pages); err != nil {
		return 0, err
	}
	if l.options.pace > 0 {
		return l.paced(ctx, i, pages)
	}
	return 0, nil
}

// pages reads every page in turn, again and again, the first time to warm up.
func (l *looking) pages(ctx context.Context, i *instance, pages []dashboard) error {
	took := make([]times, len(pages))
	bytes := make([]int64, len(pages))
	cpu := make([]time.Duration, len(pages))
	for n := range l.options.samples + 1 {
		for p, page := range pages {
			before, begun := cpuTimeOf(i.process())+l.serverCPU(), time.Now()
			size, err := l.staff.read(ctx, i.address, page.path)
			if err != nil {
				return fmt.Errorf("%s: %w", page.name, err)
			}
			if n > 0 {
				took[p], bytes[p] = append(took[p], time.Since(begun)), size
				cpu[p] += cpuTimeOf(i.process()) + l.serverCPU() - before
			}
		}
	}
	for p, page := range pages {
		l.add("page: "+page.name, fmt.Sprintf("%s, p95 %s, CPU %s, %d KB", brief(took[p].at(0.5)), brief(took[p].at(0.95)),
			(cpu[p]/time.Duration(l.options.samples)).Round(time.Millisecond), (bytes[p]+512)>>10),
			most(took[p].at(0.5), 150*time.Millisecond, 80*time.Millisecond))
	}
	return nil
}

// viewsEach is how long after one dashboard page the next is asked for while
// answers come: some forty people, each with a page or two a minute.
const viewsEach = time.Second

// paced sends answers at a constant rate and reads dashboards meanwhile.
func (l *looking) paced(ctx context.Context, i *instance, pages []dashboard) (int64, error) {
	q, err := survey.ParseQuestionnaire(static.Questionnaire)
	if err != nil {
		return 0, err
	}
	r := pacing{
		address: i.address, rate: l.options.rate, length: l.options.pace,
		visit: visit{requests: formRequests(newSheets(q)), lobbies: l.lobbies, letter: 'p', number: new(atomic.Int64), want: 303},
		staff: l.staff, pages: pages,
	}
	before := cpuTimeOf(i.process())
	p, err := r.run(ctx)
	if err != nil {
		return 0, err
	}
	cpu := cpuTimeOf(i.process()) - before
	p.report(&l.table, r)
	l.add("  CPU of the instance meanwhile", fmt.Sprintf("%.0f %%", 100*cpu.Seconds()/l.options.pace.Seconds()), "of one core")
	peak, now := memoryOf(i.process(), "VmHWM"), memoryOf(i.process(), "VmRSS")
	const goal = 150 << 20
	l.add("  its memory, at most", mebibytes(now)+", "+mebibytes(peak),
		goals{goal, 0}.atMost(float64(now), func(f float64) string { return mebibytes(int64(f)) }))
	return int64(len(p.times)), errorIf(p.failed > 0, fmt.Sprintf("%d answers failed", p.failed))
}
