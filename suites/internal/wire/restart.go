package wire

import (
	"context"
	"time"
)

// What watches for a target that is started again.
const (
	// watchPause lies between two questions to a target that answers: who builds a
	// server starts it again in less than a second.
	watchPause = 250 * time.Millisecond
	// restartBudget is how long a target may be away: somebody mends it meanwhile.
	restartBudget = time.Hour
)

// AwaitRestart waits until the target stops answering and answers again, and says
// whether it did: not where the context is over, or the budget.
func (c *Client) AwaitRestart(ctx context.Context) bool {
	for c.knock(ctx) {
		if !c.wait(ctx, watchPause) {
			return false
		}
	}
	ctx, cancel := context.WithTimeout(ctx, restartBudget)
	defer cancel()
	for !c.knock(ctx) {
		if !c.wait(ctx, watchPause) {
			return false
		}
	}
	return true
}
