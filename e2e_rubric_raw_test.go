package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// What everybody hands in when TestRubricPlay plays an activity: made by plain
// arithmetic, so that each run is the same.

// The district under play has the first projects of the register, another one
// the rest: 40 in the city, so that rank 2 is exactly the lowest 5 %.
const (
	rubricDistrict, rubricOthers = 30, 10
	rubricHomes                  = 40 // of each project
	rubricCap                    = 10
	rubricApplied                = 16 // projects that apply
)

// rubricBegin is when the complaints' period begins, and rubricPeriod how many
// minutes it lasts: January to June.
func rubricBegin() time.Time { return time.Date(2023, 1, 1, 0, 0, 0, 0, time.FixedZone("", 8*60*60)) }

const rubricPeriod = 181 * 24 * 60

// rubricRegister is the city's register.
func rubricRegister() string {
	rows := [][]string{{"登记号", "区", "街道", "社区", "项目名称", "物业企业", "楼号", "单元数", "户数"}}
	for p := range rubricDistrict + rubricOthers {
		district := "甲区"
		if p >= rubricDistrict {
			district = "乙区"
		}
		rows = append(rows, []string{fmt.Sprintf("R-%02d", p), district, "一街道", fmt.Sprintf("%s第%d社区", district, p%2),
			fmt.Sprintf("小区%02d", p), fmt.Sprintf("物业企业%d", p%2), "1号楼", "2", strconv.Itoa(rubricHomes)})
	}
	return csvOf(rows)
}

func csvOf(rows [][]string) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows) // a buffer takes all
	return b.String()
}

// rubricTickets have ties at rank 2, each band of 1.3 at its edge, what is
// exactly on its limit and a minute late, reopened, not due, not valid and
// outside the period.
func rubricTickets() (list []rawTicket) {
	for p := range rubricDistrict + rubricOthers {
		switch {
		case p == rubricDistrict: // the city's best has none
		case p >= rubricDistrict:
			list = append(list, slices.Repeat([]rawTicket{{project: p, class: "一般", received: 9000, responded: 9005, resolved: 9100}}, 3)...)
		case p == 0: // not due at the end of the period
			list = append(list, rawTicket{project: p, class: "一般", received: rubricPeriod - 600, responded: rubricPeriod - 570, resolved: -1})
		case p%2 == 0:
			late := p % 4 / 2
			list = append(list, rawTicket{project: p, class: "一般", received: 1440 * p, responded: 1440*p + 1440, resolved: 1440*p + 7*1440 + late},
				rawTicket{project: p, class: "紧急", received: 1440 * p, responded: -1, resolved: -1, invalid: true},
				rawTicket{project: p, class: "紧急", received: rubricPeriod, responded: -1, resolved: -1})
		default:
			list = append(list, bandTickets(p, p/2%6)...)
		}
	}
	return list
}

// bandTickets are twenty, of which so many are late that both shares lie
// exactly on the band's edge; the last band is none.
func bandTickets(project, band int) (list []rawTicket) {
	late, open := []int{1, 2, 3, 4, 6, 7}[band], []int{2, 3, 4, 6, 8, 9}[band]
	for i := range 20 {
		class := []string{"紧急", "一般", "复杂"}[i%3]
		limit := map[string][2]int{"紧急": {120, 1440}, "一般": {1440, 7 * 1440}, "复杂": {1440, 15 * 1440}}[class]
		at := 5*1440*i + 60*project
		one := rawTicket{project: project, class: class, received: at, responded: at + limit[0] - i%2, resolved: at + limit[1] - i%2}
		if i < late {
			one.responded = at + limit[0] + 1
		}
		if i >= 20-open {
			switch i % 3 {
			case 0:
				one.resolved = at + limit[1] + 1
			case 1:
				one.resolved = -1
			default:
				one.reopened = true
			}
		}
		list = append(list, one)
	}
	return list
}

// ticketFile writes them as a complaint log.
func ticketFile(list []rawTicket) string {
	rows := [][]string{{"工单编号", "来源", "登记号", "区", "项目名称", "诉求类型", "受理时间", "首次响应时间", "办结时间", "是否重开", "是否有效"}}
	clock := func(minute int) string {
		if minute < 0 {
			return ""
		}
		return rubricBegin().Add(time.Duration(minute) * time.Minute).Format("2006-01-02 15:04")
	}
	yes := map[bool]string{true: "是", false: "否"}
	for i, one := range list {
		district := "甲区"
		if one.project >= rubricDistrict {
			district = "乙区"
		}
		rows = append(rows, []string{fmt.Sprintf("GD-%04d", i), "12345", fmt.Sprintf("R-%02d", one.project), district, fmt.Sprintf("小区%02d", one.project),
			one.class, clock(one.received), clock(one.responded), clock(one.resolved), yes[one.reopened], yes[!one.invalid]})
	}
	return csvOf(rows)
}

// rubricAnswers are answers and satisfied ones of owners, project by project
// in the order of the register: all, exactly 90 %, just above, just below 60 %,
// exactly 60 %, borderline at both thresholds, too few, enough for a clear word
// only, under ten, none.
func rubricAnswers() [][2]int64 {
	return [][2]int64{{40, 40}, {40, 36}, {40, 37}, {40, 23}, {40, 24}, {38, 35}, {37, 22}, {30, 29}, {33, 33}, {34, 31}, {5, 5}, {0, 0}}
}

// rubricSheet is what is handed in about the project at a place of the list.
// Two more than were accepted take part by the survey alone: of the last one
// nobody says anything.
func rubricSheet(at, project int) *rawSheet {
	s := &rawSheet{project: project, homes: rubricHomes, answered: rubricAnswers()[at][0], satisfied: rubricAnswers()[at][1],
		first: map[string]int{}, second: map[string]int{}, third: map[string]int{}, settled: map[string]int{}, overridden: map[string]int{}, vetoes: map[string]string{}}
	if at > rubricCap {
		return s
	}
	most := mostPoints()
	for i, item := range assessed() {
		m := most[item] + 1
		s.first[item] = (5*at + 3*i) % m
		s.second[item] = s.first[item]
		if (at+i)%9 == 4 {
			s.second[item] = (s.first[item] + 1) % m
		}
		if at%2 == 0 && at != 8 && i%3 == 0 {
			s.third[item] = s.first[item]
			if (at+i)%12 == 0 {
				s.third[item] = (s.first[item] + 2) % m
			}
		}
	}
	s.self = 6
	s.unanswered, s.residents = map[int]int{8: 2}[at], map[int]int{7: 5}[at]
	if at == 4 {
		delete(s.second, "4.4") // the second assessor has not come to it
	}
	if at != 5 {
		s.fees = &[2]int64{[]int64{95_000_000, 94_999_999, 100_000_000}[at%3], 100_000_000}
	}
	for _, veto := range []string{"6.2", "6.3", "6.4", "6.5", "6.6"} {
		s.vetoes[veto] = "NO"
	}
	switch at {
	case 2:
		s.vetoes["6.3"] = "YES"
	case 8:
		delete(s.vetoes, "6.6")
	case 9:
		s.vetoes["6.5"] = "UNDETERMINED"
	}
	return s
}

// parted are the items on which the parties differ and which both assessors
// have marked: those that can be settled.
func (s *rawSheet) parted() (list []string) {
	for _, item := range assessed() {
		second, both := s.second[item]
		third, three := s.third[item]
		if first := s.first[item]; both && (first != second || three && first != third) {
			list = append(list, item)
		}
	}
	return list
}
