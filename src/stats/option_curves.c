/*
 * Option curves by total score: kernel shares with additive smoothing, tilted to the total (include/oko/responses.h;
 * formulas in docs/METHODS-pairs.md §2). Abilities are the different totals that occur, a row of probabilities each.
 */
#include <oko/responses.h>

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MIN_PERSONS = 20, MIN_ITEMS = 2, MAX_GRID = 1000, REACH = 4, TILT_STEPS = 80, WIDENINGS = 24 };

static const double END_GAP = .25;     /* marks by which the fitted total stays off 0 and the maximum */
static const double MIN_WEIGHT = 40.0; /* persons' worth under the kernel, or a third of all */

/* Work in progress of one fit. */
typedef struct curves {
    const oko_responses *r;
    const uint8_t *leave_out;
    double bandwidth, prior;
    oko_option_probs *probs; /* being filled */
    size_t n_columns;
    int8_t *value;     /* [n_columns] marks that the answer brings */
    int max_total;     /* Σ of the items' largest values */
    int n_grid;        /* totals are put on 0…n_grid − 1 */
    int *level;        /* [n_persons] place on the grid */
    int *row_of_level; /* [n_grid] −1 when nobody is there */
    double *total;     /* [n_rows] in marks */
    double *persons;   /* [n_rows] persons used in the fit */
    double *count;     /* [n_rows × n_columns] their answers */
    double *overall;   /* [n_columns] share of the answer among all */
} curves;

static void free_curves(curves *c)
{
    oko_option_probs_free(c->probs);
    free(c->value);
    free(c->level);
    free(c->row_of_level);
    free(c->total);
    free(c->persons);
    free(c->count);
    free(c->overall);
}

static bool used(const curves *c, size_t person)
{
    return c->leave_out == NULL || c->leave_out[person] == 0;
}

static const int8_t *answers_of(const curves *c, size_t person)
{
    return c->r->answer + person * (size_t)c->r->n_items;
}

static oko_status make_columns(curves *c)
{
    const oko_responses *r = c->r;
    c->probs = oko_calloc_array(1, sizeof *c->probs);
    if (c->probs == NULL) {
        return OKO_E_MEMORY;
    }
    c->probs->n_persons = r->n_persons;
    c->probs->n_items = r->n_items;
    c->probs->offset = oko_calloc_array((size_t)r->n_items + 1, sizeof *c->probs->offset);
    c->probs->row = oko_calloc_array(r->n_persons, sizeof *c->probs->row);
    if (c->probs->offset == NULL || c->probs->row == NULL) {
        return OKO_E_MEMORY;
    }
    for (int j = 0; j < r->n_items; j++) {
        c->probs->offset[j + 1] = c->probs->offset[j] + r->n_options[j];
    }
    c->n_columns = (size_t)c->probs->offset[r->n_items];
    c->value = oko_calloc_array(c->n_columns, sizeof *c->value);
    c->overall = oko_calloc_array(c->n_columns, sizeof *c->overall);
    c->level = oko_calloc_array(r->n_persons, sizeof *c->level);
    return c->value == NULL || c->overall == NULL || c->level == NULL ? OKO_E_MEMORY : OKO_OK;
}

/* Overall share of every answer, with half an answer added to each. */
static void count_overall(curves *c)
{
    const int *offset = c->probs->offset;
    for (size_t i = 0; i < c->r->n_persons; i++) {
        const int8_t *answer = answers_of(c, i);
        for (int j = 0; used(c, i) && j < c->r->n_items; j++) {
            if (answer[j] >= 0) {
                c->overall[offset[j] + answer[j]] += 1;
            }
        }
    }
    for (int j = 0; j < c->r->n_items; j++) {
        double sum = 0;
        for (int t = offset[j]; t < offset[j + 1]; t++) {
            c->overall[t] += .5;
            sum += c->overall[t];
        }
        for (int t = offset[j]; t < offset[j + 1]; t++) {
            c->overall[t] /= sum;
        }
    }
}

/* Option that stands for the right one: the key, or the most frequent answer (the lowest of several). */
static int right_option(const curves *c, int j)
{
    if (c->r->key != NULL) {
        return c->r->key[j];
    }
    const double *share = c->overall + c->probs->offset[j];
    int best = 0;
    for (int o = 1; o < c->r->n_options[j]; o++) {
        best = share[o] > share[best] ? o : best;
    }
    return best;
}

static void set_values(curves *c)
{
    for (int j = 0; j < c->r->n_items; j++) {
        int8_t *value = c->value + c->probs->offset[j];
        int right = c->r->marks ? -1 : right_option(c, j);
        for (int o = 0; o < c->r->n_options[j]; o++) {
            value[o] = (int8_t)(c->r->marks ? o : o == right);
        }
        c->max_total += c->r->marks ? c->r->n_options[j] - 1 : right >= 0;
    }
    c->n_grid = (c->max_total < MAX_GRID ? c->max_total : MAX_GRID) + 1;
}

