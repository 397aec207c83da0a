package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"meihao/survey"
)

// request is a request as a phone sends it, head and body, in which poster,
// submission key and room are replaced for each use. Their lengths never
// change, so neither does Content-Length.
type request struct {
	text            []byte
	code, key, room int // where they stand; -1 for not at all
}

// What stands in a request until it is used. The room has eight characters,
// as many as a room may have.
const (
	someCode = "00000000"
	someKey  = "0123456789abcdefghijkl"
	someRoom = "z9999999"
)

// phoneEncodings are what a phone takes behind https.
const phoneEncodings = "gzip, deflate, br"

// phone is the head of every request.
const phone = "Host: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile\r\n" +
	"Accept: text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8\r\n" +
	"Accept-Language: zh-CN,zh;q=0.9\r\nAccept-Encoding: " + phoneEncodings + "\r\n"

func newRequest(text string) request {
	return request{text: []byte(text), code: strings.Index(text, someCode), key: strings.Index(text, someKey), room: strings.Index(text, someRoom)}
}

// fill writes the request with its own poster, key and room into buffer.
func (r request) fill(buffer []byte, code string, series byte, number int64, chance *rand.Rand) []byte {
	buffer = append(buffer[:0], r.text...)
	copy(buffer[r.code:], code)
	if r.key < 0 {
		return buffer
	}
	key := buffer[r.key : r.key+len(someKey)]
	for i, bits := 0, uint64(0); i < len(key); i++ {
		if i%12 == 0 {
			bits = chance.Uint64()
		}
		key[i] = survey.Alphabet[bits&31]
		bits >>= 5
	}
	room := buffer[r.room : r.room+len(someRoom)]
	room[0] = series
	for i := len(room) - 1; i > 0; i-- {
		room[i] = byte('0' + number%10)
		number /= 10
	}
	return buffer
}

// pageRequest asks for a poster's page.
func pageRequest() []request {
	return []request{newRequest("GET /s/" + someCode + " HTTP/1.1\r\n" + phone + "\r\n")}
}

// jsonRequests send each sheet as JSON.
func jsonRequests(sheets []sheet) ([]request, error) {
	list := make([]request, len(sheets))
	for i, s := range sheets {
		answers := map[string]any{}
		for id, codes := range s.values {
			answers[id] = codes
			if len(codes) == 1 {
				answers[id] = codes[0]
			}
		}
		for _, id := range []string{"Q13", "Q14"} {
			if codes, given := s.values[id]; given {
				answers[id] = codes
			}
		}
		body, err := json.Marshal(map[string]any{
			"key": someKey, "household": map[string]string{"unit": s.unit, "room": someRoom}, "answers": answers,
		})
		if err != nil {
			return nil, err
		}
		list[i] = post("/api/v1/posters/"+someCode+"/responses", "application/json", body)
	}
	return list, nil
}

// sheetForm is a sheet as the resident's page sends it, for the home of a
// number.
func sheetForm(s sheet, number int64) url.Values {
	values := url.Values{"key": {fmt.Sprintf("key-of-household-%06d", number)}, "unit": {s.unit}, "room": {strconv.FormatInt(100+number, 10)}}
	maps.Copy(values, s.values)
	return values
}

// formRequests send each sheet as the resident's page does.
func formRequests(sheets []sheet) []request {
	list := make([]request, len(sheets))
	for i, s := range sheets {
		values := url.Values(s.values)
		body := "key=" + someKey + "&unit=" + s.unit + "&room=" + someRoom + "&" + values.Encode()
		list[i] = post("/s/"+someCode, "application/x-www-form-urlencoded", []byte(body))
	}
	return list
}

func post(path, kind string, body []byte) request {
	var b bytes.Buffer
	_, _ = fmt.Fprintf(&b, "POST %s HTTP/1.1\r\n%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", path, phone, kind, len(body), body)
	return newRequest(b.String())
}

// sheet is one household's answers.
type sheet struct {
	unit   string
	values map[string][]string
}

const (
	sheetCount   = 64
	commentEvery = 4 // one household in so many writes a comment
)

// newSheets draws the same sheets in every run: all questions that are open
// are answered, and every base occurs.
func newSheets(q *survey.Questionnaire) []sheet {
	chance := rand.New(rand.NewPCG(2023, 232))
	relations := [][2]string{{"OWNER", "Y"}, {"OWNER", "Y"}, {"OWNER", "Y"}, {"CO_OWNER", "Y"}, {"OWNER", "N"}, {"FAMILY", "Y"}, {"TENANT", "Y"}}
	sheets := make([]sheet, sheetCount)
	for i := range sheets {
		relation := relations[i%len(relations)]
		v := map[string][]string{}
		for _, one := range q.Questions {
			if c := one.ShowIf; c.Parent != "" && slices.Contains(v[c.Parent], c.Code) == c.Not {
				continue
			}
			switch {
			case one.Role == survey.RelationRole:
				v[one.ID] = []string{relation[0]}
			case one.Role == survey.ResidenceRole:
				v[one.ID] = []string{relation[1]}
			case one.Role != survey.CommentRole:
				v[one.ID] = []string{one.Options[chance.IntN(len(one.Options))].Code}
			case i%commentEvery == 0:
				v[one.ID] = []string{"电梯经常坏，维修太慢，希望物业尽快更换。第" + strconv.Itoa(i) + "户"}
			}
		}
		sheets[i] = sheet{unit: strconv.Itoa(1 + i%unitCount), values: v}
	}
	return sheets
}
