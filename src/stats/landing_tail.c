/* Landing on cut-offs: exact convolution of the weighted works around each, with uncertain log odds integrated out. */
#include "stats/landing_tail.h"

#include <math.h>

enum { NODES = 7, LOW = -3, HIGH = 2, SPAN = HIGH - LOW };

/* Of the chance of the observed sum itself: between mid-p (.5), which is liberal where a few works decide, and 1. */
#define OBSERVED_SHARE .7

static const double node[NODES] = { -2.4, -1.6, -.8, 0, .8, 1.6, 2.4 };

/* Weight of a score: how much a lifted work adds there. */
static int weight_of(int score, int cutoff)
{
    return score == cutoff ? 2 : score == cutoff - 1 ? -3 : score == cutoff - 2 ? -2 : 0;
}

int landing_place(int n_scores, int n_cutoffs, const int *cut, const int64_t *histogram, const double *q,
                  landing_block *ret)
{
    int n = 0;
    for (int c = 0; c < n_cutoffs; c++) {
        int cutoff = cut[c];
        int before = c > 0 ? cut[c - 1] + 2 : 0;
        landing_block b = { .from = cutoff - 2 < before ? before : cutoff - 2, .to = cutoff + 1, .cutoff = cutoff };
        b.to = b.to >= n_scores ? n_scores - 1 : b.to;
        double below = 0;
        for (int s = b.from; s < cutoff; s++) {
            below += q[s];
        }
        if (!(below > 0) || !(q[cutoff] > 0)) {
            continue;
        }
        for (int s = b.from; s <= b.to; s++) {
            if (q[s] > 0) {
                b.trials += (int)histogram[s];
                b.observed += (int)histogram[s] * weight_of(s, cutoff);
            }
        }
        ret[n++] = b;
    }
    return n;
}

/* One more work: f becomes f ∗ pmf; the sum of `done` works is at index sum − done·LOW. Cells beyond are not read. */
static void convolve(double *f, int done, const double *pmf)
{
    int top = done * SPAN;
    for (int k = 1; k <= SPAN; k++) {
        f[top + k] = 0;
    }
    for (int i = top + SPAN; i >= SPAN; i--) {
        double sum = 0;
        for (int k = 0; k <= SPAN; k++) {
            sum += f[i - k] * pmf[k];
        }
        f[i] = sum;
    }
    for (int i = SPAN - 1; i >= 0; i--) {
        double sum = 0;
        for (int k = 0; k <= i; k++) {
            sum += f[i - k] * pmf[k];
        }
        f[i] = sum;
    }
}

static double upper_p(const landing_block *b, int n, const double *q, double shift, double *f)
{
    int done = 0;
    int observed = 0;
    f[0] = 1;
    for (int c = 0; c < n; c++) {
        observed += b[c].observed;
        double pmf[SPAN + 1] = { 0 };
        double sum = 0;
        for (int s = b[c].from; s <= b[c].to; s++) {
            double p = q[s] * (s >= b[c].cutoff ? exp(shift) : 1);
            pmf[weight_of(s, b[c].cutoff) - LOW] += p;
            sum += p;
        }
        for (int k = 0; k <= SPAN; k++) {
            pmf[k] /= sum;
        }
        for (int t = 0; t < b[c].trials; t++) {
            convolve(f, done++, pmf);
        }
    }
    double p = 0;
    for (int i = 0; i <= done * SPAN; i++) {
        int value = i + done * LOW;
        p += value > observed ? f[i] : value == observed ? OBSERVED_SHARE * f[i] : 0;
    }
    return p;
}

double landing_log_p(const landing_block *b, int n, const double *q, double var, double *f)
{
    double p = 0;
    double weights = 0;
    for (int k = 0; k < NODES; k++) {
        double weight = exp(-.5 * node[k] * node[k]);
        p += weight * upper_p(b, n, q, node[k] * sqrt(var), f);
        weights += weight;
    }
    return log(p / weights);
}
