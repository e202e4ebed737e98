/*
 * Kernels of the pair statistics. The inner loops run over PAIR_LANES independent lanes and are plain C that gcc and
 * clang turn into vector instructions; no lane ever meets another, and no sum is reordered.
 */
#include "stats/pairs_kernel.h"

#include <assert.h>
#include <string.h>

/* Half of the lanes as one value: gcc and clang make of it whatever vector instructions the build may use. */
typedef double quad __attribute__((vector_size(32), aligned(8), may_alias));
enum { QUADS = 2 };
static_assert(PAIR_LANES * sizeof(double) == QUADS * sizeof(quad), "kernels write both quads of the lanes");

OKO_KERNEL
void pair_match_kernel(const pair_shape *shape, const double *restrict p, const int *restrict answer,
                       const double *restrict block_p, const double *restrict block_hit, double *restrict ret_q,
                       pair_sums *restrict ret)
{
    double matches[PAIR_LANES] = { 0 };
    double mean[PAIR_LANES] = { 0 };
    double var[PAIR_LANES] = { 0 };
    for (size_t j = 0; j < shape->n_items; j++) {
        double q[PAIR_LANES] = { 0 };
        for (int t = shape->offset[j]; t < shape->offset[j + 1]; t++) {
            const double *other = block_p + (size_t)t * PAIR_LANES;
            double one = p[t];
            for (int l = 0; l < PAIR_LANES; l++) {
                q[l] += one * other[l];
            }
        }
        double *out = ret_q + j * PAIR_LANES;
        for (int l = 0; l < PAIR_LANES; l++) {
            out[l] = q[l];
            mean[l] += q[l];
            var[l] += q[l] * (1 - q[l]);
        }
        if (answer[j] >= 0) {
            const double *hit = block_hit + (size_t)answer[j] * PAIR_LANES;
            for (int l = 0; l < PAIR_LANES; l++) {
                matches[l] += hit[l];
            }
        }
    }
    memcpy(ret->matches, matches, sizeof matches);
    memcpy(ret->mean, mean, sizeof mean);
    memcpy(ret->var, var, sizeof var);
}

OKO_KERNEL
void pair_omega_kernel(const pair_shape *shape, const double *restrict p, const int *restrict answer,
                       const double *restrict block_p, const double *restrict block_hit, pair_omega *restrict ret)
{
    pair_omega sums = { .matches = { 0 } };
    for (size_t j = 0; j < shape->n_items; j++) {
        double given[PAIR_LANES] = { 0 }; /* of the one person giving the other's answer: one term is not zero */
        if (answer[j] < 0) {
            continue; /* p is 0 for such an item */
        }
        for (int t = shape->offset[j]; t < shape->offset[j + 1]; t++) {
            const double *hit = block_hit + (size_t)t * PAIR_LANES;
            double one = p[t];
            for (int l = 0; l < PAIR_LANES; l++) {
                given[l] += one * hit[l];
            }
        }
        const double *other = block_p + (size_t)answer[j] * PAIR_LANES;
        const double *same = block_hit + (size_t)answer[j] * PAIR_LANES;
        for (int l = 0; l < PAIR_LANES; l++) {
            sums.matches[l] += same[l];
            sums.mean_a[l] += other[l];
            sums.var_a[l] += other[l] * (1 - other[l]);
            sums.mean_b[l] += given[l];
            sums.var_b[l] += given[l] * (1 - given[l]);
        }
    }
    *ret = sums;
}

OKO_KERNEL
void pair_wrong_kernel(const pair_shape *shape, const double *restrict p, const double *restrict block_p,
                       double *restrict ret_right, double *restrict ret_wrong, pair_wrong *restrict ret)
{
    pair_wrong sums = { .mean = { 0 } };
    memset(ret_right, 0, shape->n_items * PAIR_LANES * sizeof *ret_right);
    for (size_t j = 0; j < shape->n_items; j++) {
        double wrong[PAIR_LANES] = { 0 };
        for (int t = shape->offset[j]; t < shape->offset[j + 1] && shape->right[j] >= 0; t++) {
            const double *other = block_p + (size_t)t * PAIR_LANES;
            double *to = t == shape->right[j] ? ret_right + j * PAIR_LANES : wrong;
            double one = p[t];
            for (int l = 0; l < PAIR_LANES; l++) {
                to[l] += one * other[l];
            }
        }
        double *out = ret_wrong + j * PAIR_LANES;
        for (int l = 0; l < PAIR_LANES; l++) {
            out[l] = wrong[l];
            sums.mean[l] += wrong[l];
            sums.var[l] += wrong[l] * (1 - wrong[l]);
        }
    }
    *ret = sums;
}

/*
 * −ln of q = m·2^e with m in [√½, √2): ln m = 2·artanh z, z = (m − 1)/(m + 1), the series cut below 1e-17. The exponent
 * becomes a double by writing it into the low bits of 2^52, which a vector unit without integer conversions can do too.
 */
