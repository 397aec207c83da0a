package modeltest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"meihao/survey"
	"meihao/survey/roster"
)

// cityProject is one compound: what it is, what its people think, and how
// far its answers are.
type cityProject struct {
	number    string // in the register
	buildings []cityBuilding
	homes     int // of all buildings, as they are
	planned   int // answers in the end

	satisfied, silent, commenting float64 // shares of those who answer
	refused                       int     // homes in a thousand in which a second person asks
	chance                        *rand.Rand
	step, offset                  int // the order in which homes answer, see home

	poster           survey.Poster
	answered, wanted int
}

// cityBuilding has so many homes as they are and as the register has them:
// now and then that knows fewer, and answers are held for it.
type cityBuilding struct{ units, homes, registered int }

const (
	leastHomes = 12
	// answering is the part of a city's homes that its answers come from.
	answering = 0.6
	// crowdedEvery is how many projects there are for one with a building
	// that has twice the homes of the register.
	crowdedEvery = 40
	// Of a thousand homes that answer usual ones have refusals, in which a
	// second person tries; one project in contestedEvery has contests.
	refusals, contests, contestedEvery = 20, 150, 200
)

// planCity draws the projects: 1 to 29 buildings each, large and small,
// turnout between a tenth and nearly all, from well below 60 % satisfied to
// nearly everybody.
func planCity(size CitySize) []*cityProject {
	counts := buildingCounts(size)
	usual := max(leastHomes, float64(size.Responses)/answering/float64(size.Buildings))
	list := make([]*cityProject, size.Projects)
	weights := make([]float64, size.Projects)
	for i := range list {
		chance := rand.New(rand.NewPCG(size.Seed, uint64(i)))
		p := &cityProject{
			number:    fmt.Sprintf("XG-%06d", i+1),
			satisfied: 0.98 - 0.58*math.Pow(chance.Float64(), 1.7), silent: 0.02 + 0.2*math.Pow(chance.Float64(), 3), commenting: 0.15,
			refused: refusals, chance: chance,
		}
		if i%contestedEvery == contestedEvery/2 {
			p.refused = contests
		}
		for range counts[i] {
			p.buildings = append(p.buildings, drawBuilding(usual, chance))
		}
		if i%crowdedEvery == crowdedEvery/2 {
			b := &p.buildings[0]
			b.registered = max(1, b.homes/2)
		}
		for _, b := range p.buildings {
			p.homes += b.homes
		}
		p.offset, p.step = chance.IntN(p.homes), coprime(p.homes, chance)
		weights[i] = float64(p.homes) * (0.1 + 0.9*chance.Float64())
		list[i] = p
	}
	share(list, weights, size.Responses)
	return list
}

func drawBuilding(usual float64, chance *rand.Rand) cityBuilding {
	units := chance.IntN(6) // 0: a tower without units
	homes := max(leastHomes, int(usual*(0.5+chance.Float64())))
	return cityBuilding{units, homes, homes}
}

// buildingCounts gives every project a building and throws the others at
// projects by lot, some of which are three times as large.
func buildingCounts(size CitySize) []int {
	chance := rand.New(rand.NewPCG(size.Seed, math.MaxUint64))
	counts := slices.Repeat([]int{1}, size.Projects)
	for left := size.Buildings - size.Projects; left > 0; left-- {
		i := chance.IntN(size.Projects)
		if i%3 != 0 && chance.IntN(3) > 0 { // two thirds are small
			i -= i % 3
		}
		counts[i]++
	}
	return counts
}

// coprime is a step through n homes that meets each of them once.
func coprime(n int, chance *rand.Rand) int {
	for {
		step := 1 + chance.IntN(n)
		if gcd(step, n) == 1 {
			return step
		}
	}
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// share divides the answers by weight, no project more than it has homes.
func share(list []*cityProject, weights []float64, responses int) {
	left, weight := responses, 0.0
	for _, w := range weights {
		weight += w
	}
	for i, p := range list {
		p.planned = min(p.homes, int(float64(left)*weights[i]/weight+0.5))
		left, weight = left-p.planned, weight-weights[i]
	}
	for i := 0; left > 0; i = (i + 1) % len(list) { // what the lot left over
		if list[i].planned < list[i].homes {
			list[i].planned++
			left--
		}
	}
}

// share is the project's part of so many answers of the city.
func (p *cityProject) share(responses, of int) int {
	if of == 0 {
		return 0
	}
	return int(int64(p.planned) * int64(responses) / int64(of))
}

// home is the one that answers as number i: building, unit and room. Homes
// answer in an order that hops over the whole compound and meets each once.
func (p *cityProject) home(i int) (building int, unit, room string) {
	at := (p.offset + i*p.step) % p.homes
	for at >= p.buildings[building].homes {
		at -= p.buildings[building].homes
		building++
	}
	units := p.buildings[building].units
	if units > 0 {
		unit = strconv.Itoa(1 + at%units)
		at /= units
	}
	const onFloor = 4
	return building, unit, strconv.Itoa(100*(1+at/onFloor) + 1 + at%onFloor)
}

// register is the city as a register file names it: 500 projects to a
// district, 50 to a subdistrict, 10 to a community.
func (c *City) register() []roster.Row {
	rows := make([]roster.Row, 0, c.Buildings)
	for i, p := range c.projects {
		for n, b := range p.buildings {
			rows = append(rows, roster.Row{
				Number: len(rows) + 2, Register: p.number,
				District: fmt.Sprintf("虚构%d区", i/500+1), Subdistrict: fmt.Sprintf("虚构%d号街道", i/50+1),
				Community: fmt.Sprintf("%d号社区", i/10+1), Project: fmt.Sprintf("虚构%d号小区", i+1),
				Company: fmt.Sprintf("虚构物业%d号公司", i%200+1), Phone: "010-0000 0000",
				Building: fmt.Sprintf("%d号楼", n+1), Units: &b.units, Homes: survey.Homes{Households: b.registered},
			})
		}
	}
	return rows
}
