package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What residents' phones are sent works from Chrome 66 on, which is in many
// old in-app browsers (UX "Resident pages" 5): scripts are ES5 and call
// nothing newer, styles use nothing whose absence harms.

// Names that Chrome 66 does not know: methods, properties and constructors.
var newerNames = regexp.MustCompile(`\.(?:at|flat|flatMap|fromEntries|replaceAll|matchAll|allSettled|any|findLast|findLastIndex|` +
	`hasOwn|toSorted|toReversed|toSpliced|with|groupBy|replaceChildren|requestSubmit|toggleAttribute|randomUUID|checkVisibility|` +
	`showPopover|togglePopover|startViewTransition|moveBefore|isWellFormed|toWellFormed|canShare|share|arrayBuffer|getAnimations)\s*\(` +
	`|\.(?:submitter|inert|userAgentData|cookieStore|scheduler|locks|replaceSync|ariaLabel|enterKeyHint)\b` +
	`|\b(?:globalThis|queueMicrotask|structuredClone|WeakRef|FinalizationRegistry|BigInt|AggregateError|CompressionStream|` +
	`AbortSignal\.(?:timeout|any)|Intl\.(?:RelativeTimeFormat|ListFormat|Segmenter|DisplayNames))\b`)

// Styles without which a page of Chrome 66 is worse than one that never had
// them. What it only leaves out (color-scheme, accent-color, text-wrap,
// prefers-color-scheme) may stand.
var newerStyles = regexp.MustCompile(`:(?:is|where|has)\(|@(?:layer|container|property|scope|starting-style)\b|` +
	`[\s{;](?:inset|inset-[a-z-]+|aspect-ratio|translate|rotate|scale|row-gap|gap-[a-z]+|(?:margin|padding|border)-(?:inline|block)[a-z-]*|` +
	`scroll-margin[a-z-]*|content-visibility|container[a-z-]*|place-content-[a-z]+)\s*:|` +
	`\b(?:min|max|clamp|color-mix|oklch|oklab|lab|lch|light-dark|round)\(|\d(?:dvh|svh|lvh|dvw|svw|lvw|cqw|cqi|cqh|lh|rlh)\b|` +
	`overflow(?:-[xy])?\s*:\s*clip|overflow-wrap\s*:\s*anywhere|@media[^{]*\(\s*(?:width|height)\s*[<>=]|&[\s:.]`)

func TestResidentPagesSuitOldBrowsers(t *testing.T) {
	sqliteOnly(t, "it is about files")
	acorn := needAcorn(t)
	shipped := residentAssets(t)
	if len(shipped) < 4 {
		t.Fatalf("only %v are found on residents' pages", shipped)
	}
	for _, name := range shipped {
		source, err := os.ReadFile(filepath.Join("static", "assets", name))
		if err != nil {
			t.Fatal(err)
		}
		faults := olderStyle(string(source))
		if strings.HasSuffix(name, ".js") {
			faults = olderScript(t, acorn, string(source))
		}
		for _, fault := range faults {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

// The test above fails where it should.
func TestOldBrowsersAreTested(t *testing.T) {
	sqliteOnly(t, "it is about files")
	acorn := needAcorn(t)
	for _, planted := range []string{
		"var a = form?.elements;", "var a = b ?? c;", "let a = 1;", "var f = () => 1;", "class A { #b = 1; }", "var a = `b`;",
		"list.at(-1);", "var b = event.submitter;", "text.replaceAll('a', 'b');", "queueMicrotask(f);", "form.requestSubmit();",
	} {
		if len(olderScript(t, acorn, "(function () {\n"+planted+"\n})();")) == 0 {
			t.Errorf("%s is let pass", planted)
		}
	}
	for _, planted := range []string{
		"a { display: flex; gap: 1rem }", "a { inset: 0 }", "a { width: min(1rem, 2vw) }", "a:is(b, c) { color: red }",
		"a { height: 100dvh }", "a { aspect-ratio: 1 }", "a { margin-inline: auto }", "@media (width >= 40rem) { a { color: red } }",
		"a, b:focus-visible { color: red }", "a { font-size: clamp(1rem, 2vw, 2rem) }",
	} {
		if len(olderStyle(planted)) == 0 {
			t.Errorf("%s is let pass", planted)
		}
	}
	for _, fine := range []string{
		"a { display: grid; gap: 1rem }", "a:focus:not(:focus-visible) { outline: none }", "@media (min-width: 40rem) { a { max-width: 2rem } }",
	} {
		if faults := olderStyle(fine); len(faults) > 0 {
			t.Errorf("%s is refused: %v", fine, faults)
		}
	}
}

// needAcorn is the pinned parser, and node to run it.
func needAcorn(t *testing.T) []string {
	t.Helper()
	node := need(t, "MEIHAO_NODE", "node", "apt-get install nodejs")
	return []string{node, need(t, "MEIHAO_ACORN", ".ci/web/node_modules/acorn/bin/acorn", "cd .ci/web && npm ci")}
}

var assetName = regexp.MustCompile(`(?:asset|sheet) "([a-z0-9-]+\.(?:js|css))"`)

// residentAssets are the scripts and styles that residents' pages name.
func residentAssets(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join("static", "pages", "resident", "*.html"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range assetName.FindAllStringSubmatch(string(text), -1) {
			names = append(names, found[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// olderScript is what Chrome 66 would not understand of a script.
func olderScript(t *testing.T, acorn []string, source string) []string {
	t.Helper()
	parser := exec.CommandContext(t.Context(), acorn[0], acorn[1], "--ecma5", "--silent")
	parser.Stdin = strings.NewReader(source)
	if said, err := parser.CombinedOutput(); err != nil {
		return []string{"is not ES5: " + strings.TrimSpace(string(said))}
	}
	return found(newerNames, withoutComments(source), "is newer than Chrome 66")
}

var styleRule = regexp.MustCompile(`([^{}]*)\{([^{}]*)\}`)

// olderStyle is what Chrome 66 would miss of a style.
func olderStyle(source string) []string {
	source = withoutComments(source)
	faults := found(newerStyles, source, "is missed in Chrome 66")
	for _, rule := range styleRule.FindAllStringSubmatch(source, -1) {
		selector, body := strings.TrimSpace(rule[1]), " "+rule[2]
		if regexp.MustCompile(`[\s;]display\s*:\s*(?:inline-)?flex`).MatchString(body) && regexp.MustCompile(`[\s;](?:column-)?gap\s*:`).MatchString(body) {
			faults = append(faults, selector+": gap in a flex box is missed in Chrome 66")
		}
		if strings.Contains(selector, ",") && strings.Contains(selector, ":focus-visible") {
			faults = append(faults, selector+": Chrome 66 drops the whole rule")
		}
	}
	return faults
}

func found(pattern *regexp.Regexp, source, what string) []string {
	var faults []string
	for _, one := range pattern.FindAllStringIndex(source, -1) {
		line := strings.Count(source[:one[0]], "\n") + 1
		faults = append(faults, fmt.Sprintf("line %d: %s %s", line, strings.TrimSpace(source[one[0]:one[1]]), what))
	}
	return faults
}

var comment = regexp.MustCompile(`(?s)/\*.*?\*/`)

// withoutComments keeps the lines.
func withoutComments(source string) string {
	return comment.ReplaceAllStringFunc(source, func(c string) string { return strings.Repeat("\n", strings.Count(c, "\n")) })
}
