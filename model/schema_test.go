package model

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"
	"gorm.io/gorm/schema"

	"meihao/model/modeltest/mariadb"
)

// rowTypes are all row types; a table without one fails TestRowsAreTables.
func rowTypes() []any {
	return []any{
		&districtRow{}, &subdistrictRow{}, &communityRow{}, &companyRow{}, &projectRow{}, &buildingRow{},
		&accountRow{}, &sessionRow{}, &tokenRow{}, &uploadRow{}, &uploadPartRow{}, &keyCheckRow{}, &eventRow{}, &activityRow{}, &questionnaireRow{},
		&campaignRow{}, &enrolmentRow{}, &posterRow{}, &posterCountRow{}, &responseRow{}, &tallyRow{}, &approvalRow{},
		&proposalRow{}, &heldDecisionRow{}, &snapshotRow{}, &sealedRow{},
		&correctionRow{}, &pendingCorrectionRow{},
		&jobRow{}, &jobPartRow{},
		&posterWordsRow{}, &emblemRow{},
		&publicationRow{}, &promiseRow{},
		&commentRow{}, &commentMarkRow{}, &lexiconRow{},
		&wallRow{},
		&partRow{}, &poolRow{}, &taskRow{}, &applicationRow{},
		&complaintBatchRow{}, &complaintRow{}, &complaintMonthRow{}, &complaintRankRow{},
		&sheetRow{}, &markRow{}, &settlementRow{}, &overrideRow{}, &sheetVetoRow{}, &vetoConfirmationRow{},
		&evidenceRow{}, &evidencePartRow{}, &declarationRow{},
	}
}

// Tables that only the save transaction writes, by hand.
func withoutRowType() []string { return []string{"claims", "turnout_days"} }

type column struct {
	Name string
	Type string
	Null bool
	Key  bool
}

func columnsOf(t *testing.T, s *Store, table string) []column {
	t.Helper()
	query := "SELECT name, type, \"notnull\" = 0, pk > 0 FROM pragma_table_info(?)"
	if s.onMySQL() {
		query = `SELECT column_name, CASE
			WHEN data_type IN ('tinyint', 'int', 'bigint') THEN 'INTEGER'
			WHEN data_type IN ('char', 'varchar', 'text', 'mediumtext') THEN 'TEXT'
			WHEN data_type IN ('varbinary', 'mediumblob') THEN 'BLOB' ELSE data_type END, is_nullable = 'YES', column_key = 'PRI'
			FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position`
	}
	rows, err := s.reader().Query(query, table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var columns []column
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.Name, &c.Type, &c.Null, &c.Key); err != nil {
			t.Fatal(err)
		}
		columns = append(columns, c)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return columns
}

func tables(t *testing.T, s *Store) []string {
	t.Helper()
	query := "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%' ORDER BY name"
	if s.onMySQL() {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE 'goose%' ORDER BY table_name"
	}
	names := list(t, s, query)
	slices.Sort(names)
	return names
}

// list reads one column.
func list(t *testing.T, s *Store, query string, args ...any) []string {
	t.Helper()
	var names []string
	if err := s.read.Raw(query, args...).Scan(&names).Error; err != nil {
		t.Fatal(err)
	}
	return names
}

func (s *Store) onMySQL() bool { return s.engine.goose == goose.DialectMySQL }

// eachStore runs a test on an empty store of every engine.
func eachStore(t *testing.T, f func(t *testing.T, s *Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, openForTest(t)) })
	t.Run("mariadb", func(t *testing.T) { f(t, openMySQLForTest(t, mariadb.ForTest(t))) })
}

// Every row struct is exactly its migrated table: names, order, types, nulls
// and keys.
func TestRowsAreTables(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		known := withoutRowType()
		for _, row := range rowTypes() {
			parsed, err := schema.Parse(row, &sync.Map{}, schema.NamingStrategy{})
			if err != nil {
				t.Fatal(err)
			}
			known = append(known, parsed.Table)
			var want []column
			for _, f := range parsed.Fields {
				want = append(want, column{
					Name: f.DBName, Type: storedAs(f), Null: f.FieldType.Kind().String() == "ptr" || f.DBName == "secret", Key: f.PrimaryKey,
				})
			}
			if diff := cmp.Diff(want, columnsOf(t, s, parsed.Table)); diff != "" {
				t.Errorf("%T and the table %s differ (-row +table):\n%s", row, parsed.Table, diff)
			}
		}
		slices.Sort(known)
		if diff := cmp.Diff(known, tables(t, s)); diff != "" {
			t.Errorf("tables without a row type (-known +there):\n%s", diff)
		}
	})
}

func storedAs(f *schema.Field) string {
	switch f.GORMDataType {
	case schema.String:
		return "TEXT"
	case schema.Bytes:
		return "BLOB"
	case schema.Bool, schema.Int, schema.Uint:
		return "INTEGER"
	}
	return string(f.GORMDataType)
}

