// Package matchers stands for Gomega's.
package matchers

func BeTrue() any         { return nil }
func BeFalse() any        { return nil }
func Equal(value any) any { return value }
func Not(matcher any) any { return matcher }
