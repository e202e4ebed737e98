/* xoshiro256++ 1.0 (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", 2019). */
#include "base/random.h"

#include <math.h>
#include <string.h>

static const uint64_t golden = UINT64_C(0x9E3779B97F4A7C15);

/* The output function of splitmix64: a bijection that scatters every bit. */
static uint64_t scatter(uint64_t z)
{
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static uint64_t rotate_left(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

oko_rng oko_rng_make(uint64_t seed, uint64_t stream)
{
    /* Both numbers are scattered on their own, so that (1, 2) and (2, 1) or neighbours have nothing in common. */
    uint64_t x = scatter(seed + golden) ^ rotate_left(scatter(stream + 2 * golden), 23);
    oko_rng rng;
    for (int i = 0; i < 4; i++) {
        x += golden;
        rng.s[i] = scatter(x);
    }
    return rng;
}

uint64_t oko_rng_u64(oko_rng *rng)
{
    uint64_t *s = rng->s;
    uint64_t result = rotate_left(s[0] + s[3], 23) + s[0];
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

double oko_rng_uniform(oko_rng *rng)
{
    return (double)(oko_rng_u64(rng) >> 11) * 0x1p-53;
}

/* Lemire 2019: the high half of a product; the few low halves that would favour small numbers are drawn again. */
uint32_t oko_rng_below(oko_rng *rng, uint32_t n)
{
    if (n < 2) {
        return 0;
    }
    uint64_t product = (oko_rng_u64(rng) >> 32) * n;
    if ((uint32_t)product < n) {
        uint32_t floor = (uint32_t)-n % n;
        while ((uint32_t)product < floor) {
            product = (oko_rng_u64(rng) >> 32) * n;
        }
    }
    return (uint32_t)(product >> 32);
}

/*
 * ln x for a normal x > 0 from +, ×, ÷ alone: a libm may choose another code path on another processor and give
 * another last digit. ln m = 2·artanh((m−1)/(m+1)) for m in [√½, √2); the series is cut below 1e-17.
 */
static double plain_log(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int exponent = (int)(bits >> 52 & 0x7FF) - 1022;
    bits = (bits & UINT64_C(0x000FFFFFFFFFFFFF)) | UINT64_C(0x3FE0000000000000);
    double m;
    memcpy(&m, &bits, sizeof m);
    if (m < 0.70710678118654752) {
        m *= 2;
        exponent--;
    }
    double z = (m - 1) / (m + 1), zz = z * z, sum = 0;
    for (int k = 21; k >= 3; k -= 2) {
        sum = (sum + 1.0 / k) * zz;
    }
    return 2 * (z + z * sum) + exponent * 0.69314718055994531;
}

double oko_rng_normal(oko_rng *rng)
{
    double u, v, s;
    do {
        u = 2 * oko_rng_uniform(rng) - 1;
        v = 2 * oko_rng_uniform(rng) - 1;
        s = u * u + v * v;
    } while (s >= 1 || s == 0);
    return u * sqrt(-2 * plain_log(s) / s);
}
