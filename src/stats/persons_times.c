/*
 * Response times: log-normal model (van der Linden 2006) by weighted two-way least squares, and the sum of squared
 * standardised residuals of a person (Sinharay 2018).
 */
#include "stats/persons_work.h"

#include "base/memory.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>

enum { CYCLES = 500, MIN_PERSONS = 20 };

static const double CLOSE = 1e-9, LEAST_SHARE = 1e-4; /* of the mean variance: no item decides alone */

/* ln T_ij = β_j − τ_i + e, Var e = 1/weight_j. */
typedef struct times {
    size_t n, items;
    const double *seconds;
    const uint8_t *leave_out;
    double *log_t;          /* [n × items], NaN = no time */
    double *tau;            /* [n] */
    double *beta, *weight;  /* [items] */
    double *sum, *free_sum; /* [items] scratch */
} times;

static void clear(times *t)
{
    free(t->log_t);
    free(t->tau);
    free(t->beta);
}

static bool counts(const times *t, size_t i)
{
    return t->leave_out == NULL || t->leave_out[i] == 0;
}

/* Speed of a person given the items: Σ w(β − ln T)/Σ w; NaN without times. Returns Σ w. */
static double speed(const times *t, size_t i, double *ret_tau)
{
    double sum = 0, all = 0;
    for (size_t j = 0; j < t->items; j++) {
        double l = t->log_t[i * t->items + j];
        if (!isnan(l)) {
            sum += t->weight[j] * (t->beta[j] - l);
            all += t->weight[j];
        }
    }
    *ret_tau = all > 0 ? sum / all : NAN;
    return all;
}

/* β given the speeds; the level that β and τ share stays where it began. Returns the largest change. */
static double set_beta(times *t)
{
    double largest = 0;
    for (size_t j = 0; j < t->items; j++) {
        t->sum[j] = t->free_sum[j] = 0;
    }
    for (size_t i = 0; i < t->n; i++) {
        for (size_t j = 0; counts(t, i) && j < t->items; j++) {
            double l = t->log_t[i * t->items + j];
            if (!isnan(l)) {
                t->sum[j] += l + t->tau[i];
                t->free_sum[j]++;
            }
        }
    }
    for (size_t j = 0; j < t->items; j++) {
        double beta = t->free_sum[j] > 0 ? t->sum[j] / t->free_sum[j] : 0;
        largest = fmax(largest, fabs(beta - t->beta[j]));
        t->beta[j] = beta;
    }
    return largest;
}

/* 1/variance of each item. A residual keeps 1 − w/Σw of its variance after the person's speed is fitted, and β costs
 * one person. Returns the largest relative change. */
static double set_weight(times *t)
{
    double largest = 0, mean = 0, n_items = 0;
    for (size_t j = 0; j < t->items; j++) {
        t->sum[j] = 0;
        t->free_sum[j] = -1;
    }
    for (size_t i = 0; i < t->n; i++) {
        double tau, all = speed(t, i, &tau);
        for (size_t j = 0; counts(t, i) && j < t->items; j++) {
            double l = t->log_t[i * t->items + j];
            if (!isnan(l) && all > t->weight[j]) {
                double r = l - t->beta[j] + t->tau[i];
                t->sum[j] += r * r;
                t->free_sum[j] += 1 - t->weight[j] / all;
            }
        }
    }
    for (size_t j = 0; j < t->items; j++) {
        if (t->free_sum[j] > 0) {
            t->sum[j] /= t->free_sum[j];
            mean += t->sum[j];
            n_items++;
        }
    }
    mean = n_items > 0 && mean > 0 ? mean / n_items : 1;
    for (size_t j = 0; j < t->items; j++) {
        double variance = t->free_sum[j] > 0 ? fmax(t->sum[j], LEAST_SHARE * mean) : mean;
        largest = fmax(largest, fabs(1 / (variance * t->weight[j]) - 1));
        t->weight[j] = 1 / variance;
    }
    return largest;
}

static oko_status fit(times *t)
{
    for (size_t j = 0; j < t->items; j++) {
        t->beta[j] = 0;
        t->weight[j] = 1;
    }
    for (size_t i = 0; i < t->n; i++) {
        t->tau[i] = 0;
    }
    for (int cycle = 0; cycle < CYCLES; cycle++) {
        double change = set_beta(t);
        for (size_t i = 0; i < t->n; i++) {
            (void)speed(t, i, &t->tau[i]);
        }
        change = fmax(change, set_weight(t));
        if (change < CLOSE) {
            return OKO_OK;
        }
    }
    return OKO_E_NUMERIC;
}

static oko_status prepare(times *t)
{
    t->log_t = oko_alloc_array(t->n, t->items * sizeof *t->log_t);
    t->tau = oko_alloc_array(t->n, sizeof *t->tau);
    t->beta = oko_alloc_array(4 * t->items, sizeof *t->beta);
    if (t->log_t == NULL || t->tau == NULL || t->beta == NULL) {
        return OKO_E_MEMORY;
    }
    t->weight = t->beta + t->items;
    t->sum = t->weight + t->items;
    t->free_sum = t->sum + t->items;
    size_t used = 0;
    for (size_t i = 0; i < t->n; i++) {
        size_t some = 0;
        for (size_t j = 0; j < t->items; j++) {
            double s = t->seconds[i * t->items + j];
            bool known = s > 0 && isfinite(s);
            t->log_t[i * t->items + j] = known ? log(s) : NAN;
            some += known;
        }
        used += some >= 2 && counts(t, i);
    }
    return used < MIN_PERSONS || t->items < 2 ? OKO_E_NO_DATA : OKO_OK;
}

oko_status oko_person_times(size_t n, int n_items, const double *seconds, const uint8_t *leave_out,
                            oko_person_time *ret)
{
    if (n < 1 || n > OKO_SCORES_MAX_PERSONS || n_items < 1 || n_items > OKO_SCORES_MAX_ITEMS || seconds == NULL ||
        ret == NULL) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(clear)
    times t = { .n = n, .items = (size_t)n_items, .seconds = seconds, .leave_out = leave_out };
    oko_status status = prepare(&t);
    if (status == OKO_OK) {
        status = fit(&t);
    }
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        oko_person_time r = { .speed = t.tau[i], .sum = NAN, .p = NAN, .log_p = NAN };
        double sum = 0;
        for (size_t j = 0; j < t.items; j++) {
            double residual = t.log_t[i * t.items + j] - t.beta[j] + t.tau[i];
            if (!isnan(residual)) {
                r.n++;
                sum += residual * residual * t.weight[j];
            }
        }
        if (r.n >= 2) {
            r.sum = sum;
            r.log_p = person_log_gamma_q(.5 * (r.n - 1), .5 * sum);
            r.p = exp(r.log_p);
        }
        ret[i] = r;
    }
    return status;
}
