package model_test

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
)

// An adversary stood in the stairwell and knows in which order, and at which
// minute, thirty residents of a building group answered, and who of them came
// back to answer again; and holds all tables, or a backup. Whatever it sorts
// the rows by, the n-th row belongs to the n-th resident no more often than by
// chance (RULES §1).
//
// In each of many crowds the rows are put into an order that the tables or the
// file give away (a clue), and compared with the order of arrival. By chance
// one of thirty stands where it belongs, with a variance of 1; the rank
// correlation is 0, with a variance of 1/29; and those who answered again lie
// anywhere. A clue is found where the mean over all crowds is off by more than
// six standard errors, which chance does once in 10⁸ times.
const (
	inCrowd = 30
	crowds  = 40
	sigmas  = 6
)

// clues are, by name, orders in which rows can be put.
type clues map[string][]resident

// add takes marks in the order that a clue gives; what belongs to nobody of a
// crowd is left out.
func (c clues) add(name string, marks []string, whose map[string]resident) {
	for _, one := range marks {
		if who, known := whose[one]; known {
			c[name] = append(c[name], who)
		}
	}
}

// inTables are the orders that the tables themselves have: as rows come where
// nobody asks for an order, and sorted by each column that differs from row to
// row. The second column keeps the engine from reading an index instead.
func (c clues) inTables(t *testing.T, db *sql.DB, seen crowd) {
	t.Helper()
	for name, one := range map[string]struct {
		query string
		whose map[string]resident
	}{
		"responses as they lie":        {"SELECT receipt, answers FROM responses", seen.responses},
		"responses by id":              {"SELECT receipt, id FROM responses ORDER BY id", seen.responses},
		"responses by receipt":         {"SELECT receipt, id FROM responses ORDER BY campaign, project, receipt", seen.responses},
		"responses by change key":      {"SELECT receipt, id FROM responses ORDER BY change_key", seen.responses},
		"responses by answers":         {"SELECT receipt, id FROM responses ORDER BY version, answers, id", seen.responses},
		"claims as they lie":           {"SELECT claim, refused FROM claims WHERE base = 1", seen.claims},
		"claims by claim, second base": {"SELECT claim, refused FROM claims WHERE base = 2 ORDER BY claim", seen.claims},
		"comments as they lie":         {"SELECT text, id FROM comments", seen.comments},
		"comments by id":               {"SELECT text, id FROM comments ORDER BY id", seen.comments},
	} {
		c.add(name, marks(t, db, one.query), one.whose)
	}
}

// marks reads the first of two columns.
func marks(t *testing.T, db *sql.DB, query string) (list []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var mark []byte
		var rest any
		if err := rows.Scan(&mark, &rest); err != nil {
			t.Fatal(err)
		}
		list = append(list, string(mark))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// inFile are the orders in which marks stand in a file, by the place where
// each is found first and last: in a table and in its index.
func (c clues) inFile(name string, data []byte, seen crowd) {
	for what, whose := range map[string]map[string]resident{
		"receipts": seen.responses, "change keys": seen.changes, "claims": seen.claims, "comments": seen.comments,
	} {
		first, last := placesOf(data, whose)
		c.add(name+", first places of "+what, byPlace(first), whose)
		c.add(name+", last places of "+what, byPlace(last), whose)
	}
}

// placesOf finds where the marks stand.
func placesOf(data []byte, whose map[string]resident) (first, last map[string]int) {
	const known = 16 // the length of digests, and the part of a comment that is its own
	ends := map[[known]byte]string{}
	for mark := range whose {
		ends[[known]byte([]byte(mark[len(mark)-known:]))] = mark
	}
	first, last = map[string]int{}, map[string]int{}
	for at := 0; at+known <= len(data); at++ {
		mark, found := ends[[known]byte(data[at:])]
		if !found {
			continue
		}
		if _, before := first[mark]; !before {
			first[mark] = at
		}
		last[mark] = at
	}
	return first, last
}

func byPlace(places map[string]int) []string {
	return slices.SortedFunc(maps.Keys(places), func(a, b string) int { return cmp.Compare(places[a], places[b]) })
}

// beside is one clue in terms of another: whether the n-th claim leads to the
// n-th response, for who does not know when anybody came.
func (c clues) beside(one, other string) {
	places, next := map[resident]int{}, map[int]int{}
	for _, who := range c[other] {
		places[who] = next[who.crowd]
		next[who.crowd]++
	}
	name := one + " beside " + other
	for _, who := range c[one] {
		c[name] = append(c[name], resident{who.crowd, places[who]})
	}
}

// link is how well an order fits what was seen, each as the mean over all
// crowds in standard errors.
type link struct {
	matches     float64 // rows that stand where they belong
	correlation float64 // of rank and arrival
	again       float64 // of the ranks of those who answered again
}

func (l link) found() bool {
	return l.matches > sigmas || math.Abs(l.correlation) > sigmas || math.Abs(l.again) > sigmas
}

func (l link) String() string {
	return fmt.Sprintf("%.2f of %d where they belong, rank correlation %+.3f, answered again %+.1f σ",
		1+l.matches/math.Sqrt(crowds), inCrowd, l.correlation/math.Sqrt(crowds*(inCrowd-1)), l.again)
}

// linked measures an order.
func linked(t *testing.T, name string, order []resident, again map[resident]bool) (l link) {
	t.Helper()
	const middle = (inCrowd - 1) / 2.0
	var ranks [crowds]int
	var came, sum [crowds]float64
	for _, who := range order {
		rank := float64(ranks[who.crowd])
		ranks[who.crowd]++
		if int(rank) == who.arrival {
			l.matches++
		}
		l.correlation += (rank - middle) * (float64(who.arrival) - middle)
		if again[who] {
			came[who.crowd]++
			sum[who.crowd] += rank - middle
		}
	}
	for number := range crowds {
		if ranks[number] != inCrowd {
			t.Fatalf("%s: %d rows of crowd %d, not %d: the clue looks at nothing", name, ranks[number], number, inCrowd)
		}
		if m := came[number]; m > 0 { // a rank sum as Wilcoxon's
			l.again += sum[number] / math.Sqrt(m*(inCrowd-m)*(inCrowd+1)/12)
		}
	}
	const spread = inCrowd * (inCrowd*inCrowd - 1) / 12.0
	l.matches = (l.matches - crowds) / math.Sqrt(crowds)
	l.correlation *= math.Sqrt(inCrowd-1) / spread / math.Sqrt(crowds)
	l.again /= math.Sqrt(crowds)
	return l
}

func TestTablesAndBackupsLinkNobody(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		seen := answers(w)
		file, _ := backup(t, w)
		c := clues{}
		c.inTables(t, w.SQL(), seen)
		c.inFile("backup", read(t, file), seen)
		c.beside("claims as they lie", "responses as they lie")
		c.beside("comments as they lie", "responses as they lie")
		c.beside("backup, first places of claims", "backup, first places of receipts")
		c.beside("backup, first places of comments", "backup, first places of receipts")
		for _, name := range slices.Sorted(maps.Keys(c)) {
			l := linked(t, name, c[name], seen.again)
			if t.Logf("%s: %v", name, l); l.found() {
				t.Errorf("%s: linked better than by chance: %v", name, l)
			}
		}
	})
}

