package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
)

// openBare is what the product is measured against: gin without middleware
// that sends ready bytes, and that decodes an answer into a struct and throws
// it away.
func openBare(ctx context.Context, page rendered) (*server, error) {
	engine := gin.New()
	engine.GET("/s/:poster", func(c *gin.Context) {
		c.Header("Content-Encoding", page.encoding)
		c.Data(http.StatusOK, page.kind, page.packed)
	})
	engine.POST("/s/:poster", func(c *gin.Context) {
		var sent sentForm
		if err := c.ShouldBind(&sent); err != nil || sent.Key == "" {
			c.Status(http.StatusUnprocessableEntity)
			return
		}
		c.Redirect(http.StatusSeeOther, "/s/"+c.Param("poster")+"/done?receipt=ABCDEFGHJKMNPQRSTV")
	})
	engine.POST("/api/v1/posters/:poster/responses", func(c *gin.Context) {
		var sent sentJSON
		if err := c.ShouldBindJSON(&sent); err != nil || sent.Key == "" {
			c.Status(http.StatusUnprocessableEntity)
			return
		}
		c.JSON(http.StatusCreated, gin.H{"receipt": "ABCDEFGHJKMNPQRSTV"})
	})
	return listen(ctx, &http.Server{Handler: engine}) //nolint:gosec // bare means without limits too
}

type sentForm struct {
	Key  string `form:"key"`
	Unit string `form:"unit"`
	Room string `form:"room"`
	sentAnswers
}

type sentJSON struct {
	Key       string `json:"key"`
	Household struct {
		Unit string `json:"unit"`
		Room string `json:"room"`
	} `json:"household"`
	Answers sentAnswers `json:"answers"`
}

// sentAnswers are the questions of the default questionnaire.
type sentAnswers struct {
	S1, S2, Q1, Q2, Q3, Q4, Q5, Q6, Q7, Q8, Q8b, Q9, Q10, Q11, Q12 string
	Q13, Q14                                                       []string
	Q15, Q16                                                       string
}

// rendered is a page as the product sends it.
type rendered struct {
	kind, encoding string
	packed         []byte
}

// pageOf asks for a page as a phone does.
func pageOf(ctx context.Context, address string) (rendered, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return rendered{}, err
	}
	request.Header.Set("Accept-Encoding", phoneEncodings) // set by hand, so it stays packed
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return rendered{}, err
	}
	body, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return rendered{}, err
	}
	encoding := answer.Header.Get("Content-Encoding")
	if answer.StatusCode != http.StatusOK || encoding == "" {
		return rendered{}, fmt.Errorf("%s: status %d, encoding %q", address, answer.StatusCode, encoding)
	}
	return rendered{answer.Header.Get("Content-Type"), encoding, body}, nil
}
