#ifndef LATELIBRARIES_H
#define LATELIBRARIES_H

/// Libraries that are loaded when their first function is called, not when the program starts.
///
/// libcrypto, libpcap, libsndfile and libsrtp2, with the twenty libraries that these load in turn, took 4 ms of every start: as much as
/// everything else together. Here each function of theirs that we call is defined under its own name, with the parameters that the library's
/// header declares; its first call loads the library and finds the real one. Callers see no difference. Only the command depends on this target:
/// it is linked with `--as-needed`, which then does not name the four as needed. Whoever uses our modules as a library links the four.
///
/// Where a library, or a function in it, is not there, each function answers what the library itself answers when it can not, and the reason is kept
/// for who asks. Nothing here prints or ends the process.

/// A library that was called and could not be had.
struct late_missing {
    /// Its file, as asked for first.
    const char *library;
    /// What Debian calls the package.
    const char *package;
    /// In the loader's words.
    const char *reason;
};

/// Describes the library with this number, from 0, among those that were called in vain so far. Returns 0 where there are no more.
int late_find_missing(unsigned number, struct late_missing *out);

#endif
