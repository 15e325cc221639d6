package lifecycle

// The measures of the drawing for a phone: boxes below each other, and lanes for
// lines beside them.
const (
	narrowWidth = 340
	laneWidth   = 9
	narrowGap   = 14
)

// Narrow draws the map for a phone: what leads to another state is a row that
// says so, and a line to that state.
func (m Map) Narrow(anchor string) string {
	c := &canvas{anchor: anchor, m: m}
	lines := m.lanes()
	left := lines*laneWidth + 6
	boxes, y := map[string]box{}, 1
	for _, state := range m.States {
		b := box{x: left, y: y, width: narrowWidth - left - 1, state: state, rows: state.rows(func(Cell) bool { return true })}
		boxes[state.Name] = b
		y += b.height() + narrowGap
	}
	c.begin("narrow", narrowWidth, y-narrowGap+1)
	lane := 0
	for _, state := range m.States {
		b := boxes[state.Name]
		for i, cell := range b.rows {
			if to := boxes[cell.Next]; to.width > 0 {
				c.down(b, to, cell, i, laneWidth/2+laneWidth*(lane%lines))
				lane++
			}
		}
	}
	for _, state := range m.States {
		c.box(boxes[state.Name])
	}
	c.printf("</svg>\n")
	return c.out.String()
}

// lanes counts the operations that lead to another state.
func (m Map) lanes() (n int) {
	for _, state := range m.States {
		for _, cell := range state.Cells {
			if cell.Next != "" {
				n++
			}
		}
	}
	return n
}

// down is the line from a row to the state below that it leads to.
func (c *canvas) down(from, to box, cell Cell, row, lane int) {
	const bend = 5
	y1, y2 := from.y+headHeight+row*rowHeight+rowHeight/2, to.head()
	c.printf(`<g class="%s"><path class="edge" d="M%d %dH%dq-%d 0 -%d %dV%dq0 %d %d %dH%d"/>`,
		cell.Mark, from.x, y1, lane+bend, bend, bend, bend, y2-bend, bend, bend, bend, to.x-arrow)
	c.head(to.x, y2)
	c.printf("</g>\n")
}
