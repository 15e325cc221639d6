package report

// Decode is what the tests of the package look at from outside.
var Decode = decode
