package survey_test

import (
	"testing"

	"meihao/survey"
)

func TestSecretsDependOnKeyClaimAndBasesOnly(t *testing.T) {
	key := survey.Key{1}
	home := key.HouseholdClaim(5, "1", "301")
	first := key.Secrets(77, "submission-key-0001", home, survey.BothBases)
	if again := key.Secrets(77, "submission-key-0001", home, survey.BothBases); again != first {
		t.Error("the same request has other secrets")
	}
	others := map[string]survey.Secrets{
		"another submission key": key.Secrets(77, "submission-key-0002", home, survey.BothBases),
		"another home":           key.Secrets(77, "submission-key-0001", key.HouseholdClaim(5, "1", "302"), survey.BothBases),
		"other bases":            key.Secrets(77, "submission-key-0001", home, survey.OwnerBase),
		"another campaign":       survey.Key{2}.Secrets(77, "submission-key-0001", home, survey.BothBases),
	}
	for what, other := range others {
		if other.Receipt == first.Receipt || other.Change == first.Change {
			t.Errorf("%s has the same secret", what)
		}
	}
	if tag, ok := survey.ReceiptTag(first.Receipt); !ok || tag != 77 {
		t.Errorf("receipt %s names enrolment %d, %v", first.Receipt, tag, ok)
	}
}

func TestClaimsNeverRunTogether(t *testing.T) {
	key := survey.Key{1}
	if key.HouseholdClaim(5, "1", "1301") == key.HouseholdClaim(5, "11", "301") {
		t.Error("1-1301 and 11-301 are one claim")
	}
	if key.SlipClaim(5, "X") == key.DeviceClaim(5, "X") {
		t.Error("a slip and a device share a claim")
	}
}
