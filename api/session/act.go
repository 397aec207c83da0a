package session

import (
	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// Act lets a request of our own making, which came from no browser, act for
// an account: work that goes on without its page shows what that account may
// see.
func Act(c *gin.Context, a survey.Account) {
	c.Set(contextKey, a)
	page.SetStaff(c, &page.Staff{Actor: a.Actor()})
	page.SetLanguage(c, a.Language)
}
