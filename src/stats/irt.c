/* Fit of item response models: EM cycles with squared extrapolation, and the finished model. */
#include "stats/irt_work.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_POINTS_ASKED = 201, MIN_POINTS_ASKED = 11 };

void oko_irt_free(oko_irt *irt)
{
    if (irt != NULL) {
        free(irt->slope);
        free(irt->offset);
        free(irt->intercept);
        free(irt->bounded);
        free(irt);
    }
}

void oko_irt_freep(oko_irt **irt)
{
    oko_irt_free(*irt);
    *irt = NULL;
}

/* An empty model of the right sizes. */
static oko_status model_new(oko_irt_kind kind, int n_items, const int8_t *item_max, oko_irt **ret)
{
    OKO_CLEANUP(oko_irt_freep) oko_irt *irt = oko_calloc_array(1, sizeof *irt);
    if (irt == NULL) {
        return OKO_E_MEMORY;
    }
    size_t n = (size_t)n_items;
    irt->kind = kind;
    irt->n_items = n_items;
    irt->sd = 1;
    irt->slope = oko_calloc_array(n, sizeof *irt->slope);
    irt->offset = oko_calloc_array(n + 1, sizeof *irt->offset);
    irt->bounded = oko_calloc_array(n, sizeof *irt->bounded);
    if (irt->slope == NULL || irt->offset == NULL || irt->bounded == NULL) {
        return OKO_E_MEMORY;
    }
    for (int j = 0; j < n_items; j++) {
        irt->offset[j + 1] = irt->offset[j] + item_max[j] + 1;
    }
    irt->intercept = oko_calloc_array((size_t)irt->offset[n_items], sizeof *irt->intercept);
    if (irt->intercept == NULL) {
        return OKO_E_MEMORY;
    }
    *ret = irt;
    irt = NULL;
    return OKO_OK;
}

static bool known_kind(oko_irt_kind kind)
{
    return kind == OKO_IRT_RASCH || kind == OKO_IRT_2PL || kind == OKO_IRT_PCM || kind == OKO_IRT_GPCM;
}

static bool dichotomous_kind(oko_irt_kind kind)
{
    return kind == OKO_IRT_RASCH || kind == OKO_IRT_2PL;
}

oko_status oko_irt_given(oko_irt_kind kind, int n_items, const int8_t *item_max, const double *slope,
                         const double *intercept, double sd, oko_irt **ret)
{
    if (!known_kind(kind) || n_items < 1 || n_items > OKO_SCORES_MAX_ITEMS || item_max == NULL || slope == NULL ||
        intercept == NULL || ret == NULL || !(sd > 0) || !isfinite(sd)) {
        return OKO_E_ARGUMENT;
    }
    for (int j = 0; j < n_items; j++) {
        int most = dichotomous_kind(kind) ? 1 : OKO_SCORES_MAX_MARK;
        if (item_max[j] < 1 || item_max[j] > most || !isfinite(slope[j]) || slope[j] == 0) {
            return OKO_E_ARGUMENT;
        }
    }
    OKO_CLEANUP(oko_irt_freep) oko_irt *irt = NULL;
    oko_status status = model_new(kind, n_items, item_max, &irt);
    if (status != OKO_OK) {
        return status;
    }
    irt->sd = sd;
    for (int j = 0; j < n_items; j++) {
        irt->slope[j] = slope[j];
        for (int t = irt->offset[j] + 1; t < irt->offset[j + 1]; t++) {
            if (!isfinite(*intercept)) {
                return OKO_E_ARGUMENT;
            }
            irt->intercept[t] = *intercept++;
        }
    }
    irt->log_likelihood = NAN;
    *ret = irt;
    irt = NULL;
    return OKO_OK;
}

static bool options_fit(const oko_scores *scores, const oko_irt_options *o)
{
    bool numbers = o->tolerance >= 0 && isfinite(o->tolerance) && o->max_cycles >= 0 && o->slope_max >= 0 &&
                   isfinite(o->slope_max) && o->threads >= 0;
    bool points = o->points == 0 || (o->points >= MIN_POINTS_ASKED && o->points <= MAX_POINTS_ASKED);
    if (!known_kind(o->kind) || !numbers || !points) {
        return false;
    }
    for (int j = 0; dichotomous_kind(o->kind) && j < scores->n_items; j++) {
        if (scores->item_max[j] > 1) {
            return false;
        }
    }
    for (size_t i = 0; o->weight != NULL && i < scores->n_persons; i++) {
        if (!(o->weight[i] >= 0) || !isfinite(o->weight[i])) {
            return false;
        }
    }
    return true;
}

