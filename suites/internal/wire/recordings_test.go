package wire

import (
	"fmt"
	"net/http"
	"testing"

	. "github.com/onsi/gomega"
)

// recorded are errors of live servers as others have published them (reference,
// section 7). The types are those of rest.
var recorded = map[string]struct {
	kind, messageID string
	// errorType is what the value tells beside its messages, from 7.0 on.
	errorType string
}{
	"an operation on an ended update session": {"not_allowed_in_current_state",
		"update_session_invalid_state_for_operation_reason", "NOT_ALLOWED_IN_CURRENT_STATE"},
	"create of an item whose name is taken": {"already_exists",
		"duplicate_item_name_unsupported_in_library", "ALREADY_EXISTS"},
	"add, the backing is gone": {"not_allowed_in_current_state", "invalid_library_backing_does_not_exist",
		"NOT_ALLOWED_IN_CURRENT_STATE"},
	"complete, a push is missing": {"not_allowed_in_current_state", "update_session_file_not_received",
		"NOT_ALLOWED_IN_CURRENT_STATE"},
	"complete of an OVF with missing or invalid files": {"not_allowed_in_current_state", "session_has_missing_or_invalid_files",
		"NOT_ALLOWED_IN_CURRENT_STATE"},
	"6.7U3": {"not_allowed_in_current_state", "update_session_invalid_state_for_operation_reason", ""},
}

func TestErrorsOfLiveServersAreRead(t *testing.T) {
	for name, one := range recorded {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			errorType := ""
			if one.errorType != "" {
				errorType = fmt.Sprintf(`"error_type":%q,`, one.errorType)
			}
			body := fmt.Sprintf(`{"type":"com.vmware.vapi.std.errors.%s","value":{%s"messages":[{"args":[],"default_message":"...","id":"com.vmware.content.cls-main.%s"}]}}`,
				one.kind, errorType, one.messageID)

			reply := Decode(answered(http.StatusBadRequest, "application/json", body),
				Variant{Binding: Rest, Route: Path, Representation: JSON}, "update_session.complete")

			g.Expect(reply.Broken).To(BeEmpty())
			g.Expect(reply.Fault).NotTo(BeNil())
			g.Expect(reply.Fault.Type).To(Equal(one.kind))
			g.Expect(reply.Fault.Documented).To(BeEmpty(), "what a live server answers is of the documented shape")
			g.Expect(reply.Fault.Members["value"]).To(HaveKeyWithValue("messages",
				ConsistOf(HaveKeyWithValue("id", "com.vmware.content.cls-main."+one.messageID))))
		})
	}
}

// The same errors in api have no wrapper (S1, S3); 7.0 may leave error_type out.
func TestErrorsOfLiveServersAreReadInAPI(t *testing.T) {
	for name, one := range recorded {
		g := NewWithT(t)
		errorType := ""
		if one.errorType != "" {
			errorType = fmt.Sprintf(`"error_type":%q,`, one.errorType)
		}
		body := fmt.Sprintf(`{%s"messages":[{"args":[],"default_message":"...","id":"com.vmware.content.cls-main.%s"}]}`, errorType,
			one.messageID)

		reply := Decode(answered(http.StatusBadRequest, "application/json", body), viaAPI, "update_session.complete")

		g.Expect(reply.Fault.Documented).To(BeEmpty(), name)
		if one.errorType != "" {
			g.Expect(reply.Fault.Type).To(Equal(one.kind), name)
		}
	}
}
