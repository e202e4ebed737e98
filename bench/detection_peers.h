/* Peers of the families: known group-level methods, on the same groups, for the tables of bench_detection. */
#ifndef OKO_BENCH_DETECTION_PEERS_H
#define OKO_BENCH_DETECTION_PEERS_H

#include <oko/fioko2019.h>
#include <oko/signs.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEER_MEAN, PEER_FIOKO, PEER_FUZZY, PEER_JACOB, PEERS };

enum { PEER_FEATURES = 4, PEER_CLUSTERS = 8, PEER_ROUNDS = 60, PEER_STRING = 5 };

static inline void peer_check(bool ok, const char *what)
{
    if (!ok) {
        fprintf(stderr, "peers: %s\n", what);
        exit(1);
    }
}

static inline double *peer_numbers(size_t n)
{
    double *x = calloc(n > 0 ? n : 1, sizeof *x);
    peer_check(x != NULL, "memory");
    return x;
}

/* ---- the class mean, and the interval of 2019 ---- */

static inline void peer_means(const oko_sign_test *t, const oko_sign_group *g, const size_t *at, size_t n, double **ret)
{
    oko_state *region = NULL;
    oko_shape shape = { .max_total = t->max_total };
    peer_check(oko_state_new(&shape, &region) == OKO_OK, "state");
    oko_state **state = calloc(n, sizeof(oko_state *));
    peer_check(state != NULL, "memory");
    for (size_t i = 0; i < n; i++) {
        peer_check(oko_state_new(&shape, &state[i]) == OKO_OK, "state");
        for (int k = 0; k < g[at[i]].n; k++) {
            if (g[at[i]].total[k] >= 0) {
                peer_check(oko_state_add(state[i], g[at[i]].total[k], 0, NULL) == OKO_OK, "add");
            }
        }
        peer_check(oko_state_merge(region, state[i]) == OKO_OK, "merge");
    }
    for (size_t i = 0; i < n; i++) {
        oko_fioko_ci ci;
        ret[PEER_MEAN][at[i]] = NAN;
        ret[PEER_FIOKO][at[i]] = NAN;
        if (oko_fioko2019_ci(state[i], region, &ci) == OKO_OK) {
            ret[PEER_MEAN][at[i]] = -(ci.mean - ci.region_mean) / (ci.region_sd / sqrt((double)ci.n));
            ret[PEER_FIOKO][at[i]] = ci.region_upper - ci.lower; /* below 0: marked */
        }
        oko_state_free(state[i]);
    }
    free(state);
    oko_state_free(region);
}

/* ---- INVALSI: class indicators, two principal components, fuzzy c-means (Quintano, Castellano & Longobardi 2009) ----
 */

/* Mean, SD, missing answers, and heterogeneity of answers (mean Gini index over items). */
static inline void peer_features(const oko_sign_test *t, const oko_sign_group *g, double *x)
{
    double n = 0;
    double sum = 0;
    double square = 0;
    double missing = 0;
    double gini = 0;
    for (int k = 0; k < g->n; k++) {
        if (g->total[k] >= 0) {
            n++;
            sum += g->total[k];
            square += (double)g->total[k] * g->total[k];
        }
    }
    for (int j = 0; j < t->n_items; j++) {
        double share[OKO_SIGNS_MAX_ITEM_SCORE + 2] = { 0 };
        for (int k = 0; k < g->n; k++) {
            int score = g->items[(size_t)k * (size_t)t->n_items + (size_t)j];
            if (g->total[k] >= 0) {
                missing += score < 0 ? 1 : 0;
                share[score < 0 ? t->item_max[j] + 1 : score] += 1 / n;
            }
        }
        gini += 1;
        for (int c = 0; c <= t->item_max[j] + 1; c++) {
            gini -= share[c] * share[c];
        }
    }
    x[0] = n > 0 ? sum / n : NAN;
    x[1] = n > 1 ? sqrt((square - sum * sum / n) / (n - 1)) : NAN;
    x[2] = missing / (n * t->n_items);
    x[3] = gini / t->n_items;
}

/* First two principal components of standardised features, by power iteration; each turned so that it rises with the
 * direction of manipulation (high mean, low SD, few missing, alike). */
