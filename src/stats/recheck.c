#include <oko/recheck.h>

#include "base/memory.h"

#include <math.h>
#include <stdbool.h>

static const oko_interval unknown = { NAN, NAN };

static void blank(oko_recheck_change *c)
{
    *c = (oko_recheck_change){ .up = -1,
                               .down = -1,
                               .share = NAN,
                               .exact = unknown,
                               .midp = unknown,
                               .finite = unknown,
                               .p = NAN,
                               .log_p = NAN,
                               .sign_p = NAN };
}

static bool counts_ok(int64_t n, int64_t changed, int64_t up, int64_t down, int64_t population, double target)
{
    const bool directed = up >= 0 && down >= 0;
    return n >= 0 && changed >= 0 && changed <= n && up <= changed && down <= changed &&
           (!directed || up + down == changed) && (population < 0 || population >= n) && target > 0 && target < 1;
}

oko_status oko_recheck_counts(int64_t n, int64_t changed, int64_t up, int64_t down, int64_t population, double target,
                              oko_recheck_change *ret)
{
    blank(ret);
    if (!counts_ok(n, changed, up, down, population, target)) {
        return OKO_E_ARGUMENT;
    }
    ret->n = n;
    ret->changed = changed;
    ret->up = up < 0 ? -1 : up;
    ret->down = down < 0 ? -1 : down;
    if (n == 0) {
        return OKO_E_NO_DATA;
    }
    ret->share = (double)changed / (double)n;
    oko_status status = oko_share_exact(changed, n, .05, &ret->exact);
    if (status == OKO_OK) {
        status = oko_share_midp(changed, n, .05, &ret->midp);
    }
    if (status == OKO_OK && population >= 0) {
        status = oko_share_finite(changed, n, population, .05, &ret->finite);
    }
    if (status == OKO_OK) {
        status = population >= 0 ? oko_share_above_finite(changed, n, population, target, &ret->p, &ret->log_p)
                                 : oko_share_above(changed, n, target, &ret->p, &ret->log_p);
    }
    if (status == OKO_OK && up >= 0 && down >= 0 && up + down > 0) {
        status = oko_paired_sign_test(up, down, &ret->sign_p);
    }
    return status;
}

/* ---- works ---- */

static bool has_marks(const oko_recheck_work *w)
{
    return w->mark_before >= 1 && w->mark_before <= 5 && w->mark_after >= 1 && w->mark_after <= 5;
}

static bool has_totals(const oko_recheck_work *w)
{
    return w->total_before >= 0 && w->total_after >= 0;
}

static bool is_near(const oko_recheck_design *d, int total)
{
    for (int i = 0; i < d->n_cutoffs; i++) {
        if (total >= d->cutoffs[i] - d->window && total < d->cutoffs[i] + d->window) {
            return true;
        }
    }
    return false;
}

typedef struct tally {
    int64_t n, up, down;
} tally;

static void count(tally *t, int change)
{
    t->n++;
    t->up += change > 0;
    t->down += change < 0;
}

static oko_status conclude(const tally *t, const oko_recheck_design *d, oko_recheck_change *ret)
{
    /* Works of unknown outcome are no part of the sample, but they are of what was written. */
    const oko_status status = oko_recheck_counts(t->n, t->up + t->down, t->up, t->down, d->population, d->target, ret);
    return status == OKO_E_NO_DATA ? OKO_OK : status;
}

static void count_near(oko_recheck *r, const oko_recheck_work *w, const oko_recheck_design *d)
{
    if (w->total_before < 0 || d->n_cutoffs == 0) {
        return;
    }
    const bool near = is_near(d, w->total_before), changed = w->mark_before != w->mark_after;
    *(near ? &r->near_n : &r->far_n) += 1;
    *(near ? &r->near_changed : &r->far_changed) += changed;
}

/* Median of the changes of marks or totals, and the signed-rank p where asked. */
static oko_status rank_changes(const oko_recheck_work *works, size_t n, bool totals, double *work, double *ret_median,
                               double *ret_p)
{
    size_t k = 0;
    oko_wilcoxon w;
    for (size_t i = 0; i < n; i++) {
        if (totals ? has_totals(&works[i]) : has_marks(&works[i])) {
            work[k++] =
                totals ? works[i].total_after - works[i].total_before : works[i].mark_after - works[i].mark_before;
        }
    }
    const oko_status status = oko_wilcoxon_test(work, k, &w);
    *ret_median = w.median;
    *ret_p = w.p;
    return status == OKO_E_NO_DATA ? OKO_OK : status;
}

static oko_status agree(const int64_t table[25], oko_recheck *ret)
{
    oko_agreement *const at[] = { &ret->exact, &ret->linear, &ret->quadratic };
    for (int i = 0; i < 3; i++) {
        const oko_status status = oko_agreement_kappa(5, table, (oko_agreement_weights)i, at[i]);
        if (status != OKO_OK && status != OKO_E_NO_DATA) {
            return status;
        }
    }
    return OKO_OK;
}

static oko_status order_and_agreement(const oko_recheck_work *works, size_t n, const int64_t table[25], bool totals,
                                      oko_recheck *ret)
{
    OKO_CLEANUP(oko_freep) double *work = oko_alloc_array(n, sizeof *work);
    double of_marks = NAN, of_totals = NAN;
    if (work == NULL) {
        return OKO_E_MEMORY;
    }
    oko_status status = rank_changes(works, n, false, work, &ret->median_mark, &of_marks);
    if (status == OKO_OK) {
        status = rank_changes(works, n, true, work, &ret->median_total, &of_totals);
    }
    ret->rank_p = totals ? of_totals : of_marks;
    return status == OKO_OK ? agree(table, ret) : status;
}

oko_status oko_recheck_compute(const oko_recheck_work *works, size_t n, const oko_recheck_design *design,
                               oko_recheck *ret)
{
    tally marks = { 0 }, totals = { 0 };
    int64_t table[25] = { 0 };
    *ret = (oko_recheck){ .median_mark = NAN, .median_total = NAN, .rank_p = NAN, .near_p = NAN };
    blank(&ret->mark);
    blank(&ret->total);
    for (size_t i = 0; i < n; i++) {
        const oko_recheck_work *w = &works[i];
        if (has_totals(w)) {
            count(&totals, w->total_after - w->total_before);
        }
        if (has_marks(w)) {
            count(&marks, w->mark_after - w->mark_before);
            table[(w->mark_before - 1) * 5 + w->mark_after - 1]++;
            count_near(ret, w, design);
        }
    }
    if (marks.n + totals.n == 0) {
        return OKO_E_NO_DATA;
    }
    oko_status status = conclude(&marks, design, &ret->mark);
    if (status == OKO_OK) {
        status = conclude(&totals, design, &ret->total);
    }
    if (status == OKO_OK) {
        status = order_and_agreement(works, n, table, totals.n > 0, ret);
    }
    if (status == OKO_OK) {
        status = oko_share_compare(ret->near_changed, ret->near_n, ret->far_changed, ret->far_n, &ret->near_p);
        status = status == OKO_E_NO_DATA ? OKO_OK : status;
    }
    return status;
}
