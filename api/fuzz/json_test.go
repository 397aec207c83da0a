package fuzz_test

import (
	"encoding/json"
	"net/http"
	"testing"
)

const anAnswer = `{"key":"key-of-household-0001","household":{"unit":"1","room":"101"},"seconds":95,` +
	`"answers":{"S1":"OWNER","S2":"Y","Q1":"5","Q13":["VOTE","MEET"],"Q16":"电梯常坏"}}`

// FuzzJSON sends any body as an answer: never a 5xx, always JSON with a code
// or a receipt, and something is stored exactly when 201 was said.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		anAnswer, "", "{}", "[]", "null", `{"key":1}`, `{"answers":{"S1":["OWNER"]}}`, "\xff", `{"household":null}`,
		`{"key":"key-of-household-0002","lane":"open","device":"d","answers":{"S1":"TENANT","S2":"Y"}}`,
	} {
		f.Add(seed)
	}
	server, m := site(f)
	f.Fuzz(func(t *testing.T, body string) {
		before := len(m.receipts)
		w := send(t, server, "/api/v1/posters/"+posterCode+"/responses", "application/json", body)
		var answer struct{ Code, Receipt string }
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Code == "" == (answer.Receipt == "") {
			t.Fatalf("status %d: %s", w.Code, w.Body)
		}
		if stored := len(m.receipts) - before; (stored == 1) != (w.Code == http.StatusCreated) {
			t.Fatalf("status %d, and %d answers were stored", w.Code, stored)
		}
	})
}
