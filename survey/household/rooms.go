package household

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"meihao/survey"
)

// ParseRooms reads a cell of a register that names many rooms, as
// "101-106、201-206, 3A": canonical, each once, in the order written. Rooms
// are parted by commas, semicolons, 、, strokes, spaces or lines, and a run
// reaches from one number to a higher one of the same floor: "101-206" and
// "2-301" could mean several things and are refused. The Error names the piece
// it could not read ("Text"), and the rooms before it come back too; an empty
// cell gives none.
func ParseRooms(cell string) ([]string, error) {
	var rooms []string
	seen := map[string]bool{}
	list := pieces(cell)
	if len(list) > survey.MostListed {
		return nil, tooMany()
	}
	for _, piece := range list {
		run, err := parseRun(piece)
		if err != nil {
			return rooms, err
		}
		for _, room := range run {
			if !seen[room] {
				seen[room] = true
				rooms = append(rooms, room)
			}
		}
		if len(rooms) > survey.MostListed {
			return rooms, tooMany()
		}
	}
	return rooms, nil
}

// dashes are what people write between the ends of a run.
const dashes = "-~〜‐‑‒–—―−至到"

// pieces parts a cell where it may be parted: not between a number and its
// 室, nor around a dash.
func pieces(cell string) []string {
	cell = norm.NFKC.String(cell)
	for _, dash := range dashes {
		cell = strings.ReplaceAll(cell, string(dash), "-")
	}
	list := strings.FieldsFunc(cell, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;、。/|", r)
	})
	var joined []string
	var piece strings.Builder // is written on as long as parts belong to it
	for i, part := range list {
		dash := i > 0 && (strings.HasPrefix(part, "-") || strings.HasSuffix(list[i-1], "-"))
		if i > 0 && !dash && canonical(part) != "" { // "101 室" is one
			joined = append(joined, piece.String())
			piece.Reset()
		}
		piece.WriteString(part)
	}
	if len(list) > 0 {
		joined = append(joined, piece.String())
	}
	return joined
}

// parseRun reads one room, or a run of them.
func parseRun(piece string) ([]string, error) {
	from, to, isRun := strings.Cut(piece, "-")
	first, err := Room(from)
	if err != nil {
		return nil, notRoom(piece)
	}
	if !isRun {
		return []string{first}, nil
	}
	last, err := Room(to)
	if err != nil {
		return nil, notRoom(piece)
	}
	letters, low := parted(first)
	same, high := parted(last)
	if same == "" {
		same = letters // "A101-106"
	}
	if letters != same || low == 0 || high <= low || low/100 != high/100 {
		return nil, survey.Fail(survey.Invalid, "error.household.rooms_run", "Text", short(piece))
	}
	run := make([]string, 0, high-low+1)
	for n := low; n <= high; n++ {
		run = append(run, letters+strconv.Itoa(n))
	}
	return run, nil
}

// parted is a room's letters and the number after them, 0 where there is none
// or it begins with a zero.
func parted(room string) (letters string, number int) {
	letters = strings.TrimRight(room, "0123456789")
	digits := room[len(letters):]
	if number, err := strconv.Atoi(digits); err == nil && digits[0] != '0' {
		return letters, number
	}
	return letters, 0
}

func notRoom(piece string) error {
	return survey.Fail(survey.Invalid, "error.household.rooms_form", "Text", short(piece))
}

// short keeps a message readable when a whole page stands in one cell.
func short(s string) string {
	const most = 20
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
