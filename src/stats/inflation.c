/* Inflation of a region against its reference stratum: tilted distribution of the stratum, cluster bootstrap. */
#include <oko/inflation.h>

#include "base/memory.h"
#include "base/random.h"
#include "stats/level_model.h"
#include "stats/sign_prepare.h"

#include <math.h>
#include <string.h>

enum { DEFAULT_REPLICATES = 400, MARKS = OKO_INFLATION_CUTOFFS + 1, FIGURES = 1 + MARKS + OKO_INFLATION_CUTOFFS };
enum { REFERENCE, OTHERS, SIDES, FOLDS = 16 };

static const char *const why_names[] = { "computed", "no_reference", "few_reference", "few_others", "no_evidence" };

const char *oko_inflation_why_name(oko_inflation_why why)
{
    return (unsigned)why <= OKO_INFLATION_NO_EVIDENCE ? why_names[why] : "";
}

/* Sums of one school: works by total, and over its works the level that other evidence promises, and its square. */
typedef struct school {
    double works, promised, square;
    const double *count; /* [max_total+1] */
} school;

typedef struct comparison {
    int max_total, n_cutoffs;
    const int16_t *cutoffs;
    const double *score; /* [max_total+1] normal score of a total */
    bool adjusted;
    size_t n[SIDES];
    school *of[SIDES];
    double *sum[SIDES]; /* [max_total+1] works of a sample */
    double *expected;   /* [max_total+1] shares */
} comparison;

/* ---- one sample of schools ---- */

/* Moments of the score under shares f·exp(λs + κs²): log of the sum, then means of s, s², s³, s⁴. Fills expected. */
static void tilt(const comparison *c, double lambda, double kappa, double m[5])
{
    const double *f = c->sum[REFERENCE];
    memset(m, 0, 5 * sizeof *m);
    for (int t = 0; t <= c->max_total; t++) {
        double s = c->score[t];
        double q = f[t] > 0 ? f[t] * exp(lambda * s + kappa * s * s) : 0;
        c->expected[t] = q;
        m[0] += q;
        m[1] += q * s;
        m[2] += q * s * s;
        m[3] += q * s * s * s;
        m[4] += q * s * s * s * s;
    }
    for (int t = 0; t <= c->max_total; t++) {
        c->expected[t] /= m[0];
    }
    for (int k = 1; k < 5; k++) {
        m[k] /= m[0];
    }
    m[0] = log(m[0]);
}

/*
 * Expected shares of the others: the stratum's own with mean and variance of the score moved by what other evidence
 * says (exponential tilt, the nearest distribution of these moments; Newton on the convex dual, halved steps).
 */
static void expect(const comparison *c, double shift, double spread)
{
    double m[5];
    double trial[5];
    tilt(c, 0, 0, m);
    if (shift == 0 && spread == 0) {
        return;
    }
    double mean = m[1] + shift;
    double var = m[2] - m[1] * m[1];
    var = var + spread > .25 * var ? var + spread : .25 * var;
    double square = var + mean * mean;
    double lambda = 0;
    double kappa = 0;
    for (int round = 0; round < 40; round++) {
        double g1 = mean - m[1];
        double g2 = square - m[2];
        double a = m[2] - m[1] * m[1] + 1e-9;
        double b = m[3] - m[1] * m[2];
        double d = m[4] - m[2] * m[2] + 1e-9;
        double det = a * d - b * b;
        if (fabs(g1) + fabs(g2) < 1e-11 || !(det > 0)) {
            break;
        }
        double step1 = (d * g1 - b * g2) / det;
        double step2 = (a * g2 - b * g1) / det;
        double cost = m[0] - lambda * mean - kappa * square;
        double share = 1;
        for (int half = 0; half < 20; half++, share *= .5) {
            double l = lambda + share * step1;
            double k = kappa + share * step2;
            tilt(c, l, k, trial);
            if (isfinite(trial[0]) && trial[0] - l * mean - k * square <= cost) {
                break;
            }
        }
        lambda += share * step1;
        kappa += share * step2;
        tilt(c, lambda, kappa, m);
    }
}

