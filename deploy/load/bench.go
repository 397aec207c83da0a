package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"meihao/model/modeltest/mariadb"
)

// options of a bench.
type options struct {
	rounds      int           // counted; a shorter one warms up
	time        time.Duration // of one series in one round
	connections int
	projects    int    // of the district, two buildings each
	engine      string // sqlite, mariadb or both
	only        string // parts, with commas; "" for all
	pace        time.Duration
	folder      string // where the temporary folder is made; "" is the system's
	profile     string // folder for CPU profiles; "" for none
}

// Parts of a bench, for -only.
const (
	pagePart  = "page"  // resident page
	formPart  = "form"  // submission by form
	jsonPart  = "json"  // submission by JSON
	storePart = "store" // raw engine, one transaction each, group commit
	pacePart  = "pace"  // constant rate, dashboards in use
	crowdPart = "crowd" // pages and answers at constant rates together
	pairPart  = "pair"  // two instances on one MariaDB
)

func parts() []string {
	return []string{pagePart, formPart, jsonPart, storePart, pacePart, crowdPart, pairPart}
}

// benchCommand measures in alternating rounds and prints the tables.
func benchCommand(ctx context.Context, args []string, out, problems io.Writer) int {
	var o options
	flags := flag.NewFlagSet("load bench", flag.ContinueOnError)
	flags.SetOutput(problems)
	flags.IntVar(&o.rounds, "rounds", 4, "counted rounds; a shorter one before them warms up")
	flags.DurationVar(&o.time, "time", 2*time.Second, "time of each series in a round")
	flags.IntVar(&o.connections, "connections", 64, "connections that ask at once")
	flags.IntVar(&o.projects, "projects", 8000, "projects of the district, each with two buildings; the load is spread over a poster of each")
	flags.StringVar(&o.engine, "engine", "", "sqlite, mariadb (a private server in the folder) or both; default: both, SQLite alone where mariadbd is missing")
	flags.StringVar(&o.only, "only", "", "only these parts, with commas: "+strings.Join(parts(), ", "))
	flags.DurationVar(&o.pace, "pace", 20*time.Second, "time of the pages and answers at a constant rate")
	flags.StringVar(&o.folder, "folder", "", "folder on the disk to measure; the databases in it are removed at the end")
	flags.StringVar(&o.profile, "profile", "", "also write a CPU profile of each series to this folder")
	if code, ended := parse(flags, args); ended {
		return code
	}
	if err := o.check(); err != nil {
		_, _ = fmt.Fprintln(problems, "load:", err)
		return 2
	}
	return ended(o.bench(ctx, out), problems)
}

func (o options) check() error {
	if o.rounds < 1 || o.time <= 0 || o.pace <= 0 || o.connections < 1 || o.projects < 1 {
		return errors.New("rounds, times, connections and projects begin at 1")
	}
	if o.engine != "" {
		if _, err := engines(o.engine); err != nil {
			return err
		}
	}
	for one := range strings.SplitSeq(o.only, ",") {
		if o.only != "" && !slices.Contains(parts(), one) {
			return fmt.Errorf("%q is no part: %s", one, strings.Join(parts(), ", "))
		}
	}
	return nil
}

// wants says whether a part is to be run.
func (o options) wants(part string) bool {
	return o.only == "" || slices.Contains(strings.Split(o.only, ","), part)
}

func (o options) bench(ctx context.Context, out io.Writer) error {
	folder, err := os.MkdirTemp(o.folder, "meihao-load-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // a temporary folder may stay
	list := []string{sqliteEngine, mariadbEngine}
	if o.engine != "" {
		list, _ = engines(o.engine) // checked
	}
	_, _ = fmt.Fprintf(out, "%d rounds of %v, medians; %d connections; answers spread over a poster of each of %d projects; %s, %d CPUs\n",
		o.rounds, o.time, o.connections, o.projects, runtime.Version(), runtime.NumCPU())
	for _, engine := range list {
		err := o.engineBench(ctx, engine, filepath.Join(folder, engine), out)
		if errors.Is(err, mariadb.ErrMissing) && o.engine == "" {
			_, _ = fmt.Fprintf(out, "\nMariaDB is left out: %v\n", err)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", engine, err)
		}
	}
	return nil
}

// engineBench is everything on one engine.
func (o options) engineBench(ctx context.Context, engine, folder string, out io.Writer) (err error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	s := &stage{options: o, folder: folder}
	if engine == mariadbEngine {
		if s.server, err = startMariaDB(ctx, folder); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, s.server.Stop()) }()
	}
	took, err := timed(func() error {
		return profiled(o.profile, engine+"-prepare", func() error { return s.open(ctx) })
	})
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "\n%s, prepared in %s\n", map[string]string{sqliteEngine: "SQLite", mariadbEngine: "MariaDB"}[engine], brief(took))
	if err := s.product.settings(ctx, out); err != nil {
		return err
	}
	if err := s.alternate(ctx); err != nil {
		return err
	}
	if o.profile != "" {
		if err := s.profileAll(ctx, engine); err != nil {
			return err
		}
	}
	return s.report(ctx, out)
}

// alternate measures every series in every round.
func (s *stage) alternate(ctx context.Context) error {
	for number := range s.rounds + 1 {
		length := s.time
		if number == 0 {
			length /= 4 // warms up
		}
		for _, one := range s.series {
			r, err := one.measure(ctx, s.connections, length, s.cpu)
			if err != nil {
				return fmt.Errorf("%s: %w", one.name, err)
			}
			if number > 0 {
				one.rounds = append(one.rounds, r)
			}
		}
	}
	return nil
}

// cpu is what the run used so far, with the database server's.
func (s *stage) cpu() time.Duration {
	if s.product == nil {
		return cpuTime()
	}
	return cpuTime() + s.product.serverCPU()
}

// profileAll runs one more round.
func (s *stage) profileAll(ctx context.Context, engine string) error {
	for _, one := range s.series {
		name := engine + "-" + strings.NewReplacer(": ", "-", ", ", "-", " ", "-").Replace(one.name)
		err := profiled(s.profile, name, func() error {
			_, err := one.measure(ctx, s.connections, s.time, s.cpu)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
