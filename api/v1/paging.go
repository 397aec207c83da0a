package v1

import (
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// Sizes of a page of a list.
const (
	usualLimit = 500
	mostLimit  = 1000
)

func limitOf(c *gin.Context) (int, error) {
	text := c.Query("limit")
	if text == "" {
		return usualLimit, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostLimit {
		return 0, survey.Fail(survey.Invalid, "error.limit").Field("limit", "error.limit")
	}
	return n, nil
}

// pageOf cuts the page that was asked for out of a list. The cursor is what
// names the last entry that was sent, so that one that is added between two
// pages neither repeats nor loses another.
func pageOf[T any](c *gin.Context, list []T, name func(*T) string) (page []T, next *string, err error) {
	limit, err := limitOf(c)
	if err != nil {
		return nil, nil, err
	}
	if cursor := c.Query("cursor"); cursor != "" {
		last := slices.IndexFunc(list, func(one T) bool { return name(&one) == cursor })
		if last < 0 {
			return nil, nil, survey.Fail(survey.Invalid, "error.cursor").Field("cursor", "error.cursor")
		}
		list = list[last+1:]
	}
	if len(list) <= limit {
		return list, nil, nil
	}
	list = list[:limit]
	to := name(&list[limit-1])
	return list, &to, nil
}
