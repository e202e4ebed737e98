/*
 * Time for larger units (municipality, region): has a municipality's result moved against its own schools' other years,
 * other subjects and journal marks more than municipalities of the region move honestly?
 *
 * A school's contribution is a state; states merge upward (school → municipality → region) in any order of the tree, so
 * that shards can compute their own. Schools are the clusters: the tail of a municipality is Student's t with (schools
 * − 1) degrees of freedom, widened by the honest variance between municipalities, which is estimated robustly from all
 * of them. Formulas, sources, measured calibration: docs/METHODS-families.md §2.1. Pure: no I/O, no clock, no global
 * state.
 */
#ifndef OKO_UNITS_H
#define OKO_UNITS_H

#include <oko/signs.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    OKO_UNITS_MIN_SCHOOLS = 3, /* fewer: nothing is computed */
    OKO_UNITS_MIN_UNITS = 8    /* fewer municipalities with that many schools: their honest variance is not known */
};

/* Weighted mean of a difference over schools: what is needed of it, by addition. All zero: no school. */
typedef struct oko_shift_state {
    double n;          /* schools */
    double w, wd, wdd; /* Σ w, Σ wd, Σ wd²; w = works / (works + 20) */
} oko_shift_state;

/* One school: works > 0 and its difference; a difference that is not finite adds nothing. */
void oko_shift_add(oko_shift_state *state, double works, double difference);
void oko_shift_merge(oko_shift_state *state, const oko_shift_state *from);

/* A difference with its 95 % interval and one-sided p (it is above 0, or above the median unit). NaN: not computed. */
typedef struct oko_shift {
    int n_schools;
    double value, lo, hi;
    double df, log_p;
} oko_shift;

/* The mean of a state against 0, schools as clusters (Student, n − 1 degrees of freedom). Fewer than
 * OKO_UNITS_MIN_SCHOOLS schools, or schools without any spread: all NaN. */
oko_shift oko_shift_mean(const oko_shift_state *state);

/*
 * Every unit against the median of all. The honest variance τ² between units is where the median two-sided p of all
 * units is ½ (half of the units may be anything); degrees of freedom by Satterthwaite from schools and units. Units
 * with too few schools, or all when fewer than OKO_UNITS_MIN_UNITS have enough, are NaN. ret: [n]; ret_tau: √τ², may be
 * NULL. OKO_E_ARGUMENT, OKO_E_MEMORY.
 */
oko_status oko_shift_compare(size_t n, const oko_shift_state *units, oko_shift *ret, double *ret_tau) OKO_WARN_UNUSED;

/* What a result is held against. */
typedef enum oko_unit_stat {
    OKO_UNIT_YEAR, /* the same schools a year before and after: the same pupils, else the same grade; both = the middle
                    */
    OKO_UNIT_SUBJECT, /* the same schools' other subjects of the year and grade */
    OKO_UNIT_JOURNAL, /* journal marks of the same pupils */
    OKO_UNIT_STATS
} oko_unit_stat;
/* "year_unit", "subject_unit", "journal_unit"; "" for another number. */
const char *oko_unit_stat_name(oko_unit_stat stat);

/* One school in one test: at most one row each. */
typedef struct oko_unit_row {
    int test;              /* index into tests */
    uint32_t school, unit; /* any numbers; unit: its municipality */
    double works;
    double level;   /* mean result in normal scores of the region: oko_sign.level */
    double journal; /* mean journal mark of those who wrote, standardised: oko_sign.journal; NaN = not known */
} oko_unit_row;

typedef struct oko_unit_time {
    uint32_t unit;
    int test;
    int n_schools; /* with works in the test */
    oko_shift shift[OKO_UNIT_STATS];
    double p, log_p;   /* of the family, Cauchy; NaN when nothing could be computed */
    oko_unit_stat top; /* with the smallest p; OKO_UNIT_STATS when none */
} oko_unit_time;

/*
 * The family for all units of all tests. rows in any order. *ret: malloc'ed, by test, then unit; one per unit with
 * works in a test. OKO_E_ARGUMENT (a bound is broken, a school twice in a test), OKO_E_MEMORY.
 */
oko_status oko_unit_time_all(const oko_sign_test *tests, int n_tests, const oko_unit_row *rows, size_t n_rows,
                             oko_unit_time **ret, size_t *ret_n) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
