package lifecycle

import (
	"fmt"
	"slices"
)

// The columns of the drawing for a desk: before the session, ACTIVE, what ends
// it, and deleted.
const (
	wideWidth   = 1181
	startX      = 1
	startWidth  = 106
	activeX     = 240
	activeWidth = 214
	endX        = 628
	endWidth    = 200
	goneX       = 996
	goneWidth   = 184
	// boxGap lies between the boxes of a column, topHeight above the first, or
	// laneHeight for a line that passes them all.
	boxGap     = 24
	topHeight  = 8
	laneHeight = 40
	// lineGap lies between lines that meet one box, laneGap between those that
	// turn beside it; bend is the radius of a turn.
	lineGap = 24
	laneGap = 10
	bend    = 8
)

// Wide draws the map for a desk and for paper. anchor begins the places of the
// page that findings are linked to; empty links none.
func (m Map) Wide(anchor string) string {
	c := &canvas{anchor: anchor, m: m}
	boxes, height := m.columns()
	c.begin("wide", wideWidth, height)
	for _, state := range m.States {
		for _, cell := range state.Cells {
			if cell.Next != "" {
				c.line(boxes, cell)
			}
		}
	}
	for _, state := range m.States {
		c.box(boxes[state.Name])
	}
	c.printf("</svg>\n")
	return c.out.String()
}

func (c *canvas) begin(class string, width, height int) {
	c.printf(`<svg class="lifecycle %s" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="group" aria-label="%s">`+"\n",
		class, width, height, escape("the lifecycle of a "+c.m.Service))
}

// columns lays the states out by their place in a life.
func (m Map) columns() (boxes map[string]box, height int) {
	boxes = map[string]box{}
	lane := topHeight
	if cell := m.at("ACTIVE", "delete"); cell != nil && cell.Next != "" {
		lane = laneHeight
	}
	bottom := lane
	for _, state := range m.States {
		b := box{state: state, rows: state.rows(func(cell Cell) bool { return cell.Next == "" })}
		switch state.Name {
		case "none":
			b.x, b.width = startX, startWidth
		case "ACTIVE":
			b.x, b.width = activeX, activeWidth
		case "deleted":
			b.x, b.width = goneX, goneWidth
		default:
			b.x, b.y, b.width = endX, bottom, endWidth
			bottom += b.height() + boxGap
		}
		boxes[state.Name] = b
	}
	height = bottom - boxGap
	for _, name := range []string{"ACTIVE", "deleted"} {
		height = max(height, lane+boxes[name].height())
	}
	for _, name := range []string{"ACTIVE", "deleted", "none"} {
		b := boxes[name]
		b.y = lane + (height-lane-b.height())/2
		if name == "none" {
			// A straight line leads to ACTIVE.
			b.y = boxes["ACTIVE"].y
		}
		boxes[name] = b
	}
	return boxes, height + 1
}

// rows are the cells that the documents speak of and that fit.
func (s State) rows(fits func(Cell) bool) []Cell {
	var rows []Cell
	for _, cell := range s.Cells {
		if cell.Mark != Silent && fits(cell) {
			rows = append(rows, cell)
		}
	}
	return rows
}

// line draws an operation that leads to another state.
func (c *canvas) line(boxes map[string]box, cell Cell) {
	from, to := boxes[cell.State], boxes[cell.Next]
	if to.width == 0 {
		return
	}
	c.open(cell)
	switch {
	case cell.State == "ACTIVE" && cell.Next == "deleted":
		c.passing(from, to, cell)
	case cell.Next == "deleted":
		c.leaving(from, to, cell)
	default:
		c.coming(from, to, cell)
	}
	c.end(cell)
}

// coming is the line to what ends the session, with its words at the end.
func (c *canvas) coming(from, to box, cell Cell) {
	x1, x2, y2 := from.x+from.width, to.x, to.head()
	y1, lane := from.head(), laneGap
	if cell.State == "ACTIVE" {
		y1, lane = c.fan(from, cell, y2)
	}
	c.route(x1, y1, x1+lane, x2, y2)
	c.words(cell, x2-arrow-5, y2, true)
}

// leaving is the line of a delete, with its words at the beginning.
func (c *canvas) leaving(from, to box, cell Cell) {
	x1, y1, x2 := from.x+from.width, from.head(), to.x
	y2, lane := c.fan(to, cell, y1)
	c.route(x1, y1, x2-arrow-lane, x2, y2)
	c.words(cell, x1+8, y1, false)
}

// passing is the line of a delete that passes above all other states.
func (c *canvas) passing(from, to box, cell Cell) {
	const lane = laneHeight / 2
	x1, y1, x2, y2 := from.x+from.width, from.head(), to.x, to.head()
	up, down := x1+laneGap, x2-arrow-laneGap
	c.printf(`<path class="edge" d="M%d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%d"/>`,
		x1, y1, up-bend, up, y1, up, y1-bend, lane+bend, up, lane, up+bend, lane,
		down-bend, down, lane, down, lane+bend, y2-bend, down, y2, down+bend, y2, x2-arrow)
	c.head(x2, y2)
	c.words(cell, up+laneGap, lane, false)
}

// fan is where one of several lines to or from a box meets it, and how far from
// the box it turns towards y, so that no line crosses another.
func (c *canvas) fan(b box, cell Cell, y int) (at, lane int) {
	ends := c.m.ends()
	number := slices.Index(ends, cell.Next)
	if cell.Next == "deleted" {
		number = slices.Index(ends, cell.State)
	}
	at = b.y + b.height()/2 + (2*number-len(ends)+1)*lineGap/2
	if y > at {
		number = len(ends) - 1 - number
	}
	return at, laneGap * (number + 2)
}

// ends are the states that end a session and do not delete it.
func (m Map) ends() (names []string) {
	for _, state := range m.States {
		if state.Name != "none" && state.Name != "ACTIVE" && state.Name != "deleted" {
			names = append(names, state.Name)
		}
	}
	return names
}

// route draws a line that turns at x from one height to another.
func (c *canvas) route(x1, y1, x, x2, y2 int) {
	turn := min(bend, max(y1-y2, y2-y1)/2)
	side := turn
	if y2 < y1 {
		side = -turn
	}
	if y1 == y2 {
		c.printf(`<path class="edge" d="M%d %dH%d"/>`, x1, y1, x2-arrow)
	} else {
		c.printf(`<path class="edge" d="M%d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%d"/>`,
			x1, y1, x-turn, x, y1, x, y1+side, y2-side, x, y2, x+turn, y2, x2-arrow)
	}
	c.head(x2, y2)
}

// words stand above a line, at its end or at its beginning, behind the numbers of
// what is wrong.
func (c *canvas) words(cell Cell, x, y int, atEnd bool) {
	anchor, away := "", 1
	if atEnd {
		anchor, away = "end", -1
	}
	for _, number := range cell.Findings[:min(len(cell.Findings), mostBadges)] {
		c.badge(x+away*badgeSize, y-8-4, number)
		x += away * badgeGap
	}
	c.text("words", x, y-8, anchor, fmt.Sprintf("%s %s  %s", signs[cell.Mark], cell.Operation, cell.along()))
}
