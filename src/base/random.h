/*
 * Seeded random numbers: xoshiro256++ (Blackman & Vigna 2019), seeded by splitmix64. The same seed and
 * stream give the same digits on every machine and with any number of threads. Not for secrets.
 */
#ifndef OKO_BASE_RANDOM_H
#define OKO_BASE_RANDOM_H

#include <stdint.h>

typedef struct oko_rng {
    uint64_t s[4];
} oko_rng;

/* Stream `stream` of seed `seed`: streams are independent; give each unit (school, replicate) its own. */
oko_rng oko_rng_make(uint64_t seed, uint64_t stream);
uint64_t oko_rng_u64(oko_rng *rng);
double oko_rng_uniform(oko_rng *rng);             /* [0, 1), 53 bits */
uint32_t oko_rng_below(oko_rng *rng, uint32_t n); /* 0…n−1, unbiased; n ≥ 1 */
double oko_rng_normal(oko_rng *rng);              /* N(0,1), polar method without cached state */

#endif
