package sessions

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"fmt"

	. "session-conformance/suites/internal/spec"
)

// Names of the files of an OVF: the descriptor, what vouches for it, and the
// disk that it refers to.
const (
	OVF         = "conformance.ovf"
	Manifest    = "conformance.mf"
	Certificate = "conformance.cert"
	Disk        = "conformance-disk1.vmdk"
)

// withDisk and withoutDisk are small virtual machines with nothing to run in
// them. A live server refuses those without hardware (reference, section 3,
// "Transfers").
const (
	withDisk = `
  <References>
    <File ovf:href="` + Disk + `" ovf:id="file1" ovf:size="%d"/>
  </References>
  <DiskSection>
    <Info>The disks</Info>
    <Disk ovf:capacity="1" ovf:capacityAllocationUnits="byte * 2^20" ovf:diskId="disk1" ovf:fileRef="file1" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
  </DiskSection>`
	withoutDisk = `
  <References/>`
	descriptor = `<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData" xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData">%s
  <VirtualSystem ovf:id="conformance">
    <Info>A virtual machine of the conformance suite</Info>
    <Name>conformance</Name>
    <OperatingSystemSection ovf:id="1">
      <Info>The operating system</Info>
    </OperatingSystemSection>
    <VirtualHardwareSection>
      <Info>The hardware</Info>
      <System>
        <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
        <vssd:InstanceID>0</vssd:InstanceID>
        <vssd:VirtualSystemIdentifier>conformance</vssd:VirtualSystemIdentifier>
        <vssd:VirtualSystemType>vmx-10</vssd:VirtualSystemType>
      </System>
      <Item>
        <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
        <rasd:ElementName>1 virtual CPU</rasd:ElementName>
        <rasd:InstanceID>1</rasd:InstanceID>
        <rasd:ResourceType>3</rasd:ResourceType>
        <rasd:VirtualQuantity>1</rasd:VirtualQuantity>
      </Item>
      <Item>
        <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>
        <rasd:ElementName>4 MB of memory</rasd:ElementName>
        <rasd:InstanceID>2</rasd:InstanceID>
        <rasd:ResourceType>4</rasd:ResourceType>
        <rasd:VirtualQuantity>4</rasd:VirtualQuantity>
      </Item>%s
    </VirtualHardwareSection>
  </VirtualSystem>
</Envelope>
`
	diskItems = `
      <Item>
        <rasd:Address>0</rasd:Address>
        <rasd:ElementName>SCSI controller 0</rasd:ElementName>
        <rasd:InstanceID>3</rasd:InstanceID>
        <rasd:ResourceSubType>lsilogic</rasd:ResourceSubType>
        <rasd:ResourceType>6</rasd:ResourceType>
      </Item>
      <Item>
        <rasd:AddressOnParent>0</rasd:AddressOnParent>
        <rasd:ElementName>Hard disk 1</rasd:ElementName>
        <rasd:HostResource>ovf:/disk/disk1</rasd:HostResource>
        <rasd:InstanceID>4</rasd:InstanceID>
        <rasd:Parent>3</rasd:Parent>
        <rasd:ResourceType>17</rasd:ResourceType>
      </Item>`
)

// Descriptor is that of a virtual machine with one disk.
func Descriptor() File {
	return File{Name: OVF, Content: fmt.Appendf(nil, descriptor, fmt.Sprintf(withDisk, len(diskImage())), diskItems)}
}

// Diskless is the descriptor of a virtual machine that needs no other file.
func Diskless() File { return File{Name: OVF, Content: fmt.Appendf(nil, descriptor, withoutDisk, "")} }

// DiskFile is the disk to which Descriptor refers.
func DiskFile() File { return File{Name: Disk, Content: diskImage()} }

// BrokenDescriptor ends in the middle of its references.
func BrokenDescriptor() File {
	whole := Descriptor().Content
	return File{Name: OVF, Content: whole[:bytes.Index(whole, []byte("ovf:href"))]}
}

// ManifestOf vouches for a descriptor.
func ManifestOf(descriptor File) File {
	return File{Name: Manifest, Content: fmt.Appendf(nil, "SHA256(%s)= %x\n", descriptor.Name, sha256.Sum256(descriptor.Content))}
}

//go:embed testdata/self_signed.cert
var certificate []byte

// Signed is a virtual machine whose manifest is signed by a certificate that
// nobody else vouches for, in the order in which the files have to be added.
func Signed() []File {
	return []File{ManifestOf(Diskless()), {Name: Certificate, Content: certificate}, Diskless()}
}

// RefusesOVF skips the behaviour, since the target does not take the suite's OVF, as
// live ones may not (reference, section 3, "Transfers"): nothing about OVFs can be judged
// then, and nothing is wrong with the target.
func RefusesOVF(s *Spec, format string, arguments ...any) {
	s.Skip("needs a target that takes the suite's OVF: "+format, arguments...)
}

// CompleteOVF completes a session that has brought a whole OVF. A target that
// takes none, as live ones may not take this one, is not accused of anything.
func CompleteOVF(s *Spec, session *Session) {
	session.Files().Settle()
	s.Step("complete")
	completed := session.Complete()
	if !completed.Succeeded() {
		RefusesOVF(s, "no complete of an OVF: answered %s%s", Answer(completed), Body(completed))
	}
	if ended := session.Await(Done, Errored, Canceled); !InState(ended, Done) {
		RefusesOVF(s, "the session with an OVF is not DONE: get answered %s%s", Answer(ended), Body(ended))
	}
}
