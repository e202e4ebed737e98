/* Preparation of a fit: counts of answers, lists of gaps, grid, starting values. */
#include "stats/irt_work.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MIN_PERSONS = 20, MIN_ITEMS = 2, MIN_BLOCK = 32 };

static const double GRID = 6, INTERCEPT_MAX = 60;

oko_status oko_scores_check(const oko_scores *s)
{
    if (s == NULL || s->score == NULL || s->item_max == NULL || s->n_persons < 1 ||
        s->n_persons > OKO_SCORES_MAX_PERSONS || s->n_items < 1 || s->n_items > OKO_SCORES_MAX_ITEMS) {
        return OKO_E_ARGUMENT;
    }
    for (int j = 0; j < s->n_items; j++) {
        if (s->item_max[j] < 1 || s->item_max[j] > OKO_SCORES_MAX_MARK) {
            return OKO_E_ARGUMENT;
        }
    }
    for (size_t i = 0; i < s->n_persons; i++) {
        const int8_t *row = s->score + i * (size_t)s->n_items;
        int bad = 0;
        for (int j = 0; j < s->n_items; j++) {
            bad |= (row[j] < -1) | (row[j] > s->item_max[j]);
        }
        if (bad) {
            return OKO_E_ARGUMENT;
        }
    }
    return OKO_OK;
}

void irt_work_clear(irt_work *w)
{
    free(w->offset);
    free(w->bounded);
    free(w->count);
    free(w->half);
    free(w->score);
    free(w->gap_from);
    free(w->gap);
    free(w->log_z);
    free(w->block);
    free(w->sum);
    *w = (irt_work){ .n_items = 0 };
}

static void make_grid(irt_work *w)
{
    double sum = 0;
    for (int q = 0; q < w->n_points; q++) {
        w->node[q] = GRID * (2.0 * q / (w->n_points - 1) - 1);
        w->prior[q] = exp(-.5 * w->node[q] * w->node[q]);
        sum += w->prior[q];
    }
    for (int q = 0; q < w->n_points; q++) {
        w->prior[q] /= sum;
        w->log_prior[q] = log(w->prior[q]);
    }
}

/* Scores with gaps as 0, gaps listed, weighted counts of every score; *ret_n_used: Σ weights of persons with answers.
 */
static size_t count_answers(irt_work *w, double *ret_n_used)
{
    size_t n_items = (size_t)w->n_items;
    size_t gaps = 0, used = 0;
    double total = 0;
    for (size_t i = 0; i < w->data->n_persons; i++) {
        const int8_t *row = w->data->score + i * n_items;
        double weight = w->weight != NULL ? w->weight[i] : 1;
        size_t before = gaps;
        w->gap_from[i] = gaps;
        for (size_t j = 0; j < n_items; j++) {
            if (row[j] < 0) {
                w->score[i * n_items + j] = 0;
                w->gap[gaps++] = (uint16_t)j;
            } else {
                w->score[i * n_items + j] = row[j];
                w->count[w->offset[j] + row[j]] += weight;
            }
        }
        bool any = gaps - before < n_items && weight > 0;
        used += any;
        total += any ? weight : 0;
    }
    w->gap_from[w->data->n_persons] = gaps;
    w->complete = gaps == 0;
    *ret_n_used = total;
    return used;
}

/* Flags items with empty scores and items without variance; returns the number of items that vary. */
static int flag_items(irt_work *w)
{
    int varying = 0;
    for (int j = 0; j < w->n_items; j++) {
        int seen = 0;
        for (int t = w->offset[j]; t < w->offset[j + 1]; t++) {
            seen += w->count[t] > 0;
            w->half[t] = w->count[t] > 0 ? 0 : .5;
        }
        if (seen < w->offset[j + 1] - w->offset[j]) {
            w->bounded[j] |= OKO_IRT_EMPTY_CATEGORY;
        }
        if (seen < 2) {
            w->bounded[j] |= OKO_IRT_CONSTANT;
        }
        varying += seen >= 2;
    }
    return varying;
}

