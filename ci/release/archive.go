package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"cmp"
	"compress/gzip"
	"io/fs"
	"slices"
	"time"
)

// file is one in an archive.
type file struct {
	name string
	data []byte
	mode fs.FileMode
}

// inOrder are the files by name, whatever order they were made in.
func inOrder(files []file) []file {
	return slices.SortedFunc(slices.Values(files), func(a, b file) int { return cmp.Compare(a.name, b.name) })
}

// tarArchive packs the files into a folder of an archive for Unix.
func tarArchive(folder string, files []file, made time.Time) ([]byte, error) {
	var out bytes.Buffer
	compressed, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	archive := tar.NewWriter(compressed)
	for _, one := range inOrder(files) {
		header := &tar.Header{
			Name: folder + "/" + one.name, Mode: int64(one.mode), Size: int64(len(one.data)), ModTime: made, Format: tar.FormatUSTAR,
		}
		if err := archive.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := archive.Write(one.data); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	err = compressed.Close()
	return out.Bytes(), err
}

// zipArchive packs them for Windows.
func zipArchive(folder string, files []file, made time.Time) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, one := range inOrder(files) {
		header := &zip.FileHeader{Name: folder + "/" + one.name, Method: zip.Deflate, Modified: made}
		header.SetMode(one.mode)
		writer, err := archive.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := writer.Write(one.data); err != nil {
			return nil, err
		}
	}
	err := archive.Close()
	return out.Bytes(), err
}
