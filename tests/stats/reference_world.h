/* A made-up region in which half of the schools outside of the reference stratum help their pupils; for tests. */
#ifndef OKO_TEST_REFERENCE_WORLD_H
#define OKO_TEST_REFERENCE_WORLD_H

#include "base/random.h"
#include "stats/signs_world.h"

typedef struct reference_plan {
    int schools;
    int reference; /* schools observed */
    bool weaker;   /* they are taken from the weaker half (by all results together), else from all */
    double share;  /* of lost points that are given in test `target` to the pupils of every second other school */
    int target;
} reference_plan;

static bool helped[WORLD_MOST];
static double crossed[WORLD_MOST][WORLD_CUTS]; /* works that came over a cut-off by it */

/* Lost points of a group's works are given by chance. */
static inline void reference_help(signs_world *w, size_t i, double share, oko_rng *rng)
{
    const oko_sign_group *g = &w->group[i];
    int16_t *total = (int16_t *)(uintptr_t)g->total;
    int8_t *items = (int8_t *)(uintptr_t)g->items;
    for (int k = 0; k < g->n; k++) {
        int before = total[k];
        for (int j = 0; j < WORLD_ITEMS && total[k] >= 0; j++) {
            int8_t *x = &items[k * WORLD_ITEMS + j];
            int score = *x > 0 ? *x : 0;
            int then = score;
            for (int p = score; p < world_max[j]; p++) {
                then += oko_rng_uniform(rng) < share;
            }
            *x = (int8_t)(then != score ? then : *x);
            total[k] = (int16_t)(total[k] + then - score);
            w->moved[i] += then - score; /* marks of all works together */
        }
        for (int c = 0; c < WORLD_CUTS; c++) {
            crossed[i][c] += before < world_cuts[c] && total[k] >= world_cuts[c];
        }
    }
}

/* Is every school among the weaker half by the mean of all its results? */
static inline void reference_halves(const signs_world *w, int schools, bool *weak)
{
    double mean[WORLD_MOST] = { 0 };
    double works[WORLD_MOST] = { 0 };
    for (size_t i = 0; i < w->n; i++) {
        for (int k = 0; k < w->group[i].n; k++) {
            int total = w->group[i].total[k];
            mean[w->group[i].parent] += total >= 0 ? total : 0;
            works[w->group[i].parent] += total >= 0;
        }
    }
    for (int s = 0; s < schools; s++) {
        mean[s] = works[s] > 0 ? mean[s] / works[s] : 0;
    }
    for (int s = 0; s < schools; s++) {
        int below = 0;
        for (int o = 0; o < schools; o++) {
            below += mean[o] < mean[s];
        }
        weak[s] = 2 * below < schools;
    }
}

static inline oko_status reference_world_make(uint64_t seed, const reference_plan *plan, signs_world *w)
{
    static bool weak[WORLD_MOST];
    static bool observed[WORLD_MOST];
    oko_status status = signs_world_make(seed, plan->schools, 0, w);
    if (status == OKO_OK) {
        reference_halves(w, plan->schools, weak);
    }
    int left = plan->reference;
    for (int s = 0; s < plan->schools; s++) {
        observed[s] = left > 0 && (weak[s] || !plan->weaker);
        left -= observed[s];
    }
    for (size_t i = 0; status == OKO_OK && i < w->n; i++) {
        oko_sign_group *g = &w->group[i];
        oko_rng rng = oko_rng_make(seed * 7919, (uint64_t)g->test << 32 | g->unit);
        g->reference = observed[g->parent];
        helped[i] = !g->reference && g->parent % 2 == 0 && g->test == plan->target && plan->share > 0;
        w->moved[i] = 0;
        memset(crossed[i], 0, sizeof crossed[i]);
        if (helped[i]) {
            reference_help(w, i, plan->share, &rng);
        }
    }
    return status;
}

#endif
