/* Worlds of bench_detection: made-up regions judged by oko_signs, one row per group, and how they are made. */
#ifndef OKO_BENCH_DETECTION_WORLD_H
#define OKO_BENCH_DETECTION_WORLD_H

#include "detection_peers.h"

#include <oko/simulate.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TESTS = 4, ITEMS = 40, CUTS = 3, SCORES = OKO_FAMILY_COUNT + 1 + PEERS, LEVELS_Q = 2, TOP_KS = 3 };

static const int16_t cuts[CUTS] = { 15, 22, 29 };

/* What a test is made of: 40 items of 0 and 1, or 16 items of up to three marks, as the short tests of grade 4 are. */
typedef struct paper {
    int n_items, max_total;
    int16_t item_max[ITEMS], cuts[CUTS];
} paper;
static const paper papers[] = {
    { 40,
      40,
      { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 },
      { 15, 22, 29 } },
    { 16, 22, { 1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 3, 2, 1, 2 }, { 7, 11, 15 } },
};
static const double q_levels[LEVELS_Q] = { .05, .10 };
static const int top_k[TOP_KS] = { 10, 20, 50 };

/* Variances of a region: of ability between schools, classes and pupils, item × class, markers; selective schools. */
typedef struct arm {
    const char *name;
    double school, class, pupil, item, severity, selective;
} arm;
static const arm arms[] = { { "low", .34, .23, .80, .20, .10, .04 },
                            { "high", .48, .45, 1.0, .40, .10, .04 },
                            { "icc05", .16, .12, .87, .30, .10, .04 },
                            { "selective", .40, .30, .90, .30, .10, .20 } };
enum { ARMS = sizeof arms / sizeof arms[0] };

static const char *const score_names[SCORES] = { "level", "threshold",  "roster",     "pattern",       "time",
                                                 "all",   "class mean", "fioko-2019", "fuzzy INVALSI", "Jacob-Levitt" };

/* One judged group. */
typedef struct judged {
    int plant, n;
    bool selective;
    double result, ability; /* mean honest total of those present; true ability of the class */
    double score[SCORES];   /* smaller = more suspicious */
    double p, q, stat[OKO_STAT_COUNT];
    int family;
    double marks, true_marks, lifted, true_lifted, absent, true_absent;
} judged;

typedef struct tally {
    judged *row;
    size_t n, cap;
    int worlds, lists;                        /* a list = one test of one world: the family of Benjamini and Hochberg */
    double fdp[LEVELS_Q], fdp_list[LEVELS_Q]; /* sums over worlds, over lists */
    double precision[TOP_KS], planted_list;   /* sums over lists */
} tally;

typedef struct setup {
    int worlds, schools, threads, tests;
    uint64_t seed;
    const paper *paper;
    double planted, mass;
    bool all_sizes, peers, all_kinds, single, by_school;
    const char *arm;
} setup;

static inline void fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

/* Groups of one world with arrays of their own. */
typedef struct world {
    oko_sign_group *group;
    judged *truth;
    size_t n, cap;
    bool single;
    const paper *paper;
    int *municipality; /* [schools] */
} world;

static inline void *world_copy(const void *from, size_t bytes)
{
    void *to = malloc(bytes > 0 ? bytes : 1);
    if (to == NULL) {
        fail("memory");
    }
    memcpy(to, from, bytes);
    return to;
}

static inline void world_reserve(world *w)
{
    if (w->n == w->cap) {
        w->cap = w->cap > 0 ? 2 * w->cap : 1024;
        w->group = realloc(w->group, w->cap * sizeof *w->group);
        w->truth = realloc(w->truth, w->cap * sizeof *w->truth);
        if (w->group == NULL || w->truth == NULL) {
            fail("memory");
        }
    }
}

static inline judged world_truth(const oko_world_class *c)
{
    judged t = { .plant = (int)c->plant, .n = c->n, .selective = c->selective, .ability = c->ability };
    double present = 0;
    for (int i = 0; i < c->n; i++) {
        if (c->total[i] >= 0) {
            present++;
            t.result += c->honest_total[i];
            t.true_marks += c->total[i] - c->honest_total[i];
            t.true_lifted += c->total[i] != c->honest_total[i];
        }
    }
    t.result = present > 0 ? t.result / present : 0;
    t.true_marks = present > 0 ? t.true_marks / present : 0;
    t.true_absent = c->plant == OKO_PLANT_EXCLUSION ? c->strength : 0;
    return t;
}

