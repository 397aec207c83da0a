package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"meihao/survey"
)

// answer is what one household sends. Everything follows from its number, so
// that the same answer can be sent again at any time.
type answer struct {
	number int64
	key    string
	poster string
	unit   string
	room   string
	long   bool // with the longest comment, to fill a disk
}

// newAnswer is the answer of household number (from 0) at a poster.
func newAnswer(number int64, poster string, long bool) answer {
	return answer{
		number: number, key: rand.Text(), poster: poster,
		unit: strconv.FormatInt(1+number%unitCount, 10), room: strconv.FormatInt(firstRoom+number, 10), long: long,
	}
}

// firstRoom has as many digits as the last: a room has at most eight.
const firstRoom = 1_000_000

// values are the answers by question: owners and tenants, here and elsewhere,
// content and not, some with a comment.
func (a answer) values() map[string]string {
	people := [][2]string{{"OWNER", "Y"}, {"CO_OWNER", "Y"}, {"OWNER", "N"}, {"FAMILY", "Y"}, {"TENANT", "Y"}}
	person := people[a.number%int64(len(people))]
	v := map[string]string{
		"S1": person[0], "S2": person[1], "Q1": strconv.FormatInt(5-a.number%7%5, 10),
		"Q2": strconv.FormatInt(1+a.number%5, 10), "Q3": "DK",
	}
	const commentEvery = 4
	text := "电梯第" + strconv.FormatInt(a.number, 10) + "次坏了"
	switch {
	case a.long:
		v["Q16"] = text + strings.Repeat("，希望尽快修好", (survey.MaxComment-20)/7)
	case a.number%commentEvery == 0:
		v["Q16"] = text
	}
	return v
}

// json is the body of POST /api/v1/posters/{poster}/responses.
func (a answer) json() ([]byte, error) {
	return json.Marshal(map[string]any{
		"key": a.key, "household": map[string]string{"unit": a.unit, "room": a.room}, "answers": a.values(),
	})
}

// form is the body of POST /s/{poster}.
func (a answer) form() []byte {
	v := url.Values{"key": {a.key}, "unit": {a.unit}, "room": {a.room}}
	for id, code := range a.values() {
		v.Set(id, code)
	}
	return bytes.NewBufferString(v.Encode()).Bytes()
}
