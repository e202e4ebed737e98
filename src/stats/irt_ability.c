/* Abilities: weighted likelihood (Warm 1989), maximum likelihood, posterior mean. */
#include "stats/irt_ability.h"

#include "base/threads.h"

#include <math.h>

enum { STEPS = 60, NODES = 161, BLOCK = 64 };

static const double FAR = 60, POSTERIOR_RANGE = 8, CLOSE = 1e-11;

/* Sums over the answered items at one θ: a·E, a²·Var, a³·third central moment. */
typedef struct sums {
    double mean, info, third;
} sums;

static void add_item(sums *s, double a, const double *c, int top, double theta)
{
    double at = a * theta;
    if (top == 1) {
        double d = at + c[1];
        double e = exp(-fabs(d));
        double small = e / (1 + e);
        double p = d > 0 ? 1 - small : small;
        double v = a * a * small / (1 + e);
        s->mean += a * p;
        s->info += v;
        s->third += a * v * (1 - 2 * p);
        return;
    }
    double p[OKO_SCORES_MAX_MARK + 1];
    double peak = 0, sum = 0, mean = 0, var = 0, third = 0;
    for (int k = 1; k <= top; k++) {
        peak = fmax(peak, k * at + c[k]);
    }
    for (int k = 0; k <= top; k++) {
        p[k] = exp(k * at + c[k] - peak);
        sum += p[k];
        mean += k * p[k];
    }
    mean /= sum;
    for (int k = 0; k <= top; k++) {
        double d = k - mean;
        var += p[k] * d * d;
        third += p[k] * d * d * d;
    }
    s->mean += a * mean;
    s->info += a * a * var / sum;
    s->third += a * a * a * third / sum;
}

static sums sums_at(const oko_irt *irt, const int8_t *row, double theta)
{
    sums s = { 0, 0, 0 };
    for (int j = 0; j < irt->n_items; j++) {
        if (row[j] >= 0) {
            int top = irt->offset[j + 1] - irt->offset[j] - 1;
            add_item(&s, irt->slope[j], irt->intercept + irt->offset[j], top, theta);
        }
    }
    return s;
}

/* What a person's row says: Σ a·x, its bounds, and whether there is any answer. */
typedef struct row_score {
    double s, low, high;
    bool any;
} row_score;

static row_score score_row(const oko_irt *irt, const int8_t *row)
{
    row_score r = { 0, 0, 0, false };
    for (int j = 0; j < irt->n_items; j++) {
        if (row[j] >= 0) {
            double a = irt->slope[j];
            double most = a * (irt->offset[j + 1] - irt->offset[j] - 1);
            r.any = true;
            r.s += a * row[j];
            r.low += most < 0 ? most : 0;
            r.high += most > 0 ? most : 0;
        }
    }
    return r;
}

/* Root of s − mean(θ) [+ third/(2·info)]: secant steps inside a shrinking bracket. */
static double find_theta(const oko_irt *irt, const int8_t *row, const row_score *r, bool warm, double *ret_info)
{
    double span = r->high - r->low;
    double share = (r->s - r->low + .02 * span) / (1.04 * span);
    double theta = log(share / (1 - share));
    double low = -FAR, high = FAR, before = 0, f_before = 0;
    for (int step = 0;; step++) {
        sums at = sums_at(irt, row, theta);
        double f = r->s - at.mean + (warm && at.info > 0 ? at.third / (2 * at.info) : 0);
        *ret_info = at.info;
        if (f > 0) {
            low = theta;
        } else {
            high = theta;
        }
        double slope = step == 0 || theta == before ? -at.info : (f - f_before) / (theta - before);
        double next = slope < 0 ? theta - f / slope : (low + high) / 2;
        if (!(next > low && next < high)) {
            next = f == 0 ? theta : (low + high) / 2;
        }
        if (fabs(next - theta) < CLOSE * (1 + fabs(theta)) || step == STEPS) {
            return next;
        }
        before = theta;
        f_before = f;
        theta = next;
    }
}

