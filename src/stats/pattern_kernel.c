/* Lanes are works; no lane ever meets another but in the sums at the end, which have a fixed order. */
#include "stats/pattern_kernel.h"

#include <math.h>
#include <string.h>

/* Vectors are passed between parts of a kernel only, which are inlined: no calling convention is asked. */
#pragma GCC diagnostic ignored "-Wpsabi"

enum { LANES = PATTERN_LANES };
#define FLUSH 1e150 /* products above it become logarithms */

typedef float lanes_f __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t lanes_i __attribute__((vector_size(32), aligned(4), may_alias));
typedef double quad __attribute__((vector_size(32), aligned(8), may_alias));
typedef float quad_f __attribute__((vector_size(16), aligned(4), may_alias));
typedef int32_t quad_i __attribute__((vector_size(16), aligned(4), may_alias));

/* ---- ln and e^x: of lanes, and of one number by the same operations ---- */

/* `yes` where the mask is set, else `no`. */
OKO_KERNEL_INLINE lanes_f choose(lanes_i mask, lanes_f yes, lanes_f no)
{
    return (lanes_f)((mask & (lanes_i)yes) | (~mask & (lanes_i)no));
}

/* ln m = 2·artanh((m − 1)/(m + 1)), m in [√½, √2). */
OKO_KERNEL_INLINE void log_lanes(float *at)
{
    lanes_i bits = *(const lanes_i *)at;
    lanes_f e = __builtin_convertvector((bits >> 23) - 127, lanes_f);
    lanes_f m = (lanes_f)((bits & 0x7FFFFF) | 0x3F800000);
    lanes_i high = m > 1.41421356f;
    m = choose(high, m * .5f, m);
    e = choose(high, e + 1, e);
    lanes_f s = (m - 1) / (m + 1);
    lanes_f s2 = s * s;
    *(lanes_f *)at = .693147181f * e + 2 * s * (1 + s2 * (1.f / 3 + s2 * (1.f / 5 + s2 * (1.f / 7))));
}

float pattern_log(float x)
{
    int32_t bits;
    memcpy(&bits, &x, sizeof bits);
    float e = (float)((bits >> 23) - 127);
    bits = (bits & 0x7FFFFF) | 0x3F800000;
    float m;
    memcpy(&m, &bits, sizeof m);
    if (m > 1.41421356f) {
        m *= .5f;
        e += 1;
    }
    float s = (m - 1) / (m + 1);
    float s2 = s * s;
    return .693147181f * e + 2 * s * (1 + s2 * (1.f / 3 + s2 * (1.f / 5 + s2 * (1.f / 7))));
}

/* e^x = 2^k·e^r, |r| ≤ ½ ln 2; k by adding 1.5·2^23, in whose low bits it then stands. */
OKO_KERNEL_INLINE lanes_f exp_lanes(lanes_f x)
{
    lanes_f bound = { 87.f, 87.f, 87.f, 87.f, 87.f, 87.f, 87.f, 87.f };
    x = choose(x > bound, bound, x);
    x = choose(x < -bound, -bound, x);
    lanes_f shifted = x * 1.44269504f + 12582912.f;
    lanes_f k = shifted - 12582912.f;
    lanes_f power = (lanes_f)(((lanes_i)shifted - 0x4B400000 + 127) << 23);
    lanes_f r = x - k * .693359375f - k * -2.12194440e-4f;
    lanes_f p = 1.f / 120 + r * (1.f / 720);
    p = 1.f / 24 + r * p;
    p = 1.f / 6 + r * p;
    p = .5f + r * p;
    return power * (1 + (r + r * r * p));
}

float pattern_exp(float x)
{
    x = x > 87.f ? 87.f : x;
    x = x < -87.f ? -87.f : x;
    float shifted = x * 1.44269504f + 12582912.f;
    float k = shifted - 12582912.f;
    int32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (int32_t)((uint32_t)(bits - 0x4B400000 + 127) << 23);
    float power;
    memcpy(&power, &bits, sizeof power);
    float r = x - k * .693359375f - k * -2.12194440e-4f;
    float p = 1.f / 120 + r * (1.f / 720);
    p = 1.f / 24 + r * p;
    p = 1.f / 6 + r * p;
    p = .5f + r * p;
    return power * (1 + (r + r * r * p));
}

OKO_KERNEL
void pattern_log_kernel(size_t n, float *x)
{
    for (size_t i = 0; i < n; i += LANES) {
        log_lanes(x + i);
    }
}

/* ---- pairs ---- */

typedef struct directions {
    lanes_f x, y;
} directions;

/* Work i against the block of works that begins at `from`: log LR of taking from it, and of giving to it. */
OKO_KERNEL_INLINE directions match(const pattern_columns *w, int i, int from, float none)
{
    lanes_f x = { none, none, none, none, none, none, none, none };
    lanes_f y = x;
    const int32_t *code = w->code;
    const float *gain = w->gain;
    for (int j = 0; j < w->n_items; j++, code += w->stride, gain += w->stride) {
        int32_t c = code[i];
        float g = gain[i];
        lanes_i same = *(const lanes_i *)(code + from) == (lanes_i){ c, c, c, c, c, c, c, c };
        x += (lanes_f)(same & (lanes_i)(lanes_f){ g, g, g, g, g, g, g, g });
        y += (lanes_f)(same & *(const lanes_i *)(gain + from));
    }
    return (directions){ x, y };
}