/* Four vectors of parameters and what the extrapolation remembers. */
typedef struct squarem {
    double *x0, *x1, *x2, *x3;
    double longest; /* largest step length allowed now */
    double change;  /* largest change in the last plain step */
    int cycles;
} squarem;

static double largest_change(const double *a, const double *b, size_t n)
{
    double largest = 0;
    for (size_t t = 0; t < n; t++) {
        largest = fmax(largest, fabs(a[t] - b[t]));
    }
    return largest;
}

/* x3 = x0 + 2αr + α²v with r = x1 − x0, v = x2 − 2x1 + x0; false when the plain step is as good. */
static bool extrapolate(const irt_work *w, squarem *s)
{
    double rr = 0, vv = 0;
    for (size_t t = 0; t < w->n_par; t++) {
        double r = s->x1[t] - s->x0[t];
        double v = s->x2[t] - s->x1[t] - r;
        rr += r * r;
        vv += v * v;
    }
    double alpha = vv > 0 ? sqrt(rr / vv) : 1;
    if (!(alpha > 1)) {
        return false;
    }
    if (alpha > s->longest) {
        alpha = s->longest;
        s->longest *= 4;
    }
    for (size_t t = 0; t < w->n_par; t++) {
        double r = s->x1[t] - s->x0[t];
        double v = s->x2[t] - s->x1[t] - r;
        s->x3[t] = s->x0[t] + 2 * alpha * r + alpha * alpha * v;
    }
    irt_clamp(w, s->x3);
    return true;
}

/* One EM step from → to, with the log-likelihood at from. */
static oko_status step(irt_work *w, squarem *s, const double *from, double *to, double *ret_log_likelihood)
{
    oko_status status = irt_expect(w, from, ret_log_likelihood);
    if (status == OKO_OK) {
        irt_maximise(w, from, to);
        s->cycles++;
    }
    return status;
}

static void swap(double **a, double **b)
{
    double *t = *a;
    *a = *b;
    *b = t;
}

/* Cycles until a plain step changes nothing by more than the tolerance; the result is in x0. */
static oko_status iterate(irt_work *w, squarem *s, double tolerance, int max_cycles)
{
    double l0, l1, l3;
    while (s->cycles < max_cycles) {
        oko_status status = step(w, s, s->x0, s->x1, &l0);
        if (status != OKO_OK) {
            return status;
        }
        s->change = largest_change(s->x0, s->x1, w->n_par);
        if (!isfinite(l0) || !isfinite(s->change)) {
            return OKO_E_NUMERIC;
        }
        if (s->change <= tolerance) {
            swap(&s->x0, &s->x1);
            return OKO_OK;
        }
        status = step(w, s, s->x1, s->x2, &l1);
        if (status == OKO_OK && extrapolate(w, s)) {
            status = irt_expect(w, s->x3, &l3);
            s->cycles++;
            if (status == OKO_OK && l3 >= l1) { /* keep what is no worse than two plain steps' start */
                irt_maximise(w, s->x3, s->x0);
                continue;
            }
            s->longest = fmax(4, s->longest / 4);
        }
        if (status != OKO_OK) {
            return status;
        }
        swap(&s->x0, &s->x2);
    }
    return OKO_E_NUMERIC;
}