/* Place of the mark that a total is worth, 0 the lowest. */
static int mark_of(const comparison *c, int total)
{
    int mark = 0;
    while (mark < c->n_cutoffs && total >= c->cutoffs[mark]) {
        mark++;
    }
    return mark;
}

/* marks, then shares of the marks, then works over the cut-offs: others − expected. */
static void figures_of(const comparison *c, double works, double *ret)
{
    memset(ret, 0, FIGURES * sizeof *ret);
    for (int t = 0; t <= c->max_total; t++) {
        double d = c->sum[OTHERS][t] / works - c->expected[t];
        int mark = mark_of(c, t);
        ret[0] += t * d;
        ret[1 + mark] += d;
        for (int k = 0; k < mark; k++) {
            ret[1 + MARKS + k] += works * d;
        }
    }
}

/* rng NULL: every school once. Returns the level that evidence puts between others and reference. */
static double sample(const comparison *c, oko_rng *rng, double *ret_figures)
{
    double mean[SIDES];
    double var[SIDES];
    double works[SIDES];
    for (int side = 0; side < SIDES; side++) {
        double sum = 0;
        double square = 0;
        works[side] = 0;
        memset(c->sum[side], 0, ((size_t)c->max_total + 1) * sizeof(double));
        for (size_t i = 0; i < c->n[side]; i++) {
            const school *s = &c->of[side][rng != NULL ? oko_rng_below(rng, (uint32_t)c->n[side]) : i];
            works[side] += s->works;
            sum += s->promised;
            square += s->square;
            for (int t = 0; t <= c->max_total; t++) {
                c->sum[side][t] += s->count[t];
            }
        }
        mean[side] = sum / works[side];
        var[side] = square / works[side] - mean[side] * mean[side];
    }
    double shift = c->adjusted ? mean[OTHERS] - mean[REFERENCE] : 0;
    expect(c, shift, c->adjusted ? var[OTHERS] - var[REFERENCE] : 0);
    figures_of(c, works[OTHERS], ret_figures);
    return shift;
}

/* 97.5 % point of Student's t (Cornish & Fisher; to 1e-3 from 9 degrees of freedom on). */
static double student(double freedom)
{
    double z = 1.959963984540054;
    double z3 = z * z * z;
    double z5 = z3 * z * z;
    return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom) +
           (3 * z5 * z * z + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom * freedom * freedom);
}

static oko_estimate estimate_of(double value, double sd, double reach)
{
    return (oko_estimate){ value, value - reach * sd, value + reach * sd };
}

/* ---- one comparison ---- */

static void describe(const comparison *c, oko_inflation_part *part)
{
    part->reference_schools = (int)c->n[REFERENCE];
    part->other_schools = (int)c->n[OTHERS];
    for (int side = 0; side < SIDES; side++) {
        double works = 0;
        for (size_t i = 0; i < c->n[side]; i++) {
            works += c->of[side][i].works;
        }
        *(side == REFERENCE ? &part->reference_works : &part->other_works) = (int64_t)works;
    }
}

static oko_inflation_why enough(const oko_inflation_part *part)
{
    if (part->reference_works == 0) {
        return OKO_INFLATION_NO_REFERENCE;
    }
    if (part->reference_schools < OKO_INFLATION_MIN_SCHOOLS || part->reference_works < OKO_INFLATION_MIN_WORKS) {
        return OKO_INFLATION_FEW_REFERENCE;
    }
    return part->other_schools < OKO_INFLATION_MIN_SCHOOLS ? OKO_INFLATION_FEW_OTHERS : OKO_INFLATION_COMPUTED;
}