// The same eyes find what keeps an order: rows with sequential ids, rows that
// lie in the file as they came though their key is random, and rows that tell
// who came back.
func TestLinksAreSeen(t *testing.T) {
	seen := pretended()
	file := filepath.Join(t.TempDir(), "control.db")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=synchronous(OFF)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	exec := func(statement string, args ...any) {
		t.Helper()
		if _, err := db.ExecContext(context.Background(), statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec("CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, receipt BLOB, again INTEGER)")
	for _, receipt := range slices.SortedFunc(maps.Keys(seen.responses), func(a, b string) int {
		return cmp.Compare(seen.responses[a].arrival, seen.responses[b].arrival)
	}) {
		exec("INSERT INTO counted (receipt, again) VALUES (?, ?)", []byte(receipt), seen.again[seen.responses[receipt]])
	}
	c := clues{}
	c.add("by number", marks(t, db, "SELECT receipt, id FROM counted ORDER BY id"), seen.responses)
	c.add("the other way round", marks(t, db, "SELECT receipt, id FROM counted ORDER BY id DESC"), seen.responses)
	c.add("by who came back", marks(t, db, "SELECT receipt, id FROM counted ORDER BY again, receipt"), seen.responses)
	first, _ := placesOf(read(t, file), seen.responses)
	c.add("as they lie in the file", byPlace(first), seen.responses)
	for name, order := range c {
		if l := linked(t, name, order, seen.again); !l.found() {
			t.Errorf("%s: nothing is found: %v", name, l)
		}
	}
	c.add("by receipt", marks(t, db, "SELECT receipt, id FROM counted ORDER BY receipt"), seen.responses)
	if l := linked(t, "by receipt", c["by receipt"], seen.again); l.found() {
		t.Errorf("what is random is found: %v", l)
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// No table that residents write has a row number, which would count them.
func TestNoRowNumbers(t *testing.T) {
	db := modeltest.New(t).SQL()
	for _, table := range []string{"responses", "claims", "comments", "turnout_days", "poster_counts"} {
		var found int
		err := db.QueryRowContext(t.Context(), "SELECT COUNT(rowid) FROM "+table).Scan(&found)
		if err == nil {
			t.Errorf("%s has a rowid", table)
		} else if !strings.Contains(err.Error(), "no such column") {
			t.Errorf("%s: %v", table, err)
		}
	}
}

// The counters say the same whoever came first: in whichever order a crowd
// answers, tally, turnout and the poster's counter end in the same bytes. The
// shown copies are figures of an earlier moment (RULES §8), and are sealed
// (TestShownCopiesTellTheTablesNothing).
func TestCountersKeepNoOrder(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		counters := func(backwards bool) string {
			poster := w.PosterOf(w.OpenCampaign(w.Draft(nil)), w.Project.Buildings[0])
			list := make([]modeltest.Answer, inCrowd)
			for i := range list {
				list[i] = w.AnswerAt(poster, i).Rate(i % 6).Bases([]survey.Bases{survey.BothBases, survey.OwnerBase, survey.ResidentBase}[i/4%3])
			}
			if backwards {
				slices.Reverse(list)
			}
			for one := range slices.Chunk(list, 2) {
				w.Save(one...)
			}
			var found string
			w.Must(w.SQL().QueryRowContext(w.Ctx(), `SELECT CONCAT_WS(' ', hex(t.tally), d.grp, d.day, d.responses, n.answers, n.opens)
				FROM tallies t JOIN turnout_days d ON d.campaign = t.campaign AND d.project = t.project, poster_counts n
				WHERE t.campaign = ? AND t.project = ? AND n.code = ?`, poster.Campaign.ID, poster.Project.ID, poster.Code).Scan(&found))
			return found
		}
		if one, other := counters(false), counters(true); one != other {
			t.Errorf("the counters tell of an order:\n%s\n%s", one, other)
		}
	})
}
