/* Facts of one comparison: numbers, verdict, and the sentence that tells them. */
#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/effect_world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct comparison {
    oko_effect_unit *units;
    size_t n;
    int controls; /* with both values */
} comparison;

static bool in_region_and_level(const effect_world *w, size_t at, const oko_place *like)
{
    const oko_place *p = &w->reg.places[at];
    return p->level == like->level && oko_register_top(&w->reg, p->id) == oko_register_top(&w->reg, like->id);
}

/* Is one of the treated of this type? */
static bool type_treated(const effect_world *w, const uint8_t *treated, size_t one, size_t at)
{
    if (one != SIZE_MAX) {
        return strcmp(w->type[one], w->type[at]) == 0;
    }
    for (size_t i = 0; i < w->reg.n; i++) {
        if (treated[i] != 0 && strcmp(w->type[i], w->type[at]) == 0) {
            return true;
        }
    }
    return false;
}

/* The treated and their controls: units of the same level and region without a measure, of the same types or of all. */
static void gather(const effect_world *w, const effect_number *number, const uint8_t *treated, size_t one, bool types,
                   comparison *k)
{
    size_t like = one;
    for (size_t i = 0; like == SIZE_MAX && i < w->reg.n; i++) {
        like = treated[i] != 0 ? i : like;
    }
    k->n = 0;
    k->controls = 0;
    for (size_t i = 0; i < w->reg.n; i++) {
        const bool t = one == SIZE_MAX ? treated[i] != 0 : i == one;
        if (!t && (number->touched[i] != 0 || !in_region_and_level(w, i, &w->reg.places[like]) ||
                   (types && !type_treated(w, treated, one, i)))) {
            continue;
        }
        k->units[k->n++] = (oko_effect_unit){ number->before[i], number->after[i], t };
        k->controls += !t && isfinite(number->before[i]) && isfinite(number->after[i]);
    }
}

/* Standard deviation of the values before, over all units compared. NaN for fewer than two. */
static double spread(const comparison *k)
{
    double mean = 0, square = 0;
    int n = 0;
    for (size_t i = 0; i < k->n; i++) {
        if (isfinite(k->units[i].before)) {
            mean += k->units[i].before;
            n++;
        }
    }
    mean /= n;
    for (size_t i = 0; i < k->n; i++) {
        if (isfinite(k->units[i].before)) {
            square += (k->units[i].before - mean) * (k->units[i].before - mean);
        }
    }
    return n > 1 ? sqrt(square / (n - 1)) : NAN;
}

/* Why there is no verdict; "" when there is one, or when the interval alone is too wide. */
static const char *why_none(const effect_number *number, const oko_effect *e, bool one, double useful)
{
    if (e->verdict != OKO_EFFECT_NO_DATA) {
        return "";
    }
    return number->better == 0                                 ? "effect.no_direction"
           : isnan(e->treated_before)                          ? "effect.no_before_after"
           : e->n_treated < (one ? 1 : OKO_EFFECT_MIN_TREATED) ? "effect.few_treated"
           : e->n_controls < OKO_EFFECT_MIN_CONTROLS           ? "effect.few_controls"
           : !(useful > 0)                                     ? "effect.no_spread"
                                                               : "effect.wide";
}

static const char *words(const oko_text *text, oko_arena *arena, const oko_effect *e, const char *why)
{
    const bool bare = isnan(e->effect);
    const char *key = e->verdict == OKO_EFFECT_HELPED                       ? "effect.words.helped"
                      : e->verdict == OKO_EFFECT_NOT_HELPED                 ? "effect.words.not_helped"
                      : isnan(e->treated_before) && isnan(e->treated_after) ? "effect.words.nothing"
                      : bare                                                ? "effect.words.no_data"
                                                                            : "effect.words.wide";
    const oko_text_arg args[] = {
        OKO_N("before", e->treated_before, 2), OKO_N("after", e->treated_after, 2),
        OKO_N("effect", e->effect, 2),         OKO_N("lo", e->effect_lo, 2),
        OKO_N("hi", e->effect_hi, 2),          OKO_N("by_itself", e->by_itself, 2),
        OKO_I("controls", e->n_controls),      OKO_S("why", *why != '\0' ? oko_text_get(text, why) : "")
    };
    return oko_text_make(text, arena, key, args, sizeof args / sizeof *args);
}

static json_t *to_json(effect_world *w, const effect_number *number, const oko_effect *e, double useful, bool types,
                       bool one)
{
    const char *why = why_none(number, e, one, useful);
    return json_pack("{s:s, s:s, s:s, s:i, s:i, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o,"
                     " s:i, s:s, s:s}",
                     "verdict", oko_effect_verdict_name(e->verdict), "why", why, "controls", types ? "type" : "level",
                     "n_treated", e->n_treated, "n_controls", e->n_controls, "n_left_out", e->n_left_out, "before",
                     oko_body_number(e->treated_before), "after", oko_body_number(e->treated_after), "controls_before",
                     oko_body_number(e->controls_before), "controls_after", oko_body_number(e->controls_after),
                     "by_itself", oko_body_number(e->by_itself), "effect", oko_body_number(e->effect), "effect_lo",
                     oko_body_number(e->effect_lo), "effect_hi", oko_body_number(e->effect_hi), "p",
                     oko_body_number(e->p), "did", oko_body_number(e->did), "did_lo", oko_body_number(e->did_lo),
                     "did_hi", oko_body_number(e->did_hi), "useful", oko_body_number(useful), "better", number->better,
                     "words", words(w->text[0], w->arena, e, why), "words_en", words(w->text[1], w->arena, e, why));
}

json_t *effect_facts(effect_world *w, const effect_number *number, const uint8_t *treated, size_t one)
{
    comparison k = { .units = oko_alloc_array(w->reg.n > 0 ? w->reg.n : 1, sizeof *k.units) };
    if (k.units == NULL) {
        return NULL;
    }
    /* Schools of the same type say most; when they are too few, all schools are asked. */
    bool types = true;
    gather(w, number, treated, one, true, &k);
    if (k.controls < OKO_EFFECT_MIN_CONTROLS) {
        types = false;
        gather(w, number, treated, one, false, &k);
    }
    const double useful = OKO_EFFECTS_USEFUL * spread(&k);
    const bool judged = number->better != 0 && useful > 0;
    const oko_effect_options o = { .better = number->better != 0 ? number->better : 1,
                                   .useful = useful > 0 ? useful : 1 };
    oko_effect e;
    oko_status status = one != SIZE_MAX
                            ? oko_effect_of_one(k.units, k.n, number->before[one], number->after[one], &o, &e)
                            : oko_effect_estimate(k.units, k.n, &o, &e);
    free(k.units);
    if (status != OKO_OK) {
        return NULL;
    }
    e.verdict = judged ? e.verdict : OKO_EFFECT_NO_DATA;
    return to_json(w, number, &e, useful, types, one != SIZE_MAX);
}
