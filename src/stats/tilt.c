/* The region's distribution at a group's level: exponential tilt fitted to coarse counts. */
#include "stats/counterfactual.h"

#include <math.h>

enum { MAX_STEPS = 40, CURVATURE_ROUNDS = 6, CURVATURE_MIN_WORKS = 10, CURVATURE_GROUPS = 2000 };

/* Priors in units of the region's SD: level almost free, curvature held near the typical school's. */
static const double LAMBDA_SD = 4, KAPPA_SD = .15, KAPPA_LIMIT = .95;

/* Sums over a run of scores under q: weight and moments of x and x²/2. */
typedef struct moments {
    double q, x, v, xx, xv, vv;
} moments;

static void add_score(moments *m, double q, double x)
{
    double v = .5 * x * x;
    m->q += q;
    m->x += q * x;
    m->v += q * v;
    m->xx += q * x * x;
    m->xv += q * x * v;
    m->vv += q * v * v;
}

static double x_of(const oko_counterfactual *cf, int s)
{
    return (s - cf->centre) / cf->scale;
}

static void fill_q(const oko_counterfactual *cf, double lambda, double kappa, double *q)
{
    double highest = -INFINITY; /* exponent where pmf > 0, so that no total is 0 or infinite */
    for (int s = 0; s < cf->n; s++) {
        double x = x_of(cf, s);
        q[s] = lambda * x + .5 * kappa * x * x;
        highest = cf->pmf[s] > 0 && q[s] > highest ? q[s] : highest;
    }
    double total = 0;
    for (int s = 0; s < cf->n; s++) {
        q[s] = cf->pmf[s] > 0 ? cf->pmf[s] * exp(q[s] - highest) : 0;
        total += q[s];
    }
    for (int s = 0; s < cf->n; s++) {
        q[s] /= total;
    }
}

/* End of the run of scores that starts at s and is counted together: a block, or s itself. */
static int run_end(const oko_counterfactual *cf, int s)
{
    for (int c = 0; c < cf->n_cutoffs; c++) {
        if (s >= cf->window[c].block_from && s <= cf->window[c].block_to) {
            return cf->window[c].block_to;
        }
    }
    return s;
}

/* Score and expected information of the coarse multinomial likelihood at q. */
typedef struct slope {
    double g[2], h[3]; /* gradient; information λλ, λκ, κκ */
    double log_likelihood;
} slope;

static slope coarse_slope(const oko_counterfactual *cf, const double *counts, const double *q)
{
    slope out = { 0 };
    moments all = { 0 };
    double n = 0;
    double between[3] = { 0 };
    for (int s = 0; s < cf->n;) {
        int end = run_end(cf, s);
        moments run = { 0 };
        double works = 0;
        for (; s <= end; s++) {
            add_score(&run, q[s], x_of(cf, s));
            works += cf->pmf[s] > 0 ? counts[s] : 0;
        }
        if (!(run.q > 1e-290)) {
            continue;
        }
        n += works;
        out.g[0] += works * run.x / run.q;
        out.g[1] += works * run.v / run.q;
        out.log_likelihood += works > 0 ? works * log(run.q) : 0;
        between[0] += run.x * run.x / run.q;
        between[1] += run.x * run.v / run.q;
        between[2] += run.v * run.v / run.q;
        all.x += run.x;
        all.v += run.v;
    }
    out.g[0] -= n * all.x;
    out.g[1] -= n * all.v;
    out.h[0] = n * (between[0] - all.x * all.x);
    out.h[1] = n * (between[1] - all.x * all.v);
    out.h[2] = n * (between[2] - all.v * all.v);
    return out;
}

static double penalised(const slope *at, const oko_counterfactual *cf, double lambda, double kappa)
{
    double l = lambda / LAMBDA_SD;
    double k = (kappa - cf->curvature) / KAPPA_SD;
    return at->log_likelihood - .5 * l * l - .5 * k * k;
}

