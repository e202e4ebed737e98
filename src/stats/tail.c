/* Exact tails of sums of binomials by exponential tilting: the convolution stays near the observed value. */
#include "stats/tail.h"

#include "base/memory.h"
#include "stats/special.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum {
    EXACT_TRIALS = 2000, /* above that many works in the windows the sum is taken as normal */
    NODES = 37           /* of the mixture, equally spaced on ±6 SD */
};
static const double NODE_RANGE = 6;
static const double NEGLIGIBLE = -45; /* e^−45 of the largest term is below the last digit of the sum */

double tail_part_variance(const tail_part *part)
{
    double v = part->trials * part->share * (1 - part->share);
    return v + v * v * part->log_odds_var;
}

/* The mixture's nodes: log weight (normalised), log share and log (1 − share). */
typedef struct node {
    double log_weight, log_p, log_q;
} node;

static int make_nodes(const tail_part *part, node nodes[NODES])
{
    double sd = sqrt(part->log_odds_var);
    int n = sd * sqrt(part->trials) > .02 ? NODES : 1;
    double logit = log(part->share) - log1p(-part->share);
    double total = -INFINITY;
    for (int i = 0; i < n; i++) {
        double z = n > 1 ? NODE_RANGE * (2.0 * i / (n - 1) - 1) : 0;
        double odds = logit + sd * z;
        nodes[i].log_weight = -.5 * z * z;
        nodes[i].log_p = odds > 0 ? -log1p(exp(-odds)) : odds - log1p(exp(odds));
        nodes[i].log_q = nodes[i].log_p - odds;
        total = oko_log_add(total, nodes[i].log_weight);
    }
    for (int i = 0; i < n; i++) {
        nodes[i].log_weight -= total;
    }
    return n;
}

/* log P(X = k), k = 0…T, into row[T+1]. */
static void log_pmf(const tail_part *part, double *row)
{
    node nodes[NODES];
    int n_nodes = make_nodes(part, nodes);
    double n = part->trials;
    double log_choose = 0;
    for (int k = 0; k <= (int)n; k++) {
        double term[NODES];
        double highest = -INFINITY;
        for (int i = 0; i < n_nodes; i++) {
            term[i] = nodes[i].log_weight + k * nodes[i].log_p + (n - k) * nodes[i].log_q;
            highest = term[i] > highest ? term[i] : highest;
        }
        double sum = 0;
        for (int i = 0; i < n_nodes; i++) {
            sum += term[i] - highest > NEGLIGIBLE ? exp(term[i] - highest) : 0;
        }
        row[k] = log_choose + highest + log(sum);
        log_choose += log((n - k) / (k + 1));
    }
}

/* Mean of X under pmf·e^(θX), and log of its normaliser. */
static double tilted_mean(const double *row, int n, double theta, double *ret_log_norm)
{
    double highest = -INFINITY;
    for (int k = 0; k <= n; k++) {
        double v = row[k] + theta * k;
        highest = v > highest ? v : highest;
    }
    double total = 0;
    double mean = 0;
    for (int k = 0; k <= n; k++) {
        double w = exp(row[k] + theta * k - highest);
        total += w;
        mean += w * k;
    }
    *ret_log_norm = highest + log(total);
    return mean / total;
}

static double mean_at(double *const *rows, const tail_part *parts, int n, double theta)
{
    double mean = 0;
    double norm;
    for (int c = 0; c < n; c++) {
        mean += tilted_mean(rows[c], (int)parts[c].trials, theta, &norm);
    }
    return mean;
}

/*
 * θ ≥ 0 at which the sum's mean is about the observed value. Any θ is exact; a near one loses nothing to underflow, and
 * below the mean θ = 0 keeps the bulk, which is then the tail.
 */
static double find_tilt(double *const *rows, const tail_part *parts, int n, double observed)
{
    if (mean_at(rows, parts, n, 0) >= observed) {
        return 0;
    }
    double lo = 0;
    double hi = 40;
    for (int i = 0; i < 9; i++) {
        double mid = .5 * (lo + hi);
        *(mean_at(rows, parts, n, mid) < observed ? &lo : &hi) = mid;
    }
    return .5 * (lo + hi);
}

/* sum[0…size−1] ⊗ row tilted by θ; returns the new size. scratch and sum hold enough. */
static size_t convolve(double *sum, size_t size, const double *row, size_t row_size, double theta, double log_norm,
                       double *scratch)
{
    size_t out = size + row_size - 1;
    for (size_t i = 0; i < out; i++) {
        scratch[i] = 0;
    }
    for (size_t k = 0; k < row_size; k++) {
        double w = exp(row[k] + theta * (double)k - log_norm);
        for (size_t i = 0; i < size && w > 0; i++) {
            scratch[i + k] += w * sum[i];
        }
    }
    for (size_t i = 0; i < out; i++) {
        sum[i] = scratch[i];
    }
    return out;
}

static oko_status exact_midp(const tail_part *parts, int n, size_t trials, double *ret_log_p)
{
    size_t cells = trials + (size_t)n;
    OKO_CLEANUP(oko_freep) double *memory = oko_alloc_array(3 * cells + 2, sizeof *memory);
    if (memory == NULL) {
        return OKO_E_MEMORY;
    }
    double *rows[OKO_THRESHOLD_MAX_CUTOFFS] = { NULL };
    double *at = memory;
    double observed = 0;
    for (int c = 0; c < n; c++) {
        rows[c] = at;
        at += (size_t)parts[c].trials + 1;
        log_pmf(&parts[c], rows[c]);
        observed += parts[c].above;
    }
    double theta = find_tilt(rows, parts, n, observed);
    double *sum = at;
    double *scratch = sum + cells + 1;
    size_t size = 1;
    double log_norm = 0;
    sum[0] = 1;
    for (int c = 0; c < n; c++) {
        double norm;
        (void)tilted_mean(rows[c], (int)parts[c].trials, theta, &norm);
        size = convolve(sum, size, rows[c], (size_t)parts[c].trials + 1, theta, norm, scratch);
        log_norm += norm;
    }
    double tail = 0; /* relative to e^(−θ·observed) */
    for (size_t k = size; k-- > (size_t)observed;) {
        double term = sum[k] > 0 ? exp(log(sum[k]) - theta * ((double)k - observed)) : 0;
        tail += (double)k > observed ? term : .5 * term;
    }
    double log_p = log(tail) + log_norm - theta * observed;
    *ret_log_p = log_p < 0 ? log_p : 0;
    return OKO_OK;
}

oko_status tail_log_midp(const tail_part *parts, int n, double *ret_log_p)
{
    double trials = 0;
    double expected = 0;
    double observed = 0;
    double variance = 0;
    for (int c = 0; c < n; c++) {
        trials += parts[c].trials;
        expected += parts[c].trials * parts[c].share;
        observed += parts[c].above;
        variance += tail_part_variance(&parts[c]);
    }
    if (trials <= EXACT_TRIALS) {
        return exact_midp(parts, n, (size_t)trials, ret_log_p);
    }
    *ret_log_p = oko_log_normal_q((observed - expected) / sqrt(variance)); /* mid-p: no continuity correction */
    return OKO_OK;
}
