/* Judging the worlds of bench_detection by class, or by school: the classes become parts of one group. */
#ifndef OKO_BENCH_DETECTION_JUDGE_H
#define OKO_BENCH_DETECTION_JUDGE_H

#include "detection_world.h"

static inline void *school_array(const void *a, size_t a_bytes, const void *b, size_t b_bytes)
{
    char *all = malloc(a_bytes + b_bytes + 1);
    if (all == NULL) {
        fail("memory");
    }
    memcpy(all, a, a_bytes);
    memcpy(all + a_bytes, b, b_bytes);
    free((void *)(uintptr_t)a);
    free((void *)(uintptr_t)b);
    return all;
}

/* Rows of `more` after those of g. */
static inline void school_append(oko_sign_group *g, const oko_sign_group *more, size_t n_items)
{
    size_t a = (size_t)g->n;
    size_t b = (size_t)more->n;
    g->total = school_array(g->total, a * sizeof *g->total, more->total, b * sizeof *g->total);
    g->items = school_array(g->items, a * n_items, more->items, b * n_items);
    g->part = school_array(g->part, a * sizeof *g->part, more->part, b * sizeof *g->part);
    if (g->journal != NULL) {
        g->journal = school_array(g->journal, a, more->journal, b);
        g->pupil = school_array(g->pupil, a * sizeof *g->pupil, more->pupil, b * sizeof *g->pupil);
    }
    g->n += more->n;
}

static inline int school_present(const oko_sign_group *g)
{
    int n = 0;
    for (int i = 0; i < g->n; i++) {
        n += g->total[i] >= 0;
    }
    return n;
}

/* Truth of two parts. A school is honest when all its classes are; else it has the kind of the first that is not. */
static inline void school_add_truth(judged *s, const judged *more, double present, double present_more)
{
    double works = present + present_more > 0 ? present + present_more : 1;
    double pupils = s->n + more->n;
    s->result = (s->result * present + more->result * present_more) / works;
    s->true_marks = (s->true_marks * present + more->true_marks * present_more) / works;
    s->ability = (s->ability * s->n + more->ability * more->n) / pupils;
    s->true_lifted += more->true_lifted;
    s->true_absent += more->true_absent;
    s->plant = s->plant != 0 ? s->plant : more->plant;
    s->n += more->n;
}

/* From classes to schools; the municipality becomes the parent. */
static inline void world_join(world *w)
{
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++) {
        oko_sign_group *g = &w->group[i];
        uint32_t *part = malloc((size_t)g->n * sizeof *part + 1);
        for (int k = 0; k < g->n && part != NULL; k++) {
            part[k] = g->unit + 1;
        }
        g->part = part;
        g->unit = g->parent;
        g->parent = (uint32_t)w->municipality[g->unit];
        oko_sign_group *last = n > 0 ? &w->group[n - 1] : NULL;
        if (part == NULL) {
            fail("memory");
        }
        if (last != NULL && last->test == g->test && last->unit == g->unit) {
            school_add_truth(&w->truth[n - 1], &w->truth[i], school_present(last), school_present(g));
            school_append(last, g, (size_t)w->paper->n_items);
            continue;
        }
        w->truth[n] = w->truth[i];
        w->group[n++] = *g;
    }
    w->n = n;
}

static inline void world_judge(const setup *s, const arm *a, uint64_t seed, tally *out)
{
    static const char *const code[TESTS] = { "2020-04-MA", "2020-04-RU", "2021-05-MA", "2021-05-RU" };
    const paper *p = s->paper;
    oko_world_test tests[TESTS];
    oko_sign_test sign_tests[TESTS];
    for (int t = 0; t < TESTS; t++) {
        tests[t] = (oko_world_test){ code[t], 2020 + t / 2, 4 + t / 2, t % 2, p->n_items, p->item_max, CUTS, p->cuts };
        sign_tests[t] =
            (oko_sign_test){ 2020 + t / 2, 4 + t / 2, t % 2, p->max_total, p->n_items, p->item_max, CUTS, p->cuts };
    }
    int n_tests = s->tests;
    oko_world_options o = world_options(s, a, seed);
    world w = { .single = s->single, .paper = p, .municipality = calloc((size_t)s->schools, sizeof(int)) };
    oko_sign_null null[TESTS];
    if (w.municipality == NULL || oko_simulate(&o, tests, n_tests, world_take, &w) != OKO_OK) {
        fail("simulate");
    }
    if (s->by_school) {
        world_join(&w);
    }
    oko_sign *sign = calloc(w.n, sizeof *sign);
    double *peer[PEERS];
    for (int k = 0; k < PEERS; k++) {
        peer[k] = calloc(w.n, sizeof(double));
    }
    oko_sign_options so = OKO_SIGN_OPTIONS_INIT;
    so.seed = seed;
    so.threads = s->threads;
    oko_status status = oko_signs(sign_tests, n_tests, w.group, w.n, &so, sign, null);
    if (status != OKO_OK) {
        fail(oko_status_describe(status)->text);
    }
    if (s->peers) {
        peers_score(sign_tests, n_tests, w.group, w.n, peer);
    }
    tally_world(out, &w, n_tests, sign, s->peers ? peer : NULL);
    if (out->worlds == 1) {
        printf("null of the first test: %d groups, %d left out, item x class %.2f (true %.2f), school %.2f class %.2f "
               "pupil %.2f, absence %.3f rho %.3f\n",
               null[0].n_groups, null[0].n_flagged, null[0].sd_item_group, a->item, null[0].sd_parent, null[0].sd_group,
               null[0].sd_pupil, null[0].absence, null[0].absence_rho);
    }
    for (int k = 0; k < PEERS; k++) {
        free(peer[k]);
    }
    free(sign);
    world_clear(&w);
}

#endif
