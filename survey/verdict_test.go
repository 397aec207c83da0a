package survey_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

func TestVerdictJSON(t *testing.T) {
	tests := []struct {
		name    string
		verdict survey.Verdict
		want    string
	}{
		{"all asked", judge(20, 20, 19), `{"households":20,"answered":20,"satisfied":19,"rate":"95.0%",` +
			`"adequacy":"FULL","item_1_1":"MET_CLEAR","veto_6_1":"CLEARED","points":10,"interval":[0.95,0.95],` +
			`"needed_full":20,"needed_provisional":20,"rules_version":"2023.1"}`},
		{"not met", judge(20, 20, 18), `{"households":20,"answered":20,"satisfied":18,"rate":"90.0%",` +
			`"adequacy":"FULL","item_1_1":"NOT_MET_CLEAR","veto_6_1":"CLEARED","points":0,"interval":[0.9,0.9],` +
			`"needed_full":20,"needed_provisional":20,"rules_version":"2023.1"}`},
		{"no answer", judge(45, 0, 0), `{"households":45,"answered":0,"satisfied":0,"rate":"N/A",` +
			`"adequacy":"INADEQUATE","item_1_1":"NOT_ASSESSABLE","veto_6_1":"UNDETERMINED","points":null,"interval":null,` +
			`"needed_full":41,"needed_provisional":35,"rules_version":"2023.1"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := json.Marshal(tt.verdict)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("json (-want +got):\n%s", diff)
			}
		})
	}
}

func TestIndicativeKeepsFiguresOnly(t *testing.T) {
	v := judge(1000, 278, 261)
	got := survey.Indicative(v)
	want := v
	want.Item11, want.Veto61, want.Points, want.Reason = survey.NotAssessable, survey.Undetermined, nil, survey.IndicativeOnly
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("indicative (-want +got):\n%s", diff)
	}
	if v.Item11 != survey.MetClear || v.Points == nil {
		t.Error("the verdict it was made from has changed")
	}
}

func TestLight(t *testing.T) {
	tests := []struct {
		name    string
		verdict survey.Verdict
		want    string
	}{
		{"above 90 %", judge(1000, 278, 251), "high"},
		{"exactly 90 %", judge(100, 80, 72), "middle"},
		{"between", judge(1000, 278, 200), "middle"},
		{"exactly 60 %", judge(30, 30, 18), "middle"},
		{"below 60 %", judge(1000, 278, 166), "low"},
		{"provisional", judge(1000, 131, 131), "high"},
		{"too small", judge(1000, 130, 130), "small"},
		{"no answer", judge(1000, 0, 0), "none"},
		{"more answers than households", judge(1000, 1001, 1001), "none"},
		{"impossible", judge(1000, 500, 501), "none"},
		{"indicative", survey.Indicative(judge(1000, 278, 261)), "none"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.verdict.Light(); got != tt.want {
				t.Errorf("light %q, want %q", got, tt.want)
			}
		})
	}
}
