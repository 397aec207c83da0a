package admin

import "meihao/survey"

// posterRoutes are the poster studio's.
func (h *Handlers) posterRoutes(get, _ route) {
	get("/admin/posters", survey.PrintPosters, h.showPosters)
	get("/admin/posters/print", survey.PrintPosters, h.printPosters)
}
