package report

// What the tests of the package look at from outside.
var (
	Decode = decode
	Hidden = hidden
)
