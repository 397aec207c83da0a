package admin

import (
	"context"

	"meihao/survey"
)

const wallsPath = "/admin/walls"

// wallStore is what addresses for screens need.
type wallStore interface {
	Walls(ctx context.Context, actor survey.Actor) ([]survey.Wall, error)
	AddWall(ctx context.Context, actor survey.Actor, w survey.Wall, digest [32]byte) (survey.Wall, error)
	RevokeWall(ctx context.Context, actor survey.Actor, id survey.ID) error
}

// wallRoutes are the pages on which walls are made and revoked; what hangs is
// served by api/wall.
func (h *Handlers) wallRoutes(get, post route) {
	get(wallsPath, survey.ManageWalls, h.showWalls)
	get(wallsPath+"/new", survey.ManageWalls, h.showNewWall)
	post(wallsPath+"/new", survey.ManageWalls, h.saveNewWall)
	get(wallsPath+"/:wall/revoke", survey.ManageWalls, h.showWallEnd)
	post(wallsPath+"/:wall/revoke", survey.ManageWalls, h.revokeWall)
}