/* Posterior mean and standard deviation on a grid of ±6σ. */
static void posterior_mean(const oko_irt *irt, const int8_t *row, double *ret_theta, double *ret_se)
{
    double post[NODES], node[NODES];
    double peak = -INFINITY, sum = 0, mean = 0, var = 0;
    for (int q = 0; q < NODES; q++) {
        double z = POSTERIOR_RANGE * (2.0 * q / (NODES - 1) - 1);
        double p[OKO_SCORES_MAX_MARK + 1];
        node[q] = z * irt->sd;
        post[q] = -.5 * z * z;
        for (int j = 0; j < irt->n_items; j++) {
            if (row[j] >= 0 && oko_irt_probabilities(irt, j, node[q], p) == OKO_OK) {
                post[q] += log(p[row[j]]);
            }
        }
        peak = fmax(peak, post[q]);
    }
    for (int q = 0; q < NODES; q++) {
        post[q] = exp(post[q] - peak);
        sum += post[q];
        mean += post[q] * node[q];
    }
    mean /= sum;
    for (int q = 0; q < NODES; q++) {
        var += post[q] * (node[q] - mean) * (node[q] - mean);
    }
    *ret_theta = mean;
    *ret_se = sqrt(var / sum);
}

bool irt_fits(const oko_irt *irt, const oko_scores *scores)
{
    if (irt == NULL || irt->n_items != scores->n_items) {
        return false;
    }
    for (int j = 0; j < irt->n_items; j++) {
        if (irt->offset[j + 1] - irt->offset[j] - 1 != scores->item_max[j]) {
            return false;
        }
    }
    return true;
}

void irt_ability(const oko_irt *irt, const int8_t *row, oko_irt_estimate kind, double *ret_theta, double *ret_se)
{
    row_score r = score_row(irt, row);
    *ret_theta = *ret_se = NAN;
    if (!r.any || !(r.high > r.low)) {
        return;
    }
    if (kind == OKO_IRT_EAP) {
        posterior_mean(irt, row, ret_theta, ret_se);
        return;
    }
    double width = 1e-9 * (r.high - r.low);
    if (kind == OKO_IRT_MLE && (r.s <= r.low + width || r.s >= r.high - width)) {
        return;
    }
    double info;
    *ret_theta = find_theta(irt, row, &r, kind == OKO_IRT_WLE, &info);
    *ret_se = info > 0 ? 1 / sqrt(info) : NAN;
}

typedef struct abilities {
    const oko_irt *irt;
    const oko_scores *scores;
    oko_irt_estimate kind;
    double *theta, *se;
} abilities;

static oko_status one_block(void *ctx, size_t b, int worker)
{
    (void)worker;
    const abilities *a = ctx;
    size_t end = (b + 1) * BLOCK < a->scores->n_persons ? (b + 1) * BLOCK : a->scores->n_persons;
    for (size_t i = b * BLOCK; i < end; i++) {
        double se;
        irt_ability(a->irt, a->scores->score + i * (size_t)a->scores->n_items, a->kind, &a->theta[i], &se);
        if (a->se != NULL) {
            a->se[i] = se;
        }
    }
    return OKO_OK;
}

oko_status oko_irt_abilities(const oko_irt *irt, const oko_scores *scores, oko_irt_estimate kind, int threads,
                             double *ret_theta, double *ret_se)
{
    bool known = kind == OKO_IRT_WLE || kind == OKO_IRT_MLE || kind == OKO_IRT_EAP;
    if (ret_theta == NULL || threads < 0 || !known || oko_scores_check(scores) != OKO_OK || !irt_fits(irt, scores)) {
        return OKO_E_ARGUMENT;
    }
    abilities a = { irt, scores, kind, ret_theta, ret_se };
    return oko_parallel_for((scores->n_persons + BLOCK - 1) / BLOCK, threads, one_block, &a);
}
