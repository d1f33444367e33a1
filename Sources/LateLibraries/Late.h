#ifndef LATE_H
#define LATE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

/// One library: what it is called where, and, once loaded, its handle.
struct late_library {
    /// Names to try in turn, NULL after the last.
    const char *const *names;
    /// What Debian calls the package, for people.
    const char *package;
    pthread_mutex_t lock;
    void *handle;
    /// Why the library, or a function of it, could not be had; empty so long as all that was asked for was there.
    char reason[256];
};

extern struct late_library late_crypto, late_pcap, late_sndfile, late_srtp;

/// The address of `name`, which is also stored in `found`; NULL where there is none, and the library's `reason` then says why.
void *late_find(struct late_library *library, const char *name, _Atomic(void *) *found);

#define LATE_LIBRARY(variable, debian, ...)                              \
    static const char *const variable##_names[] = {__VA_ARGS__, NULL};  \
    struct late_library variable = {variable##_names, debian, PTHREAD_MUTEX_INITIALIZER, NULL, ""}

/// Defines `name` as a function that calls the library's own and, where that can not be had, answers `failure`: what the library itself would
/// answer for "no", so that callers need know of one way to fail only. Hidden: the library's calls to itself must not come here.
#define LATE(library, result, failure, name, parameters, arguments)      \
    __attribute__((visibility("hidden"))) result name parameters {       \
        static _Atomic(void *) found;                                    \
        void *function = atomic_load_explicit(&found, memory_order_acquire); \
        if (__builtin_expect(!function, 0)) {                            \
            function = late_find(&library, #name, &found);               \
            if (!function) return failure;                               \
        }                                                                \
        return ((result(*) parameters)function)arguments;                \
    }

#endif
