package admin

import (
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// sheetRoutes are the score sheets of an activity: its list, the sheet of a
// project with its 38 items, and one item in depth.
func (h *Handlers) sheetRoutes(get, post route) {
	const list = "/admin/sheets/:activity"
	get("/admin/sheets", survey.ViewSheets, h.showSheetActivities)
	get(list, survey.ViewSheets, h.showSheets)
	get(list+"/progress", survey.ViewSheets, h.showProgress)
	get(list+"/adopt", survey.ScoreSheets, h.showAdoptAll)
	post(list+"/adopt", survey.ScoreSheets, h.saveAdoptAll)

	const sheet = list + "/:project"
	get(sheet, survey.ViewSheets, h.showSheet)
	post(sheet+"/self", survey.SelfAssess, h.saveMarks)
	post(sheet+"/marks", survey.ScoreSheets, h.saveMarks)
	post(sheet+"/third", survey.ScoreAsThird, h.saveMarks)
	get(sheet+"/history", survey.ViewSheets, h.showSheetHistory)
	get(sheet+"/adopt", survey.ScoreSheets, h.showAdopt)
	post(sheet+"/adopt", survey.ScoreSheets, h.saveAdopt)

	const item = sheet + "/items/:item"
	get(item, survey.ViewSheets, h.showItem)
	post(item+"/settle", survey.SettleScores, h.saveSettlement)
	post(item+"/override", survey.OverrideScores, h.askOverride)
	post(item+"/override/confirm", survey.OverrideScores, h.confirmOverride)
	post(item+"/override/withdraw", survey.OverrideScores, h.withdrawOverride)
	post(item+"/fees", survey.ScoreSheets, h.saveFees)
	post(item+"/veto", survey.RecordVetoes, h.saveVeto)
	post(item+"/borderline", survey.RecordVetoes, h.askBorderline)
	post(item+"/borderline/confirm", survey.RecordVetoes, h.confirmBorderline)
	post(item+"/borderline/withdraw", survey.RecordVetoes, h.withdrawBorderline)

	// Where sheets were before they belonged to an activity.
	const campaign = "/admin/campaigns/:campaign"
	get(campaign+"/sheets", survey.ViewSheets, h.seeSheets)
	get(campaign+"/sheets/:project", survey.ViewSheets, h.seeSheets)
}

// seeSheets leads from a campaign to the sheets of its activity.
func (h *Handlers) seeSheets(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	path := sheetsPath(campaign.Activity)
	if c.Param("project") == "" {
		return see(c, strings.TrimSuffix(path+query(c), "?"))
	}
	id, err := idParam(c, "project")
	if err != nil {
		return err
	}
	if _, _, err := h.Store.Sheet(c.Request.Context(), scope(c), campaign.Activity, id); err != nil {
		return err
	}
	return see(c, path+"/"+id.String())
}

// sheetsPath is the address of an activity's sheets.
func sheetsPath(activity survey.ID) string { return "/admin/sheets/" + activity.String() }

// sheetPath is the address of a sheet.
func sheetPath(activity, project survey.ID) string {
	return sheetsPath(activity) + "/" + project.String()
}
