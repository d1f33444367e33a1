/* What the floor programs share: the clock of this thread's CPU time, and how long to measure. */
#ifndef FLOOR_H
#define FLOOR_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* User and system seconds of this process so far. */
static inline double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static inline _Noreturn void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(2);
}

/* Runs `body` in rounds for a quarter of a second of CPU time, five times; gives the units per CPU second of the best, as the machine is shared. */
#define BEST_RATE(rate, units, body)                                                  \
    do {                                                                              \
        (rate) = 0;                                                                   \
        for (int turn_ = 0; turn_ < 5; turn_++) {                                     \
            double begun_ = cpu_seconds(), passed_ = 0, done_ = 0;                    \
            do {                                                                      \
                body;                                                                 \
                done_ += (units);                                                     \
                passed_ = cpu_seconds() - begun_;                                     \
            } while (passed_ < 0.25);                                                  \
            if (done_ / passed_ > (rate)) (rate) = done_ / passed_;                   \
        }                                                                             \
    } while (0)
#endif