/* extra: variance of the figures that no sample of schools shows; NULL = none. */
static void compare(const comparison *c, const oko_inflation_options *o, uint64_t stream, const double *extra,
                    oko_inflation_part *part, double *ret_shift)
{
    double value[FIGURES];
    double mean[FIGURES] = { 0 };
    double square[FIGURES] = { 0 };
    describe(c, part);
    part->why = enough(part);
    if (part->why != OKO_INFLATION_COMPUTED) {
        return;
    }
    oko_rng rng = oko_rng_make(o->seed, stream);
    for (int r = 1; r <= o->replicates; r++) {
        (void)sample(c, &rng, value);
        for (int k = 0; k < FIGURES; k++) { /* Welford */
            double d = value[k] - mean[k];
            mean[k] += d / r;
            square[k] += d * (value[k] - mean[k]);
        }
    }
    *ret_shift = sample(c, NULL, value);
    size_t fewer = c->n[REFERENCE] < c->n[OTHERS] ? c->n[REFERENCE] : c->n[OTHERS];
    double reach = student((double)fewer - 1) * sqrt((double)fewer / ((double)fewer - 1));
    double sd[FIGURES];
    for (int k = 0; k < FIGURES; k++) {
        sd[k] = sqrt(square[k] / (o->replicates - 1) + (extra != NULL ? extra[k] : 0));
    }
    part->observed = 0;
    for (int t = 0; t <= c->max_total; t++) {
        double share = c->sum[OTHERS][t] / (double)part->other_works;
        int mark = mark_of(c, t);
        part->observed += t * share;
        part->mark[mark] = (isnan(part->mark[mark]) ? 0 : part->mark[mark]) + share;
    }
    part->expected = part->observed - value[0];
    part->marks = estimate_of(value[0], sd[0], reach);
    for (int k = 0; k <= c->n_cutoffs && c->n_cutoffs > 0; k++) {
        part->mark[k] = isnan(part->mark[k]) ? 0 : part->mark[k];
        part->share[k] = estimate_of(value[1 + k], sd[1 + k], reach);
    }
    for (int k = 0; k < c->n_cutoffs; k++) {
        part->lifted[k] = estimate_of(value[1 + MARKS + k], sd[1 + MARKS + k], reach);
    }
}

/* ---- schools from groups ---- */

static bool same_school(const sign_group *a, const sign_group *b, bool by_parent)
{
    return by_parent && a->in->parent == b->in->parent && a->in->reference == b->in->reference;
}

/* Schools of the target test; promised NULL: all groups with works, else those with a promised level. */
static void collect(const sign_world *w, int target, bool by_parent, const double *promised, double *counts,
                    comparison *c)
{
    size_t totals = (size_t)c->max_total + 1;
    const sign_group *before[SIDES] = { NULL, NULL };
    size_t used = 0;
    c->n[REFERENCE] = 0;
    c->n[OTHERS] = 0;
    for (size_t i = w->first[target]; i < w->first[target + 1]; i++) {
        const sign_group *g = &w->group[i];
        double level = promised != NULL ? promised[i - w->first[target]] : 0;
        if (g->n_works == 0 || isnan(level)) {
            continue;
        }
        int side = g->in->reference ? REFERENCE : OTHERS;
        if (before[side] == NULL || !same_school(before[side], g, by_parent)) {
            double *count = counts + used++ * totals;
            memset(count, 0, totals * sizeof *count);
            c->of[side][c->n[side]++] = (school){ .count = count };
        }
        school *s = &c->of[side][c->n[side] - 1];
        double *count = counts + (size_t)(s->count - counts);
        for (int k = 0; k < g->in->n; k++) {
            if (g->in->total[k] >= 0) {
                count[g->in->total[k]]++;
            }
        }
        s->works += g->n_works;
        s->promised += g->n_works * level;
        s->square += g->n_works * level * level;
        before[side] = g;
    }
}

