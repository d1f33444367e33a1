#include "LateLibraries.h"

#include <dlfcn.h>
#include <string.h>

#include "Late.h"

/// Keeps the first reason. Called under the lock.
static void note(struct late_library *library) {
    const char *why = dlerror();
    if (library->reason[0]) return;
    strncpy(library->reason, why ? why : library->names[0], sizeof library->reason - 1);
}

/// Loads under the lock: recordings are rendered on several threads. A library that was not there once is not looked for again.
void *late_find(struct late_library *library, const char *name, _Atomic(void *) *found) {
    pthread_mutex_lock(&library->lock);
    if (!library->handle && !library->reason[0]) {
        for (const char *const *at = library->names; !library->handle && *at; at++) {
            library->handle = dlopen(*at, RTLD_LAZY | RTLD_LOCAL);
            if (!library->handle) note(library);
        }
        if (library->handle) library->reason[0] = 0;
    }
    void *function = NULL;
    if (library->handle) {
        function = dlsym(library->handle, name);
        if (!function) note(library);
    }
    pthread_mutex_unlock(&library->lock);
    if (function) atomic_store_explicit(found, function, memory_order_release);
    return function;
}

int late_find_missing(unsigned number, struct late_missing *out) {
    struct late_library *const libraries[] = {&late_crypto, &late_pcap, &late_sndfile, &late_srtp};
    for (size_t index = 0; index < sizeof libraries / sizeof *libraries; index++) {
        struct late_library *library = libraries[index];
        pthread_mutex_lock(&library->lock);
        int is_missing = library->reason[0] != 0;
        pthread_mutex_unlock(&library->lock);
        if (is_missing && number-- == 0) {
            *out = (struct late_missing){library->names[0], library->package, library->reason};
            return 1;
        }
    }
    return 0;
}
