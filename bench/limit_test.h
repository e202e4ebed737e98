/* Tests of bench_limits: drawn as oko_simulate draws them. */
#ifndef OKO_BENCH_LIMIT_TEST_H
#define OKO_BENCH_LIMIT_TEST_H

#include "detection_tables.h"

#include "base/random.h"

enum { PRESENT = 19 };

typedef struct limit_test {
    double slope[ITEMS], difficulty[ITEMS];
} limit_test;

static inline limit_test draw_test(oko_rng *rng)
{
    limit_test t;
    double centre = -.45 + .25 * oko_rng_normal(rng);
    for (int j = 0; j < ITEMS; j++) {
        t.slope[j] = .75 + .4 * oko_rng_uniform(rng);
        t.difficulty[j] = centre + (double)j / (ITEMS - 1) - .5 + .55 * oko_rng_normal(rng);
    }
    return t;
}

#endif
