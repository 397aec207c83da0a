package model

import "meihao/survey"

// firstOf is err, or else what there is to say without one.
func firstOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// faultOnly is err unless it is one that people are told.
func faultOnly(err error) error {
	if survey.KindOf(err) == survey.Internal {
		return err
	}
	return nil
}