static inline void peer_components(size_t n, const double *x, double *ret)
{
    double mean[PEER_FEATURES] = { 0 };
    double sd[PEER_FEATURES] = { 0 };
    double cov[PEER_FEATURES][PEER_FEATURES] = { { 0 } };
    for (int a = 0; a < PEER_FEATURES; a++) {
        for (size_t i = 0; i < n; i++) {
            mean[a] += x[i * PEER_FEATURES + (size_t)a] / (double)n;
        }
        for (size_t i = 0; i < n; i++) {
            double d = x[i * PEER_FEATURES + (size_t)a] - mean[a];
            sd[a] += d * d / (double)n;
        }
        sd[a] = sd[a] > 0 ? sqrt(sd[a]) : 1;
    }
    for (size_t i = 0; i < n; i++) {
        for (int a = 0; a < PEER_FEATURES; a++) {
            for (int b = 0; b < PEER_FEATURES; b++) {
                cov[a][b] += (x[i * PEER_FEATURES + (size_t)a] - mean[a]) / sd[a] *
                             (x[i * PEER_FEATURES + (size_t)b] - mean[b]) / sd[b] / (double)n;
            }
        }
    }
    static const double turn[PEER_FEATURES] = { 1, -1, -1, -1 };
    for (int c = 0; c < 2; c++) {
        double v[PEER_FEATURES] = { 1, .7, .4, -.2 };
        double value = 0;
        for (int round = 0; round < 500; round++) {
            double next[PEER_FEATURES] = { 0 };
            value = 0;
            for (int a = 0; a < PEER_FEATURES; a++) {
                for (int b = 0; b < PEER_FEATURES; b++) {
                    next[a] += cov[a][b] * v[b];
                }
                value += next[a] * next[a];
            }
            value = sqrt(value);
            for (int a = 0; a < PEER_FEATURES; a++) {
                v[a] = value > 0 ? next[a] / value : v[a];
            }
        }
        double sign = 0;
        for (int a = 0; a < PEER_FEATURES; a++) {
            sign += v[a] * turn[a];
            for (int b = 0; b < PEER_FEATURES; b++) {
                cov[a][b] -= value * v[a] * v[b];
            }
        }
        for (size_t i = 0; i < n; i++) {
            double s = 0;
            for (int a = 0; a < PEER_FEATURES; a++) {
                s += v[a] * (x[i * PEER_FEATURES + (size_t)a] - mean[a]) / sd[a];
            }
            ret[2 * i + (size_t)c] = sign < 0 ? -s : s;
        }
    }
}

/* Membership of the cluster whose centre lies farthest in the direction of manipulation. */
static inline void peer_fuzzy(size_t n, const double *x, double *ret_membership)
{
    double centre[PEER_CLUSTERS][2];
    double *u = peer_numbers(n * PEER_CLUSTERS);
    for (int c = 0; c < PEER_CLUSTERS; c++) {
        size_t i = ((size_t)c * n + n / 2) / PEER_CLUSTERS;
        centre[c][0] = x[2 * i] + .01 * c;
        centre[c][1] = x[2 * i + 1];
    }
    for (int round = 0; round < PEER_ROUNDS; round++) {
        for (size_t i = 0; i < n; i++) {
            double all = 0;
            for (int c = 0; c < PEER_CLUSTERS; c++) {
                double dx = x[2 * i] - centre[c][0];
                double dy = x[2 * i + 1] - centre[c][1];
                u[i * PEER_CLUSTERS + (size_t)c] = 1 / (dx * dx + dy * dy + 1e-9);
                all += u[i * PEER_CLUSTERS + (size_t)c];
            }
            for (int c = 0; c < PEER_CLUSTERS; c++) {
                u[i * PEER_CLUSTERS + (size_t)c] /= all;
            }
        }
        for (int c = 0; c < PEER_CLUSTERS; c++) {
            double w = 0;
            double sx = 0;
            double sy = 0;
            for (size_t i = 0; i < n; i++) {
                double m = u[i * PEER_CLUSTERS + (size_t)c] * u[i * PEER_CLUSTERS + (size_t)c];
                w += m;
                sx += m * x[2 * i];
                sy += m * x[2 * i + 1];
            }
            centre[c][0] = sx / w;
            centre[c][1] = sy / w;
        }
    }
    int far = 0;
    for (int c = 1; c < PEER_CLUSTERS; c++) {
        far = centre[c][0] > centre[far][0] ? c : far;
    }
    for (size_t i = 0; i < n; i++) {
        ret_membership[i] = u[i * PEER_CLUSTERS + (size_t)far];
    }
    free(u);
}