static inline double surprise(double q)
{
    uint64_t bits;
    memcpy(&bits, &q, sizeof bits);
    uint64_t exponent_bits = (bits >> 52) | UINT64_C(0x4330000000000000);
    uint64_t mantissa_bits = (bits & UINT64_C(0x000FFFFFFFFFFFFF)) | UINT64_C(0x3FE0000000000000);
    double e;
    double m;
    memcpy(&e, &exponent_bits, sizeof e);
    memcpy(&m, &mantissa_bits, sizeof m);
    e -= 0x1p52 + 1022;
    double low = m < 0.70710678118654752 ? 1 : 0;
    m += m * low;
    e -= low;
    double z = (m - 1) / (m + 1);
    double zz = z * z;
    double sum = 1. / 21;
    sum = sum * zz + 1. / 19;
    sum = sum * zz + 1. / 17;
    sum = sum * zz + 1. / 15;
    sum = sum * zz + 1. / 13;
    sum = sum * zz + 1. / 11;
    sum = sum * zz + 1. / 9;
    sum = sum * zz + 1. / 7;
    sum = sum * zz + 1. / 5;
    sum = sum * zz + 1. / 3;
    return -(2 * (z + z * (sum * zz)) + e * 0.69314718055994531);
}

double pair_surprise(double q)
{
    return surprise(q);
}

OKO_KERNEL
void pair_weighted_kernel(const pair_shape *shape, const double *restrict q, const int *restrict answer,
                          const double *restrict block_hit, double *restrict ret_sum, double *restrict ret_var)
{
    static const double none[PAIR_LANES] = { 0 };
    double sum[PAIR_LANES] = { 0 };
    double var[PAIR_LANES] = { 0 };
    for (size_t j = 0; j < shape->n_items; j++) {
        const double *hit = answer[j] >= 0 ? block_hit + (size_t)answer[j] * PAIR_LANES : none;
        const double *at = q + j * PAIR_LANES;
        for (int l = 0; l < PAIR_LANES; l++) {
            double inside = at[l] > 0 && at[l] < 1 ? 1 : 0;
            double w = surprise(inside > 0 ? at[l] : .5) * inside;
            sum[l] += w * (hit[l] - at[l]);
            var[l] += w * w * (at[l] * (1 - at[l]));
        }
    }
    memcpy(ret_sum, sum, sizeof sum);
    memcpy(ret_var, var, sizeof var);
}

/* Distribution of the successes among n trials into f, × scale. Cells below `need` successes are not kept up where they
 * can't be reached any more. */
OKO_KERNEL_INLINE void gbt_distribution(size_t n, const quad *q, size_t need, double scale, quad *f)
{
    memset(f, 0, (n + 1) * PAIR_LANES * sizeof(double));
    for (int l = 0; l < PAIR_LANES; l++) {
        ((double *)f)[l] = scale;
    }
    for (size_t j = 0; j < n; j++) {
        size_t left = n - 1 - j;
        size_t from = need > left + 1 ? need - left : 1;
        quad one_0 = q[2 * j], one_1 = q[2 * j + 1];
        quad zero_0 = 1 - one_0, zero_1 = 1 - one_1;
        quad here_0 = f[2 * (j + 1)], here_1 = f[2 * (j + 1) + 1];
        for (size_t m = j + 1; m >= from; m--) {
            quad below_0 = f[2 * m - 2], below_1 = f[2 * m - 1];
            f[2 * m] = here_0 * zero_0 + below_0 * one_0;
            f[2 * m + 1] = here_1 * zero_1 + below_1 * one_1;
            here_0 = below_0;
            here_1 = below_1;
        }
        f[0] *= zero_0;
        f[1] *= zero_1;
    }
}

/*
 * The first half of the items and the second half on their own (a quarter of the square each), the second one summed
 * from the top; then P(M ≥ m) = Σ_a P(A = a)·P(B ≥ m − a), from a high to low.
 */
OKO_KERNEL
void pair_gbt_kernel(size_t n, const double *restrict q, const int *restrict matches, double *restrict f,
                     double *restrict ret)
{
    size_t half = n / 2;
    size_t rest = n - half;
    size_t least = n;
    double *a = f;
    double *b = f + (half + 1) * PAIR_LANES;
    for (int l = 0; l < PAIR_LANES; l++) {
        size_t m = (size_t)matches[l];
        least = m < least ? m : least;
    }
    gbt_distribution(half, (const quad *)q, least > rest ? least - rest : 0, PAIR_HALF_SCALE, (quad *)a);
    gbt_distribution(rest, (const quad *)(q + half * PAIR_LANES), least > half ? least - half : 0, PAIR_HALF_SCALE,
                     (quad *)b);
    for (size_t m = rest; m-- > 0;) {
        for (int l = 0; l < PAIR_LANES; l++) {
            b[m * PAIR_LANES + (size_t)l] += b[(m + 1) * PAIR_LANES + (size_t)l];
        }
    }
    for (int l = 0; l < PAIR_LANES; l++) {
        size_t m = (size_t)matches[l];
        double sum = 0;
        for (size_t k = half + 1; k-- > 0 && k + rest >= m;) {
            sum += a[k * PAIR_LANES + (size_t)l] * b[(m > k ? m - k : 0) * PAIR_LANES + (size_t)l];
        }
        ret[l] = sum;
    }
}

