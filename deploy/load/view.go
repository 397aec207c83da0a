package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"

	"meihao/survey"
)

// viewOptions say how a phone looks.
type viewOptions struct {
	chromium string
	line     line
	rounds   int
	language string
}

// viewCommand measures what the first view of each resident page weighs and
// when it is seen.
func viewCommand(ctx context.Context, args []string, out, problems io.Writer) int {
	var o viewOptions
	flags := flag.NewFlagSet("load view", flag.ContinueOnError)
	flags.SetOutput(problems)
	flags.StringVar(&o.chromium, "chromium", "", "the browser; default: MEIHAO_CHROMIUM, else chromium on the path")
	flags.IntVar(&o.line.kilobits, "kbit", 400, "kilobits a second, each way")
	flags.DurationVar(&o.line.latency, "latency", 400*time.Millisecond, "from a request to the first byte of its answer")
	flags.Float64Var(&o.line.slower, "cpu", 4, "how many times slower than this machine the phone computes")
	flags.IntVar(&o.rounds, "rounds", 3, "views of each page, each with an empty cache; the middle one is printed")
	flags.StringVar(&o.language, "lang", "zh", "language of the pages")
	if code, ended := parse(flags, args); ended {
		return code
	}
	if o.line.kilobits < 1 || o.line.latency < 0 || o.line.slower < 1 || o.rounds < 1 {
		_, _ = fmt.Fprintln(problems, "load: kilobits, slowness and rounds begin at 1")
		return 2
	}
	return ended(o.run(ctx, out), problems)
}

// browserPath is the browser to look with.
func (o viewOptions) browserPath() (string, error) {
	if o.chromium != "" {
		return o.chromium, nil
	}
	if path := os.Getenv("MEIHAO_CHROMIUM"); path != "" {
		return path, nil
	}
	return exec.LookPath("chromium")
}

// run serves a compound over a database of its own and looks at its pages
// while it answers and after its result was published.
func (o viewOptions) run(ctx context.Context, out io.Writer) (err error) {
	path, err := o.browserPath()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "meihao-view-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // a temporary folder may stay
	d, err := openDistrict(ctx, database{folder: folder}, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.store.Close()) }()
	web, err := serve(ctx, d.store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, web.drain(ctx)) }()
	p, end, err := openPhone(ctx, path, o.line)
	if err != nil {
		return err
	}
	defer end()
	_, _ = fmt.Fprintf(out, "first views at %d kbit/s, %v, CPU %g times slower, nothing cached, %d rounds; bytes with headers\n",
		o.line.kilobits, o.line.latency, o.line.slower, o.rounds)
	site, t := "http://"+web.server.address, &table{}
	form := "/s/" + d.lobbies[0].Code
	done, err := d.answer(ctx, web.server.address)
	if err != nil {
		return err
	}
	_, receipt, _ := strings.Cut(done, "receipt=")
	if err := o.look(p, t, site, []place{{"form", form}, {"done", done}, {"receipt", "/r/" + receipt}}); err != nil {
		return err
	}
	if err := d.publish(ctx); err != nil {
		return err
	}
	if err := o.look(p, t, site, []place{{"result", form}}); err != nil {
		return err
	}
	t.print(out)
	return nil
}

// place is a page and where it is.
type place struct{ name, path string }

// look looks at pages and puts the middle of what was seen into the table.
func (o viewOptions) look(p phoneView, t *table, site string, places []place) error {
	for _, one := range places {
		address := site + one.path
		if strings.Contains(address, "?") {
			address += "&lang=" + o.language
		} else {
			address += "?lang=" + o.language
		}
		var bytes, requests []int64
		var paints []time.Duration
		for range o.rounds {
			v, err := p.view(address)
			if err != nil {
				return fmt.Errorf("%s: %w", one.name, err)
			}
			bytes, requests, paints = append(bytes, v.bytes), append(requests, v.requests), append(paints, v.painted)
		}
		t.add(one.name+": requests", fmt.Sprint(median(requests)), "")
		t.add("  bytes on the wire", fmt.Sprint(median(bytes)), goals{30 << 10, 10 << 10}.atMost(float64(median(bytes)), whole))
		t.add("  first contentful paint", brief(median(paints)), goals{goal: float64(1500 * time.Millisecond)}.atMost(float64(median(paints)),
			func(f float64) string { return brief(time.Duration(f)) }))
	}
	return nil
}

// answers enough that a result is shown with its rate.
const viewAnswers = 60

// answer fills the first building's forms; it returns where the last one led.
func (d *district) answer(ctx context.Context, address string) (done string, err error) {
	q, err := d.store.Questionnaire(ctx, d.campaign.Questionnaire)
	if err != nil {
		return "", err
	}
	sheets := newSheets(q)
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	number := new(atomic.Int64)
	for n := range viewAnswers {
		values := sheetForm(sheets[n%len(sheets)], number.Add(1))
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/s/"+d.lobbies[0].Code, strings.NewReader(values.Encode()))
		if err != nil {
			return "", err
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := browser.Do(request)
		if err != nil {
			return "", err
		}
		done = answer.Header.Get("Location")
		if err := errors.Join(errorIf(answer.StatusCode != http.StatusSeeOther, "answering: "+answer.Status), answer.Body.Close()); err != nil {
			return "", err
		}
	}
	return done, nil
}

// publish ends the campaign and makes its results public.
func (d *district) publish(ctx context.Context) error {
	actor := survey.Actor{Username: "load", Role: survey.Administrator, Scope: survey.CityScope()}
	if _, err := d.store.CloseCampaign(ctx, actor, d.campaign.ID, "load"); err != nil {
		return err
	}
	_, waits, err := d.store.SealCampaign(ctx, actor, d.campaign.ID, "load", true)
	if err := errors.Join(err, errorIf(waits, "the seal waits for a second person")); err != nil {
		return err
	}
	return d.store.PublishResults(ctx, actor, d.campaign.ID, 1)
}