static inline void peer_invalsi(const oko_sign_test *t, const oko_sign_group *g, const size_t *at, size_t n,
                                double *ret)
{
    double *x = peer_numbers(n * PEER_FEATURES);
    double *component = peer_numbers(2 * n);
    double *member = peer_numbers(n);
    size_t *row = calloc(n, sizeof *row);
    peer_check(row != NULL, "memory");
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        ret[at[i]] = NAN;
        peer_features(t, &g[at[i]], x + m * PEER_FEATURES);
        if (!isnan(x[m * PEER_FEATURES] + x[m * PEER_FEATURES + 1])) {
            row[m++] = at[i];
        }
    }
    peer_components(m, x, component);
    peer_fuzzy(m, component, member);
    for (size_t i = 0; i < m; i++) {
        ret[row[i]] = -member[i];
    }
    free(row);
    free(member);
    free(component);
    free(x);
}

/* ---- Jacob & Levitt 2003: unusual answer strings and unusual gains, by squared ranks ---- */

static const double *peer_rank_values;
static inline int peer_compare(const void *a, const void *b)
{
    double x = peer_rank_values[*(const size_t *)a];
    double y = peer_rank_values[*(const size_t *)b];
    return (x > y) - (x < y);
}

/* Percentile ranks (0…1) of n values; NaN gets .5. */
static inline void peer_ranks(size_t n, const double *x, double *ret)
{
    size_t *order = calloc(n > 0 ? n : 1, sizeof *order);
    peer_check(order != NULL, "memory");
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        ret[i] = .5;
        if (!isnan(x[i])) {
            order[m++] = i;
        }
    }
    peer_rank_values = x;
    qsort(order, m, sizeof *order, peer_compare);
    for (size_t k = 0; k < m; k++) {
        ret[order[k]] = ((double)k + .5) / (double)m;
    }
    free(order);
}

static inline int peer_score(const oko_sign_test *t, const oko_sign_group *g, int k, int j)
{
    int score = g->items[(size_t)k * (size_t)t->n_items + (size_t)j];
    return score > 0 ? score : 0;
}

/* Share of right answers by total and item over all groups: [(max+1) × items]. */
static inline double *peer_curves(const oko_sign_test *t, const oko_sign_group *g, const size_t *at, size_t n)
{
    size_t items = (size_t)t->n_items;
    double *p = peer_numbers(((size_t)t->max_total + 1) * items);
    double *works = peer_numbers((size_t)t->max_total + 1);
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < g[at[i]].n; k++) {
            int total = g[at[i]].total[k];
            if (total < 0) {
                continue;
            }
            works[total]++;
            for (size_t j = 0; j < items; j++) {
                p[(size_t)total * items + j] += (double)peer_score(t, &g[at[i]], k, (int)j) / t->item_max[j];
            }
        }
    }
    for (int s = 0; s <= t->max_total; s++) {
        for (size_t j = 0; j < items; j++) {
            double x = (p[(size_t)s * items + j] + .5 * s / t->max_total) / (works[s] + .5);
            p[(size_t)s * items + j] = x < .01 ? .01 : x > .99 ? .99 : x;
        }
    }
    free(works);
    return p;
}

/* The four measures of answers: unlikely common string, mean and variance over items of the class's residual
 * correlation, and hard-item/easy-item mismatch. */
static inline void peer_strings(const oko_sign_test *t, const oko_sign_group *g, const double *p, double *ret)
{
    size_t items = (size_t)t->n_items;
    double best = 0;
    double sum = 0;
    double square = 0;
    double mismatch = 0;
    double works = 0;
    double *residual = peer_numbers(items);
    for (int k = 0; k < g->n; k++) {
        if (g->total[k] < 0) {
            continue;
        }
        works++;
        for (size_t j = 0; j < items; j++) {
            double q = p[(size_t)g->total[k] * items + j];
            double x = (double)peer_score(t, g, k, (int)j) / t->item_max[j];
            residual[j] += (x - q) / sqrt(q * (1 - q));
            mismatch += (x - q) * (x - q) / (q * (1 - q));
        }
        for (int start = 0; start + PEER_STRING <= t->n_items; start++) {
            double log_p = 0;
            double same = 0;
            for (int other = 0; other < g->n; other++) {
                bool equal = g->total[other] >= 0;
                for (int j = start; equal && j < start + PEER_STRING; j++) {
                    equal = peer_score(t, g, k, j) == peer_score(t, g, other, j);
                }
                same += equal ? 1 : 0;
            }
            for (int j = start; j < start + PEER_STRING; j++) {
                double q = p[(size_t)g->total[k] * items + (size_t)j];
                log_p += peer_score(t, g, k, j) > 0 ? log(q) : log(1 - q);
            }
            double surprise = -(same - 1) * log_p;
            best = same > 1 && surprise > best ? surprise : best;
        }
    }
    for (size_t j = 0; j < items; j++) {
        double r = works > 0 ? residual[j] * residual[j] / works : 0;
        sum += r;
        square += r * r;
    }
    free(residual);
    double n = (double)items;
    ret[0] = works > 1 ? best / works : NAN;
    ret[1] = works > 1 ? sum / n : NAN;
    ret[2] = works > 1 ? square / n - sum * sum / n / n : NAN;
    ret[3] = works > 1 ? mismatch / works / n : NAN;
}

