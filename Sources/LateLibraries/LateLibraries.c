#include "LateLibraries.h"

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

#include "Late.h"

/// The handle, or NULL. Loads under the lock: recordings are rendered on several threads.
static void *handle(struct late_library *library) {
    pthread_mutex_lock(&library->lock);
    for (const char *const *name = library->names; !library->handle && *name; name++) library->handle = dlopen(*name, RTLD_LAZY | RTLD_LOCAL);
    void *handle = library->handle;
    pthread_mutex_unlock(&library->lock);
    return handle;
}

void *late_find(struct late_library *library, const char *name, _Atomic(void *) *found) {
    void *opened = handle(library);
    void *function = opened ? dlsym(opened, name) : NULL;
    if (!function) {
        const char *why = dlerror();
        dprintf(STDERR_FILENO, "siprecap: %s: %s (Debian's package is %s)\n", library->names[0], why ? why : "can not be loaded", library->package);
        _exit(2);
    }
    atomic_store_explicit(found, function, memory_order_release);
    return function;
}
