package survey_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

// A message that was kept reads as it was said.
func TestMessagesAreKeptAsJSON(t *testing.T) {
	want := survey.Fail(survey.Invalid, "error.x", "Row", 1_000_000, "Name", "甲楼", "Share", "0.5").Field("file", "error.y", "Count", 3)
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got survey.Error
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(*want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := json.Unmarshal([]byte(`{"Key":"k","Args":null}`), &survey.Message{}); err != nil {
		t.Error(err)
	}
}
