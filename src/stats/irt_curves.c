/* Item curves by rest score: kernel estimate on a grid, made monotone. */
#include <oko/irt.h>

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 101, MIN_PERSONS = 20, MIN_ITEMS = 2 };

void oko_rest_curves_free(oko_rest_curves *curves)
{
    if (curves != NULL) {
        free(curves->offset);
        free(curves->p);
        free(curves);
    }
}

void oko_rest_curves_freep(oko_rest_curves **curves)
{
    oko_rest_curves_free(*curves);
    *curves = NULL;
}

/* Marks of a row and the most its answered items could give. */
static int marks_of(const oko_scores *s, const int8_t *row, int *ret_most)
{
    int marks = 0;
    *ret_most = 0;
    for (int j = 0; j < s->n_items; j++) {
        if (row[j] >= 0) {
            marks += row[j];
            *ret_most += s->item_max[j];
        }
    }
    return marks;
}

static oko_status curves_new(const oko_scores *s, oko_rest_curves **ret)
{
    OKO_CLEANUP(oko_rest_curves_freep) oko_rest_curves *c = oko_calloc_array(1, sizeof *c);
    if (c == NULL) {
        return OKO_E_MEMORY;
    }
    c->n_items = s->n_items;
    c->n_points = POINTS;
    c->offset = oko_calloc_array((size_t)s->n_items + 1, sizeof *c->offset);
    if (c->offset == NULL) {
        return OKO_E_MEMORY;
    }
    for (int j = 0; j < s->n_items; j++) {
        c->offset[j + 1] = c->offset[j] + s->item_max[j] + 1;
    }
    c->p = oko_calloc_array((size_t)c->offset[s->n_items], POINTS * sizeof *c->p);
    if (c->p == NULL) {
        return OKO_E_MEMORY;
    }
    *ret = c;
    c = NULL;
    return OKO_OK;
}

/* Answers counted on the grid, each split between its two neighbours; gives persons used, mean and spread of shares. */
static size_t count_on_grid(const oko_scores *s, const double *weight, oko_rest_curves *c, double *ret_n,
                            double *ret_sd)
{
    size_t used = 0;
    double n = 0, first = 0, second = 0;
    for (size_t i = 0; i < s->n_persons; i++) {
        const int8_t *row = s->score + i * (size_t)s->n_items;
        double w = weight != NULL ? weight[i] : 1;
        int most;
        int marks = marks_of(s, row, &most);
        if (w == 0 || most == 0) {
            continue;
        }
        double all = (double)marks / most;
        used++;
        n += w;
        first += w * all;
        second += w * all * all;
        for (int j = 0; j < s->n_items; j++) {
            int rest = most - s->item_max[j];
            if (row[j] >= 0 && rest > 0) {
                double at = (double)(marks - row[j]) / rest * (POINTS - 1);
                int left = at >= POINTS - 1 ? POINTS - 2 : (int)at;
                double *p = c->p + (size_t)(c->offset[j] + row[j]) * POINTS + left;
                p[0] += w * (left + 1 - at);
                p[1] += w * (at - left);
            }
        }
    }
    double mean = n > 0 ? first / n : 0;
    *ret_n = n;
    *ret_sd = n > 0 ? sqrt(fmax(0, second / n - mean * mean)) : 0;
    return used;
}

/* Kernel-smoothed counts of each score of one item, its overall shares as half an answer; in place. */
static void smooth_item(double *p, int n_scores, const double *kernel, double *mass)
{
    double smooth[POINTS];
    double total = 0;
    double share[OKO_SCORES_MAX_MARK + 1];
    for (int k = 0; k < n_scores; k++) {
        share[k] = .5;
        for (int g = 0; g < POINTS; g++) {
            share[k] += p[k * POINTS + g];
        }
        total += share[k];
    }
    memset(mass, 0, POINTS * sizeof *mass);
    for (int k = 0; k < n_scores; k++) {
        for (int g = 0; g < POINTS; g++) {
            smooth[g] = .5 * n_scores * share[k] / total;
            for (int h = 0; h < POINTS; h++) {
                smooth[g] += kernel[abs(g - h)] * p[k * POINTS + h];
            }
            mass[g] += smooth[g];
        }
        memcpy(p + k * POINTS, smooth, sizeof smooth);
    }
    for (int k = 0; k < n_scores; k++) {
        for (int g = 0; g < POINTS; g++) {
            p[k * POINTS + g] /= mass[g];
        }
    }
}

