package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

// responseRow is a response as it is stored.
type responseRow struct {
	Campaign  survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Project   survey.ID `gorm:"primaryKey;autoIncrement:false"`
	ID        int64     `gorm:"primaryKey;autoIncrement:false"`
	Bases     survey.Bases
	Grp       int
	Lane      string
	State     string
	Reason    survey.Reason
	Version   int
	Answers   string
	Receipt   []byte
	ChangeKey []byte
}

// TableName is gorm's question.
func (responseRow) TableName() string { return "responses" }

func (r responseRow) response() survey.Response {
	return survey.Response{
		ID: r.ID, Bases: r.Bases, Group: r.Grp, Lane: survey.LaneOfLetter(r.Lane),
		State: survey.StateOfLetter(r.State), Reason: r.Reason, Answers: r.Answers,
	}
}

// Receipt says what a receipt (a normal code) shows: that the response is
// counted, under review or not counted and why, never what was answered, nor
// that it was changed. NotFound for what is no receipt of ours.
//
// It asks the same two questions whatever the first one finds: how long it
// takes does not tell a mistyped receipt from one of an enrolment, nor that
// from one that is stored.
func (s *Store) Receipt(ctx context.Context, receipt string) (survey.ReceiptStatus, error) {
	l := s.lookup(ctx)
	tag, _ := survey.ReceiptTag(receipt)
	e, err := l.receiptEnrolment(tag)
	if err != nil {
		return survey.ReceiptStatus{}, err
	}
	digest := survey.DigestOf(receipt)
	var rows []responseRow
	err = l.db.Where("campaign = ? AND project = ? AND receipt = ?", e.Campaign, e.Project, digest[:]).Limit(1).Find(&rows).Error
	if err != nil {
		return survey.ReceiptStatus{}, fmt.Errorf("receipt: %w", err)
	}
	if len(rows) == 0 {
		return survey.ReceiptStatus{}, survey.NotFoundError("error.receipt.unknown")
	}
	r := rows[0].response()
	status := survey.ReceiptStatus{
		State: r.State, Reason: r.Reason, Project: e.Name, Lane: r.Lane,
		Counts: e.Admission.Admits(r.Lane), Sealed: e.Stage == survey.SealedStage, Phone: e.Phone,
	}
	if status.Phone == "" {
		status.Phone = e.CampaignPhone
	}
	return status, nil
}

// receiptEnrolment is what a receipt's page says of an enrolment.
type receiptEnrolment struct {
	Campaign, Project survey.ID
	Admission         survey.Admission
	Stage             survey.Stage
	Name, Phone       string
	CampaignPhone     string
}

// receiptEnrolment finds one by its tag; an empty one, which nothing belongs
// to, where there is none.
func (l lookup) receiptEnrolment(tag uint32) (receiptEnrolment, error) {
	var found []receiptEnrolment
	err := l.db.Raw(`SELECT e.campaign, e.project, k.admission, k.stage, p.name, p.phone, k.phone AS campaign_phone
		FROM enrolments e JOIN campaigns k ON k.id = e.campaign JOIN projects p ON p.id = e.project
		WHERE e.tag = ?`, tag).Scan(&found).Error
	if err != nil {
		return receiptEnrolment{}, fmt.Errorf("receipt: %w", err)
	}
	if len(found) == 0 {
		return receiptEnrolment{}, nil
	}
	return found[0], nil
}