size_t pair_m4_cells(size_t n)
{
    return (n + 1) * (n + 2) / 2;
}

/* The cells of row c after one more item, from high w to low: what stayed, what came from the row above (one more same
 * right answer) and from the cell before (one more same wrong one). */
OKO_KERNEL_INLINE void m4_row(size_t last, const quad *none, const quad *came, const quad *wrong, quad *row,
                              const quad *above)
{
    quad none_0 = none[0], none_1 = none[1], came_0 = came[0], came_1 = came[1], wrong_0 = wrong[0], wrong_1 = wrong[1];
    quad here_0 = row[2 * last], here_1 = row[2 * last + 1];
    for (size_t w = last; w >= 1; w--) {
        quad before_0 = row[2 * w - 2], before_1 = row[2 * w - 1];
        row[2 * w] = here_0 * none_0 + above[2 * w] * came_0 + before_0 * wrong_0;
        row[2 * w + 1] = here_1 * none_1 + above[2 * w + 1] * came_1 + before_1 * wrong_1;
        here_0 = before_0;
        here_1 = before_1;
    }
    row[0] = here_0 * none_0 + above[0] * came_0;
    row[1] = here_1 * none_1 + above[1] * came_1;
}

/* One more item: row c of the table has w = 0…n − c. Nothing comes to row 0 from above (0 · itself). */
OKO_KERNEL_INLINE void m4_step(size_t n, size_t j, const quad *right, const quad *wrong, quad *f)
{
    static const double zero[PAIR_LANES] = { 0 };
    double none[PAIR_LANES];
    const double *r = (const double *)right;
    const double *g = (const double *)wrong;
    for (int l = 0; l < PAIR_LANES; l++) {
        none[l] = 1 - r[l] - g[l];
        none[l] = none[l] > 0 ? none[l] : 0;
    }
    for (size_t c = j + 1; c >= 1; c--) {
        quad *row = f + (c * (n + 1) - c * (c - 1) / 2) * QUADS;
        m4_row(j + 1 - c, (const quad *)none, right, wrong, row, row - (n + 2 - c) * QUADS);
    }
    m4_row(j + 1, (const quad *)none, (const quad *)zero, wrong, f, f);
}

/* T(c, w) = Σ f over c' ≥ c, w' ≥ w: suffix sums along the row, then down the rows; no subtraction. Row c + 1 has one
 * cell less than row c. */
OKO_KERNEL_INLINE void m4_suffix(size_t n, const quad *f, quad *tail)
{
    for (size_t c = n + 1; c-- > 0;) {
        size_t start = (c * (n + 1) - c * (c - 1) / 2) * QUADS;
        const quad *at = f + start;
        quad *to = tail + start;
        const quad *under = to + (n + 1 - c) * QUADS;
        quad along_0 = at[2 * (n - c)], along_1 = at[2 * (n - c) + 1];
        to[2 * (n - c)] = along_0;
        to[2 * (n - c) + 1] = along_1;
        for (size_t w = n - c; w-- > 0;) {
            along_0 += at[2 * w];
            along_1 += at[2 * w + 1];
            to[2 * w] = along_0 + under[2 * w];
            to[2 * w + 1] = along_1 + under[2 * w + 1];
        }
    }
}

/* Σ of the cells whose tail is at most the limit. */
OKO_KERNEL_INLINE void m4_sum(size_t cells, const double *restrict f, const double *restrict tail,
                              const double *restrict limit, double *restrict sum)
{
    for (size_t k = 0; k < cells; k++) {
        const double *at = f + k * PAIR_LANES;
        const double *t = tail + k * PAIR_LANES;
        for (int l = 0; l < PAIR_LANES; l++) {
            double counts = t[l] <= limit[l] ? 1 : 0;
            sum[l] += at[l] * counts;
        }
    }
}

OKO_KERNEL
void pair_m4_kernel(size_t n, const double *restrict right, const double *restrict wrong, const int *restrict n_right,
                    const int *restrict n_wrong, double *restrict f, double *restrict tail, double *restrict ret)
{
    size_t cells = pair_m4_cells(n);
    double limit[PAIR_LANES];
    double sum[PAIR_LANES] = { 0 };
    memset(f, 0, cells * PAIR_LANES * sizeof *f);
    for (int l = 0; l < PAIR_LANES; l++) {
        f[l] = PAIR_SCALE;
    }
    for (size_t j = 0; j < n; j++) {
        m4_step(n, j, (const quad *)(right + j * PAIR_LANES), (const quad *)(wrong + j * PAIR_LANES), (quad *)f);
    }
    m4_suffix(n, (const quad *)f, (quad *)tail);
    for (int l = 0; l < PAIR_LANES; l++) {
        size_t c = (size_t)n_right[l];
        limit[l] = tail[(c * (n + 1) - c * (c - 1) / 2 + (size_t)n_wrong[l]) * PAIR_LANES + (size_t)l] * (1 + 1e-11);
    }
    m4_sum(cells, f, tail, limit, sum);
    memcpy(ret, sum, sizeof sum);
}
