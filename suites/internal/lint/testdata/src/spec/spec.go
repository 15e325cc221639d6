// Package spec is the few words that the specs beside it are written in.
package spec

type (
	Spec      struct{}
	Session   struct{}
	Matcher   struct{}
	Reply     struct{}
	Assertion struct{}
)

func Behaviour(id string, body func(*Spec)) any { return nil }

func (*Spec) Session() *Session          { return nil }
func (*Spec) Expect(reply any) Assertion { return Assertion{} }
func (*Spec) Step(text string)           {}
func (*Spec) Observe(reply Reply)        {}
func (Assertion) To(Matcher)             {}

func (*Session) Get() Reply    { return Reply{} }
func (*Session) Cancel() Reply { return Reply{} }
func (*Session) Delete() Reply { return Reply{} }
func (*Session) Fail() Reply   { return Reply{} }

func Succeed() Matcher                { return Matcher{} }
func BeDocumented() Matcher           { return Matcher{} }
func BeGone() Matcher                 { return Matcher{} }
func BeOver() Matcher                 { return Matcher{} }
func BeRefusedWith(error int) Matcher { return Matcher{} }
func BeAnsweredWith(code int) Matcher { return Matcher{} }
func HaveState(state string) Matcher  { return Matcher{} }
