package visible

// Hidden is what the tests of the package look at from outside.
var Hidden = isHidden