static size_t count_gaps(const oko_scores *s)
{
    size_t gaps = 0;
    for (size_t t = 0; t < s->n_persons * (size_t)s->n_items; t++) {
        gaps += s->score[t] < 0;
    }
    return gaps;
}

/* Sizes and memory. */
static oko_status allocate(irt_work *w)
{
    size_t n_items = (size_t)w->n_items;
    size_t n = w->data->n_persons;
    size_t gaps = count_gaps(w->data);
    w->offset = oko_alloc_array(n_items + 1, sizeof *w->offset);
    if (w->offset == NULL) {
        return OKO_E_MEMORY;
    }
    w->offset[0] = 0;
    for (size_t j = 0; j < n_items; j++) {
        w->offset[j + 1] = w->offset[j] + w->data->item_max[j] + 1;
    }
    size_t columns = (size_t)w->offset[n_items];
    size_t points = (size_t)w->n_points;
    w->n_par = n_items + columns;
    w->block_size = (n + IRT_BLOCKS - 1) / IRT_BLOCKS;
    w->block_size = w->block_size < MIN_BLOCK ? MIN_BLOCK : w->block_size;
    w->n_blocks = (n + w->block_size - 1) / w->block_size;
    w->stride = points + n_items + 1 + (gaps > 0 ? n_items * points : 0);
    w->bounded = oko_calloc_array(n_items, sizeof *w->bounded);
    w->count = oko_calloc_array(columns, sizeof *w->count);
    w->half = oko_calloc_array(columns, sizeof *w->half);
    w->score = oko_alloc_array(n, n_items);
    w->gap_from = oko_alloc_array(n + 1, sizeof *w->gap_from);
    w->gap = oko_alloc_array(gaps + 1, sizeof *w->gap);
    w->log_z = oko_alloc_array(n_items, points * sizeof *w->log_z);
    w->block = oko_alloc_array(w->n_blocks, w->stride * sizeof *w->block);
    w->sum = oko_alloc_array(w->stride, sizeof *w->sum);
    bool ok = w->bounded != NULL && w->count != NULL && w->half != NULL && w->score != NULL && w->gap_from != NULL &&
              w->gap != NULL && w->log_z != NULL && w->block != NULL && w->sum != NULL;
    return ok ? OKO_OK : OKO_E_MEMORY;
}

oko_status irt_work_init(irt_work *w, const oko_scores *data, const oko_irt_options *options, double *ret_n_used)
{
    *w = (irt_work){ .data = data,
                     .weight = options->weight,
                     .common = options->kind == OKO_IRT_RASCH || options->kind == OKO_IRT_PCM,
                     .n_items = data->n_items,
                     .n_points = options->points,
                     .threads = options->threads,
                     .slope_max = options->slope_max > 0 ? options->slope_max : 8 };
    if (w->n_points == 0) {
        int marks = 0;
        for (int j = 0; j < data->n_items; j++) {
            marks += data->item_max[j];
        }
        w->n_points = marks <= 45 ? 41 : marks <= 110 ? 61 : 81;
    }
    oko_status status = allocate(w);
    if (status != OKO_OK) {
        return status;
    }
    make_grid(w);
    size_t used = count_answers(w, ret_n_used);
    int varying = flag_items(w);
    return used < MIN_PERSONS || varying < MIN_ITEMS ? OKO_E_NO_DATA : OKO_OK;
}

void irt_work_start(const irt_work *w, double *par)
{
    for (int j = 0; j < w->n_items; j++) {
        const double *count = w->count + w->offset[j];
        double *c = par + w->n_items + w->offset[j];
        par[j] = 1;
        for (int k = 0; k <= w->offset[j + 1] - w->offset[j] - 1; k++) {
            c[k] = log((count[k] + .5) / (count[0] + .5));
        }
    }
}

void irt_clamp(const irt_work *w, double *par)
{
    for (int j = 0; j < w->n_items; j++) {
        par[j] = fmax(-w->slope_max, fmin(w->slope_max, par[j]));
    }
    for (size_t t = (size_t)w->n_items; t < w->n_par; t++) {
        par[t] = fmax(-INTERCEPT_MAX, fmin(INTERCEPT_MAX, par[t]));
    }
}
