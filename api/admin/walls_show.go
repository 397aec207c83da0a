package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

type wallsView struct {
	page.Frame
	Walls []wallLine
}

type wallLine struct {
	survey.Wall
	Over bool // expired
	Path string
}

// showWalls lists the walls in scope that were not revoked.
func (h *Handlers) showWalls(c *gin.Context) error {
	walls, err := h.Store.Walls(c.Request.Context(), actor(c))
	if err != nil {
		return err
	}
	title := h.text(c, "walls.title")
	v := wallsView{Frame: h.frame(c, "walls", title, page.Crumb{Text: title})}
	for _, w := range walls {
		v.Walls = append(v.Walls, wallLine{w, w.Expired(h.Now()), wallsPath + "/" + w.ID.String()})
	}
	return h.present(c, http.StatusOK, "staff/walls", v)
}

// workbook is the list of walls, of which only the digests are known.
func (v wallsView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title: v.Title,
		Columns: t.columns("wall.name", "wall.campaign", "wall.area", "wall.shows", "@wall.expires", "@wall.opened", "wall.by",
			"account.state"),
		Rows: export.Of(v.Walls, func(one wallLine) []export.Cell {
			opened, state := export.Time(one.Opened), "wall.valid"
			if one.Opened.IsZero() {
				opened = export.String(t.say("wall.unopened"))
			}
			if one.Over {
				state = "wall.over"
			}
			area, shows := one.ScopeName, "wall.shows.turnout"
			if area == "" {
				area = t.say("scope.city")
			}
			if one.Figures {
				shows = "wall.shows.figures"
			}
			return []export.Cell{export.String(one.Name), export.String(one.CampaignName), export.String(area), export.String(t.say(shows)),
				export.Time(one.Expires), opened, export.String(one.AccountName), export.String(t.say(state))}
		}),
	}}}
}

// wallOf is a wall of the path in the actor's scope.
func (h *Handlers) wallOf(c *gin.Context) (survey.Wall, error) {
	id, err := idParam(c, "wall")
	if err != nil {
		return survey.Wall{}, err
	}
	walls, err := h.Store.Walls(c.Request.Context(), actor(c))
	if err != nil {
		return survey.Wall{}, err
	}
	for _, w := range walls {
		if w.ID == id {
			return w, nil
		}
	}
	return survey.Wall{}, survey.NotFoundError("error.not_found")
}

// showWallEnd says what will happen before a wall is revoked.
func (h *Handlers) showWallEnd(c *gin.Context) error {
	w, err := h.wallOf(c)
	if err != nil {
		return err
	}
	title := h.text(c, "wall.revoke")
	v := revokeView{
		Frame:    h.frame(c, "walls", title, page.Crumb{Text: h.text(c, "walls.title"), Path: wallsPath}, page.Crumb{Text: title}),
		Question: h.text(c, "wall.revoke.question", "Name", w.Name), Note: h.text(c, "wall.revoke.note"), Button: h.text(c, "wall.revoke.do"),
		Facts: []fact{
			h.fact(c, "wall.campaign", w.CampaignName), h.fact(c, "wall.area", h.placeOf(c, w.ScopeName)),
			h.fact(c, "wall.opened", h.momentOf(c, w.Opened, "wall.unopened")), h.fact(c, "wall.by", w.AccountName),
		},
		Action: wallsPath + "/" + w.ID.String() + "/revoke", Back: wallsPath,
	}
	h.Pages.Show(c, http.StatusOK, "staff/revoke", v)
	return nil
}

// revokeWall ends a wall for good.
func (h *Handlers) revokeWall(c *gin.Context) error {
	id, err := idParam(c, "wall")
	if err == nil {
		err = h.Store.RevokeWall(c.Request.Context(), actor(c), id)
	}
	if err != nil {
		return err
	}
	return see(c, wallsPath+"?done=wall_revoked")
}
