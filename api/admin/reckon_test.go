package admin

import (
	"encoding/csv"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
	"meihao/api/page"
	"meihao/static"
	"meihao/survey"
)

// Every row of the verdict vectors makes a card that says the vectors' words,
// rate and points in both languages, and whose steps compare as they do.
func TestCardsOfTheVectors(t *testing.T) {
	t.Parallel()
	rows := vectors(t)
	for _, code := range lang.Languages() {
		say := tellerIn(t, code)
		for _, r := range rows {
			checkCard(t, say, code, r)
		}
	}
}

type vector struct {
	households, answered, satisfied int64
	adequacy, item, veto, rate      string
}

func vectors(t *testing.T) []vector {
	t.Helper()
	f, err := os.Open("../../survey/testdata/vectors/verdict_vectors.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	reader := csv.NewReader(f)
	reader.Comment = '#'
	lines, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 272 {
		t.Fatalf("%d lines, want a head and 271", len(lines))
	}
	var list []vector
	for _, line := range lines[1:] {
		var n [3]int64
		for i := range n {
			if n[i], err = strconv.ParseInt(line[i], 10, 64); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, vector{n[0], n[1], n[2], line[3], line[4], line[5], line[6]})
	}
	return list
}

func tellerIn(t *testing.T, code string) teller {
	t.Helper()
	catalogs, err := lang.Load(static.Lang)
	if err != nil {
		t.Fatal(err)
	}
	assets, err := page.LoadAssets(static.Assets)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := page.Load(static.Pages, catalogs, assets, nil)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := gin.CreateTestContext(httptest.NewRecorder())
	c.Request = httptest.NewRequest("GET", "/admin?lang="+code, nil)
	page.SetLanguage(c, code)
	return teller{&Handlers{Pages: pages}, c}
}

func checkCard(t *testing.T, say teller, code string, r vector) {
	t.Helper()
	now := time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)
	c := survey.Campaign{Stage: survey.OpenStage, Admission: survey.ByCode, Margins: survey.DefaultMargins(), Opens: now.AddDate(0, 0, -1), Closes: now.AddDate(0, 0, 1)}
	v := survey.Judge(r.households, r.answered, r.satisfied, c.Margins)
	result := survey.Result{
		Households: v.Households, NeededFull: v.NeededFull, NeededProvisional: v.NeededProvisional, Answered: &v.Answered, Satisfied: &v.Satisfied,
		DontKnow: new(int64(3)), Rate: v.Rate, Adequacy: v.Adequacy, Words: survey.Words{Item11: v.Item11, Veto61: v.Veto61}, Points: v.Points,
		Interval: v.Interval, Light: v.Light(), Reason: v.Reason, WithHeld: survey.Words{Item11: v.Item11, Veto61: v.Veto61},
	}
	card := say.card("owner", c, cellOf(result), c.WhatIf(result, 0, now))
	steps := strings.Join(card.How.Steps, "\n")
	want := func(what, text, part string) {
		if !strings.Contains(text, part) {
			t.Errorf("%s: %d of %d of %d: %s does not say %q:\n%s", code, r.satisfied, r.answered, r.households, what, part, text)
		}
	}
	for _, key := range []string{"item11." + r.item, "veto61." + r.veto} {
		if r.answered > 0 {
			want("the first sentence", card.How.Lead, say.say(key))
		}
	}
	want("the card", say.say(card.Cell.Item.Key)+say.say(card.Cell.Veto.Key)+say.say(card.Cell.Enough.Key),
		say.say("item11."+r.item)+say.say("veto61."+r.veto)+say.say("adequacy."+r.adequacy))
	if r.answered == 0 {
		return
	}
	want("the first sentence", card.How.Lead, r.rate)
	want("the steps", steps, page.Number(r.satisfied)+" ÷ "+page.Number(r.answered)+" = "+r.rate)
	want("the steps", steps, "10 × "+page.Number(r.satisfied)+" = "+page.Number(10*r.satisfied))
	want("the steps", steps, "9 × "+page.Number(r.answered)+" = "+page.Number(9*r.answered))
	want("the steps", steps, "5 × "+page.Number(r.satisfied)+" = "+page.Number(5*r.satisfied))
	want("the steps", steps, page.Number(v.NeededFull))
	want("the steps", steps, page.Number(v.NeededProvisional))
	switch {
	case v.Points != nil:
		want("the points", card.Points, strconv.Itoa(*v.Points))
	default:
		want("the points", card.Points, say.say("reckon.points.none"))
	}
	sure := map[string]string{"CLEAR": "clear", "BORDERLINE": "borderline", "ASSESSABLE": "none"}[r.item[strings.LastIndex(r.item, "_")+1:]]
	if len(card.Sure) != 2 || card.Sure[0].Text != say.say("verdict.sure."+sure, "Percent", 90) {
		t.Errorf("%s: %d of %d of %d is %s, and the card says %v", code, r.satisfied, r.answered, r.households, r.item, card.Sure)
	}
	if strings.Contains(steps+strings.Join(card.If, "")+card.How.Lead, "{{") || strings.Contains(steps+strings.Join(card.If, ""), "<no value>") {
		t.Errorf("%s: a place is not filled: %s %v", code, steps, card.If)
	}
	here := 0
	for _, b := range card.Bands {
		if b.Here {
			here++
			if string(b.Item11) != r.item || string(b.Veto61) != r.veto {
				t.Errorf("%d of %d of %d stands in the band of %s and %s", r.satisfied, r.answered, r.households, b.Item11, b.Veto61)
			}
		}
	}
	if card.Cell.Reason == "" && here != 1 {
		t.Errorf("%d of %d of %d stands in %d bands", r.satisfied, r.answered, r.households, here)
	}
}
