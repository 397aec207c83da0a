package admin

import (
	"context"

	"meihao/survey"
)

// workStore is what long work needs beside its own store.
type workStore interface {
	// UploadName is the name of a register that the actor's account uploaded.
	UploadName(ctx context.Context, actor survey.Actor, id survey.ID) (string, error)
}
