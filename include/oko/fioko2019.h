/*
 * The federal rules of 2019 («Уровень объективности оценки образовательных результатов», ФИОКО), exactly as published.
 * All take mergeable states; none needs the pupils. Known faults are in docs/METHODS.md: they compare a school with
 * a region that may itself be inflated, flag strong schools and small noisy ones, and rs < 0 almost never fires.
 */
#ifndef OKO_FIOKO2019_H
#define OKO_FIOKO2019_H

#include <oko/state.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Завышение: lower bound of the school's 95 % interval above the upper bound of the region's. */
typedef struct oko_fioko_ci {
    int64_t n, region_n;
    double mean, sd, lower;                      /* school: x̄ − 1.96·s/√m, s with n−1 */
    double region_mean, region_sd, region_upper; /* X̄ + 1.96·S/√n over all works of the region (school included) */
    bool marked;
} oko_fioko_ci;
/* OKO_E_NO_DATA when the school or the region has n < 2. */
oko_status oko_fioko2019_ci(const oko_state *school, const oko_state *region, oko_fioko_ci *ret) OKO_WARN_UNUSED;

/* Несоответствие отметкам: rs = 1 − 6Σd²/(n(n²−1)) of journal mark and raw score, average ranks, marked when rs < 0. */
typedef struct oko_fioko_rs {
    int64_t n; /* works with a journal mark 1…5 */
    double rs;
    bool marked;
} oko_fioko_rs;
/* OKO_E_NO_DATA when n < 3. Σd² is computed in exact integers (quarters); the formula has no tie correction. */
oko_status oko_fioko2019_rs(const oko_state *school, oko_fioko_rs *ret) OKO_WARN_UNUSED;

/* Резкое изменение: K = S(N,YY)/S(N+1,YY+1), S = mean % of the maximum; fall when K > Q3 + 3·IQR, rise when K < Q1 −
 * 3·IQR. */
typedef struct oko_fioko_change {
    bool computable;      /* both years have works and the later mean is > 0 */
    double before, after; /* mean % of the maximum */
    double k;             /* NaN when not computable */
    bool rise, fall;
} oko_fioko_change;
typedef struct oko_fioko_bounds {
    int64_t schools; /* with a computable K */
    double q1, q3;   /* linear interpolation, R's type 7 */
    double low, high;
} oko_fioko_bounds;
/*
 * before[i], after[i]: states of school i in both procedures, NULL when it took no part. ret_changes has n entries.
 * OKO_E_NO_DATA when fewer than 4 schools are computable (ret_changes is filled, nothing marked, bounds NaN);
 * OKO_E_MEMORY.
 */
oko_status oko_fioko2019_change(size_t n, const oko_state *const *before, const oko_state *const *after,
                                oko_fioko_change *ret_changes, oko_fioko_bounds *ret_bounds) OKO_WARN_UNUSED;

/* Index of objectivity: 100 − % of schools with ≥ 1 sign. OKO_E_NO_DATA when schools < 1; OKO_E_ARGUMENT when marked >
 * schools. */
oko_status oko_fioko2019_index(int64_t schools, int64_t marked, double *ret_index) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
