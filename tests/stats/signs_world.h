/* A made-up region as groups for oko_signs, for tests. */
#ifndef OKO_TEST_SIGNS_WORLD_H
#define OKO_TEST_SIGNS_WORLD_H

#include <oko/signs.h>
#include <oko/simulate.h>

#include <stdlib.h>
#include <string.h>

enum { WORLD_TESTS = 4, WORLD_ITEMS = 16, WORLD_TOTAL = 20, WORLD_CUTS = 3, WORLD_MOST = 4096 };

static const int16_t world_max[WORLD_ITEMS] = { 1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 2, 1, 2 };
static const int16_t world_cuts[WORLD_CUTS] = { 7, 11, 15 };

typedef struct signs_world {
    oko_sign_test test[WORLD_TESTS];
    oko_sign_group group[WORLD_MOST];
    oko_plant plant[WORLD_MOST];
    double moved[WORLD_MOST];   /* marks added per work, or pupils left out */
    double ability[WORLD_MOST]; /* of the class, true */
    size_t n;
} signs_world;

static inline void *signs_world_copy(const void *from, size_t bytes)
{
    void *to = malloc(bytes);
    if (to != NULL) {
        memcpy(to, from, bytes);
    }
    return to;
}

static inline oko_status signs_world_take(void *ctx, const oko_world_class *c)
{
    signs_world *w = ctx;
    if (w->n == WORLD_MOST) {
        return OKO_E_LIMIT;
    }
    size_t n = (size_t)c->n;
    w->group[w->n] = (oko_sign_group){ .test = c->test,
                                       .unit = (uint32_t)(c->school * 32 + c->class_index),
                                       .parent = (uint32_t)c->school,
                                       .n = c->n,
                                       .total = signs_world_copy(c->total, n * sizeof *c->total),
                                       .items = signs_world_copy(c->items, n * WORLD_ITEMS),
                                       .journal = signs_world_copy(c->journal, n),
                                       .pupil = signs_world_copy(c->pupil, n * sizeof *c->pupil) };
    w->plant[w->n] = c->plant;
    w->ability[w->n] = c->ability;
    double moved = 0;
    double works = 0;
    for (int i = 0; i < c->n; i++) {
        works += c->total[i] >= 0;
        moved += c->total[i] >= 0 ? c->total[i] - c->honest_total[i] : 0;
    }
    w->moved[w->n] = c->plant == OKO_PLANT_EXCLUSION ? c->strength : works > 0 ? moved / works : 0;
    w->n++;
    return OKO_OK;
}

static inline oko_status signs_world_make_of(const oko_world_options *o, signs_world *w)
{
    static const char *const code[WORLD_TESTS] = { "2020-04-MA", "2020-04-RU", "2021-05-MA", "2021-05-RU" };
    oko_world_test tests[WORLD_TESTS];
    w->n = 0;
    for (int t = 0; t < WORLD_TESTS; t++) {
        tests[t] =
            (oko_world_test){ code[t], 2020 + t / 2, 4 + t / 2, t % 2, WORLD_ITEMS, world_max, WORLD_CUTS, world_cuts };
        w->test[t] = (oko_sign_test){ 2020 + t / 2, 4 + t / 2, t % 2,      WORLD_TOTAL,
                                      WORLD_ITEMS,  world_max, WORLD_CUTS, world_cuts };
    }
    return oko_simulate(o, tests, WORLD_TESTS, signs_world_take, w);
}

static inline oko_status signs_world_make(uint64_t seed, int schools, double planted, signs_world *w)
{
    oko_world_options o = OKO_WORLD_OPTIONS_INIT;
    o.seed = seed;
    o.schools = schools;
    o.planted = planted;
    return signs_world_make_of(&o, w);
}

/* Rows of `more` after those of g. */
static inline void signs_world_append(oko_sign_group *g, const oko_sign_group *more)
{
    size_t a = (size_t)g->n;
    size_t b = (size_t)more->n;
    const void **to[5] = { (const void **)&g->total, (const void **)&g->items, (const void **)&g->journal,
                           (const void **)&g->pupil, (const void **)&g->part };
    const void *from[5] = { more->total, more->items, more->journal, more->pupil, more->part };
    const size_t bytes[5] = { sizeof(int16_t), WORLD_ITEMS, 1, sizeof(uint32_t), sizeof(uint32_t) };
    for (int k = 0; k < 5; k++) {
        char *all = realloc((void *)(uintptr_t)*to[k], (a + b) * bytes[k]);
        if (all != NULL) {
            memcpy(all + a * bytes[k], from[k], b * bytes[k]);
            *to[k] = all;
        }
        free((void *)(uintptr_t)from[k]);
    }
    g->n += more->n;
}

/* Classes of a school become parts of one group; a world of classes before. Abilities become means. */
static inline void signs_world_join(signs_world *w)
{
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++) {
        oko_sign_group *g = &w->group[i];
        uint32_t *part = malloc((size_t)g->n * sizeof *part);
        for (int k = 0; k < g->n && part != NULL; k++) {
            part[k] = g->unit + 1;
        }
        g->part = part;
        g->unit = g->parent;
        oko_sign_group *last = n > 0 ? &w->group[n - 1] : NULL;
        if (last != NULL && last->test == g->test && last->unit == g->unit) {
            double works = last->n + g->n;
            w->ability[n - 1] = (w->ability[n - 1] * last->n + w->ability[i] * g->n) / works;
            signs_world_append(last, g);
            continue;
        }
        w->ability[n] = w->ability[i];
        w->group[n++] = *g;
    }
    for (size_t i = 0; i < n; i++) {
        w->group[i].parent = w->group[i].unit % 12;
    }
    w->n = n;
}

static inline void signs_world_clear(signs_world *w)
{
    for (size_t i = 0; i < w->n; i++) {
        free((void *)(uintptr_t)w->group[i].total);
        free((void *)(uintptr_t)w->group[i].items);
        free((void *)(uintptr_t)w->group[i].journal);
        free((void *)(uintptr_t)w->group[i].pupil);
        free((void *)(uintptr_t)w->group[i].part);
    }
    w->n = 0;
}

#endif
