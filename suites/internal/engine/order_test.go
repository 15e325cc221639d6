package engine

import (
	"testing"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
)

func TestTheOrderIsGinkgos(t *testing.T) {
	g := NewWithT(t)
	for _, filter := range []Filter{
		{Seed: 1}, {Seed: 20_261_128}, {Seed: 7, LabelFilter: "rest && !SHOULD"},
		{Seed: 3, Focus: []string{"download_session.get.ok ", "refused"}}, {Seed: 5, LabelFilter: "api", Focus: []string{"Test page"}},
	} {
		plan := makePlan(t, Everything(), filter)
		var titles []string
		for _, instance := range plan.Instances {
			titles = append(titles, instance.Title())
		}
		g.Expect(titles).To(Equal(ginkgosOrder(plan.all, filter)), "%+v", filter)
	}
}

func ginkgosOrder(pages []container, filter Filter) (titles []string) {
	withGinkgo(filter, func(suite types.SuiteConfig, console types.ReporterConfig) {
		register(pages, func(Instance) {})
		for _, one := range ginkgo.PreviewSpecs(title, suite, console).SpecReports {
			if one.LeafNodeType == types.NodeTypeIt && !one.State.Is(types.SpecStateSkipped|types.SpecStatePending) {
				titles = append(titles, one.LeafNodeText)
			}
		}
	})
	return titles
}
