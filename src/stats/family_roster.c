/*
 * Roster (состав участников): are too many pupils absent, and are they the weak ones? What is known of a pupil without
 * the test — journal mark, results of the same year — gives the chance of absence by a logistic curve of the region, so
 * that absence that leans to the weak everywhere is not a sign. Number absent: beta-binomial around the sum of chances,
 * mid-p. Which ones: sum of what is known of the absent, given their number, exact for one and two, normal above.
 */
#include "stats/level_model.h"

#include "base/memory.h"
#include "stats/roster_tail.h"

#include <math.h>

enum { MIN_ROLL = ROSTER_MIN_ROLL, ROUNDS = 30, MAX_LINKS = 4, MIN_ABSENT = 20 };

typedef struct roster {
    double constant, slope;
    double rho; /* intra-group correlation of absence */
    level_column column[2 * MAX_LINKS];
    int n_columns;
} roster;

/* What is known of the pupils of a group: mean of the known columns; NaN when nothing. */
static void find_known(const sign_world *w, const roster *r, const sign_group *g, double *ret)
{
    level_link link[2 * MAX_LINKS];
    for (int a = 0; a < r->n_columns; a++) {
        link[a] = level_link_of(w, g, r->column[a]);
    }
    for (int row = 0; row < g->in->n; row++) {
        double sum = 0;
        double n = 0;
        for (int a = 0; a < r->n_columns; a++) {
            double x = level_pupil_value(w, g, &link[a], row);
            if (!isnan(x)) {
                sum += x;
                n++;
            }
        }
        ret[row] = n > 0 ? sum / n : NAN;
    }
}

static void choose_links(const sign_world *w, int test, roster *r)
{
    r->n_columns = 0;
    if (w->journal_sd[test] > 0) {
        r->column[r->n_columns++] = (level_column){ test, true };
    }
    for (int t = 0; t < w->n_tests && r->n_columns < MAX_LINKS; t++) {
        if (t != test && w->tests[t].year == w->tests[test].year && w->tests[t].grade == w->tests[test].grade) {
            r->column[r->n_columns++] = (level_column){ t, false };
        }
    }
}

static double chance(const roster *r, double known)
{
    double eta = r->constant + (isnan(known) ? 0 : r->slope * known);
    return 1 / (1 + exp(-eta));
}

typedef struct logistic {
    double g0, g1, h00, h01, h11;
} logistic;

static bool newton_step(roster *r, logistic *s)
{
    s->h11 += 1; /* weak prior on the slope */
    s->g1 -= r->slope;
    double det = s->h00 * s->h11 - s->h01 * s->h01;
    if (!(det > 0)) {
        return true;
    }
    double d0 = (s->h11 * s->g0 - s->h01 * s->g1) / det;
    double d1 = (s->h00 * s->g1 - s->h01 * s->g0) / det;
    r->constant += d0 > 2 ? 2 : d0 < -2 ? -2 : d0;
    r->slope += d1 > 2 ? 2 : d1 < -2 ? -2 : d1;
    return fabs(d0) + fabs(d1) < 1e-10;
}

/* Logistic curve over the groups that are not flagged. known: [rows of all groups], NaN when not. */
static void fit_curve(const sign_world *w, int test, const double *known, roster *r)
{
    r->constant = -3;
    r->slope = 0;
    for (int round = 0; round < ROUNDS; round++) {
        logistic s = { 0 };
        const double *x = known;
        for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
            const oko_sign_group *in = w->group[i].in;
            for (int k = 0; k < in->n; k++, x++) {
                if (!sign_fits(w, &w->group[i], OKO_FAMILY_ROSTER)) {
                    continue;
                }
                double v = isnan(*x) ? 0 : *x;
                double p = chance(r, v);
                double d = (in->total[k] < 0 ? 1 : 0) - p;
                s.g0 += d;
                s.g1 += d * v;
                s.h00 += p * (1 - p);
                s.h01 += p * (1 - p) * v;
                s.h11 += p * (1 - p) * v * v;
            }
        }
        if (newton_step(r, &s)) {
            break;
        }
    }
}

static void fit_rho(const sign_world *w, int test, const double *expected, roster *r)
{
    double above = 0;
    double scale = 0;
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const sign_group *g = &w->group[i];
        double n = g->in->n;
        double mu = expected[i - w->first[test]];
        if (!sign_fits(w, g, OKO_FAMILY_ROSTER) || n < MIN_ROLL) {
            continue;
        }
        double var = mu * (1 - mu / n);
        double d2 = (g->n_absent - mu) * (g->n_absent - mu);
        d2 = d2 > 16 * (var + .1) ? 16 * (var + .1) : d2;
        above += (d2 - var) / var;
        scale += n - 1;
    }
    double rho = scale > 0 ? above / scale : 0;
    r->rho = rho < .001 ? .001 : rho > .5 ? .5 : rho;
}

static void judge(const sign_group *g, const double *known, double expected, const roster *r, double *odds,
                  oko_sign *sign)
{
    int n = g->in->n;
    if (n < MIN_ROLL) {
        return;
    }
    double mu = expected / n;
    for (int k = 0; k < n; k++) {
        double p = chance(r, known[k]);
        odds[k] = p / (1 - p);
    }
    sign->stat_log_p[OKO_STAT_ABSENCE] = roster_absence_log_p(g->n_absent, n, mu, r->rho);
    sign->stat_log_p[OKO_STAT_WEAK_ABSENT] = roster_weak_log_p(n, g->in->total, known, odds);
    double sd = sqrt(n * mu * (1 - mu) * (1 + (n - 1) * r->rho));
    sign->absent = g->n_absent - expected;
    sign->absent_lo = sign->absent - 1.959964 * sd;
    sign->absent_hi = sign->absent + 1.959964 * sd;
}

oko_status family_roster(sign_world *w, int test)
{
    size_t first = w->first[test];
    size_t n = w->first[test + 1] - first;
    size_t rows = 0;
    size_t most = 1;
    int64_t absent = 0;
    for (size_t i = first; i < first + n; i++) {
        size_t here = (size_t)w->group[i].in->n;
        rows += here;
        most = here > most ? here : most;
        absent += w->group[i].n_absent;
    }
    if (absent < MIN_ABSENT) {
        return OKO_OK; /* absent pupils are not in the data */
    }
    OKO_CLEANUP(oko_freep) double *known = oko_alloc_array(rows + most, sizeof *known);
    OKO_CLEANUP(oko_freep) double *expected = oko_calloc_array(n, sizeof *expected);
    if (known == NULL || expected == NULL) {
        return OKO_E_MEMORY;
    }
    roster r = { 0 };
    choose_links(w, test, &r);
    double *x = known;
    for (size_t i = first; i < first + n; i++) {
        find_known(w, &r, &w->group[i], x);
        x += w->group[i].in->n;
    }
    fit_curve(w, test, known, &r);
    x = known;
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < w->group[first + i].in->n; k++) {
            expected[i] += chance(&r, *x++);
        }
    }
    fit_rho(w, test, expected, &r);
    w->null[test].absence = (double)absent / (double)rows;
    w->null[test].absence_rho = r.rho;
    x = known;
    for (size_t i = 0; i < n; i++) {
        judge(&w->group[first + i], x, expected[i], &r, known + rows, &w->sign[first + i]);
        x += w->group[first + i].in->n;
    }
    return OKO_OK;
}
