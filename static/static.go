// Package static holds what is embedded in the binary and nothing else:
// assets (served to browsers), pages (templates), lang (message catalogs) and
// data (the rubric of the notice, the default questionnaire and lexicon).
package static

import "embed"

// Assets are served under /assets with a hash in their name.
//
//go:embed assets
var Assets embed.FS

// Pages are the HTML templates, a folder for each area with its _layout.html.
//
//go:embed all:pages
var Pages embed.FS

// Lang are the message catalogs: lang/{zh,en}/*.json.
//
//go:embed lang
var Lang embed.FS

// Rubric is the notice's 选树标准: 38 items (京建发〔2023〕232号, annex).
//
//go:embed data/rubric.csv
var Rubric []byte

// Questionnaire is the default questionnaire with its roles, in both languages.
//
//go:embed data/questionnaire.json
var Questionnaire []byte

// Lexicon is the default list of themes by which comments are sorted.
//
//go:embed data/lexicon.json
var Lexicon []byte

// OpenAPI describes /api/v1 (OpenAPI 3.1).
//
//go:embed data/openapi.json
var OpenAPI []byte

// Prompt are the limits and bands of item 1.3, which the notice does not give.
//
//go:embed data/prompt.json
var Prompt []byte

// Units are the reporting units of an activity: 16 districts and the
// Economic-Technological Development Area.
//
//go:embed data/units.csv
var Units []byte

// ItemHelp says of each item in plain words what it wants and what evidence is
// usual.
//
//go:embed data/item_help.csv
var ItemHelp []byte

// Requirements are what the notices ask for, R01–R24.
//
//go:embed data/notice_requirements.csv
var Requirements []byte
