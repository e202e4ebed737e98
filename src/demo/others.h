/* Re-checks, observers' protocols and medallists of the made-up region; private to this folder. */
#ifndef OKO_DEMO_OTHERS_H
#define OKO_DEMO_OTHERS_H

#include "demo/lists.h"

typedef struct demo_others {
    demo_list *recheck, *observers, *medals;
    uint64_t seed;
} demo_others;

/* Begins dir/recheck.csv, observers.csv, medals.csv. As demo_list_open. */
oko_status demo_others_open(const char *dir, uint64_t seed, demo_others *ret, oko_error *err) OKO_WARN_UNUSED;
/*
 * One class of 2021-05-MA, with its truth: in every third school a fifth of the works is marked again — the second
 * total is the honest one, now and then a point off; in every fourth school an observer looks on, and mostly writes
 * down what was planted there by hand (help, correction, copying).
 */
void demo_others_class(demo_others *o, const oko_world_class *c, const oko_procedure *p, const char *label);
/* Medallists of 2022 of one school; one school in twelve has many that do not confirm. They are made up on their own.
 */
void demo_others_school(demo_others *o, int school, int municipality);
oko_status demo_others_finish(demo_others *o, oko_error *err) OKO_WARN_UNUSED;
void demo_others_drop(demo_others *o);

#endif
