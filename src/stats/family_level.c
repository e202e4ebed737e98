/*
 * Level against other evidence (уровень) and time (время): residuals of the group's mean result against everything else
 * that is known of the same pupils, against their other years, against their other subject; and how far the order of
 * the pupils agrees with journal marks and the other subject. Results are normal scores of the region.
 */
#include "stats/level_growth.h"
#include "stats/level_guard.h"

#include "base/memory.h"
#include "stats/special.h"

#include <math.h>

enum { NEAR = 160, MIN_ROWS = LEVEL_MIN_ROWS };
#define FURTHER .7 /* z by which a view says clearly more: about the SD of their difference in honest groups */

/* Mean total of works on one scale whose normal scores are spread as in the region's groups around y. */
static double mean_on_scale(const double *score, int max_total, double y, double sd)
{
    enum { NODES = 13 };
    double sum = 0;
    double weights = 0;
    for (int k = 0; k < NODES; k++) {
        double z = .4 * (k - NODES / 2);
        double weight = exp(-.5 * z * z);
        sum += weight * level_total_at(score, max_total, y + sd * z);
        weights += weight;
    }
    return sum / weights;
}

/* Mean total of the group's works if it were a typical group with the mean normal score y. */
static double mean_level_total_at(const sign_world *w, const level_model *m, const sign_group *g, double y)
{
    const double *known = NULL; /* of the last scale */
    double mean = 0;
    double sum = 0;
    for (int i = 0; i < g->in->n; i++) {
        if (g->in->total[i] < 0) {
            continue;
        }
        const double *score = sign_scale(w, g, i);
        if (score != known) {
            mean = mean_on_scale(score, w->tests[m->target].max_total, y, sqrt(m->pupil[0]));
            known = score;
        }
        sum += mean;
    }
    return sum / g->n_works;
}

static void put_normal(sign_world *w, size_t first, size_t n, oko_statistic stat, const double *z)
{
    for (size_t i = 0; i < n; i++) {
        w->sign[first + i].stat_log_p[stat] = isnan(z[i]) ? NAN : oko_log_normal_q(z[i]);
    }
}

/* Mean residual of the reference groups and its variance, clusters being their parents: what is usual given the other
 * evidence, and how well it is known. */
static void centre_of(const sign_world *w, const level_model *m, const double *residual, const double *var,
                      const bool *use, double *ret_centre, double *ret_var)
{
    const sign_group *g = &w->group[w->first[m->target]];
    double weight = 0;
    double sum = 0;
    for (size_t i = 0; i < m->n; i++) {
        if (use[i] && !isnan(residual[i])) {
            weight += 1 / var[i];
            sum += residual[i] / var[i];
        }
    }
    double centre = weight > 0 ? sum / weight : 0;
    double square = 0;
    double cluster = 0;
    for (size_t i = 0; i < m->n; i++) {
        cluster = i > 0 && g[i].in->parent == g[i - 1].in->parent ? cluster : 0;
        bool last = i + 1 == m->n || g[i + 1].in->parent != g[i].in->parent;
        cluster += use[i] && !isnan(residual[i]) ? (residual[i] - centre) / var[i] : 0;
        square += last ? cluster * cluster : 0;
    }
    *ret_centre = centre;
    *ret_var = weight > 0 ? square / (weight * weight) : 0;
}

/* Residuals of all groups against one kind of evidence, their variances, z after the guards. [n] each. */
typedef struct view {
    double *z, *by, *residual, *var, *promised;
} view;

/* use: whose figures make the guard; NULL = all. Against other tests a group is guarded by those of its own level:
 * there the evidence is little, and the strongest would stand out for being strong. */
