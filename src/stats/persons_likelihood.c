/*
 * lz and lz*. With w_j = log P(x_j), s_j = a_j·x_j and θ̂ the estimated ability: W = Σ (w_j − E w_j). Because θ̂ depends
 * on the answers through Σ s_j only, the part of W that moves with θ̂ is its regression on Σ (s_j − E s_j); what is
 * left, r_j = w_j − β·s_j, has W* = Σ (r_j − E r_j), whose variance is that of lz* (Snijders 2001), whose skewness and
 * whose mean given Σ s_j come from third cumulants.
 */
#include "stats/persons_work.h"
#include "stats/special.h"

#include <math.h>

/* Central moments at θ̂ over the answered items. */
typedef struct moments {
    double w, s;       /* observed − expected */
    double ww, ws, ss; /* variances, covariance */
    double rrr, rss;   /* third cumulants of the residual r = w − βs */
    double beta;
} moments;

/* log P and P of one item's scores at θ. */
static void log_shares(double at, const double *c, int top, double *log_p, double *p)
{
    if (top == 1) {
        double d = at + c[1];
        double e = exp(-fabs(d));
        double l = log1p(e);
        double small = e / (1 + e);
        log_p[0] = d > 0 ? -d - l : -l;
        log_p[1] = d > 0 ? -l : d - l;
        p[0] = d > 0 ? small : 1 - small;
        p[1] = d > 0 ? 1 - small : small;
        return;
    }
    double peak = 0, sum = 0;
    for (int k = 1; k <= top; k++) {
        peak = fmax(peak, k * at + c[k]);
    }
    for (int k = 0; k <= top; k++) {
        sum += exp(k * at + c[k] - peak);
    }
    double log_z = peak + log(sum);
    for (int k = 0; k <= top; k++) {
        log_p[k] = k * at + c[k] - log_z;
        p[k] = exp(log_p[k]);
    }
}

static void add_second(moments *m, const double *log_p, const double *p, int top, double a, int x)
{
    if (top == 1) {
        double d = log_p[1] - log_p[0];
        double v = p[0] * p[1];
        double miss = x == 1 ? p[0] : -p[1];
        m->w += miss * d;
        m->s += miss * a;
        m->ww += v * d * d;
        m->ws += v * d * a;
        m->ss += v * a * a;
        return;
    }
    double w = 0, k_mean = 0;
    for (int k = 0; k <= top; k++) {
        w += p[k] * log_p[k];
        k_mean += p[k] * k;
    }
    for (int k = 0; k <= top; k++) {
        double dw = log_p[k] - w, ds = a * (k - k_mean);
        m->ww += p[k] * dw * dw;
        m->ws += p[k] * dw * ds;
        m->ss += p[k] * ds * ds;
    }
    m->w += log_p[x] - w;
    m->s += a * (x - k_mean);
}

static void add_third(moments *m, const double *log_p, const double *p, int top, double a)
{
    if (top == 1) {
        double r = log_p[1] - log_p[0] - m->beta * a;
        double third = p[0] * p[1] * (p[0] - p[1]);
        m->rrr += third * r * r * r;
        m->rss += third * r * a * a;
        return;
    }
    double r_mean = 0, k_mean = 0;
    for (int k = 0; k <= top; k++) {
        r_mean += p[k] * (log_p[k] - m->beta * a * k);
        k_mean += p[k] * k;
    }
    for (int k = 0; k <= top; k++) {
        double dr = log_p[k] - m->beta * a * k - r_mean, ds = a * (k - k_mean);
        m->rrr += p[k] * dr * dr * dr;
        m->rss += p[k] * dr * ds * ds;
    }
}

static moments sum_moments(const oko_irt *irt, const int8_t *row, double theta, double *scratch)
{
    moments m = { 0 };
    double *log_p = scratch, *p = scratch + irt->offset[irt->n_items];
    for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < irt->n_items; j++) {
            int t = irt->offset[j], top = irt->offset[j + 1] - t - 1;
            if (row[j] < 0) {
                continue;
            }
            if (pass == 0) {
                log_shares(irt->slope[j] * theta, irt->intercept + t, top, log_p + t, p + t);
                add_second(&m, log_p + t, p + t, top, irt->slope[j], row[j]);
            } else {
                add_third(&m, log_p + t, p + t, top, irt->slope[j]);
            }
        }
        m.beta = m.ss > 0 ? m.ws / m.ss : 0;
    }
    return m;
}

static void set_lzstar(const moments *m, oko_person *p)
{
    double variance = m->ww - m->beta * m->ws;
    if (!(variance > 1e-10 * m->ww) || !(m->ss > 0)) {
        p->why_lzstar = OKO_WHY_NO_VARIANCE;
        return;
    }
    double sd = sqrt(variance);
    p->lzstar = (m->w - m->beta * m->s) / sd;
    p->lzstar_z = p->lzstar + .5 * m->rss / (m->ss * sd);
    p->lzstar_skew = m->rrr / (variance * sd);
    p->lzstar_log_p = person_tail(p->lzstar_z, p->lzstar_skew);
    p->lzstar_p = exp(p->lzstar_log_p);
}

void person_likelihood(const persons_work *w, const int8_t *row, double *scratch, oko_person *p)
{
    bool lz = p->why_lz == OKO_WHY_NONE, star = p->why_lzstar == OKO_WHY_NONE;
    bool extreme = p->score == 0 || p->score == p->most;
    uint8_t why = OKO_WHY_NONE;
    if (p->n == 0) {
        why = OKO_WHY_FEW_ITEMS;
    } else if (isnan(p->theta)) {
        why = extreme ? OKO_WHY_EXTREME : OKO_WHY_NO_VARIANCE;
    }
    if (why != OKO_WHY_NONE) {
        p->why_lz = lz ? why : p->why_lz;
        p->why_lzstar = star ? why : p->why_lzstar;
        return;
    }
    moments m = sum_moments(w->irt, row, p->theta, scratch);
    if (lz && m.ww > 0) {
        p->lz = m.w / sqrt(m.ww);
        p->lz_p = exp(oko_log_normal_q(-p->lz));
    } else if (lz) {
        p->why_lz = OKO_WHY_NO_VARIANCE;
    }
    if (star && (p->n < 2 || extreme)) {
        p->why_lzstar = extreme ? OKO_WHY_EXTREME : OKO_WHY_FEW_ITEMS;
    } else if (star) {
        set_lzstar(&m, p);
    }
}

void person_curves(const persons_work *w, const int8_t *row, oko_person *p)
{
    const oko_scores *s = w->scores;
    double sum = 0, variance = 0;
    for (int j = 0; j < s->n_items; j++) {
        double share[OKO_SCORES_MAX_MARK + 1];
        int rest = p->most - s->item_max[j];
        if (row[j] < 0 || rest <= 0 ||
            oko_rest_curves_probabilities(w->options->curves, j, (double)(p->score - row[j]) / rest, share) != OKO_OK) {
            continue;
        }
        double first = 0, second = 0;
        for (int k = 0; k <= s->item_max[j]; k++) {
            double l = share[k] > 0 ? log(share[k]) : 0;
            first += share[k] * l;
            second += share[k] * l * l;
        }
        sum += log(fmax(share[row[j]], 1e-6)) - first;
        variance += second - first * first;
    }
    if (!(variance > 0)) {
        p->why_lz = p->n < 2 ? OKO_WHY_FEW_ITEMS : OKO_WHY_NO_VARIANCE;
        return;
    }
    p->lz = sum / sqrt(variance);
    p->lz_p = exp(oko_log_normal_q(-p->lz));
}
