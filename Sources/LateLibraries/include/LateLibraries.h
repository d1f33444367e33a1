#ifndef LATELIBRARIES_H
#define LATELIBRARIES_H

/// Libraries that are loaded when their first function is called, not when the program starts.
///
/// libcrypto, libpcap, libsndfile, libsrtp2 and libxml2, with the twenty libraries that these load in turn, took 4 ms of every start: as much as
/// everything else together. Here each function of theirs that we call is defined under its own name, with the parameters that the library's
/// header declares; its first call loads the library and finds the real one. Callers see no difference. A program that is linked
/// with `--as-needed`, as `make build` does, then does not name these libraries as needed; linked otherwise they are loaded at start as ever.
///
/// Where a library can not be loaded the program ends with a message and status 2, as the loader would have ended it at the start:
/// without libcrypto there is no hash and no SRTP, and answers that look like another fault would be worse.

#endif
