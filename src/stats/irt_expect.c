/*
 * E step. Given the slopes a person's likelihood depends on the answers only through s = Σ a·x and on which items were
 * answered: log L(θ) = s·θ − Σ_answered log Z_j(θ) + Σ c_x. So a person costs items + nodes operations (and nodes for
 * each gap), and what an item needs from a person is x, E(θ) and the posterior summed over persons.
 */
#include "stats/irt_work.h"

#include "base/threads.h"

#include <math.h>
#include <string.h>

static const double NEGLIGIBLE = -37; /* log of what does not change a sum of doubles */

/* Below this many operations a thread costs more than it brings. */
static const double WORTH_A_THREAD = 3e6;

/* log Z of one item at all nodes. */
static oko_status item_log_z(void *ctx, size_t j, int worker)
{
    (void)worker;
    irt_work *w = ctx;
    double a = w->par[j];
    const double *c = w->par + w->n_items + w->offset[j];
    int top = w->offset[j + 1] - w->offset[j] - 1;
    double *log_z = w->log_z + j * (size_t)w->n_points;
    for (int q = 0; q < w->n_points; q++) {
        double at = a * w->node[q];
        if (top == 1) {
            double d = at + c[1];
            log_z[q] = (d > 0 ? d : 0) + log1p(exp(-fabs(d)));
            continue;
        }
        double peak = 0;
        for (int k = 1; k <= top; k++) {
            peak = fmax(peak, k * at + c[k]);
        }
        double sum = 0;
        for (int k = 0; k <= top; k++) {
            sum += exp(k * at + c[k] - peak);
        }
        log_z[q] = peak + log(sum);
    }
    return OKO_OK;
}

/* Posterior of a person into post; returns log of the marginal likelihood without Σ c_x. */
static double posterior(const irt_work *w, size_t i, double s, double *post, double *ret_mean)
{
    double peak = -INFINITY;
    for (int q = 0; q < w->n_points; q++) {
        post[q] = s * w->node[q] + w->base[q];
    }
    for (size_t g = w->gap_from[i]; g < w->gap_from[i + 1]; g++) {
        const double *log_z = w->log_z + (size_t)w->gap[g] * (size_t)w->n_points;
        for (int q = 0; q < w->n_points; q++) {
            post[q] += log_z[q];
        }
    }
    for (int q = 0; q < w->n_points; q++) {
        peak = post[q] > peak ? post[q] : peak;
    }
    double sum = 0, first = 0;
    for (int q = 0; q < w->n_points; q++) {
        double d = post[q] - peak;
        post[q] = d > NEGLIGIBLE ? exp(d) : 0;
        sum += post[q];
        first += post[q] * w->node[q];
    }
    for (int q = 0; q < w->n_points; q++) {
        post[q] /= sum;
    }
    *ret_mean = first / sum;
    return peak + log(sum);
}

static double weighted_sum(const int8_t *x, const double *a, size_t n)
{
    double s = 0;
    for (size_t j = 0; j < n; j++) {
        s += a[j] * x[j];
    }
    return s;
}

/* Expected counts of one block of persons. */
static oko_status block_counts(void *ctx, size_t b, int worker)
{
    (void)worker;
    irt_work *w = ctx;
    size_t n_items = (size_t)w->n_items;
    size_t points = (size_t)w->n_points;
    double *out = w->block + b * w->stride;
    double *moment = out + irt_at_moment(w);
    double *gaps = out + irt_at_gaps(w);
    double post[IRT_MAX_POINTS];
    double log_likelihood = 0;
    memset(out, 0, w->stride * sizeof *out);
    size_t end = (b + 1) * w->block_size;
    end = end < w->data->n_persons ? end : w->data->n_persons;
    for (size_t i = b * w->block_size; i < end; i++) {
        double weight = w->weight != NULL ? w->weight[i] : 1;
        if (weight == 0 || w->gap_from[i + 1] - w->gap_from[i] == n_items) {
            continue;
        }
        const int8_t *x = w->score + i * n_items;
        double mean;
        log_likelihood += weight * posterior(w, i, weighted_sum(x, w->par, n_items), post, &mean);
        double step = weight * mean;
        for (size_t q = 0; q < points; q++) {
            out[q] += weight * post[q];
        }
        for (size_t j = 0; j < n_items; j++) {
            moment[j] += step * x[j];
        }
        for (size_t g = w->gap_from[i]; g < w->gap_from[i + 1]; g++) {
            double *at = gaps + w->gap[g] * points;
            for (size_t q = 0; q < points; q++) {
                at[q] += weight * post[q];
            }
        }
    }
    out[irt_at_likelihood(w)] = log_likelihood;
    return OKO_OK;
}

/* What does not go through the posterior: Σ c_x, and the half answers given to empty scores. */
static double plain_part(const irt_work *w)
{
    double sum = 0;
    for (int j = 0; j < w->n_items; j++) {
        const double *c = w->par + w->n_items + w->offset[j];
        const double *log_z = w->log_z + (size_t)j * (size_t)w->n_points;
        double mean_log_z = 0;
        for (int q = 0; q < w->n_points && w->bounded[j] != 0; q++) {
            mean_log_z += w->prior[q] * log_z[q];
        }
        for (int t = w->offset[j]; t < w->offset[j + 1]; t++) {
            sum += w->count[t] * c[t - w->offset[j]];
            sum += w->half[t] > 0 ? w->half[t] * (c[t - w->offset[j]] - mean_log_z) : 0;
        }
    }
    return sum;
}

oko_status irt_expect(irt_work *w, const double *par, double *ret_log_likelihood)
{
    double persons = (double)w->data->n_persons;
    double extra = w->complete ? 0 : (double)w->gap_from[w->data->n_persons] * w->n_points;
    double operations = persons * (w->n_items + 8.0 * w->n_points) + extra;
    int threads = operations < WORTH_A_THREAD ? 1 : w->threads;
    w->par = par;
    oko_status status = oko_parallel_for((size_t)w->n_items, 1, item_log_z, w);
    if (status != OKO_OK) {
        return status;
    }
    for (int q = 0; q < w->n_points; q++) {
        double sum = 0;
        for (int j = 0; j < w->n_items; j++) {
            sum += w->log_z[(size_t)j * (size_t)w->n_points + (size_t)q];
        }
        w->base[q] = w->log_prior[q] - sum;
    }
    status = oko_parallel_for(w->n_blocks, threads, block_counts, w);
    if (status != OKO_OK) {
        return status;
    }
    memset(w->sum, 0, w->stride * sizeof *w->sum);
    for (size_t b = 0; b < w->n_blocks; b++) { /* in the order of the blocks: the same digits with any threads */
        const double *from = w->block + b * w->stride;
        for (size_t t = 0; t < w->stride; t++) {
            w->sum[t] += from[t];
        }
    }
    *ret_log_likelihood = w->sum[irt_at_likelihood(w)] + plain_part(w);
    return OKO_OK;
}
