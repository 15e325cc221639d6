package wire

import (
	"net/http"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestAnOutageNamesWhatWasAnsweredLast(t *testing.T) {
	g := NewWithT(t)
	first := listenAt(t, "127.0.0.1:0", answers)
	client := NewClient(Options{Target: first.URL, RequestTimeout: 5 * time.Second, WaitForTarget: 10 * time.Second})
	defer client.Close()
	ctx := WithRequestID(t.Context(), "run/behaviour/api")
	g.Expect(client.Do(ctx, Request{Method: http.MethodPost, Path: "/add"}).Status).To(Equal(204))
	g.Expect(client.Do(t.Context(), Request{Method: http.MethodDelete, Path: "/session"}).Status).To(Equal(204))
	g.Expect(client.Do(ctx, Request{Method: http.MethodGet, Path: "/session"}).Status).To(Equal(204), "it changes nothing")
	g.Expect(client.Outages()).To(BeEmpty())
	address := first.Listener.Addr().String()
	first.Close()
	time.AfterFunc(200*time.Millisecond, func() { listenAt(t, address, answers) })

	client.Watch(t.Context(), 5*time.Second)

	g.Expect(client.Absences()).To(Equal(1))
	outages := client.Outages()
	g.Expect(outages).To(HaveLen(1))
	g.Expect(outages[0].Before).To(HaveExactElements(
		Asked{Line: "DELETE /session"}, Asked{Line: "POST /add", ID: "run/behaviour/api"}))
	g.Expect(outages[0].UnderWay).To(BeEmpty())
	g.Expect(outages[0].Ended).To(BeTemporally(">", outages[0].Began))
}

func TestATargetThatIsThereHasNoOutage(t *testing.T) {
	g := NewWithT(t)
	client := NewClient(Options{Target: listenAt(t, "127.0.0.1:0", answers).URL, RequestTimeout: 5 * time.Second})
	defer client.Close()
	client.Watch(t.Context(), 10*time.Millisecond)
	g.Expect(client.Outages()).To(BeEmpty())
	g.Expect(client.Absences()).To(BeZero())
}
