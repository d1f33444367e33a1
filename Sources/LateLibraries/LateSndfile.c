#include <sndfile.h>

#include "Late.h"

LATE_LIBRARY(late_sndfile, "libsndfile1", "libsndfile.so.1");

LATE(late_sndfile, SNDFILE *, NULL, sf_open, (const char *path, int mode, SF_INFO *info), (path, mode, info))
LATE(late_sndfile, SNDFILE *, NULL, sf_open_virtual, (SF_VIRTUAL_IO *io, int mode, SF_INFO *info, void *user), (io, mode, info, user))
LATE(late_sndfile, int, SF_ERR_SYSTEM, sf_close, (SNDFILE *file), (file))
LATE(late_sndfile, int, SF_FALSE, sf_command, (SNDFILE *file, int command, void *data, int size), (file, command, data, size))
LATE(late_sndfile, int, SF_ERR_SYSTEM, sf_set_chunk, (SNDFILE *file, const SF_CHUNK_INFO *chunk), (file, chunk))
LATE(late_sndfile, int, SF_ERR_SYSTEM, sf_set_string, (SNDFILE *file, int type, const char *text), (file, type, text))
LATE(late_sndfile, const char *, NULL, sf_strerror, (SNDFILE *file), (file))
LATE(late_sndfile, sf_count_t, 0, sf_write_raw, (SNDFILE *file, const void *octets, sf_count_t count), (file, octets, count))
LATE(late_sndfile, sf_count_t, 0, sf_write_short, (SNDFILE *file, const short *samples, sf_count_t count), (file, samples, count))
