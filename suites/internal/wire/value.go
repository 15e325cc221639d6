package wire

// Object is an ordered set of named arguments; the order is kept on the wire,
// so that a transcript reads like the pages.
type Object []Field

// Field is one named argument. Value is a string, an int, an int64, a bool,
// nil, an Object or a List.
type Field struct {
	Name  string
	Value any
}

// List is an array of values.
type List []any

// With returns the object with the field added at its end, or replaced.
func (o Object) With(name string, value any) Object {
	with := make(Object, 0, len(o)+1)
	for _, field := range o {
		if field.Name != name {
			with = append(with, field)
		}
	}
	return append(with, Field{name, value})
}

// Get returns the value of the named field.
func (o Object) Get(name string) (any, bool) {
	for _, field := range o {
		if field.Name == name {
			return field.Value, true
		}
	}
	return nil, false
}

// Without returns the object without the named field.
func (o Object) Without(name string) Object {
	without := make(Object, 0, len(o))
	for _, field := range o {
		if field.Name != name {
			without = append(without, field)
		}
	}
	return without
}
