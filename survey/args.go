package survey

import (
	"bytes"
	"encoding/json"
)

// UnmarshalJSON reads what a message was kept with: whole numbers become ints
// again, so that they choose plural forms and are printed as before.
func (a *Args) UnmarshalJSON(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var values map[string]any
	if err := decoder.Decode(&values); err != nil {
		return err
	}
	for name, value := range values {
		if number, is := value.(json.Number); is {
			values[name] = plain(number)
		}
	}
	*a = values
	return nil
}

func plain(n json.Number) any {
	if whole, err := n.Int64(); err == nil {
		return int(whole)
	}
	return n.String()
}