/* Is the group, or its school, in a fold of the jackknife? Groups of one school always are together. */
static int fold_of(const sign_group *g, bool by_parent)
{
    uint32_t key = by_parent ? g->in->parent : g->in->unit;
    return (int)(key * UINT32_C(2654435769) >> 16) % FOLDS;
}

/* Level of every group by its other evidence, the model being fitted without a fold (−1: to all); NaN without. */
static oko_status promise(sign_world *w, int target, bool by_parent, int fold, double *ret)
{
    OKO_CLEANUP(level_model_clear) level_model m = { 0 };
    for (size_t i = 0; i < w->n; i++) {
        w->group[i].flagged = fold >= 0 && fold_of(&w->group[i], by_parent) == fold;
    }
    oko_status status = level_model_fit(w, target, &m);
    for (size_t i = 0; i < w->n; i++) {
        w->group[i].flagged = false;
    }
    if (status == OKO_OK && fold >= 0) {
        level_model_refill(w, &m);
    }
    for (size_t i = 0; status == OKO_OK && i < m.n; i++) {
        double residual;
        double var;
        bool known = level_residual(w, &m, i, LEVEL_OWN, &residual, &var);
        ret[i] = known ? w->group[w->first[target] + i].level - residual : NAN;
    }
    return status;
}

/* Variance that the estimated weights of the evidence add: delete-a-fold jackknife of the model, the schools staying.
 */
static oko_status jackknife(sign_world *w, int target, bool by_parent, double *promised, double *counts, comparison *c,
                            double *ret_var)
{
    double mean[FIGURES] = { 0 };
    double square[FIGURES] = { 0 };
    double value[FIGURES];
    for (int f = 0; f < FOLDS; f++) {
        oko_status status = promise(w, target, by_parent, f, promised);
        if (status != OKO_OK) {
            return status;
        }
        collect(w, target, by_parent, promised, counts, c);
        (void)sample(c, NULL, value);
        for (int k = 0; k < FIGURES; k++) {
            double d = value[k] - mean[k];
            mean[k] += d / (f + 1);
            square[k] += d * (value[k] - mean[k]);
        }
    }
    for (int k = 0; k < FIGURES; k++) {
        ret_var[k] = square[k] * (FOLDS - 1) / FOLDS;
    }
    return OKO_OK;
}

static oko_status adjust(sign_world *w, int target, const oko_inflation_options *o, double *promised, double *counts,
                         comparison *c, oko_inflation *ret)
{
    double extra[FIGURES];
    w->anchored[target] |= 1u << OKO_FAMILY_LEVEL;
    c->adjusted = true;
    oko_status status = jackknife(w, target, o->by_parent, promised, counts, c, extra);
    if (status == OKO_OK) {
        status = promise(w, target, o->by_parent, -1, promised);
    }
    if (status == OKO_OK) {
        collect(w, target, o->by_parent, promised, counts, c);
        compare(c, o, 2 * (uint64_t)(unsigned)target + 1, extra, &ret->adjusted, &ret->level);
        bool computed = ret->adjusted.why == OKO_INFLATION_COMPUTED;
        ret->adjusted.why = computed ? OKO_INFLATION_COMPUTED : OKO_INFLATION_NO_EVIDENCE;
    }
    return status;
}

static void blank_part(oko_inflation_part *p)
{
    const oko_estimate none = { NAN, NAN, NAN };
    *p = (oko_inflation_part){ .observed = NAN, .expected = NAN, .marks = none };
    for (int k = 0; k < MARKS; k++) {
        p->mark[k] = NAN;
        p->share[k] = none;
    }
    for (int k = 0; k < OKO_INFLATION_CUTOFFS; k++) {
        p->lifted[k] = none;
    }
}

