// Package kubernetes_test holds the manifests to the API, to the restricted profile
// of pod security, and to the command whose lines they have; there is no cluster.
package kubernetes_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	admission "k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	"sigs.k8s.io/yaml"
)

// kinds are those that the manifests have.
var kinds = map[string]func() any{
	"Secret":                func() any { return &core.Secret{} },
	"ConfigMap":             func() any { return &core.ConfigMap{} },
	"PersistentVolumeClaim": func() any { return &core.PersistentVolumeClaim{} },
	"Pod":                   func() any { return &core.Pod{} },
	"NetworkPolicy":         func() any { return &networking.NetworkPolicy{} },
	"Job":                   func() any { return &batch.Job{} },
}

// objects are those of a manifest, decoded strictly: a field that there is not, or
// that is there twice, is an error.
func objects(t *testing.T, manifest string) (all []any) {
	t.Helper()
	g := NewWithT(t)
	text, err := os.ReadFile(manifest)
	g.Expect(err).NotTo(HaveOccurred())
	for document := range bytes.SplitSeq(text, []byte("\n---\n")) {
		var kind meta.TypeMeta
		g.Expect(yaml.Unmarshal(document, &kind)).To(Succeed())
		g.Expect(kinds).To(HaveKey(kind.Kind), manifest)
		object := kinds[kind.Kind]()
		g.Expect(yaml.UnmarshalStrict(document, object)).To(Succeed(), manifest)
		all = append(all, object)
	}
	return all
}

// jobOf is the one Job of a manifest.
func jobOf(t *testing.T, manifest string) *batch.Job {
	t.Helper()
	for _, object := range objects(t, manifest) {
		if job, is := object.(*batch.Job); is {
			return job
		}
	}
	t.Fatalf("%s has no Job", manifest)
	return nil
}

func manifests(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("*.yaml")
	if err != nil || len(all) < 5 {
		t.Fatal(all, err)
	}
	return all
}

func TestThePodsKeepTheRestrictedProfile(t *testing.T) {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for _, manifest := range manifests(t) {
		t.Run(manifest, func(t *testing.T) {
			for _, pod := range podsOf(t, manifest) {
				level := admission.LevelVersion{Level: admission.LevelRestricted, Version: admission.LatestVersion()}
				result := policy.AggregateCheckResults(evaluator.EvaluatePod(level, &pod.ObjectMeta, &pod.Spec))
				NewWithT(t).Expect(result.ForbiddenDetail()).To(BeEmpty())
				for _, container := range pod.Spec.Containers {
					NewWithT(t).Expect(container.SecurityContext.ReadOnlyRootFilesystem).To(HaveValue(BeEquivalentTo(true)))
				}
			}
		})
	}
}

// podsOf are the pods that a manifest leads to.
func podsOf(t *testing.T, manifest string) (pods []core.Pod) {
	if manifest == "sonobuoy-plugin.yaml" {
		return []core.Pod{{Spec: core.PodSpec{Containers: []core.Container{pluginOf(t).Spec}}}}
	}
	for _, object := range objects(t, manifest) {
		switch object := object.(type) {
		case *batch.Job:
			pods = append(pods, core.Pod{ObjectMeta: object.Spec.Template.ObjectMeta, Spec: object.Spec.Template.Spec})
		case *core.Pod:
			pods = append(pods, *object)
		}
	}
	return pods
}

// plugin is what Sonobuoy reads; the container is Kubernetes' own.
type plugin struct {
	Config struct {
		Driver       string `json:"driver"`
		Name         string `json:"plugin-name"`
		ResultFormat string `json:"result-format"`
	} `json:"sonobuoy-config"`
	Spec core.Container `json:"spec"`
}

func pluginOf(t *testing.T) (read plugin) {
	t.Helper()
	text, err := os.ReadFile("sonobuoy-plugin.yaml")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	NewWithT(t).Expect(yaml.UnmarshalStrict(text, &read)).To(Succeed())
	return read
}

// What one manifest refers to stands in another.
func TestWhatTheJobsUseIsThere(t *testing.T) {
	g := NewWithT(t)
	there := map[string]bool{}
	for _, manifest := range manifests(t) {
		if manifest == "sonobuoy-plugin.yaml" {
			continue
		}
		for _, object := range objects(t, manifest) {
			if named, is := object.(meta.Object); is {
				there[named.GetName()] = true
			}
		}
	}
	for _, manifest := range manifests(t) {
		for _, pod := range podsOf(t, manifest) {
			for _, volume := range pod.Spec.Volumes {
				switch {
				case volume.PersistentVolumeClaim != nil:
					g.Expect(there).To(HaveKey(volume.PersistentVolumeClaim.ClaimName), manifest)
				case volume.ConfigMap != nil:
					g.Expect(there).To(HaveKey(volume.ConfigMap.Name), manifest)
				}
			}
			for _, container := range pod.Spec.Containers {
				for _, from := range container.EnvFrom {
					g.Expect(there).To(HaveKey(from.SecretRef.Name), manifest)
				}
			}
		}
	}
}

// expand puts values into the places $(NAME), as the kubelet does.
func expand(text string, env map[string]string) string {
	for name, value := range env {
		text = strings.ReplaceAll(text, "$("+name+")", value)
	}
	return text
}
