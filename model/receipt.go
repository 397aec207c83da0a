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
// counted, under review or not counted and why, never what was answered.
// NotFound for what is no receipt of ours.
func (s *Store) Receipt(ctx context.Context, receipt string) (survey.ReceiptStatus, error) {
	unknown := survey.NotFoundError("error.receipt.unknown")
	tag, ok := survey.ReceiptTag(receipt)
	if !ok {
		return survey.ReceiptStatus{}, unknown
	}
	var found []struct {
		Campaign, Project survey.ID
		Admission         survey.Admission
		Stage             survey.Stage
		Name, Phone       string
		CampaignPhone     string
	}
	db := s.lookup(ctx).db
	err := db.Raw(`SELECT e.campaign, e.project, k.admission, k.stage, p.name, p.phone, k.phone AS campaign_phone
		FROM enrolments e JOIN campaigns k ON k.id = e.campaign JOIN projects p ON p.id = e.project
		WHERE e.tag = ?`, tag).Scan(&found).Error
	if err != nil {
		return survey.ReceiptStatus{}, fmt.Errorf("receipt: %w", err)
	}
	if len(found) == 0 {
		return survey.ReceiptStatus{}, unknown
	}
	e, digest := found[0], survey.DigestOf(receipt)
	var rows []responseRow
	err = db.Where("campaign = ? AND project = ? AND receipt = ?", e.Campaign, e.Project, digest[:]).Find(&rows).Error
	if err != nil {
		return survey.ReceiptStatus{}, fmt.Errorf("receipt: %w", err)
	}
	if len(rows) == 0 {
		return survey.ReceiptStatus{}, unknown
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
