package resident

import (
	"reflect"
	"time"
)

// slotBytes is what a kept page takes beside its bytes and what it is made
// of: the entries of map and list, the headers.
const slotBytes = 768

// weightOf is what a value takes in bytes with everything it leads to. What
// is shared with others is counted too: a bound shall rather hold less.
func weightOf(v any) int {
	if v == nil {
		return 0
	}
	value := reflect.ValueOf(v)
	return int(value.Type().Size()) + beyond(value)
}

// beyond is what a value leads to, without the value itself.
func beyond(v reflect.Value) (sum int) {
	switch v.Kind() {
	case reflect.String:
		return v.Len()
	case reflect.Slice:
		sum = v.Cap() * int(v.Type().Elem().Size())
		if leads(v.Type().Elem().Kind()) {
			for i := range v.Len() {
				sum += beyond(v.Index(i))
			}
		}
	case reflect.Array:
		if leads(v.Type().Elem().Kind()) {
			for i := range v.Len() {
				sum += beyond(v.Index(i))
			}
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return 0 // leads to its zone, which is everybody's
		}
		for i := range v.NumField() {
			sum += beyond(v.Field(i))
		}
	case reflect.Map:
		each := int(v.Type().Key().Size() + v.Type().Elem().Size())
		for at := v.MapRange(); at.Next(); {
			sum += 2*each + beyond(at.Key()) + beyond(at.Value())
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return int(v.Elem().Type().Size()) + beyond(v.Elem())
		}
	}
	return sum
}

// leads says whether values of a kind may lead to others.
func leads(kind reflect.Kind) bool {
	return kind == reflect.String || kind >= reflect.Array && kind != reflect.UnsafePointer
}
