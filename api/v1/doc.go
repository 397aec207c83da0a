// Package v1 is the JSON of DESIGN §8 for systems: one public address that
// takes answers through the same gate as the form, and the rest behind bearer
// tokens. One table names every route with the action it wants; what is not
// in it does not exist. JSON types stand here and are not those of survey.
package v1
