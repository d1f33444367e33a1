#ifndef SIPRECAP_PREFETCH_H
#define SIPRECAP_PREFETCH_H

/// Asks the processor to have the line of the cache at `address` at hand soon. Any address will do: nothing is read that could fault.
static inline void cache_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
