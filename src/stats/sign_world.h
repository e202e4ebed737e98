/*
 * The groups of all tests in canonical order, with their nulls, as the families see them. Internal to src/stats.
 * Every family fills stat_log_p of its statistics and its effects in sign[i], for groups [first, last) of a test.
 */
#ifndef OKO_STATS_SIGN_WORLD_H
#define OKO_STATS_SIGN_WORLD_H

#include "stats/null.h"

#include <stdatomic.h>

enum { SIGN_RARE = 255 };

typedef struct sign_group {
    const oko_sign_group *in;
    size_t at; /* index in the caller's array */
    int n_works, n_absent;
    double total;   /* mean total */
    double level;   /* mean normal score */
    double journal; /* mean journal mark, standardised; NaN without marks */
    int n_journal;
    bool flagged;
    null_works works;  /* works whose items add up to the total; n = 0 when none */
    int32_t *by_pupil; /* rows with a pupil code, ascending by code */
    int n_by_pupil;
    uint8_t *block; /* [n] of the row's variant, SIGN_RARE: too few works; NULL: all rows are of block 0 */
} sign_group;

typedef struct sign_world {
    const oko_sign_test *tests;
    int n_tests;
    oko_sign_options options;
    size_t n;
    sign_group *group;  /* [n] by test, parent, unit */
    oko_sign *sign;     /* [n] */
    oko_sign *own_sign; /* the same, or NULL when they are the caller's */
    int32_t *rows;      /* what the groups' lists of rows and pupils are cut from */
    int16_t *totals;
    uint8_t *parts; /* classes of the works, like totals */
    size_t first[OKO_SIGNS_MAX_TESTS + 1];
    null_curves curves[OKO_SIGNS_MAX_TESTS];
    /* Normal score of a total in the region: one scale of [max_total+1] per block of variants, then, when there are
     * several blocks, one of all works. */
    double *score[OKO_SIGNS_MAX_TESTS];
    int n_blocks[OKO_SIGNS_MAX_TESTS];
    int n_rare[OKO_SIGNS_MAX_TESTS];        /* works of no block */
    unsigned anchored[OKO_SIGNS_MAX_TESTS]; /* families whose null is that of the reference groups, 1u << family */
    double journal_mean[OKO_SIGNS_MAX_TESTS], journal_sd[OKO_SIGNS_MAX_TESTS];
    oko_sign_null null[OKO_SIGNS_MAX_TESTS];
    uint32_t *by_unit;         /* [n] group indices by unit, then test */
    atomic_bool cancelled;     /* the caller wants no more: the other workers are told */
    uint64_t done, until, all; /* replicates of groups: done, at the end of the test, of all; by the calling thread */
} sign_world;

/* Tells the caller of `more` done replicates; OKO_E_CANCELLED when the caller wants no more. The caller is asked on
 * worker 0 only: that is the calling thread. Others count nothing, and end when it was told to. */
oko_status sign_tell(sign_world *w, int worker, uint64_t more) OKO_WARN_UNUSED;

/* Group of the unit in a test, or NULL. */
const sign_group *sign_find(const sign_world *w, uint32_t unit, int test);
/* Row of a pupil in a group, −1 when not there. */
int sign_row(const sign_group *g, uint32_t pupil);

/* Is the family's null of the test fitted to this group? */
static inline bool sign_fits(const sign_world *w, const sign_group *g, oko_family family)
{
    return !g->flagged && (g->in->reference || (w->anchored[g->in->test] >> family & 1) == 0);
}
/* The scale of a row's variant, and the normal score of the row; NaN without a total. */
const double *sign_scale(const sign_world *w, const sign_group *g, int row);
double sign_score(const sign_world *w, const sign_group *g, int row);

oko_status family_level(sign_world *w, int test, int worker) OKO_WARN_UNUSED; /* level and time */
oko_status family_threshold(sign_world *w, int test) OKO_WARN_UNUSED;
oko_status family_roster(sign_world *w, int test) OKO_WARN_UNUSED;
oko_status family_pattern(sign_world *w, int test) OKO_WARN_UNUSED;
/* After the families: continuous statistics against groups of their own size. */
oko_status size_guard(sign_world *w, int test) OKO_WARN_UNUSED;
/* Curves and item × group variance from the groups that are not flagged. */
oko_status null_fit(sign_world *w, int test) OKO_WARN_UNUSED;

/*
 * Log p of observed values against the bootstrap of the most similar groups, for n_stats statistics at once. values:
 * [n_stats × n × (replicates+1)], the observed one first; larger is more unusual; a NaN observation gives NaN. Groups
 * with size 0 are left out. Neighbours are near in log size and level. Mid-p inside, an exponential tail beyond.
 * ret_log_p: [n_stats × n]. w: whose caller is asked whether to go on; NULL = nobody.
 */
oko_status bootstrap_log_p(size_t n, int n_stats, int replicates, const double *values, const double *size,
                           const double *level, int threads, sign_world *w, double *ret_log_p) OKO_WARN_UNUSED;

#endif
