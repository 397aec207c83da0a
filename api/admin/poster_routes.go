package admin

import (
	"context"

	"meihao/survey"
)

// posterStore is what the poster studio needs of the store.
type posterStore interface {
	Posters(ctx context.Context, scope survey.Scope, campaign survey.ID, projects ...survey.ID) ([]survey.PosterPlace, error)
	PosterPlace(ctx context.Context, scope survey.Scope, code string) (survey.Campaign, survey.PosterPlace, error)
	PosterCount(ctx context.Context, scope survey.Scope, campaign survey.ID) (int, error)
	PosterEvents(ctx context.Context, scope survey.Scope, code string) ([]survey.Event, error)
	AddPosters(ctx context.Context, actor survey.Actor, campaign, project survey.ID, posters []survey.NewPoster) ([]survey.PosterPlace, error)
	ReplacePoster(ctx context.Context, actor survey.Actor, code, reason string) (survey.PosterPlace, error)
	RetirePoster(ctx context.Context, actor survey.Actor, code, reason string) error
	MarkPrinted(ctx context.Context, actor survey.Actor, campaign survey.ID, codes []string) error
	PosterWords(ctx context.Context, scope survey.Scope, campaign survey.ID) (survey.PosterWords, error)
	ChangePosterWords(ctx context.Context, actor survey.Actor, campaign survey.ID, f func(*survey.PosterWords, survey.Stage) error) error
	Emblem(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]byte, error)
	ChangeEmblem(ctx context.Context, actor survey.Actor, campaign survey.ID, png []byte) error
}

// emblemPath takes the upload of an emblem, which may be larger than a form.
const emblemPath = "/admin/campaigns/:campaign/emblem"

// posterRoutes are the poster studio's.
func (h *Handlers) posterRoutes(get, post route) {
	get("/admin/posters", survey.PrintPosters, h.showPosters)
	get("/admin/posters/print", survey.PrintPosters, h.printPosters)
	post("/admin/posters/printed", survey.PrintPosters, h.markPrinted)
	post("/admin/posters/ticked", survey.PrintPosters, h.choosePosters)
	get("/admin/posters/check", survey.PrintPosters, h.showPosterCheck)
	post("/admin/posters/check", survey.PrintPosters, h.checkPoster)
	get("/admin/posters/add", survey.ManagePosters, h.showNewPosters)
	post("/admin/posters/add", survey.ManagePosters, h.saveNewPosters)

	const poster = "/admin/posters/:poster"
	get(poster, survey.PrintPosters, h.showPoster)
	get(poster+"/qr.svg", survey.PrintPosters, h.sendPosterSVG)
	get(poster+"/qr.png", survey.PrintPosters, h.sendPosterPNG)
	post(poster+"/replace", survey.ManagePosters, h.replacePoster)
	post(poster+"/retire", survey.ManagePosters, h.retirePoster)

	const words = "/admin/campaigns/:campaign/poster"
	get(words, survey.ManageCampaigns, h.showPosterWords)
	post(words, survey.ManageCampaigns, h.savePosterWords)
	get(emblemPath, survey.PrintPosters, h.sendEmblem)
	post(emblemPath, survey.ManageCampaigns, h.saveEmblem)
	post(emblemPath+"/remove", survey.ManageCampaigns, h.removeEmblem)
}