/* The model from the parameters; a common slope becomes σ. */
static oko_status finish(const irt_work *w, const double *par, oko_irt_kind kind, oko_irt **ret)
{
    OKO_CLEANUP(oko_irt_freep) oko_irt *irt = NULL;
    oko_status status = model_new(kind, w->n_items, w->data->item_max, &irt);
    if (status != OKO_OK) {
        return status;
    }
    irt->sd = w->common ? fabs(par[0]) : 1;
    for (int j = 0; j < w->n_items; j++) {
        irt->slope[j] = w->common ? 1 : par[j];
        irt->bounded[j] = w->bounded[j];
        if (fabs(par[j]) >= w->slope_max) {
            irt->bounded[j] |= OKO_IRT_SLOPE_BOUND;
        }
        irt->n_bounded += irt->bounded[j] != 0;
    }
    memcpy(irt->intercept, par + w->n_items, (size_t)w->offset[w->n_items] * sizeof *par);
    /* persons who do not differ, or items that run against each other: no common scale */
    if (!(irt->sd > 1e-3)) {
        return OKO_E_NUMERIC;
    }
    *ret = irt;
    irt = NULL;
    return OKO_OK;
}

static oko_status fit(irt_work *w, const oko_irt_options *o, oko_irt **ret)
{
    OKO_CLEANUP(oko_freep) double *vectors = oko_alloc_array(4 * w->n_par, sizeof *vectors);
    if (vectors == NULL) {
        return OKO_E_MEMORY;
    }
    squarem s = { .x0 = vectors,
                  .x1 = vectors + w->n_par,
                  .x2 = vectors + 2 * w->n_par,
                  .x3 = vectors + 3 * w->n_par,
                  .longest = 4 };
    irt_work_start(w, s.x0);
    oko_status status =
        iterate(w, &s, o->tolerance > 0 ? o->tolerance : 1e-5, o->max_cycles > 0 ? o->max_cycles : 2000);
    double log_likelihood = NAN;
    if (status == OKO_OK) {
        status = irt_expect(w, s.x0, &log_likelihood);
    }
    if (status == OKO_OK) {
        status = finish(w, s.x0, o->kind, ret);
    }
    if (status == OKO_OK) {
        (*ret)->log_likelihood = log_likelihood;
        (*ret)->cycles = s.cycles + 1;
    }
    return status;
}

oko_status oko_irt_fit(const oko_scores *scores, const oko_irt_options *options, oko_irt **ret)
{
    static const oko_irt_options defaults = { .kind = OKO_IRT_RASCH };
    options = options != NULL ? options : &defaults;
    if (ret == NULL || oko_scores_check(scores) != OKO_OK || !options_fit(scores, options)) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(irt_work_clear) irt_work w;
    oko_irt *irt = NULL;
    double n_used = 0;
    oko_status status = irt_work_init(&w, scores, options, &n_used);
    if (status == OKO_OK) {
        status = fit(&w, options, &irt);
    }
    if (status == OKO_OK) {
        irt->n_used = n_used;
        *ret = irt;
    }
    return status;
}

/* Shares of the scores of one item. */
static void shares(const oko_irt *irt, int item, double theta, double *p)
{
    const double *c = irt->intercept + irt->offset[item];
    int top = irt->offset[item + 1] - irt->offset[item] - 1;
    double peak = 0, sum = 0;
    for (int k = 0; k <= top; k++) {
        p[k] = k * irt->slope[item] * theta + c[k];
        peak = fmax(peak, p[k]);
    }
    for (int k = 0; k <= top; k++) {
        p[k] = exp(p[k] - peak);
        sum += p[k];
    }
    for (int k = 0; k <= top; k++) {
        p[k] /= sum;
    }
}

oko_status oko_irt_probabilities(const oko_irt *irt, int item, double theta, double *ret_p)
{
    if (irt == NULL || ret_p == NULL || item < 0 || item >= irt->n_items || !isfinite(theta)) {
        return OKO_E_ARGUMENT;
    }
    shares(irt, item, theta, ret_p);
    return OKO_OK;
}

oko_status oko_irt_difficulty(const oko_irt *irt, int item, int step_number, double *ret_b)
{
    if (irt == NULL || ret_b == NULL || item < 0 || item >= irt->n_items || step_number < 1 ||
        step_number > irt->offset[item + 1] - irt->offset[item] - 1) {
        return OKO_E_ARGUMENT;
    }
    if (irt->slope[item] == 0) {
        return OKO_E_NO_DATA;
    }
    const double *c = irt->intercept + irt->offset[item];
    *ret_b = -(c[step_number] - c[step_number - 1]) / irt->slope[item];
    return OKO_OK;
}
