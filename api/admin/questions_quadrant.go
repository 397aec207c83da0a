package admin

import (
	"fmt"
	"math"

	"meihao/survey"
)

// quadrant is the picture of satisfaction × association. Its measures are of a
// picture of quadrantWidth × quadrantHeight; its figures stand in the table.
type quadrant struct {
	Left, Right, Top, Bottom float64 // of the ground
	MiddleX, MiddleY         float64 // where the four corners meet
	Points                   []quadrantPoint
	Low, High                string // the ends of the axis of satisfaction
	From, To                 string // of the axis of association
}

// quadrantPoint is an aspect, with its number beside it.
type quadrantPoint struct {
	X, Y, LabelX, LabelY float64
	Number               string
	Corner               survey.Corner
}

const (
	quadrantWidth, quadrantHeight = 420, 400
	quadrantMargin                = 28
)

// Width of the picture.
func (quadrant) Width() int { return quadrantWidth }

// Height of the picture.
func (quadrant) Height() int { return quadrantHeight }

// GroundWidth and the next ones are measures of the ground on which points
// are drawn, and of its corner of what comes first.
func (q quadrant) GroundWidth() float64 { return q.Right - q.Left }

// GroundHeight is its height.
func (q quadrant) GroundHeight() float64 { return q.Bottom - q.Top }

// FirstWidth is the width of the corner.
func (q quadrant) FirstWidth() float64 { return q.MiddleX - q.Left }

// FirstHeight is the height of the corner.
func (q quadrant) FirstHeight() float64 { return q.MiddleY - q.Top }

// InLeft and the next ones are where the words of the corners begin and end.
func (q quadrant) InLeft() float64 { return q.Left + 8 }

// InRight is the right end.
func (q quadrant) InRight() float64 { return q.Right - 8 }

// InTop is the line of the upper words.
func (q quadrant) InTop() float64 { return q.Top + 22 }

// InBottom is the line of the lower words.
func (q quadrant) InBottom() float64 { return q.Bottom - 10 }

// CentreX and the next ones are where the axes are named.
func (q quadrant) CentreX() float64 { return (q.Left + q.Right) / 2 }

// CentreY is the middle of the height.
func (q quadrant) CentreY() float64 { return (q.Top + q.Bottom) / 2 }

// Under is the line of the words below the ground.
func (q quadrant) Under() float64 { return q.Bottom + 24 }

// Beside is where the figures left of the ground end.
func (q quadrant) Beside() float64 { return q.Left - 6 }

// Aside is the line of the words left of it.
func (quadrant) Aside() float64 { return 18 }

// quadrantOf draws what was measured; nil where that is less than two aspects.
func quadrantOf(list []survey.Aspect) *quadrant {
	mark, measured := survey.MiddleAssociation(list)
	middle := survey.Middle(list)
	if !measured || middle.Answered == 0 {
		return nil
	}
	type at struct{ x, y float64 }
	centre := at{100 * float64(middle.Satisfied) / float64(middle.Answered), math.Max(mark.Float(), 0.15)}
	x, y := span{centre.x, centre.x}, span{centre.y, centre.y}
	var points []at
	var shown []int
	for i, a := range list {
		if a.Corner == "" {
			continue
		}
		p := at{100 * float64(*a.Satisfied) / float64(*a.Answered), a.Association.Float()}
		x, y = x.with(p.x), y.with(p.y)
		points, shown = append(points, p), append(shown, i)
	}
	if len(points) < 2 {
		return nil
	}
	x, y = x.rounded(10, 0, 100), y.rounded(0.1, -1, 1)
	q := &quadrant{
		Left: 2 * quadrantMargin, Right: quadrantWidth - quadrantMargin, Top: quadrantMargin, Bottom: quadrantHeight - 2*quadrantMargin,
		Low: fmt.Sprintf("%.0f%%", x.lo), High: fmt.Sprintf("%.0f%%", x.hi), From: fmt.Sprintf("%.1f", y.lo), To: fmt.Sprintf("%.1f", y.hi),
	}
	place := func(p at) (float64, float64) {
		return q.Left + (q.Right-q.Left)*x.part(p.x), q.Bottom - (q.Bottom-q.Top)*y.part(p.y)
	}
	q.MiddleX, q.MiddleY = place(centre)
	for n, p := range points {
		px, py := place(p)
		q.Points = append(q.Points, quadrantPoint{X: px, Y: py, Number: number(shown[n]), Corner: list[shown[n]].Corner})
	}
	q.label()
	return q
}

// label puts each number where it covers no point and no other number: right
// of its point, else left, above or below.
func (q *quadrant) label() {
	const reach, size = 17, 18.0
	free := func(i int, x, y float64) bool {
		for j, p := range q.Points {
			if math.Abs(p.X-x) < size/2+7 && math.Abs(p.Y-y) < size/2+5 && j != i {
				return false
			}
			if j < i && math.Abs(p.LabelX-x) < size && math.Abs(p.LabelY-y) < size {
				return false
			}
		}
		return x > q.Left && x < q.Right && y > q.Top && y < q.Bottom
	}
	for i := range q.Points {
		p := &q.Points[i]
		p.LabelX, p.LabelY = p.X+reach, p.Y
		for _, way := range [][2]float64{{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}} {
			if x, y := p.X+way[0]*reach, p.Y+way[1]*reach; free(i, x, y) {
				p.LabelX, p.LabelY = x, y
				break
			}
		}
	}
}

// span is a stretch of an axis.
type span struct{ lo, hi float64 }

func (s span) with(v float64) span { return span{math.Min(s.lo, v), math.Max(s.hi, v)} }

// rounded is the stretch out to whole steps, with room around what is in it.
func (s span) rounded(step, least, most float64) span {
	const room = 0.3
	return span{
		math.Max(least, step*math.Floor(s.lo/step-room)),
		math.Min(most, step*math.Ceil(s.hi/step+room)),
	}
}

// part is how far along the stretch a value is, 0 … 1.
func (s span) part(v float64) float64 { return (v - s.lo) / (s.hi - s.lo) }