/* Place on the grid by the share of the marks that the answered items could give; −1 without any. */
static int level_of(const curves *c, size_t person)
{
    const int8_t *answer = answers_of(c, person);
    int earned = 0;
    int possible = 0;
    for (int j = 0; j < c->r->n_items; j++) {
        const int8_t *value = c->value + c->probs->offset[j];
        if (answer[j] >= 0) {
            int most = c->r->marks ? c->r->n_options[j] - 1 : c->r->key == NULL || c->r->key[j] >= 0;
            earned += value[answer[j]];
            possible += most;
        }
    }
    return possible == 0 ? -1 : (int)floor((double)earned / possible * (c->n_grid - 1) + .5);
}

static oko_status place_persons(curves *c)
{
    OKO_CLEANUP(oko_freep) size_t *at = oko_calloc_array((size_t)c->n_grid, sizeof *at);
    c->row_of_level = oko_calloc_array((size_t)c->n_grid, sizeof *c->row_of_level);
    if (at == NULL || c->row_of_level == NULL) {
        return OKO_E_MEMORY;
    }
    size_t placed = 0;
    for (size_t i = 0; i < c->r->n_persons; i++) {
        c->level[i] = level_of(c, i);
        if (c->level[i] >= 0) {
            at[c->level[i]]++;
            placed++;
        }
    }
    int median = 0;
    size_t below = at[0];
    while (below * 2 < placed && median < c->n_grid - 1) {
        below += at[++median];
    }
    at[median] += c->r->n_persons - placed;
    for (int l = 0; l < c->n_grid; l++) {
        c->row_of_level[l] = at[l] > 0 ? (int)c->probs->n_rows++ : -1;
    }
    for (size_t i = 0; i < c->r->n_persons; i++) {
        c->level[i] = c->level[i] < 0 ? median : c->level[i];
        c->probs->row[i] = (uint32_t)c->row_of_level[c->level[i]];
    }
    return OKO_OK;
}

static oko_status count_rows(curves *c)
{
    size_t rows = c->probs->n_rows;
    c->total = oko_calloc_array(rows, sizeof *c->total);
    c->persons = oko_calloc_array(rows, sizeof *c->persons);
    c->count = oko_calloc_array(rows * c->n_columns, sizeof *c->count);
    c->probs->p = oko_calloc_array(rows * c->n_columns, sizeof *c->probs->p);
    if (c->total == NULL || c->persons == NULL || c->count == NULL || c->probs->p == NULL) {
        return OKO_E_MEMORY;
    }
    for (int l = 0; l < c->n_grid; l++) {
        if (c->row_of_level[l] >= 0) {
            c->total[c->row_of_level[l]] = c->n_grid > 1 ? (double)l * c->max_total / (c->n_grid - 1) : 0;
        }
    }
    for (size_t i = 0; i < c->r->n_persons; i++) {
        size_t row = c->probs->row[i];
        const int8_t *answer = answers_of(c, i);
        if (!used(c, i)) {
            continue;
        }
        c->persons[row] += 1;
        for (int j = 0; j < c->r->n_items; j++) {
            if (answer[j] >= 0) {
                c->count[row * c->n_columns + (size_t)(c->probs->offset[j] + answer[j])] += 1;
            }
        }
    }
    return OKO_OK;
}

/* .9·SD·n^(−1/5) (Silverman 1986), at least three quarters of a mark. */
static double rule_of_thumb(const curves *c)
{
    double n = 0;
    double mean = 0;
    double square = 0;
    for (size_t s = 0; s < c->probs->n_rows; s++) {
        n += c->persons[s];
        mean += c->persons[s] * c->total[s];
    }
    mean /= n;
    for (size_t s = 0; s < c->probs->n_rows; s++) {
        square += c->persons[s] * (c->total[s] - mean) * (c->total[s] - mean);
    }
    double h = .9 * sqrt(square / n) * pow(n, -.2);
    return h > .75 ? h : .75;
}

/* Gaussian weight of every row at row s; widened until enough persons are near. */
static void kernel_weights(const curves *c, size_t s, double n_fit, double *weight)
{
    double h = c->bandwidth;
    double enough = n_fit / 3 < MIN_WEIGHT ? n_fit / 3 : MIN_WEIGHT;
    for (int widening = 0; widening < WIDENINGS; widening++, h *= 1.4) {
        double near = 0;
        for (size_t l = 0; l < c->probs->n_rows; l++) {
            double d = (c->total[l] - c->total[s]) / h;
            weight[l] = fabs(d) <= REACH ? exp(-.5 * d * d) : 0;
            near += weight[l] * c->persons[l];
        }
        if (near >= enough) {
            return;
        }
    }
}

/* Shares of the answers at row s by the weights, `prior` answers of the overall shares added. */
static void smooth_row(const curves *c, size_t s, const double *weight)
{
    double *p = c->probs->p + s * c->n_columns;
    for (size_t l = 0; l < c->probs->n_rows; l++) {
        const double *count = c->count + l * c->n_columns;
        for (size_t t = 0; weight[l] > 0 && t < c->n_columns; t++) {
            p[t] += weight[l] * count[t];
        }
    }
    for (int j = 0; j < c->r->n_items; j++) {
        double sum = c->prior;
        for (int t = c->probs->offset[j]; t < c->probs->offset[j + 1]; t++) {
            sum += p[t];
        }
        for (int t = c->probs->offset[j]; t < c->probs->offset[j + 1]; t++) {
            p[t] = (p[t] + c->prior * c->overall[t]) / sum;
        }
    }
}

