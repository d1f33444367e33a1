#ifndef LINKEDLIBRARIES_H
#define LINKEDLIBRARIES_H

/// Nothing to call: a target that depends on this one, or a product that holds it, is linked with libcrypto, libpcap, libsndfile and libsrtp2.
/// Our modules only read the headers of these four. Which program needs them, and when, is its own choice: the command takes `LateLibraries` instead.

#endif
