#include <sndfile.h>

#include "Late.h"

LATE_LIBRARY(sndfile, "libsndfile1", "libsndfile.so.1");

LATE(sndfile, SNDFILE *, sf_open_virtual, (SF_VIRTUAL_IO *io, int mode, SF_INFO *info, void *user), (io, mode, info, user))
LATE(sndfile, int, sf_close, (SNDFILE *file), (file))
LATE(sndfile, int, sf_command, (SNDFILE *file, int command, void *data, int size), (file, command, data, size))
LATE(sndfile, int, sf_set_chunk, (SNDFILE *file, const SF_CHUNK_INFO *chunk), (file, chunk))
LATE(sndfile, int, sf_set_string, (SNDFILE *file, int type, const char *text), (file, type, text))
LATE(sndfile, const char *, sf_strerror, (SNDFILE *file), (file))
LATE(sndfile, sf_count_t, sf_write_raw, (SNDFILE *file, const void *octets, sf_count_t count), (file, octets, count))
LATE(sndfile, sf_count_t, sf_write_short, (SNDFILE *file, const short *samples, sf_count_t count), (file, samples, count))
