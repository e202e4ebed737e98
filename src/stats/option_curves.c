/*
 * Option curves by total score: kernel shares with additive smoothing, tilted to the total (include/oko/responses.h;
 * formulas in docs/METHODS-pairs.md §2). Abilities are places on a grid of totals, a row of probabilities each.
 */
#include <oko/responses.h>

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MIN_PERSONS = 20, MIN_ITEMS = 2, MIN_GRID = 40, MAX_GRID = 200, REACH = 4, TILT_STEPS = 80, WIDENINGS = 24 };

static const double BANDWIDTH = 3.5;
static const double END_GAP = .25;     /* marks by which the fitted total stays off 0 and the maximum */
static const double MIN_WEIGHT = 40.0; /* persons' worth under the kernel, or a third of all */

/* Work in progress of one fit. */
typedef struct curves {
    const oko_responses *r;
    const uint8_t *leave_out;
    double bandwidth, prior;
    oko_option_probs *probs; /* being filled */
    size_t n_columns;
    int8_t *value;        /* [n_columns] marks that the answer brings */
    int max_total;        /* Σ of the items' largest values */
    size_t n_grid;        /* abilities 0…n_grid − 1, evenly over 0…max_total */
    double *share;        /* [n_persons] share of the possible marks; NaN without answers */
    double *persons;      /* [n_grid] persons used in the fit */
    double *marks;        /* [n_grid] sum of their totals, share × max_total */
    double *count;        /* [n_grid × n_columns] their answers */
    double *overall;      /* [n_columns] share of the answer among all */
    double *weight;       /* [n_grid] of the kernel */
    double *slope, *bend; /* [n_columns] work */
} curves;

static void free_curves(curves *c)
{
    oko_option_probs_free(c->probs);
    free(c->value);
    free(c->share);
    free(c->persons);
    free(c->marks);
    free(c->count);
    free(c->overall);
    free(c->weight);
    free(c->slope);
    free(c->bend);
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
    c->share = oko_calloc_array(r->n_persons, sizeof *c->share);
    c->slope = oko_calloc_array(c->n_columns, sizeof *c->slope);
    c->bend = oko_calloc_array(c->n_columns, sizeof *c->bend);
    return c->value == NULL || c->overall == NULL || c->share == NULL || c->slope == NULL || c->bend == NULL
               ? OKO_E_MEMORY
               : OKO_OK;
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
    int steps = c->max_total < MIN_GRID ? MIN_GRID : c->max_total < MAX_GRID ? c->max_total : MAX_GRID;
    c->n_grid = c->max_total > 0 ? (size_t)steps + 1 : 1;
}

/* Share of the marks that the answered items could give; NaN without any. */
static double share_of(const curves *c, size_t person)
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
    return possible == 0 ? NAN : (double)earned / possible;
}

static uint32_t place_of(const curves *c, double share)
{
    return (uint32_t)floor(share * (double)(c->n_grid - 1) + .5);
}

/* Everybody to the place of the own total, those without answers to the median. OKO_E_MEMORY. */
static oko_status place_by_total(curves *c)
{
    OKO_CLEANUP(oko_freep) size_t *at = oko_calloc_array(c->n_grid, sizeof *at);
    if (at == NULL) {
        return OKO_E_MEMORY;
    }
    size_t placed = 0;
    for (size_t i = 0; i < c->r->n_persons; i++) {
        c->share[i] = share_of(c, i);
        if (!isnan(c->share[i])) {
            at[place_of(c, c->share[i])]++;
            placed++;
        }
    }
    uint32_t median = 0;
    size_t below = at[0];
    while (below * 2 < placed && median + 1 < c->n_grid) {
        below += at[++median];
    }
    for (size_t i = 0; i < c->r->n_persons; i++) {
        c->probs->row[i] = isnan(c->share[i]) ? median : place_of(c, c->share[i]);
    }
    return OKO_OK;
}

static double total_at(const curves *c, size_t place)
{
    return c->n_grid > 1 ? (double)place * c->max_total / (double)(c->n_grid - 1) : 0;
}

static oko_status make_rows(curves *c)
{
    c->probs->n_rows = c->n_grid;
    c->persons = oko_calloc_array(c->n_grid, sizeof *c->persons);
    c->marks = oko_calloc_array(c->n_grid, sizeof *c->marks);
    c->weight = oko_calloc_array(c->n_grid, sizeof *c->weight);
    c->count = oko_calloc_array(c->n_grid * c->n_columns, sizeof *c->count);
    c->probs->p = oko_calloc_array(c->n_grid * c->n_columns, sizeof *c->probs->p);
    bool lost = c->persons == NULL || c->marks == NULL || c->weight == NULL || c->count == NULL || c->probs->p == NULL;
    return lost ? OKO_E_MEMORY : OKO_OK;
}