static oko_status fill_view(const sign_world *w, const level_model *m, level_evidence evidence, const bool *use,
                            const view *v)
{
    const sign_group *g = &w->group[w->first[m->target]];
    bool much = evidence == LEVEL_ALL || evidence == LEVEL_OTHER_TESTS;
    double centre = 0;
    double centre_var = 0;
    for (size_t i = 0; i < m->n; i++) {
        bool known =
            g[i].n_works >= OKO_SIGNS_MIN_WORKS && level_residual(w, m, i, evidence, &v->residual[i], &v->var[i]);
        v->residual[i] = known ? v->residual[i] : NAN;
        v->var[i] = known ? v->var[i] : NAN;
    }
    if (use != NULL) {
        centre_of(w, m, v->residual, v->var, use, &centre, &centre_var);
    }
    for (size_t i = 0; i < m->n; i++) {
        v->residual[i] -= centre;
        v->var[i] += centre_var;
        bool known = !isnan(v->residual[i]);
        v->z[i] = known ? v->residual[i] / sqrt(v->var[i]) : NAN;
        v->by[i] = known ? g[i].level - (much ? .5 : 0) * v->residual[i] : NAN;
        v->promised[i] = known ? g[i].level - v->residual[i] : NAN;
    }
    oko_status status = null_scale(m->n, use, v->z);
    status = status == OKO_OK ? level_guard_far(w, m, use, v->promised, v->z) : status;
    status = status == OKO_OK ? level_take_line(w, m, use, v->z) : status;
    return status == OKO_OK ? null_guard_local(m->n, use, v->by, NEAR, v->z) : status;
}

/* Effect in marks: the mean total above that of a typical group at the level which the evidence expects. */
static void put_marks(const sign_world *w, const level_model *m, const view *v, size_t i)
{
    const sign_group *g = &w->group[w->first[m->target] + i];
    oko_sign *sign = &w->sign[w->first[m->target] + i];
    double expected = g->level - v->residual[i];
    double reach = 1.959964 * sqrt(v->var[i]);
    sign->marks = g->total - mean_level_total_at(w, m, g, expected);
    sign->marks_lo = g->total - mean_level_total_at(w, m, g, expected + reach);
    sign->marks_hi = g->total - mean_level_total_at(w, m, g, expected - reach);
}

/* Growth, guarded as the residuals are: by the groups of the same expected level. [n] log p. */
static oko_status guarded_growth(sign_world *w, const level_model *m, const bool *use, const view *all, int worker,
                                 double *log_p)
{
    oko_status status = level_growth(w, m, all->z, all->var, worker, log_p);
    for (size_t i = 0; i < m->n && status == OKO_OK; i++) {
        log_p[i] = isnan(log_p[i]) ? NAN : oko_normal_z(log_p[i]);
    }
    status = status == OKO_OK ? level_guard_far(w, m, use, all->promised, log_p) : status;
    status = status == OKO_OK ? null_guard_local(m->n, use, all->by, NEAR, log_p) : status;
    for (size_t i = 0; i < m->n && status == OKO_OK; i++) {
        log_p[i] = isnan(log_p[i]) ? NAN : oko_log_normal_q(log_p[i]);
    }
    return status;
}

/* Against everything, and against everything but the parallel groups of the same test, which may share what happened.
 * Both count alike; the effect is that against everything, unless the other one says clearly more: whichever says more
 * would be too large on average. */
static oko_status level(sign_world *w, const level_model *m, const bool *use, const view *all, const view *apart,
                        int worker, double *growth)
{
    size_t first = w->first[m->target];
    oko_status status = fill_view(w, m, LEVEL_ALL, use, all);
    status = status == OKO_OK ? fill_view(w, m, LEVEL_OTHER_TESTS, use, apart) : status;
    status = status == OKO_OK ? guarded_growth(w, m, use, all, worker, growth) : status;
    for (size_t i = 0; i < m->n && status == OKO_OK; i++) {
        if (isnan(all->z[i])) {
            continue;
        }
        bool both = !isnan(apart->z[i]);
        double log_p[2] = { oko_log_normal_q(all->z[i]), both ? oko_log_normal_q(apart->z[i]) : NAN };
        w->sign[first + i].stat_log_p[OKO_STAT_LEVEL] = oko_cauchy_log_p(2, log_p, NULL);
        w->sign[first + i].stat_log_p[OKO_STAT_GROWTH] = growth[i];
        put_marks(w, m, both && apart->z[i] > all->z[i] + FURTHER ? apart : all, i);
    }
    return status;
}

static oko_status other_tests(sign_world *w, const level_model *m, level_evidence evidence, oko_statistic stat,
                              const bool *use, const view *v)
{
    oko_status status = fill_view(w, m, evidence, use, v);
    if (status == OKO_OK) {
        put_normal(w, w->first[m->target], m->n, stat, v->z);
    }
    return status;
}

/* ---- order of the pupils ---- */

/* z of the variance of results around what the linked columns say; v->n = 0: of the results themselves. share: of
 * the usual variance that is expected here. */
