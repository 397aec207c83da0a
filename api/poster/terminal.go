package poster

import "strings"

// Terminal draws the QR code of an address with half blocks, two modules a
// line, to be scanned from the screen. Light modules are drawn, dark ones
// left out, so that it stands on a dark terminal; with the frame it is read
// on a light one too by readers that know inverted codes.
func Terminal(address string) (string, error) {
	modules, err := bitmap(address)
	if err != nil {
		return "", err
	}
	light := func(x, y int) bool {
		x, y = x-quiet, y-quiet
		return y < 0 || x < 0 || y >= len(modules) || x >= len(modules) || !modules[y][x]
	}
	size := len(modules) + 2*quiet
	var b strings.Builder
	for y := 0; y < size; y += 2 {
		for x := range size {
			upper, lower := light(x, y), y+1 < size && light(x, y+1)
			switch {
			case upper && lower:
				b.WriteString("█")
			case upper:
				b.WriteString("▀")
			case lower:
				b.WriteString("▄")
			default:
				b.WriteString(" ")
			}
		}
		b.WriteString("\n")
	}
	return b.String(), nil
}
