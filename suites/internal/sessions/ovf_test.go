package sessions

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"encoding/xml"
	"flag"
	"fmt"
	"math/big"
	"os"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

var update = flag.Bool("update", false, "sign the manifest anew")

// sign makes the .cert file of a manifest, by a key that nobody keeps.
func sign(g *WithT, manifest []byte) []byte {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	g.Expect(err).NotTo(HaveOccurred())
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "conformance suite"},
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2120, 1, 1, 0, 0, 0, 0, time.UTC),
		KeyUsage: x509.KeyUsageDigitalSignature, SignatureAlgorithm: x509.SHA256WithRSA,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	g.Expect(err).NotTo(HaveOccurred())
	digest := sha256.Sum256(manifest)
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, digest[:])
	g.Expect(err).NotTo(HaveOccurred())
	return append(fmt.Appendf(nil, "SHA256(%s)= %x\n", Manifest, signature),
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
}

func TestTheCertificateSignsTheManifest(t *testing.T) {
	g := NewWithT(t)
	manifest, file := ManifestOf(Diskless()).Content, "testdata/self_signed.cert"
	if *update {
		g.Expect(os.WriteFile(file, sign(g, manifest), 0o644)).To(Succeed())
	}
	written, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	first, rest, _ := bytes.Cut(written, []byte("\n"))
	signature, err := hex.DecodeString(string(bytes.TrimPrefix(first, []byte("SHA256("+Manifest+")= "))))
	g.Expect(err).NotTo(HaveOccurred())
	block, _ := pem.Decode(rest)
	certificate, err := x509.ParseCertificate(block.Bytes)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(certificate.CheckSignature(x509.SHA256WithRSA, manifest, signature)).To(Succeed(), "sign anew with -update")
	g.Expect(certificate.CheckSignature(certificate.SignatureAlgorithm, certificate.RawTBSCertificate,
		certificate.Signature)).To(Succeed())
}

func TestTheDescriptorsAreXMLAndNameTheDisk(t *testing.T) {
	g := NewWithT(t)
	for _, one := range []struct {
		content []byte
		disks   int
	}{{Descriptor().Content, 1}, {Diskless().Content, 0}} {
		var read struct {
			XMLName xml.Name `xml:"http://schemas.dmtf.org/ovf/envelope/1 Envelope"`
			Files   []struct {
				Href string `xml:"href,attr"`
				Size int    `xml:"size,attr"`
			} `xml:"References>File"`
			Items []struct{} `xml:"VirtualSystem>VirtualHardwareSection>Item"`
		}
		g.Expect(xml.Unmarshal(one.content, &read)).To(Succeed())
		g.Expect(read.Files).To(HaveLen(one.disks))
		g.Expect(read.Items).To(HaveLen(2 + 2*one.disks))
		for _, file := range read.Files {
			g.Expect(file.Href).To(Equal(DiskFile().Name))
			g.Expect(file.Size).To(Equal(len(DiskFile().Content)))
		}
	}
	g.Expect(xml.Unmarshal(BrokenDescriptor().Content, new(struct{}))).NotTo(Succeed())
}

// The layout of the format: the directory of grains is where the footer says.
func TestTheDiskIsAStreamOptimizedImage(t *testing.T) {
	g := NewWithT(t)
	image := diskImage()
	g.Expect(len(image) % sector).To(BeZero())
	at := func(index int) []byte { return image[index*sector : (index+1)*sector] }
	last := len(image)/sector - 1
	g.Expect(at(0)).To(HavePrefix("KDMV"))
	g.Expect(at(1)).To(HavePrefix("# Disk DescriptorFile"))
	g.Expect(at(overhead)[12]).To(BeEquivalentTo(grainDirectory))
	g.Expect(at(last - 2)[12]).To(BeEquivalentTo(footer))
	g.Expect(at(last - 1)).To(HavePrefix("KDMV"))
	g.Expect(at(last - 1)[56]).To(BeEquivalentTo(overhead + 1))
	g.Expect(at(last)).To(Equal(make([]byte, sector)))
	g.Expect(len(image)).To(BeNumerically(">", 64<<10), "one file of a run is longer than a chunk of most servers")
}