/* Pool adjacent violators: the nearest non-decreasing curve in weighted squares. */
static void pool(double *y, const double *weight)
{
    double level[POINTS], sum[POINTS];
    int size[POINTS];
    int blocks = 0;
    for (int g = 0; g < POINTS; g++) {
        level[blocks] = y[g];
        sum[blocks] = weight[g];
        size[blocks++] = 1;
        while (blocks > 1 && level[blocks - 2] > level[blocks - 1]) {
            double both = sum[blocks - 2] + sum[blocks - 1];
            level[blocks - 2] = (level[blocks - 2] * sum[blocks - 2] + level[blocks - 1] * sum[blocks - 1]) / both;
            sum[blocks - 2] = both;
            size[blocks - 2] += size[blocks - 1];
            blocks--;
        }
    }
    int g = 0;
    for (int b = 0; b < blocks; b++) {
        for (int k = 0; k < size[b]; k++) {
            y[g++] = level[b];
        }
    }
}

/* P(X ≥ k) non-decreasing for every k. Pooling keeps the order of two curves, so the differences stay ≥ 0. */
static void make_monotone(double *p, int n_scores, const double *mass)
{
    double above[POINTS] = { 0 }, higher[POINTS] = { 0 };
    for (int k = n_scores - 1; k > 0; k--) {
        for (int g = 0; g < POINTS; g++) {
            above[g] += p[k * POINTS + g]; /* raw P(X ≥ k) */
        }
        double fitted[POINTS];
        memcpy(fitted, above, sizeof fitted);
        pool(fitted, mass);
        for (int g = 0; g < POINTS; g++) {
            p[k * POINTS + g] = fmax(0, fitted[g] - higher[g]);
            higher[g] = fitted[g];
        }
    }
    for (int g = 0; g < POINTS; g++) {
        p[g] = fmax(0, 1 - higher[g]);
    }
}

static bool weights_fit(const oko_scores *s, const double *weight)
{
    for (size_t i = 0; weight != NULL && i < s->n_persons; i++) {
        if (!(weight[i] >= 0) || !isfinite(weight[i])) {
            return false;
        }
    }
    return true;
}

oko_status oko_rest_curves_fit(const oko_scores *scores, const oko_rest_curves_options *options, oko_rest_curves **ret)
{
    static const oko_rest_curves_options defaults = { 0 };
    options = options != NULL ? options : &defaults;
    if (ret == NULL || oko_scores_check(scores) != OKO_OK || !(options->bandwidth >= 0 && options->bandwidth <= 1) ||
        !weights_fit(scores, options->weight)) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(oko_rest_curves_freep) oko_rest_curves *c = NULL;
    oko_status status = curves_new(scores, &c);
    if (status != OKO_OK) {
        return status;
    }
    double n, sd;
    size_t used = count_on_grid(scores, options->weight, c, &n, &sd);
    if (used < MIN_PERSONS || scores->n_items < MIN_ITEMS) {
        return OKO_E_NO_DATA;
    }
    int marks = 0;
    for (int j = 0; j < scores->n_items; j++) {
        marks += scores->item_max[j];
    }
    double width = options->bandwidth > 0 ? options->bandwidth : fmax(1.06 * sd * pow(n, -.2), .5 / marks);
    double kernel[POINTS], mass[POINTS];
    for (int g = 0; g < POINTS; g++) {
        double z = g / (POINTS - 1.0) / width;
        kernel[g] = exp(-.5 * z * z);
    }
    for (int j = 0; j < scores->n_items; j++) {
        double *p = c->p + (size_t)c->offset[j] * POINTS;
        smooth_item(p, scores->item_max[j] + 1, kernel, mass);
        if (!options->not_monotone) {
            make_monotone(p, scores->item_max[j] + 1, mass);
        }
    }
    *ret = c;
    c = NULL;
    return OKO_OK;
}

oko_status oko_rest_curves_probabilities(const oko_rest_curves *curves, int item, double share, double *ret_p)
{
    if (curves == NULL || ret_p == NULL || item < 0 || item >= curves->n_items || !(share >= 0 && share <= 1)) {
        return OKO_E_ARGUMENT;
    }
    double at = share * (curves->n_points - 1);
    int left = at >= curves->n_points - 1 ? curves->n_points - 2 : (int)at;
    double right_part = at - left;
    for (int t = curves->offset[item]; t < curves->offset[item + 1]; t++) {
        const double *p = curves->p + (size_t)t * (size_t)curves->n_points + left;
        *ret_p++ = p[0] * (1 - right_part) + p[1] * right_part;
    }
    return OKO_OK;
}
