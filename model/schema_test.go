package model

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm/schema"
)

// rowTypes are all row types; a table without one fails TestRowsAreTables.
func rowTypes() []any {
	return []any{
		&districtRow{}, &subdistrictRow{}, &communityRow{}, &companyRow{}, &projectRow{}, &buildingRow{},
		&accountRow{}, &sessionRow{}, &tokenRow{}, &uploadRow{}, &eventRow{}, &activityRow{}, &questionnaireRow{},
		&campaignRow{}, &enrolmentRow{}, &posterRow{}, &responseRow{}, &tallyRow{}, &approvalRow{},
		&proposalRow{}, &heldDecisionRow{}, &snapshotRow{}, &sealedRow{},
	}
}

// Tables that only the save transaction writes, by hand.
func withoutRowType() []string { return []string{"claims", "comments", "turnout_days"} }

type column struct {
	Name string
	Type string
	Null bool
	Key  bool
}

func columnsOf(t *testing.T, s *Store, table string) []column {
	t.Helper()
	rows, err := s.reader().Query("SELECT name, type, \"notnull\" = 0, pk > 0 FROM pragma_table_info(?)", table)
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
	var names []string
	err := s.read.Raw("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%' ORDER BY name").
		Scan(&names).Error
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// Every row struct is exactly its migrated table: names, order, types, nulls
// and keys.
func TestRowsAreTables(t *testing.T) {
	s := openForTest(t)
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
		"claims": {"campaign INTEGER", "project INTEGER", "base INTEGER", "claim BLOB", "refused INTEGER"},
		"responses": {
			"campaign INTEGER", "project INTEGER", "id INTEGER", "bases INTEGER", "grp INTEGER", "lane TEXT", "state TEXT",
			"reason TEXT", "version INTEGER", "answers TEXT", "receipt BLOB", "change_key BLOB",
		},
		"comments":       {"campaign INTEGER", "project INTEGER", "id INTEGER", "text TEXT"},
		"turnout_days":   {"campaign INTEGER", "project INTEGER", "grp INTEGER", "day INTEGER", "responses INTEGER"},
		"tallies":        {"campaign INTEGER", "project INTEGER", "tally BLOB", "shown_owner BLOB", "shown_resident BLOB", "changes_owner INTEGER", "changes_resident INTEGER", "refused INTEGER"},
		"held_decisions": {"campaign INTEGER", "project INTEGER", "response INTEGER", "proposal INTEGER"},
	}
}

func TestResidentTables(t *testing.T) {
	s := openForTest(t)
	for table, want := range residentTables() {
		var got []string
		for _, c := range columnsOf(t, s, table) {
			got = append(got, c.Name+" "+c.Type)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-allowed +there):\n%s", table, diff)
		}
		var definition string
		if err := s.read.Raw("SELECT sql FROM sqlite_schema WHERE name = ?", table).Scan(&definition).Error; err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(definition, "WITHOUT ROWID") || !strings.Contains(definition, "STRICT") {
			t.Errorf("%s is not STRICT, WITHOUT ROWID: a rowid keeps the order of arrival", table)
		}
		for _, word := range []string{"AUTOINCREMENT", "CURRENT_TIME", "DEFAULT"} {
			if strings.Contains(strings.ToUpper(definition), word) {
				t.Errorf("%s has %s", table, word)
			}
		}
		var triggers int
		if err := s.read.Raw("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", table).Scan(&triggers).Error; err != nil || triggers > 0 {
			t.Errorf("%s has %d triggers, %v", table, triggers, err)
		}
	}
}

// Unique keys that take load begin with campaign and project (PERFORMANCE).
func TestKeysBeginWithCampaignAndProject(t *testing.T) {
	s := openForTest(t)
	for table := range residentTables() {
		if table == "held_decisions" {
			continue
		}
		var indexes []string
		if err := s.read.Raw("SELECT name FROM pragma_index_list(?)", table).Scan(&indexes).Error; err != nil {
			t.Fatal(err)
		}
		for _, index := range indexes {
			var columns []string
			if err := s.read.Raw("SELECT name FROM pragma_index_info(?)", index).Scan(&columns).Error; err != nil {
				t.Fatal(err)
			}
			if len(columns) < 2 || columns[0] != "campaign" || columns[1] != "project" {
				t.Errorf("%s: index over %v", table, columns)
			}
		}
	}
}

// No migration goes back, and their numbers have no gap.
func TestMigrationsGoForward(t *testing.T) {
	files, err := migrations.ReadDir("migrations/sqlite")
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		if want := fmt.Sprintf("%05d_", i+1); !strings.HasPrefix(f.Name(), want) {
			t.Errorf("%s does not begin with %s", f.Name(), want)
		}
		text, err := migrations.ReadFile("migrations/sqlite/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "+goose Down") {
			t.Errorf("%s goes back", f.Name())
		}
	}
}