double pattern_pair_excess(float x, float y, float share)
{
    float high = x > y ? x : y;
    float like = high > PATTERN_NO_LR ? .5f * (pattern_exp(x) + pattern_exp(y)) : 0;
    return share * (like - 1);
}

/* Lanes one by one, where one of them is the nearest so far or too large for the product. */
static void settle_lanes(int i, int from, int last, const float *x, const float *y, float share, double *product,
                         pattern_pairs *ret)
{
    for (int l = 0; l < LANES; l++) {
        int k = from + l;
        if (k <= i || k >= last) {
            continue;
        }
        double high = x[l] > y[l] ? x[l] : y[l];
        if (high > ret->nearest) {
            ret->nearest = high;
            ret->a = i;
            ret->b = k;
        }
        if (high > PATTERN_LARGE) {
            ret->log_all += high + log(.5 * share);
        } else if (high > PATTERN_ALONE) {
            ret->log_all += log(1 + pattern_pair_excess(x[l], y[l], share));
        } else {
            product[l] *= 1 + pattern_pair_excess(x[l], y[l], share);
        }
    }
}

OKO_KERNEL_INLINE void settle_block(int i, int from, int last, lanes_f x, lanes_f y, float share, double *product,
                                    pattern_pairs *ret)
{
    static const int32_t count[LANES] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    lanes_i k = *(const lanes_i *)count + from;
    lanes_i inside = (k > i) & (k < last);
    lanes_f high = choose(x > y, x, y);
    float limit = ret->nearest < PATTERN_ALONE ? (float)ret->nearest : PATTERN_ALONE;
    lanes_i beyond = inside & (high > limit);
    int64_t any[4];
    *(lanes_i *)any = beyond;
    if ((any[0] | any[1] | any[2] | any[3]) != 0) {
        float x_of[LANES];
        float y_of[LANES];
        *(lanes_f *)x_of = x;
        *(lanes_f *)y_of = y;
        settle_lanes(i, from, last, x_of, y_of, share, product, ret);
        return;
    }
    lanes_f like = .5f * (exp_lanes(x) + exp_lanes(y));
    like = (lanes_f)((lanes_i)like & (high > PATTERN_NO_LR));
    lanes_f excess = (lanes_f)((lanes_i)(share * (like - 1)) & inside);
    float of[LANES];
    *(lanes_f *)of = excess;
    for (int half = 0; half < 2; half++) {
        quad *p = (quad *)(product + 4 * half);
        *p *= 1 + __builtin_convertvector(*(const quad_f *)(of + 4 * half), quad);
    }
}

/* Moves a product that has grown into the sum of logarithms. */
static void flush(double *product, double *log_all)
{
    if (*product > FLUSH) {
        *log_all += log(*product);
        *product = 1;
    }
}

OKO_KERNEL
void pattern_pairs_kernel(const pattern_columns *w, int first, int last, float none, float share, pattern_pairs *ret)
{
    pattern_pairs found = { .nearest = -INFINITY };
    double product[LANES];
    for (int l = 0; l < LANES; l++) {
        product[l] = 1;
    }
    for (int i = first; i + 1 < last; i++) {
        for (int from = (i + 1) / LANES * LANES; from < last; from += LANES) {
            directions d = match(w, i, from, none);
            settle_block(i, from, last, d.x, d.y, share, product, &found);
        }
        for (int l = 0; l < LANES; l++) {
            flush(&product[l], &found.log_all);
        }
    }
    double all = 1;
    for (int l = 0; l < LANES; l++) {
        all *= product[l];
        flush(&all, &found.log_all);
    }
    found.log_all += log(all);
    *ret = found;
}

/* ---- sums ---- */

OKO_KERNEL
double pattern_dot_kernel(size_t n, const double *weight, const int32_t *code)
{
    quad low = { 0 };
    quad high = { 0 };
    for (size_t i = 0; i < n; i += LANES) {
        low += *(const quad *)(weight + i) * __builtin_convertvector(*(const quad_i *)(code + i), quad);
        high += *(const quad *)(weight + i + 4) * __builtin_convertvector(*(const quad_i *)(code + i + 4), quad);
    }
    low += high;
    return (low[0] + low[1]) + (low[2] + low[3]);
}

/* One more item of the works of one block: byte `shift` of their words. */
OKO_KERNEL_INLINE lanes_f add_item(lanes_f sum, float effect, const uint32_t *word, int shift)
{
    lanes_i score = (*(const lanes_i *)word >> shift) & 0xFF;
    lanes_f e = { effect, effect, effect, effect, effect, effect, effect, effect };
    return sum + e * __builtin_convertvector(score, lanes_f);
}

OKO_KERNEL
void pattern_odds_kernel(int n_words, const float *effect, const uint32_t *const *block, float *ret_odds)
{
    lanes_f sum[PATTERN_BLOCKS] = { 0 };
    for (int j = 0; j < n_words; j++) {
        for (int k = 0; k < PATTERN_PACKED; k++) {
            for (int b = 0; b < PATTERN_BLOCKS; b++) {
                sum[b] = add_item(sum[b], effect[j * PATTERN_PACKED + k], block[b] + (size_t)j * LANES, 8 * k);
            }
        }
    }
    for (int b = 0; b < PATTERN_BLOCKS; b++) {
        *(lanes_f *)(ret_odds + b * LANES) = exp_lanes(sum[b]);
    }
}