// residentTables are all columns that the tables of residents' answers may
// have. RULES §1: no household, claim, code, address, day or time on a
// response; no time and no response id on a claim; nothing but the campaign's
// key leads from a response to its comment. Whoever adds a column here has
// read that paragraph twice.
func residentTables() map[string][]string {
	return map[string][]string{
		"claims": {"campaign INTEGER", "project INTEGER", "claim BLOB", "base INTEGER", "refused INTEGER"},
		"responses": {
			"campaign INTEGER", "project INTEGER", "id INTEGER", "bases INTEGER", "grp INTEGER", "lane TEXT", "state TEXT",
			"reason TEXT", "version INTEGER", "answers TEXT", "receipt BLOB", "change_key BLOB",
		},
		"comments":       {"campaign INTEGER", "project INTEGER", "id INTEGER", "text TEXT"},
		"poster_counts":  {"code TEXT", "opens INTEGER", "answers INTEGER", "last_opened INTEGER"},
		"turnout_days":   {"campaign INTEGER", "project INTEGER", "grp INTEGER", "day INTEGER", "responses INTEGER"},
		"tallies":        {"campaign INTEGER", "project INTEGER", "tally BLOB", "shown_owner BLOB", "shown_resident BLOB", "changes_owner INTEGER", "changes_resident INTEGER", "refused INTEGER"},
		"held_decisions": {"campaign INTEGER", "project INTEGER", "response INTEGER", "proposal INTEGER"},
	}
}

func TestResidentTables(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		for table, want := range residentTables() {
			var got []string
			for _, c := range columnsOf(t, s, table) {
				got = append(got, c.Name+" "+c.Type)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-allowed +there):\n%s", table, diff)
			}
			keepsNoOrder(t, s, table)
			triggers := "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?"
			if s.onMySQL() {
				triggers = "SELECT trigger_name FROM information_schema.triggers WHERE event_object_schema = DATABASE() AND event_object_table = ?"
			}
			if names := list(t, s, triggers, table); len(names) > 0 {
				t.Errorf("%s has the triggers %v", table, names)
			}
		}
	})
}

// keepsNoOrder: the table has neither a row number nor a value that the
// database thinks up.
func keepsNoOrder(t *testing.T, s *Store, table string) {
	t.Helper()
	words := []string{"AUTOINCREMENT", "AUTO_INCREMENT", "CURRENT_TIME", "DEFAULT "}
	var name, definition string
	if s.onMySQL() {
		if err := s.reader().QueryRow("SHOW CREATE TABLE "+table).Scan(&name, &definition); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(definition, "PRIMARY KEY") || !strings.Contains(definition, "ENGINE=InnoDB") {
			t.Errorf("%s is not kept by its primary key: a hidden row number keeps the order of arrival", table)
		}
		definition, _, _ = strings.Cut(definition, ") ENGINE")
	} else {
		definition = list(t, s, "SELECT sql FROM sqlite_schema WHERE name = ?", table)[0]
		// The rows of tallies are made at opening, in the register's order.
		if !strings.Contains(definition, "STRICT") || !strings.Contains(definition, "WITHOUT ROWID") && table != "tallies" {
			t.Errorf("%s is not STRICT, WITHOUT ROWID: a rowid keeps the order of arrival", table)
		}
	}
	for _, word := range words {
		if strings.Contains(strings.ToUpper(definition), word) {
			t.Errorf("%s has %s", table, word)
		}
	}
}

// Unique keys that take load begin with campaign and project (PERFORMANCE).
func TestKeysBeginWithCampaignAndProject(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		for table := range residentTables() {
			if table == "held_decisions" || table == "poster_counts" {
				continue // written by hand; by codes, which are as random as can be
			}
			for _, first := range indexes(t, s, table) {
				if first != "campaign,project" {
					t.Errorf("%s: an index begins with %s", table, first)
				}
			}
		}
	})
}

// indexes are the first two columns of each index of a table.
func indexes(t *testing.T, s *Store, table string) []string {
	t.Helper()
	if s.onMySQL() {
		return list(t, s, `SELECT GROUP_CONCAT(column_name ORDER BY seq_in_index) FROM information_schema.statistics
			WHERE table_schema = DATABASE() AND table_name = ? AND seq_in_index <= 2 GROUP BY index_name`, table)
	}
	var first []string
	for _, index := range list(t, s, "SELECT name FROM pragma_index_list(?)", table) {
		columns := list(t, s, "SELECT name FROM pragma_index_info(?)", index)
		first = append(first, strings.Join(columns[:min(2, len(columns))], ","))
	}
	return first
}

// No migration goes back, their numbers have no gap, and both engines have the
// same ones.
func TestMigrationsGoForward(t *testing.T) {
	var names [2][]string
	for e, folder := range []string{"migrations/sqlite", "migrations/mysql"} {
		files, err := migrations.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range files {
			names[e] = append(names[e], f.Name())
			if want := fmt.Sprintf("%05d_", i+1); !strings.HasPrefix(f.Name(), want) {
				t.Errorf("%s does not begin with %s", f.Name(), want)
			}
			text, err := migrations.ReadFile(folder + "/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), "+goose Down") {
				t.Errorf("%s goes back", f.Name())
			}
			// MySQL commits each by itself (STYLE trap 5).
			if n := strings.Count(string(text), ";\n"); folder == "migrations/mysql" && n != 1 {
				t.Errorf("%s holds %d statements", f.Name(), n)
			}
		}
	}
	if diff := cmp.Diff(names[0], names[1]); diff != "" {
		t.Errorf("the engines differ (-sqlite +mysql):\n%s", diff)
	}
}
