package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"meihao/api/lang"
	"meihao/static"
	"meihao/survey"
)

// Exit codes (DESIGN §7).
const (
	exitOK      = 0
	exitFailure = 1 // a finding or a failure
	exitUsage   = 2 // wrong use
)

// commands are the command line; the flags beside them belong to all.
type commands struct {
	Config string `help:"Configuration file (TOML)." type:"path" placeholder:"FILE"`
	Data   string `help:"Data directory; overrides the configuration." type:"path" placeholder:"DIR"`

	Serve       serveCommand       `cmd:"" help:"Run the server."`
	Import      importCommand      `cmd:"" help:"Import a register; prints a plan and changes nothing without --apply."`
	Judge       judgeCommand       `cmd:"" help:"Judge one result: rate, adequacy, item 1.1 and veto 6.1."`
	Ready       readyCommand       `cmd:"" help:"Ask the server of this configuration whether it is ready; exit 0 if it is."`
	Verify      verifyCommand      `cmd:"" help:"Recount everything from the stored answers and name what differs."`
	Backup      backupCommand      `cmd:"" help:"Copy the whole database into one file while the server runs."`
	Restore     restoreCommand     `cmd:"" help:"Make the database, on either engine, out of a backup, and verify it; writes over nothing."`
	Account     accountCommand     `cmd:"" help:"Manage accounts."`
	Token       tokenCommand       `cmd:"" help:"Manage tokens for other systems."`
	CheckConfig checkConfigCommand `cmd:"" name:"check-config" help:"Check the configuration and print what is in force."`
	Version     versionCommand     `cmd:"" help:"Print the version."`
}

// console is what a command may touch of the outside world.
type console struct {
	ctx            context.Context //nolint:containedctx // lives as long as the command
	in             io.Reader
	out, err       io.Writer
	config         config
	catalogs       *lang.Catalogs
	language       string
	terminalAnswer func() bool      // whether somebody can answer at a terminal
	now            func() time.Time // of the store, nil for the machine's clock
}

// say writes a line to standard output.
func (c *console) say(format string, args ...any) { _, _ = fmt.Fprintf(c.out, format+"\n", args...) }

// text is a message in the console's language.
func (c *console) text(m survey.Message) string { return c.catalogs.Text(c.language, m.Key, m.Args) }

// run is the whole program: arguments in, exit code out.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var cli commands
	left := -1
	parser, err := kong.New(&cli, kong.Name("meihao"),
		kong.Description("Residential satisfaction surveys for 共建美好家园 (京建发〔2023〕232号)."),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { left = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		return fail(stderr, err)
	}
	parsed, err := parser.Parse(args)
	if left >= 0 { // --help has printed and asked to leave
		return left
	}
	if err != nil {
		return usage(stderr, err)
	}
	c := console{ctx: ctx, in: stdin, out: stdout, err: stderr, language: languageOf(os.Getenv)}
	if c.catalogs, err = lang.Load(static.Lang); err != nil {
		return fail(stderr, err)
	}
	c.terminalAnswer = func() bool { return isTerminal(stdin) }
	if c.config, err = readConfig(cli.Config, cli.Data, os.Getenv); err != nil {
		return usage(stderr, err)
	}
	return c.end(parsed.Run(&c))
}

// usageError is wrong use: exit 2.
type usageError struct{ error }

// finding is a result that is not good: exit 1 without a further line.
var errFinding = errors.New("something was found")

// end turns a command's error into its exit code and one line.
func (c *console) end(err error) int {
	var wrong usageError
	var told *survey.Error
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFinding):
		return exitFailure
	case errors.As(err, &wrong):
		return usage(c.err, wrong.error)
	case errors.As(err, &told):
		return fail(c.err, errors.New(c.text(told.Message)))
	}
	return fail(c.err, err)
}

func usage(w io.Writer, err error) int {
	_, _ = fmt.Fprintf(w, "meihao: %v\n", err)
	return exitUsage
}

func fail(w io.Writer, err error) int {
	_, _ = fmt.Fprintf(w, "meihao: %v\n", err)
	return exitFailure
}

// languageOf is Chinese for a Chinese locale and English otherwise.
func languageOf(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			if strings.HasPrefix(v, "zh") {
				return "zh"
			}
			return "en"
		}
	}
	return "en"
}

// isTerminal says whether somebody sits at standard input. The null device is
// a character device too, and nobody answers there.
func isTerminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

type versionCommand struct{}

// Run prints the version and the rules it computes with.
func (versionCommand) Run(c *console) error {
	c.say("meihao %s (rules %s)", version, survey.RulesVersion)
	return nil
}