static inline oko_status world_take(void *ctx, const oko_world_class *c)
{
    world *w = ctx;
    world_reserve(w);
    size_t n = (size_t)c->n;
    w->group[w->n] = (oko_sign_group){ .test = c->test,
                                       .unit = (uint32_t)(c->school * 8 + c->class_index),
                                       .parent = (uint32_t)c->school,
                                       .n = c->n,
                                       .total = world_copy(c->total, n * sizeof *c->total),
                                       .items = world_copy(c->items, n * (size_t)w->paper->n_items),
                                       .journal = w->single ? NULL : world_copy(c->journal, n),
                                       .pupil = w->single ? NULL : world_copy(c->pupil, n * sizeof *c->pupil) };
    w->municipality[c->school] = c->municipality;
    w->truth[w->n++] = world_truth(c);
    return OKO_OK;
}

static inline void world_clear(world *w)
{
    for (size_t i = 0; i < w->n; i++) {
        free((void *)(uintptr_t)w->group[i].total);
        free((void *)(uintptr_t)w->group[i].items);
        free((void *)(uintptr_t)w->group[i].journal);
        free((void *)(uintptr_t)w->group[i].pupil);
        free((void *)(uintptr_t)w->group[i].part);
    }
    free(w->group);
    free(w->truth);
    free(w->municipality);
    *w = (world){ 0 };
}

static inline oko_world_options world_options(const setup *s, const arm *a, uint64_t seed)
{
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.seed = seed;
    o.schools = s->schools;
    o.min_class = s->all_sizes ? 5 : 20;
    o.max_class = s->all_sizes ? 30 : 20;
    o.sd_school = a->school;
    o.sd_class = a->class;
    o.sd_pupil = a->pupil;
    o.sd_item_class = a->item;
    o.sd_severity = a->severity;
    o.selective = a->selective;
    o.planted = s->planted;
    o.mass = s->mass;
    for (int k = OKO_PLANT_RING; k < OKO_PLANT_MASS && s->all_kinds; k++) {
        o.strength[k] = 1;
    }
    return o;
}

/* ---- judging ---- */

static inline void tally_reserve(tally *t, size_t more)
{
    if (t->n + more > t->cap) {
        t->cap = 2 * (t->n + more);
        t->row = realloc(t->row, t->cap * sizeof *t->row);
        if (t->row == NULL) {
            fail("memory");
        }
    }
}

static inline void tally_row(tally *t, const judged *truth, const oko_sign *sign, double *const *peer, size_t i)
{
    judged *r = &t->row[t->n++];
    *r = *truth;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        r->score[f] = sign->log_p[f];
    }
    memcpy(r->stat, sign->stat_log_p, sizeof r->stat);
    r->score[OKO_FAMILY_COUNT] = sign->log_p_all;
    for (int k = 0; k < PEERS; k++) {
        r->score[OKO_FAMILY_COUNT + 1 + k] = peer != NULL ? peer[k][i] : NAN;
    }
    r->p = sign->p_all;
    r->q = sign->q;
    r->family = (int)sign->family;
    r->marks = sign->marks;
    r->lifted = sign->lifted;
    r->absent = sign->absent;
}

static inline double share_false(const judged *row, size_t n, double q)
{
    double found[2] = { 0 };
    for (size_t i = 0; i < n; i++) {
        found[row[i].plant != 0] += row[i].q <= q;
    }
    return found[0] + found[1] > 0 ? found[0] / (found[0] + found[1]) : 0;
}

static inline int by_p(const void *a, const void *b)
{
    double x = ((const judged *)a)->score[OKO_FAMILY_COUNT];
    double y = ((const judged *)b)->score[OKO_FAMILY_COUNT];
    x = isnan(x) ? 1 : x;
    y = isnan(y) ? 1 : y;
    return (x > y) - (x < y);
}

/* One list: sorts it by p; discoveries, and planted ones among the first k. */
static inline void tally_list(tally *t, judged *row, size_t n)
{
    t->lists++;
    for (int k = 0; k < LEVELS_Q; k++) {
        t->fdp_list[k] += share_false(row, n, q_levels[k]);
    }
    qsort(row, n, sizeof *row, by_p);
    for (size_t i = 0; i < n; i++) {
        t->planted_list += row[i].plant != 0;
        for (int k = 0; k < TOP_KS; k++) {
            t->precision[k] += i < (size_t)top_k[k] && row[i].plant != 0 ? 1.0 / top_k[k] : 0;
        }
    }
}

static inline void tally_world(tally *t, const world *w, int n_tests, const oko_sign *sign, double *const *peer)
{
    tally_reserve(t, w->n);
    size_t start = t->n;
    for (size_t i = 0; i < w->n; i++) {
        tally_row(t, &w->truth[i], &sign[i], peer, i);
    }
    t->worlds++;
    for (int k = 0; k < LEVELS_Q; k++) {
        t->fdp[k] += share_false(t->row + start, w->n, q_levels[k]);
    }
    size_t from = 0;
    for (int test = 0; test < n_tests; test++) {
        size_t to = from;
        while (to < w->n && w->group[to].test == test) {
            to++;
        }
        tally_list(t, t->row + start + from, to - from);
        from = to;
    }
}

#endif
