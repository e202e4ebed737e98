/* What the check of the effect compares: all units with their values of one number in two years. */
#ifndef OKO_CYCLE_EFFECT_WORLD_H
#define OKO_CYCLE_EFFECT_WORLD_H

#include "analysis/register.h"
#include "cycle/effects.h"
#include "reference/text.h"

/* A measure of the year. */
typedef struct effect_measure {
    int64_t id, unit;
    char code[64], indicator[64];
    bool accepted;
} effect_measure;

/* One number in two years, for every place of the register. */
typedef struct effect_number {
    char name[64];          /* code of the indicator, or "sign" */
    double *before, *after; /* [places] NaN: missing */
    uint8_t *touched;       /* [places]: something was done about it there, so it is no control */
    int better;             /* −1, +1; 0: no direction, nothing can be judged */
} effect_number;

typedef struct effect_world {
    const oko_cycle *c;
    int year;
    oko_register reg;
    char (*type)[32]; /* [places] of the school */
    effect_measure *measures;
    size_t n_measures, cap_measures;
    effect_number *numbers;
    size_t n_numbers, cap_numbers;
    oko_text *text[2]; /* words of the facts: Russian, English */
    oko_arena *arena;
    int64_t evidence; /* run that the signs are of; 0: none */
    oko_error *err;
} effect_world;

oko_status effect_world_load(effect_world *w);
void effect_world_clear(effect_world *w);
/* The number of this name, loaded when it is asked for the first time. An empty one for "". */
oko_status effect_number_get(effect_world *w, const char *name, effect_number **ret_number);
/* Index of a unit among the places; SIZE_MAX. */
size_t effect_place(const effect_world *w, int64_t unit);

/* Facts of all treated[i] != 0, or of the one place `one` (SIZE_MAX: of all). New reference; NULL when memory is out.
 */
json_t *effect_facts(effect_world *w, const effect_number *number, const uint8_t *treated, size_t one);

/* The schools' mean effect of the newest evidence run in the two years as the number "sign". */
oko_status effect_signs_load(effect_world *w, effect_number *number);
/* {verdict, words, words_en, by: indicator or "sign", year, mark {was, is (null: not computed)}, sign: facts of its own
 * number, indicators: facts of those planned}. NULL: its school is not in the register. */
oko_status effect_of_case(effect_world *w, const oko_entry *e, json_t **ret_facts);

/* Adds to the report what it was computed from ("inputs": hash of measures and values, "run": the evidence run) and the
 * hash of all that it says ("sha256"). */
oko_status effect_seal(const effect_world *w, json_t *report);
/* The report as a record, unless the newest one of the year says the same. */
oko_status effect_keep(const effect_world *w, const json_t *report, int64_t *ret_id);

#endif
