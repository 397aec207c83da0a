package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"time"

	"meihao/api/session"
	"meihao/model"
	"meihao/survey"
)

// staff is a district or city official with a browser and a program with a
// token, both of the whole city.
type staff struct {
	username, password string
	token              string
	browser            *http.Client
}

// newStaff adds the account and the token.
func newStaff(ctx context.Context, store *model.Store) (*staff, error) {
	actor := survey.Actor{Username: "load", Role: survey.Administrator, Scope: survey.CityScope()}
	s := &staff{username: "load-" + rand.Text()[:8], password: session.OneTimePassword(), token: "mh_" + rand.Text()}
	hash, err := session.HashPassword(s.password)
	if err != nil {
		return nil, err
	}
	account, err := store.AddAccount(ctx, actor, survey.Account{
		Username: s.username, Name: "load", Role: survey.Administrator, Scope: survey.CityScope(), Language: "zh",
	}, hash)
	if err != nil {
		return nil, err
	}
	token := survey.Token{Account: account.ID, Name: "load", Role: account.Role, Scope: account.Scope, Expires: time.Now().AddDate(0, 0, 1)}
	_, err = store.AddToken(ctx, actor, token, sha256.Sum256([]byte(s.token)))
	return s, err
}

// signIn signs the browser in.
func (s *staff) signIn(ctx context.Context, address string) error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	s.browser = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	form := url.Values{"username": {s.username}, "password": {s.password}}
	answer, err := s.browser.PostForm("http://"+address+"/admin/login", form) //nolint:noctx // the instance ends with the context
	if err != nil {
		return err
	}
	return errors.Join(errorIf(answer.StatusCode != http.StatusSeeOther, "signing in: "+answer.Status), answer.Body.Close())
}

// read asks for a page until its last byte and returns how many there were,
// as they came over the wire.
func (s *staff) read(ctx context.Context, address, path string) (int64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+path, nil)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Accept-Encoding", "gzip") // as browsers; set by hand, so it stays zipped
	request.Header.Set("Authorization", "Bearer "+s.token)
	answer, err := s.browser.Do(request)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, answer.Status)
	}
	return n, errors.Join(err, answer.Body.Close())
}