/* power[v] = e^(λv) for the values that occur. */
static void set_powers(double lambda, double *power)
{
    power[0] = 1;
    for (int v = 1; v < OKO_RESPONSES_MAX_OPTIONS; v++) {
        power[v] = exp(lambda * v);
    }
}

/* Expected total under p tilted by e^(λ·value), and its derivative (the variance). */
static double tilted_total(const curves *c, const double *p, double lambda, double *ret_slope)
{
    double power[OKO_RESPONSES_MAX_OPTIONS];
    double total = 0;
    double slope = 0;
    set_powers(lambda, power);
    for (int j = 0; j < c->r->n_items; j++) {
        double sum = 0;
        double first = 0;
        double second = 0;
        for (int t = c->probs->offset[j]; t < c->probs->offset[j + 1]; t++) {
            double w = p[t] * power[c->value[t]];
            sum += w;
            first += w * c->value[t];
            second += w * c->value[t] * c->value[t];
        }
        total += first / sum;
        slope += second / sum - first / sum * (first / sum);
    }
    *ret_slope = slope;
    return total;
}

/* λ at which the expected total is `wanted`: Newton inside a shrinking bracket. */
static double find_tilt(const curves *c, const double *p, double wanted)
{
    double low = -12;
    double high = 12;
    double lambda = 0;
    for (int step = 0; step < TILT_STEPS && high - low > 1e-12; step++) {
        double slope;
        double miss = tilted_total(c, p, lambda, &slope) - wanted;
        if (fabs(miss) < 1e-10) {
            break;
        }
        if (miss > 0) {
            high = lambda;
        } else {
            low = lambda;
        }
        double next = slope > 0 ? lambda - miss / slope : low;
        lambda = next > low && next < high ? next : (low + high) / 2;
    }
    return lambda;
}

static void tilt_row(const curves *c, size_t s)
{
    double power[OKO_RESPONSES_MAX_OPTIONS];
    double *p = c->probs->p + s * c->n_columns;
    double gap = c->max_total > 1 ? END_GAP : .5 * c->max_total;
    double wanted = c->total[s] < gap ? gap : c->total[s] > c->max_total - gap ? c->max_total - gap : c->total[s];
    if (c->max_total == 0) {
        return;
    }
    set_powers(find_tilt(c, p, wanted), power);
    for (int j = 0; j < c->r->n_items; j++) {
        double sum = 0;
        for (int t = c->probs->offset[j]; t < c->probs->offset[j + 1]; t++) {
            p[t] *= power[c->value[t]];
            sum += p[t];
        }
        for (int t = c->probs->offset[j]; t < c->probs->offset[j + 1]; t++) {
            p[t] /= sum;
        }
    }
}

static oko_status fit_rows(curves *c, double n_fit)
{
    OKO_CLEANUP(oko_freep) double *weight = oko_alloc_array(c->probs->n_rows, sizeof *weight);
    if (weight == NULL) {
        return OKO_E_MEMORY;
    }
    c->bandwidth = c->bandwidth > 0 ? c->bandwidth : rule_of_thumb(c);
    for (size_t s = 0; s < c->probs->n_rows; s++) {
        kernel_weights(c, s, n_fit, weight);
        smooth_row(c, s, weight);
        tilt_row(c, s);
    }
    return OKO_OK;
}

static oko_status fit(curves *c, double n_fit)
{
    oko_status status = make_columns(c);
    if (status != OKO_OK) {
        return status;
    }
    count_overall(c);
    set_values(c);
    status = place_persons(c);
    if (status == OKO_OK) {
        status = count_rows(c);
    }
    return status == OKO_OK ? fit_rows(c, n_fit) : status;
}

oko_status oko_option_curves(const oko_responses *r, const oko_option_curves_options *options,
                             oko_option_probs **ret_probs)
{
    static const oko_option_curves_options defaults = { 0 };
    options = options != NULL ? options : &defaults;
    bool numbers_fit =
        options->bandwidth >= 0 && isfinite(options->bandwidth) && options->prior >= 0 && isfinite(options->prior);
    if (ret_probs == NULL || !numbers_fit || oko_responses_check(r) != OKO_OK) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(free_curves)
    curves c = { .r = r,
                 .leave_out = options->leave_out,
                 .bandwidth = options->bandwidth,
                 .prior = options->prior > 0 ? options->prior : 1 };
    size_t n_fit = 0;
    for (size_t i = 0; i < r->n_persons; i++) {
        n_fit += used(&c, i);
    }
    if (n_fit < MIN_PERSONS || r->n_items < MIN_ITEMS) {
        return OKO_E_NO_DATA;
    }
    oko_status status = fit(&c, (double)n_fit);
    if (status != OKO_OK) {
        return status;
    }
    *ret_probs = c.probs;
    c.probs = NULL;
    return OKO_OK;
}
