package model

import "fmt"

// lookAtInfos compares the entries of files with what is known of an ACTIVE
// session.
func (s *State) lookAtInfos(o Operation, infos [MaxFiles]Info) (seen []sight) {
	session := s.Sessions[o.Session]
	if session.In != Active {
		return nil
	}
	for i, info := range infos {
		name := fmt.Sprintf("file %d", i+1)
		switch {
		case info.Status == Unknown:
		case session.Service == DownloadSession:
			seen = append(seen, session.Files[i].lookAtDownload(name, info)...)
		default:
			seen = append(seen, session.Files[i].lookAtUpload(name, info)...)
		}
	}
	return seen
}

// lookAtUpload is about a file that the session changes: it waits for its bytes,
// or has them.
func (f File) lookAtUpload(name string, info Info) []sight {
	push := UpdateFile + ".push."
	switch {
	case f.In == Waiting && info.Status == Ready:
		return []sight{{UpdateFile + ".add.push_waiting", name + " waiting for its bytes", "READY"}}
	case f.In == Waiting && info.Status == Untouched && info.Sent != 0:
		return []sight{{UpdateFile + ".add.push_waiting", "no bytes_transferred of " + name + ", which waits for its bytes", "some"}}
	case f.In&(Waiting|Received|Spoiled) == 0:
		return nil
	case info.Size != 0 && info.Status != Ready && info.Status != Broken:
		return []sight{{push + "size_only_ready", "no size of " + name + " before it is READY", "one"}}
	case f.In != Received || f.Content <= 0:
		return nil
	case info.Status != Ready:
		return []sight{{push + "put", name + " READY, since it was uploaded", "another status"}}
	case !AsLong(info.Size, int(f.Content)) || !AsLong(info.Sent, int(f.Content)):
		return []sight{{push + "put", "the number of bytes of " + name + " as size and bytes_transferred", "other numbers"}}
	}
	return nil
}

// lookAtDownload is about a file of the item: nobody asked for it, or it is
// prepared, or downloaded.
func (f File) lookAtDownload(name string, info Info) []sight {
	transfer := DownloadFile + ".transfer."
	switch {
	case f.In != Base:
		return nil
	case info.Endpoint && info.Status != Ready:
		return []sight{{DownloadFile + ".info.endpoint_only_prepared",
			"no download_endpoint of " + name + ", which is not PREPARED", "one"}}
	case !f.Asked && info.Status != Untouched:
		return []sight{{DownloadFile + ".list.initial", name + " UNPREPARED, since nobody asked for it", "another status"}}
	case info.Sum != 0 && !f.Fetched:
		return []sight{{transfer + "checksum_not_before", "no checksum of " + name + ", which was not downloaded", "one"}}
	case !f.Prepared:
		return nil
	case info.Status != Ready:
		return []sight{{DownloadFile + ".prepare.reaches_prepared", name + " PREPARED, since it was asked for", "another status"}}
	case !f.Loaded || f.Content <= 0:
		return nil
	case !AsLong(info.Size, int(f.Content)):
		return []sight{{transfer + "size",
			"the number of bytes of " + name + " as size, since it was downloaded", "another size or none"}}
	case info.Sum != int(f.Content) && info.Sum != 0:
		return []sight{{transfer + "checksum", "the checksum of " + name, "another one"}}
	}
	return nil
}
