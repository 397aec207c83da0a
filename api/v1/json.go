package v1

import (
	"encoding/json"
	"strings"
)

// An answer is a flat little object of texts. It is checked as a whole by
// encoding/json, and then taken apart where it stands: decoding it into maps
// of any costs three times as much as everything else the gate does. All
// functions here want valid JSON.

// members calls f with each name of an object and its value as it is written.
func members(object string, f func(name, value string)) {
	for at := blank(object, 1); object[at] != '}'; {
		name := object[at:end(object, at)]
		at = blank(object, at+len(name)) + 1 // the colon
		at = blank(object, at)
		value := object[at:end(object, at)]
		f(unquote(name), value)
		at = next(object, at+len(value))
	}
}

// elements calls f with each value of an array as it is written.
func elements(array string, f func(value string)) {
	for at := blank(array, 1); array[at] != ']'; {
		value := array[at:end(array, at)]
		f(value)
		at = next(array, at+len(value))
	}
}

// next is where the next member or element begins, or the end of all.
func next(text string, at int) int {
	at = blank(text, at)
	if text[at] == ',' {
		at = blank(text, at+1)
	}
	return at
}

// blank is the first place from at on that is not white space.
func blank(text string, at int) int {
	for text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r' {
		at++
	}
	return at
}

// end is where the value that begins at a place is over.
func end(text string, at int) int {
	switch text[at] {
	case '"':
		return endOfText(text, at)
	case '{', '[':
		for depth := 0; ; at++ {
			switch text[at] {
			case '"':
				at = endOfText(text, at) - 1
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return at + 1
				}
			}
		}
	}
	if length := strings.IndexAny(text[at:], ",]} \n\t\r"); length >= 0 {
		return at + length
	}
	return len(text)
}

func endOfText(text string, at int) int {
	for at++; text[at] != '"'; at++ {
		if text[at] == '\\' {
			at++
		}
	}
	return at + 1
}

// isText says whether a value is a text.
func isText(value string) bool { return value[0] == '"' }

// unquote is what a text says.
func unquote(text string) string {
	if strings.IndexByte(text, '\\') < 0 {
		return text[1 : len(text)-1]
	}
	var s string
	_ = json.Unmarshal([]byte(text), &s) // it is valid
	return s
}