/* One Newton step for (λ, κ) or, with fixed curvature, for λ alone. */
static void newton_step(const oko_counterfactual *cf, const slope *at, const tilt *t, int mode, double step[2])
{
    double a = at->h[0] + 1 / (LAMBDA_SD * LAMBDA_SD);
    double g0 = at->g[0] - t->lambda / (LAMBDA_SD * LAMBDA_SD);
    if (mode == TILT_FIXED_CURVATURE) {
        step[0] = g0 / a;
        step[1] = 0;
        return;
    }
    double b = at->h[1];
    double d = at->h[2] + 1 / (KAPPA_SD * KAPPA_SD);
    double g1 = at->g[1] - (t->kappa - cf->curvature) / (KAPPA_SD * KAPPA_SD);
    double det = a * d - b * b;
    step[0] = (d * g0 - b * g1) / det;
    step[1] = (a * g1 - b * g0) / det;
}

static double clamp(double x, double limit)
{
    return x > limit ? limit : x < -limit ? -limit : x;
}

oko_status tilt_fit(const oko_counterfactual *cf, const double *counts, double kappa, int mode, tilt *ret_tilt,
                    double *ret_q)
{
    tilt t = { .kappa = kappa };
    fill_q(cf, t.lambda, t.kappa, ret_q);
    slope at = coarse_slope(cf, counts, ret_q);
    for (int i = 0; i < MAX_STEPS; i++) {
        double step[2];
        newton_step(cf, &at, &t, mode, step);
        double now = penalised(&at, cf, t.lambda, t.kappa);
        double share = 1;
        bool better = false;
        for (int half = 0; half < 10 && !better; half++, share *= .5) {
            tilt next = t;
            next.lambda = clamp(t.lambda + clamp(share * step[0], 2), 30);
            next.kappa = clamp(t.kappa + clamp(share * step[1], .5), KAPPA_LIMIT * 4);
            fill_q(cf, next.lambda, next.kappa, ret_q);
            slope there = coarse_slope(cf, counts, ret_q);
            if (penalised(&there, cf, next.lambda, next.kappa) >= now - 1e-9) {
                better = true;
                at = there;
                t = next;
            }
        }
        if (!better || fabs(step[0]) + fabs(step[1]) < 1e-8) {
            break;
        }
    }
    fill_q(cf, t.lambda, t.kappa, ret_q);
    double a = at.h[0] + 1 / (LAMBDA_SD * LAMBDA_SD);
    double d = at.h[2] + 1 / (KAPPA_SD * KAPPA_SD);
    double det = a * d - at.h[1] * at.h[1];
    if (!isfinite(t.lambda) || !isfinite(t.kappa) || !(det > 0)) {
        return OKO_E_NUMERIC;
    }
    t.var_lambda = d / det;
    t.var_kappa = a / det;
    t.covariance = -at.h[1] / det;
    *ret_tilt = t;
    return OKO_OK;
}

double tilt_common_curvature(const oko_counterfactual *cf, size_t n_groups, const double *rows, double *q)
{
    double kappa = 0;
    size_t stride = (n_groups + CURVATURE_GROUPS - 1) / CURVATURE_GROUPS; /* of very many groups every k-th is enough */
    for (int round = 0; round < CURVATURE_ROUNDS; round++) {
        double gradient = 0;
        double information = 0;
        for (size_t i = 0; i < n_groups; i += stride) {
            const double *counts = rows + i * (size_t)cf->n;
            double works = 0;
            for (int s = 0; s < cf->n; s++) {
                works += counts[s];
            }
            tilt t;
            if (works < CURVATURE_MIN_WORKS || tilt_fit(cf, counts, kappa, TILT_FIXED_CURVATURE, &t, q) != OKO_OK) {
                continue;
            }
            slope at = coarse_slope(cf, counts, q);
            /* κ given that λ follows: Schur complement; one degree of freedom of the spread went into λ */
            double schur = at.h[2] - at.h[1] * at.h[1] / (at.h[0] + 1e-9);
            gradient += at.g[1] - at.h[1] * at.g[0] / (at.h[0] + 1e-9) + schur / (works > 1 ? works - 1 : 1);
            information += schur;
        }
        if (!(information > 0)) {
            return 0;
        }
        double step = clamp(gradient / information, .5);
        kappa = clamp(kappa + step, 3);
        if (fabs(step) < 1e-6) {
            break;
        }
    }
    return kappa;
}