static inline double peer_mean(const oko_sign_group *g)
{
    double sum = 0;
    double n = 0;
    for (int k = 0; k < g->n; k++) {
        if (g->total[k] >= 0) {
            sum += g->total[k];
            n++;
        }
    }
    return n > 0 ? sum / n : NAN;
}

/* Mean of the same unit in the same subject another year, earlier or later; NaN when there is none. */
static inline double peer_other_year(const oko_sign_test *tests, int test, const oko_sign_group *g, size_t n, size_t i,
                                     bool later)
{
    for (size_t k = 0; k < n; k++) {
        const oko_sign_test *t = &tests[g[k].test];
        bool year = later ? t->year > tests[test].year : t->year < tests[test].year;
        if (g[k].unit == g[i].unit && year && t->subject == tests[test].subject) {
            return peer_mean(&g[k]);
        }
    }
    return NAN;
}

static inline void peer_jacob_levitt(const oko_sign_test *tests, int test, const oko_sign_group *g, const size_t *at,
                                     size_t n, size_t all, double *ret)
{
    enum { MEASURES = 6 };
    const oko_sign_test *t = &tests[test];
    double *p = peer_curves(t, g, at, n);
    double *value = peer_numbers(MEASURES * n);
    double *rank = peer_numbers(MEASURES * n);
    for (size_t i = 0; i < n; i++) {
        double four[4];
        peer_strings(t, &g[at[i]], p, four);
        for (size_t k = 0; k < 4; k++) {
            value[k * n + i] = four[k];
        }
        double own = peer_mean(&g[at[i]]);
        value[4 * n + i] = own - peer_other_year(tests, test, g, all, at[i], false);
        value[5 * n + i] = own - peer_other_year(tests, test, g, all, at[i], true);
    }
    for (size_t k = 0; k < MEASURES; k++) {
        peer_ranks(n, value + k * n, rank + k * n);
    }
    double *strings = peer_numbers(n);
    double *gains = peer_numbers(n);
    double *strings_rank = peer_numbers(n);
    double *gains_rank = peer_numbers(n);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < 4; k++) {
            strings[i] += rank[k * n + i] * rank[k * n + i];
        }
        gains[i] = rank[4 * n + i] * rank[4 * n + i] + rank[5 * n + i] * rank[5 * n + i];
    }
    /* both high at once is what they look for: the smaller of the two ranks */
    peer_ranks(n, strings, strings_rank);
    peer_ranks(n, gains, gains_rank);
    for (size_t i = 0; i < n; i++) {
        double low = strings_rank[i] < gains_rank[i] ? strings_rank[i] : gains_rank[i];
        ret[at[i]] = -low - 1e-6 * (strings_rank[i] + gains_rank[i]);
    }
    free(gains_rank);
    free(strings_rank);
    free(gains);
    free(strings);
    free(rank);
    free(value);
    free(p);
}

/* ret[k][i]: score of peer k for group i; smaller = more suspicious, NaN = not computed. */
static inline void peers_score(const oko_sign_test *tests, int n_tests, const oko_sign_group *groups, size_t n,
                               double **ret)
{
    size_t *at = calloc(n > 0 ? n : 1, sizeof *at);
    peer_check(at != NULL, "memory");
    for (int t = 0; t < n_tests; t++) {
        size_t m = 0;
        for (size_t i = 0; i < n; i++) {
            if (groups[i].test == t) {
                at[m++] = i;
            }
        }
        peer_means(&tests[t], groups, at, m, ret);
        peer_invalsi(&tests[t], groups, at, m, ret[PEER_FUZZY]);
        peer_jacob_levitt(tests, t, groups, at, m, n, ret[PEER_JACOB]);
    }
    free(at);
}

#endif
