package model_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/model"
)

func TestAWrongHistoryRestsOnABehaviour(t *testing.T) {
	for name, wrong := range map[string]struct {
		steps     []step
		behaviour string
	}{
		"update, keep_alive": {[]step{
			{"update_session.create", ok, nil}, {"update_session.update", ok, nil}, {"update_session.keep_alive", notAllowed, nil},
		}, "update_session.keep_alive.ok"},
		"delete twice": {[]step{
			{"update_session.create", ok, nil}, {"update_session.delete", notAllowed, nil}, {"update_session.delete", ok, nil},
		}, "update_session.delete.active"},
		"add, remove, add": {[]step{
			{"update_session.create", ok, nil}, {"updatesession.file.add", ok, onFile(1)},
			{"updatesession.file.remove", ok, onFile(1)}, {"updatesession.file.add", notAllowed, onFile(1)},
		}, "updatesession.file.add.ok"},
		"download ends": {[]step{
			{"download_session.create", ok, nil}, {"downloadsession.file.prepare", ok, nil},
			{"transfer.download", model.Answer{OK: true, Status: 200, Content: 1}, nil}, {"download_session.get", shown(model.Done, 0), nil},
		}, "download_session.get.state_enum"},
		"list forgets": {[]step{
			{"download_session.create", ok, nil}, {"download_session.keep_alive", ok, nil},
			{"download_session.list", model.Answer{OK: true, Listed: &[model.MaxSessions]bool{}}, func(o *model.Operation) { o.Item = model.Open }},
		}, "download_session.list.contains_own"},
		"progress lost": {[]step{
			{"update_session.create", ok, nil}, {"update_session.keep_alive", ok, func(o *model.Operation) { o.Progress = 50 }},
			{"update_session.update", ok, nil}, {"update_session.get", shown(model.Active, 0), nil},
		}, "update_session.keep_alive.progress_set"},
		"progress lost by complete": {[]step{
			{"update_session.create", ok, nil}, {"update_session.keep_alive", ok, func(o *model.Operation) { o.Progress = 50 }},
			{"updatesession.file.remove", ok, nil}, {"update_session.complete", ok, nil}, {"update_session.get", alone(shown(model.Done, 0)), nil},
		}, "update_session.keep_alive.progress_set"},
		"a life that is shorter": {[]step{
			{"update_session.create", ok, nil}, {"update_session.get", until(300_000), nil}, {"update_session.keep_alive", ok, nil},
			{"update_session.get", until(150_000), nil},
		}, "update_session.keep_alive.extends"},
		"an expiry that goes back": {[]step{
			{"update_session.create", ok, nil}, {"update_session.get", until(300_000), nil}, {"updatesession.file.validate", ok, nil},
			{"update_session.get", until(30_000), nil},
		}, "update_session.expiry.not_before"},
		"a success that cannot be read": {[]step{
			{"update_session.create", ok, nil}, {"update_session.fail", ok, nil},
			{"update_session.get", model.Answer{OK: true, Status: 200, Unreadable: "it ends in the middle"}, nil},
		}, "update_session.get.ok"},
		"what was refused": {[]step{
			{"update_session.create", ok, nil}, {"update_session.update", ok, warned(1)}, {"update_session.fail", ok, nil},
			{"update_session.update", notAllowed, warned(2)}, {"update_session.get", ignoring(2), nil},
		}, "update_session.update.not_active_error"},
		"a list of strangers": {[]step{
			{"download_session.create", ok, nil},
			{"download_session.list", model.Answer{OK: true, Listed: &[model.MaxSessions]bool{true}, Strangers: true}, nil},
		}, "download_session.list.filter_miss"},
		"a checksum too early": {[]step{
			{"download_session.create", ok, nil}, {"downloadsession.file.get", model.Answer{OK: true,
				Files: &[model.MaxFiles]model.FileStates{model.Base}, Infos: &[model.MaxFiles]model.Info{{Status: model.Untouched, Sum: 1}}}, nil},
		}, "downloadsession.file.transfer.checksum_not_before"},
		"another checksum than announced": {[]step{
			{"update_session.create", ok, nil}, {"updatesession.file.add", ok, announced}, {"transfer.upload", ok, uploaded(3)},
			{"update_session.complete", ok, nil}, {"update_session.get", shown(model.Done, 0), nil},
			{"item.files", model.Answer{OK: true, Contents: &[model.MaxFiles]int16{model.Open, model.Open}}, nil},
		}, "updatesession.file.push.checksum_bad"},
		"a second upload that stays in ERROR": {[]step{
			{"update_session.create", ok, nil}, {"updatesession.file.add", ok, announced}, {"transfer.upload", ok, uploaded(3)},
			{"updatesession.file.add", ok, announced}, {"transfer.upload", ok, uploaded(2)},
			{"updatesession.file.get", model.Answer{OK: true, Files: &[model.MaxFiles]model.FileStates{1: model.Received},
				Infos: &[model.MaxFiles]model.Info{1: {Status: model.Broken}}}, onFile(1)},
		}, "updatesession.file.push.put"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			_, deviation, at := walk(t, documented(t), wrong.steps)
			g.Expect(deviation).NotTo(BeNil())
			g.Expect(deviation.Behaviour).To(Equal(wrong.behaviour))
			g.Expect(at).To(Equal(len(wrong.steps) - 1))
		})
	}
}
