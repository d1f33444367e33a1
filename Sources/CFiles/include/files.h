#ifndef SIPRECAP_FILES_H
#define SIPRECAP_FILES_H

/// What the C library declares only where _GNU_SOURCE was defined first, which Swift's module of it does not.

#include <linux/falloc.h>
#include <stdint.h>

extern int fallocate64(int descriptor, int mode, int64_t offset, int64_t count);

/// Finds room on the disk for octets that are to come and leaves the file's length as it is; 0 where that was done.
static inline int file_preallocate(int descriptor, int64_t offset, int64_t count)
{
    return fallocate64(descriptor, FALLOC_FL_KEEP_SIZE, offset, count);
}

#endif