/* Persons, marks and answers at every place; only persons with answers who are used. */
static void count_rows(curves *c)
{
    memset(c->persons, 0, c->n_grid * sizeof *c->persons);
    memset(c->marks, 0, c->n_grid * sizeof *c->marks);
    memset(c->count, 0, c->n_grid * c->n_columns * sizeof *c->count);
    for (size_t i = 0; i < c->r->n_persons; i++) {
        size_t row = c->probs->row[i];
        const int8_t *answer = answers_of(c, i);
        if (!used(c, i) || isnan(c->share[i])) {
            continue;
        }
        c->persons[row] += 1;
        c->marks[row] += c->share[i] * c->max_total;
        for (int j = 0; j < c->r->n_items; j++) {
            if (answer[j] >= 0) {
                c->count[row * c->n_columns + (size_t)(c->probs->offset[j] + answer[j])] += 1;
            }
        }
    }
}

/* 3.5·SD·n^(−1/5), at least one mark. In simulated worlds of nominal responses (docs/METHODS-pairs.md §2.3) the error
 * of P is within 1 % of the smallest between 3 and 6; curved items ask for the lower half. */
static double rule_of_thumb(const curves *c)
{
    double n = 0;
    double mean = 0;
    double square = 0;
    for (size_t s = 0; s < c->n_grid; s++) {
        n += c->persons[s];
        mean += c->persons[s] * total_at(c, s);
    }
    n = n > 1 ? n : 1;
    mean /= n;
    for (size_t s = 0; s < c->n_grid; s++) {
        square += c->persons[s] * (total_at(c, s) - mean) * (total_at(c, s) - mean);
    }
    double h = BANDWIDTH * sqrt(square / n) * pow(n, -.2);
    return h > 1 ? h : 1;
}

/* Gaussian weight of every place at s; widened until enough persons are near. */
static void kernel_weights(curves *c, size_t s, double n_fit)
{
    double h = c->bandwidth;
    double enough = n_fit / 3 < MIN_WEIGHT ? n_fit / 3 : MIN_WEIGHT;
    for (int widening = 0; widening < WIDENINGS; widening++, h *= 1.4) {
        double near = 0;
        for (size_t l = 0; l < c->n_grid; l++) {
            double d = (total_at(c, l) - total_at(c, s)) / h;
            c->weight[l] = fabs(d) <= REACH && c->persons[l] > 0 ? exp(-.5 * d * d) : 0;
            near += c->weight[l] * c->persons[l];
        }
        if (near >= enough) {
            return;
        }
    }
}

/* Sums over the places near s: Σ w·count and Σ w·x·count of every answer, x the distance in marks. */
static void weigh_answers(const curves *c, size_t s, double *level, double *slope)
{
    memset(level, 0, c->n_columns * sizeof *level);
    memset(slope, 0, c->n_columns * sizeof *slope);
    memset(c->bend, 0, c->n_columns * sizeof *c->bend);
    for (size_t l = 0; l < c->n_grid; l++) {
        const double *count = c->count + l * c->n_columns;
        double x = total_at(c, l) - total_at(c, s);
        for (size_t t = 0; c->weight[l] > 0 && t < c->n_columns; t++) {
            double w = c->weight[l] * count[t];
            level[t] += w;
            slope[t] += w * x;
            c->bend[t] += w * x * x;
        }
    }
}

/*
 * Shares of the answers at s: a locally straight line (no bias from the slope of a curve, none at the ends), not below
 * a third of the locally constant share; `prior` answers of the overall shares added.
 */
static void smooth_row(const curves *c, size_t s)
{
    double *p = c->probs->p + s * c->n_columns;
    weigh_answers(c, s, p, c->slope);
    for (int j = 0; j < c->r->n_items; j++) {
        int from = c->probs->offset[j];
        int to = c->probs->offset[j + 1];
        double w = 0;
        double wx = 0;
        double wxx = 0;
        double sum = 0;
        for (int t = from; t < to; t++) {
            w += p[t];
            wx += c->slope[t];
            wxx += c->bend[t];
        }
        double det = w * wxx - wx * wx;
        for (int t = from; t < to; t++) {
            double line = det > 1e-6 * w * wxx ? (wxx * p[t] - wx * c->slope[t]) / det : 0;
            double flat = w > 0 ? p[t] / w : 0;
            p[t] = (line > flat / 3 ? line : flat / 3) + 1e-300;
            sum += p[t];
        }
        for (int t = from; t < to; t++) {
            p[t] = (w * p[t] / sum + c->prior * c->overall[t]) / (w + c->prior);
        }
    }
}

