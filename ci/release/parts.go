package main

import (
	"bytes"
	"debug/buildinfo"
	"fmt"
	"regexp"
	"time"

	"github.com/spdx/tools-golang/json"
	"github.com/spdx/tools-golang/spdx/v2/common"
	"github.com/spdx/tools-golang/spdx/v2/v2_3"
)

// unknown is how SPDX says that nobody looked.
const unknown = "NOASSERTION"

// parts tells, in SPDX 2.3, which modules a binary is made of, as the Go
// toolchain wrote them into it.
func (r *release) parts(binary string, one platform) ([]byte, error) {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return nil, fmt.Errorf("read what %s is made of: %w", binary, err)
	}
	name := fmt.Sprintf("conformance_%s_%s_%s", r.version, one.os, one.arch)
	own := packageOf("conformance", r.version, "")
	own.PrimaryPackagePurpose = "APPLICATION"
	document := &v2_3.Document{
		SPDXVersion: v2_3.Version, DataLicense: v2_3.DataLicense, SPDXIdentifier: "DOCUMENT",
		DocumentName: name, DocumentNamespace: "https://session-conformance.invalid/spdx/" + name + "/" + r.commit,
		CreationInfo: &v2_3.CreationInfo{
			Creators: []common.Creator{{CreatorType: "Tool", Creator: "release"}}, Created: r.made.Format(time.RFC3339),
		},
		Packages: []*v2_3.Package{own, packageOf("std", info.GoVersion, "pkg:golang/std@"+info.GoVersion[len("go"):])},
	}
	for _, module := range info.Deps {
		if module.Replace != nil {
			module = module.Replace
		}
		document.Packages = append(document.Packages,
			packageOf(module.Path, module.Version, "pkg:golang/"+module.Path+"@"+module.Version))
	}
	document.Relationships = []*v2_3.Relationship{relationship("DOCUMENT", "DESCRIBES", own.PackageSPDXIdentifier)}
	for _, other := range document.Packages[1:] {
		document.Relationships = append(document.Relationships,
			relationship(own.PackageSPDXIdentifier, "CONTAINS", other.PackageSPDXIdentifier))
	}
	var out bytes.Buffer
	err = json.Write(document, &out, json.Indent("  "))
	return out.Bytes(), err
}

// notInIdentifiers is what an identifier of SPDX cannot hold.
var notInIdentifiers = regexp.MustCompile(`[^A-Za-z0-9.-]+`)

// packageOf is a module; address is its package URL, which tools look it up by.
func packageOf(name, version, address string) *v2_3.Package {
	one := &v2_3.Package{
		PackageName: name, PackageVersion: version,
		PackageSPDXIdentifier:   common.ElementID("Package-" + notInIdentifiers.ReplaceAllString(name, "-")),
		PackageDownloadLocation: unknown, PackageLicenseConcluded: unknown, PackageLicenseDeclared: unknown,
		PackageCopyrightText: unknown,
	}
	if address != "" {
		one.PackageExternalReferences = []*v2_3.PackageExternalReference{
			{Category: "PACKAGE-MANAGER", RefType: "purl", Locator: address},
		}
	}
	return one
}

func relationship(from common.ElementID, how string, to common.ElementID) *v2_3.Relationship {
	return &v2_3.Relationship{RefA: common.MakeDocElementID("", string(from)), Relationship: how,
		RefB: common.MakeDocElementID("", string(to))}
}
