/* The sentence of one statistic, with the numbers of its row. */
#include "explain/explain.h"

#include <math.h>
#include <string.h>

static const char *labels_of(const oko_text *text, oko_arena *arena, const json_t *details, const char *key)
{
    const json_t *list = json_object_get(details, key);
    const char *joined = NULL;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *label = json_string_value(json_array_get(list, i));
        char *longer = label == NULL    ? NULL
                       : joined == NULL ? oko_arena_str(arena, oko_str_of(label))
                                        : oko_arena_printf(arena, "%s, %s", joined, label);
        joined = longer != NULL ? longer : joined;
    }
    return joined != NULL ? joined : oko_text_get(text, "evidence.items.none");
}

static const char *code_of(const json_t *pair, size_t at)
{
    const char *code = json_string_value(json_array_get(json_object_get(pair, "codes"), at));
    return code != NULL ? code : "—";
}

static double number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

const char *oko_explain_sentence(const oko_text *text, oko_arena *arena, const oko_sign_row *row, const char *statistic,
                                 bool with_codes)
{
    const json_t *d = row->details, *pair = json_object_get(d, "pair");
    const oko_sign_effect marks = oko_sign_effect_of(row, "marks");
    const double cutoff = number(d, "cutoff"); /* larger units name none */
    const char *form = !with_codes && strcmp(statistic, "nearest") == 0      ? "_plain"
                       : isnan(cutoff) && strcmp(statistic, "bunching") == 0 ? "_whole"
                                                                             : "";
    const char *key = oko_arena_printf(arena, "evidence.stat.%s%s", statistic, form);
    const oko_text_arg args[] = {
        OKO_N("marks", marks.value, 2),
        OKO_N("lo", marks.lo, 2),
        OKO_N("hi", marks.hi, 2),
        OKO_N("lifted", oko_sign_effect_of(row, "lifted").value, 1),
        OKO_N("absent", oko_sign_effect_of(row, "absent").value, 1),
        OKO_I("absent_n", isnan(row->absent_n) ? 0 : (int64_t)row->absent_n),
        OKO_N("cutoff", cutoff, 0),
        OKO_S("good", labels_of(text, arena, d, "good")),
        OKO_S("bad", labels_of(text, arena, d, "bad")),
        OKO_S("a", code_of(pair, 0)),
        OKO_S("b", code_of(pair, 1)),
        OKO_N("same", number(pair, "same"), 0),
        OKO_N("expected", number(pair, "expected"), 1),
    };
    if (key == NULL)
        return NULL;
    if (!oko_text_has(text, key))
        return statistic;
    return oko_text_make(text, arena, key, args, sizeof args / sizeof args[0]);
}

const char *oko_explain_time(const oko_text *text, oko_arena *arena, const oko_sign_row *row)
{
    const json_t *time = json_object_get(row->details, "time");
    const char *why = json_string_value(json_object_get(time, "why"));
    const oko_sign_effect raised = oko_sign_effect_in(time, "raised"), lowered = oko_sign_effect_in(time, "lowered");
    const oko_text_arg args[] = { OKO_N("raised", 100 * raised.value, 1),   OKO_N("raised_lo", 100 * raised.lo, 1),
                                  OKO_N("raised_hi", 100 * raised.hi, 1),   OKO_N("lowered", 100 * lowered.value, 1),
                                  OKO_N("lowered_lo", 100 * lowered.lo, 1), OKO_N("lowered_hi", 100 * lowered.hi, 1) };
    return why != NULL && oko_text_has(text, why) ? oko_text_make(text, arena, why, args, sizeof args / sizeof args[0])
                                                  : NULL;
}
