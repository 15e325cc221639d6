package sessions

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// Measures of a stream-optimized VMDK, in sectors.
const (
	sector   = 512
	capacity = 2048 // 1 MiB
	grain    = 128
	overhead = 128 // what stands before the first grain
	listed   = 20  // for the text that describes the disk
)

// The markers behind the grains.
const (
	endOfStream    = 0
	grainDirectory = 2
	footer         = 3
)

// atEnd says that the directory of grains is told by the footer.
const atEnd = 0xffffffffffffffff

// extent is the SparseExtentHeader of the format, without its padding.
type extent struct {
	Magic                          [4]byte
	Version, Flags                 uint32
	Capacity, GrainSize            uint64
	ListedAt, ListedSize           uint64
	EntriesPerTable                uint32
	RedundantAt, DirectoryAt       uint64
	Overhead                       uint64
	Unclean                        byte
	LineEnd, NoLineEnd             byte
	DoubleLineEnd1, DoubleLineEnd2 byte
	Compression                    uint16
}

func header(directoryAt uint64) []byte {
	return sectors(extent{
		Magic: [4]byte([]byte("KDMV")), Version: 3, Flags: 0x30001, Capacity: capacity, GrainSize: grain,
		ListedAt: 1, ListedSize: listed, EntriesPerTable: 512, DirectoryAt: directoryAt, Overhead: overhead,
		LineEnd: '\n', NoLineEnd: ' ', DoubleLineEnd1: '\r', DoubleLineEnd2: '\n', Compression: 1,
	})
}

// marker stands before what has that many sectors.
func marker(count uint64, kind uint32) []byte {
	return sectors(struct {
		Count      uint64
		Size, Kind uint32
	}{count, 0, kind})
}

// sectors writes a structure and fills its last sector with zeros.
func sectors(structure any) []byte {
	var out bytes.Buffer
	_ = binary.Write(&out, binary.LittleEndian, structure) // into memory
	return append(out.Bytes(), make([]byte, (sector-out.Len()%sector)%sector)...)
}

// diskImage is an empty disk as a stream-optimized VMDK, which is the form that an
// OVF has to bring (reference, section 3, "Transfers"). No grain of it was ever
// written.
func diskImage() []byte {
	text := fmt.Sprintf("# Disk DescriptorFile\nversion=1\nCID=fffffffe\nparentCID=ffffffff\ncreateType=\"streamOptimized\"\n"+
		"\n# Extent description\nRW %d SPARSE \"%s\"\n\n# The Disk Data Base\nddb.adapterType = \"lsilogic\"\n"+
		"ddb.geometry.cylinders = \"1\"\nddb.geometry.heads = \"64\"\nddb.geometry.sectors = \"32\"\nddb.virtualHWVersion = \"10\"\n",
		capacity, Disk)
	var image bytes.Buffer
	image.Write(header(atEnd))
	image.WriteString(text)
	image.Write(make([]byte, overhead*sector-image.Len()))
	image.Write(marker(1, grainDirectory))
	directoryAt := uint64(image.Len() / sector)
	image.Write(make([]byte, sector))
	image.Write(marker(1, footer))
	image.Write(header(directoryAt))
	image.Write(marker(0, endOfStream))
	return image.Bytes()
}