/* Mean total at s by a locally straight line through the persons' totals, which has no bias at the ends. */
static double mean_total(const curves *c, size_t s)
{
    double w = 0;
    double wx = 0;
    double wxx = 0;
    double wy = 0;
    double wxy = 0;
    for (size_t l = 0; l < c->n_grid; l++) {
        if (c->weight[l] > 0) {
            double x = total_at(c, l) - total_at(c, s);
            w += c->weight[l] * c->persons[l];
            wx += c->weight[l] * c->persons[l] * x;
            wxx += c->weight[l] * c->persons[l] * x * x;
            wy += c->weight[l] * c->marks[l];
            wxy += c->weight[l] * c->marks[l] * x;
        }
    }
    double det = w * wxx - wx * wx;
    return det > 1e-9 * w * wxx ? (wxx * wy - wx * wxy) / det : w > 0 ? wy / w : total_at(c, s);
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

static void tilt_row(const curves *c, size_t s, double wanted)
{
    double power[OKO_RESPONSES_MAX_OPTIONS];
    double *p = c->probs->p + s * c->n_columns;
    double gap = c->max_total > 1 ? END_GAP : .5 * c->max_total;
    if (c->max_total == 0) {
        return;
    }
    wanted = wanted < gap ? gap : wanted > c->max_total - gap ? c->max_total - gap : wanted;
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

/* Curves by the places where the persons are now; by_total: the place is the total. */
static void fit_rows(curves *c, double n_fit, bool by_total)
{
    count_rows(c);
    for (size_t s = 0; s < c->n_grid; s++) {
        kernel_weights(c, s, n_fit);
        smooth_row(c, s);
        tilt_row(c, s, by_total ? total_at(c, s) : mean_total(c, s));
    }
}

/* Everybody with answers to the place where they are most likely (the lowest of several). OKO_E_MEMORY. */
static oko_status place_by_likelihood(curves *c)
{
    OKO_CLEANUP(oko_freep) double *log_p = oko_alloc_array(c->n_grid * c->n_columns, sizeof *log_p);
    if (log_p == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t k = 0; k < c->n_grid * c->n_columns; k++) {
        log_p[k] = log(c->probs->p[k]);
    }
    for (size_t i = 0; i < c->r->n_persons; i++) {
        const int8_t *answer = answers_of(c, i);
        double best = -INFINITY;
        for (uint32_t s = 0; s < c->n_grid && !isnan(c->share[i]); s++) {
            const double *row = log_p + s * c->n_columns;
            double sum = 0;
            for (int j = 0; j < c->r->n_items; j++) {
                sum += answer[j] >= 0 ? row[c->probs->offset[j] + answer[j]] : 0;
            }
            if (sum > best) {
                best = sum;
                c->probs->row[i] = s;
            }
        }
    }
    return OKO_OK;
}

static oko_status fit(curves *c, double n_fit, oko_ability ability)
{
    oko_status status = make_columns(c);
    if (status != OKO_OK) {
        return status;
    }
    count_overall(c);
    set_values(c);
    status = place_by_total(c);
    if (status == OKO_OK) {
        status = make_rows(c);
    }
    if (status != OKO_OK) {
        return status;
    }
    count_rows(c);
    c->bandwidth = c->bandwidth > 0 ? c->bandwidth : rule_of_thumb(c);
    fit_rows(c, n_fit, true);
    if (ability == OKO_ABILITY_LIKELIHOOD && c->n_grid > 1) {
        status = place_by_likelihood(c);
        if (status == OKO_OK) {
            fit_rows(c, n_fit, false);
        }
    }
    return status;
}

oko_status oko_option_curves(const oko_responses *r, const oko_option_curves_options *options,
                             oko_option_probs **ret_probs)
{
    static const oko_option_curves_options defaults = { 0 };
    options = options != NULL ? options : &defaults;
    bool numbers_fit =
        options->bandwidth >= 0 && isfinite(options->bandwidth) && options->prior >= 0 && isfinite(options->prior);
    bool known = options->ability == OKO_ABILITY_LIKELIHOOD || options->ability == OKO_ABILITY_TOTAL;
    if (ret_probs == NULL || !numbers_fit || !known || oko_responses_check(r) != OKO_OK) {
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
    oko_status status = fit(&c, (double)n_fit, options->ability);
    if (status != OKO_OK) {
        return status;
    }
    *ret_probs = c.probs;
    c.probs = NULL;
    return OKO_OK;
}
