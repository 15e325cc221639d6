package spec

import (
	"github.com/google/uuid"

	"session-conformance/suites/internal/wire"
)

// CreateFor returns the arguments of create for an item.
func CreateFor(item Item) wire.Object {
	return OneSpec("create_spec", wire.Object{{Name: "library_item_id", Value: item.ID}})
}

// OneSpec returns arguments of one spec, by the name that legacy and rest give it.
func OneSpec(name string, spec wire.Object) wire.Object {
	return wire.Object{{Name: name, Value: spec}}
}

// WithToken adds an idempotency token to the arguments of create.
func WithToken(arguments wire.Object, token string) wire.Object {
	return append(wire.Object{{Name: "client_token", Value: token}}, arguments...)
}

// NewToken returns a fresh idempotency token, which must be a UUID.
func NewToken() string { return uuid.NewString() }

// Progress is what keep_alive reports of the client's progress, in percent.
type Progress int

// Argument is the progress as the service names it (reference, section 0).
func (p Progress) Argument(service string) wire.Object {
	name := "progress"
	if service == Update {
		name = "client_progress"
	}
	return wire.Object{{Name: name, Value: int(p)}}
}

// ClientError is the argument of fail.
func ClientError(message string) wire.Object {
	return wire.Object{{Name: "client_error_message", Value: message}}
}

// Two of the documented types of warning_behavior (reference, section 3).
const (
	SelfSigned = "SELF_SIGNED_CERTIFICATE"
	Expired    = "EXPIRED_CERTIFICATE"
)

// IgnoreWarnings is the argument of update that lets every documented warning pass.
func IgnoreWarnings() wire.Object {
	var all wire.List
	for _, kind := range []string{SelfSigned, Expired, "NOT_YET_VALID_CERTIFICATE", "UNTRUSTED_CERTIFICATE"} {
		all = append(all, wire.Object{{Name: "type", Value: kind}, {Name: "ignored", Value: true}})
	}
	return OneSpec("update_spec", wire.Object{{Name: "warning_behavior", Value: all}})
}

// Warning is the argument of update that lets a certificate warning pass.
func Warning(kind string) wire.Object {
	warning := wire.Object{{Name: "type", Value: kind}, {Name: "ignored", Value: true}}
	return OneSpec("update_spec", wire.Object{{Name: "warning_behavior", Value: wire.List{warning}}})
}

// FileName is the one argument file_name.
func FileName(name string) wire.Object { return wire.Object{{Name: "file_name", Value: name}} }

// PushSpec is the spec of a file that the client uploads.
func PushSpec(name string) wire.Object {
	return wire.Object{{Name: "name", Value: name}, {Name: "source_type", Value: "PUSH"}}
}

// Trusting adds a member to the source endpoint of a PULL: by what its
// certificate is trusted.
func Trusting(pull wire.Object, member, value string) wire.Object {
	endpoint, _ := pull.Get("source_endpoint")
	return pull.With("source_endpoint", endpoint.(wire.Object).With(member, value))
}

// PullSpec is the spec of a file of that many bytes that the server fetches from
// the address. Without the size, a live server took it for an empty one
// (reference, section 3, "Transfers").
func PullSpec(name, address string, size int) wire.Object {
	return wire.Object{
		{Name: "name", Value: name}, {Name: "source_type", Value: "PULL"}, {Name: "size", Value: size},
		{Name: "source_endpoint", Value: wire.Object{{Name: "uri", Value: address}}},
	}
}
