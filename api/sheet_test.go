package api_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

const formHeader = "Content-Type: application/x-www-form-urlencoded\r\n"

// sheet is what one household sends when it answers every question that is
// open, without a comment.
func sheet() url.Values {
	values := url.Values{
		"S1": {"OWNER"}, "S2": {"Y"}, "Q8": {"H24"}, "Q8b": {"Y"}, "Q11": {"Y"}, "Q12": {"4"},
		"Q13": {"VOTE", "MEET"}, "Q14": {"NONE"}, "Q15": {"N"},
	}
	for _, scale := range []string{"Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q9", "Q10"} {
		values[scale] = []string{"4"}
	}
	return values
}

func sheetAsForm() string {
	return "key=0123456789abcdefghijkl&unit=2&room=z0000301&" + sheet().Encode()
}

func sheetAsJSON() string {
	answers := map[string]any{}
	for id, codes := range sheet() {
		answers[id] = codes[0]
	}
	answers["Q13"], answers["Q14"] = sheet()["Q13"], sheet()["Q14"]
	text, err := json.Marshal(map[string]any{
		"key": "0123456789abcdefghijkl", "household": map[string]string{"unit": "2", "room": "z0000301"}, "answers": answers,
	})
	if err != nil {
		panic(err) // plain data
	}
	return string(text)
}

// lines joins texts of one line or several, sorted but for the first.
func lines(texts ...string) string {
	list := strings.Split(strings.Join(texts, "\n"), "\n")
	slices.Sort(list[1:])
	return strings.Join(list, "\n")
}