static double spread_z(const sign_world *w, const level_model *m, const sign_group *g, const level_within *v,
                       double share)
{
    double var = v->var * share;
    level_link own = level_link_of(w, g, m->column[0]);
    double sum = 0; /* of the part */
    double square = 0;
    double rows = 0; /* of the part */
    double freedom = 0;
    for (int i = 0; i < g->in->n; i++) {
        if (level_new_part(g, i) && rows > 0) {
            square -= sum * sum / rows;
            freedom += rows - 1;
            sum = 0;
            rows = 0;
        }
        double residual = level_pupil_value(w, g, &own, i) - level_within_says(w, g, v, i);
        if (!isnan(residual)) {
            sum += residual;
            square += residual * residual;
            rows++;
        }
    }
    square -= rows > 0 ? sum * sum / rows : 0;
    freedom += rows > 0 ? rows - 1 : 0;
    return freedom >= MIN_ROWS - 1 && var > 0 ? oko_mean_square_z(square / freedom / var, freedom) : NAN;
}

static oko_status agreement(sign_world *w, const level_model *m, const bool *use, double *z, double *by, double *flip)
{
    size_t first = w->first[m->target];
    level_ceiling end;
    const level_within alone = { .var = m->pupil[0] };
    level_ceiling_fit(w, m, MIN_ROWS, &end);
    for (size_t i = 0; i < m->n; i++) {
        const sign_group *g = &w->group[first + i];
        level_within v;
        bool linked = g->n_works >= MIN_ROWS && level_within_of(w, m, g, &v);
        z[i] = linked ? spread_z(w, m, g, &v, 1) : NAN;
        flip[i] = -z[i];
        by[i] = g->level;
    }
    oko_status status = null_guard_local(m->n, use, by, NEAR, z);
    if (status == OKO_OK) {
        put_normal(w, first, m->n, OKO_STAT_DISAGREE, z);
        status = null_guard_local(m->n, use, by, NEAR, flip);
    }
    if (status == OKO_OK) {
        put_normal(w, first, m->n, OKO_STAT_AGREE, flip);
    }
    for (size_t i = 0; status == OKO_OK && i < m->n; i++) {
        const sign_group *g = &w->group[first + i];
        z[i] = g->n_works >= MIN_ROWS ? -spread_z(w, m, g, &alone, level_ceiling_share(&end, g)) : NAN;
    }
    status = status == OKO_OK ? null_guard_local(m->n, use, by, NEAR, z) : status;
    if (status == OKO_OK) {
        put_normal(w, first, m->n, OKO_STAT_COMPRESSED, z);
    }
    return status;
}

oko_status family_level(sign_world *w, int test, int worker)
{
    size_t n = w->first[test + 1] - w->first[test];
    if (n < 2) {
        return OKO_OK;
    }
    OKO_CLEANUP(oko_freep) double *z = oko_alloc_array(11 * n, sizeof *z);
    OKO_CLEANUP(oko_freep) bool *fits = oko_alloc_array(n, sizeof *fits);
    if (z == NULL || fits == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        fits[i] = sign_fits(w, &w->group[w->first[test] + i], OKO_FAMILY_LEVEL);
    }
    const bool *use = level_anchored(w, test) ? fits : NULL;
    OKO_CLEANUP(level_model_clear) level_model m = { 0 };
    oko_status status = level_model_fit(w, test, &m);
    status = status == OKO_OK ? sign_tell(w, worker, 0) : status;
    const view one = { z, z + n, z + 2 * n, z + 3 * n, z + 4 * n };
    const view two = { z + 5 * n, z + 6 * n, z + 7 * n, z + 8 * n, z + 9 * n };
    status = status == OKO_OK ? level(w, &m, use, &one, &two, worker, z + 10 * n) : status;
    status = status == OKO_OK ? sign_tell(w, worker, 0) : status;
    status = status == OKO_OK ? other_tests(w, &m, LEVEL_OTHER_YEARS, OKO_STAT_YEAR, use, &one) : status;
    status = status == OKO_OK ? other_tests(w, &m, LEVEL_OTHER_SUBJECTS, OKO_STAT_SUBJECT, use, &one) : status;
    status = status == OKO_OK ? sign_tell(w, worker, 0) : status;
    if (status == OKO_OK) {
        status = agreement(w, &m, use, z, z + n, z + 2 * n);
    }
    if (status == OKO_OK) {
        w->null[test].sd_parent = sqrt(m.parent[0]);
        w->null[test].sd_group = sqrt(m.group[0]);
        w->null[test].sd_pupil = sqrt(m.pupil[0]);
    }
    return status;
}