static oko_status run(sign_world *w, int target, const oko_inflation_options *o, oko_inflation *ret)
{
    size_t n = w->first[target + 1] - w->first[target];
    const oko_sign_test *t = &w->tests[target];
    size_t totals = (size_t)t->max_total + 1;
    OKO_CLEANUP(oko_freep) school *schools = oko_calloc_array(2 * (n + 1), sizeof *schools);
    OKO_CLEANUP(oko_freep) double *counts = oko_calloc_array((n + 4) * totals, sizeof *counts);
    OKO_CLEANUP(oko_freep) double *promised = oko_alloc_array(n + 1, sizeof *promised);
    if (schools == NULL || counts == NULL || promised == NULL) {
        return OKO_E_MEMORY;
    }
    double *sums = counts + n * totals;
    comparison c = { .max_total = t->max_total,
                     .n_cutoffs = t->n_cutoffs,
                     .cutoffs = t->cutoffs,
                     .score = w->score[target],
                     .of = { schools, schools + n + 1 },
                     .sum = { sums, sums + totals },
                     .expected = sums + 2 * totals };
    double none;
    collect(w, target, o->by_parent, NULL, counts, &c);
    compare(&c, o, 2 * (uint64_t)(unsigned)target, NULL, &ret->plain, &none);
    ret->works = ret->plain.reference_works + ret->plain.other_works;
    ret->adjusted.why = ret->plain.why;
    if (ret->plain.why != OKO_INFLATION_COMPUTED) {
        return OKO_OK;
    }
    return adjust(w, target, o, promised, counts, &c, ret);
}

/* Works of the test, and whether any of its groups is of the stratum. */
static bool any_reference(const oko_sign_group *groups, size_t n_groups, int target, int64_t *ret_works)
{
    bool any = false;
    *ret_works = 0;
    for (size_t i = 0; i < n_groups; i++) {
        bool ours = groups[i].test == target;
        any = any || (ours && groups[i].reference);
        for (int k = 0; ours && groups[i].total != NULL && k < groups[i].n; k++) {
            *ret_works += groups[i].total[k] >= 0;
        }
    }
    return any;
}

oko_status oko_inflation_estimate(const oko_sign_test *tests, int n_tests, const oko_sign_group *groups,
                                  size_t n_groups, int target, const oko_inflation_options *options, oko_inflation *ret)
{
    oko_inflation_options o = options != NULL ? *options : (oko_inflation_options)OKO_INFLATION_OPTIONS_INIT;
    o.replicates = o.replicates == 0 ? DEFAULT_REPLICATES : o.replicates;
    if (tests == NULL || n_tests < 1 || n_tests > OKO_SIGNS_MAX_TESTS || target < 0 || target >= n_tests ||
        (n_groups > 0 && groups == NULL) || n_groups > OKO_SIGNS_MAX_GROUPS || o.replicates < 50 ||
        o.replicates > 10000 || ret == NULL) {
        return OKO_E_ARGUMENT;
    }
    oko_inflation result = { .n_cutoffs = tests[target].n_cutoffs, .level = NAN };
    blank_part(&result.plain);
    blank_part(&result.adjusted);
    if (!any_reference(groups, n_groups, target, &result.works)) {
        result.plain.why = OKO_INFLATION_NO_REFERENCE;
        result.adjusted.why = OKO_INFLATION_NO_REFERENCE;
        *ret = result;
        return OKO_OK;
    }
    OKO_CLEANUP(oko_freep) oko_sign_group *bare = oko_alloc_array(n_groups + 1, sizeof *bare);
    OKO_CLEANUP(oko_freep) sign_world *w = oko_calloc_array(1, sizeof *w);
    if (bare == NULL || w == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < n_groups; i++) { /* only totals and journal count */
        bare[i] = groups[i];
        bare[i].items = NULL;
        bare[i].variant = NULL;
    }
    const oko_sign_options plain = OKO_SIGN_OPTIONS_INIT;
    oko_status status = sign_world_new(tests, n_tests, bare, n_groups, &plain, NULL, w);
    if (status == OKO_OK) {
        status = run(w, target, &o, &result);
    }
    sign_world_clear(w);
    if (status == OKO_OK) {
        *ret = result;
    }
    return status;
}
