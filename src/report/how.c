/* Numbers of a run in words: what they mean, and how they follow from each other. */
#include "report/how.h"

#include "reference/json.h"
#include "report/labels.h"

#include <math.h>
#include <string.h>

#define ARGS(...)                                                                                                      \
    (const oko_text_arg[]){ __VA_ARGS__ }, sizeof((const oko_text_arg[]){ __VA_ARGS__ }) / sizeof(oko_text_arg)

static json_t *text_or_null(const char *text)
{
    return text != NULL && text[0] != '\0' ? json_string(text) : json_null();
}

static void step(json_t *steps, int depth, const char *text)
{
    if (text != NULL)
        (void)json_array_append_new(steps, json_pack("{s:i, s:s}", "depth", depth, "text", text));
}

static void say(const oko_how *how, json_t *steps, int depth, const char *key, const oko_text_arg *args, size_t n)
{
    step(steps, depth, oko_text_make(how->text, how->arena, key, args, n));
}

static void number(const oko_how *how, json_t *numbers, const char *name, double value, int decimals)
{
    if (!isnan(value))
        (void)json_array_append_new(numbers, json_pack("{s:s, s:s}", "name", name, "value",
                                                       oko_text_number(how->text, how->arena, value, decimals)));
}

static const char *p_words(const oko_how *how, double p, double log_p)
{
    return isnan(p) ? "—" : oko_text_p(how->text, how->arena, p, log_p);
}

/* Where the method of a rule is described; the first that begins the rule's code. */
static json_t *document_of(const char *rule)
{
    static const struct {
        const char *rule, *file, *section;
    } places[] = {
        { "oko/threshold", "METHODS", "3" },
        { "oko/inflation", "METHODS-families", "5" },
        { "oko/evidence", "METHODS-families", "2" },
        { "fioko-2019/", "METHODS", "2" },
        { "region/", "METHODS", "7" },
        { "external/", "METHODS", "8" },
        { "other/recheck", "METHODS-other", "3" },
        { "other/observers", "METHODS-other", "4" },
        { "other/medals", "METHODS-other", "5" },
        { "other/relation", "METHODS-other", "6" },
        { "", "METHODS", "1" },
    };
    size_t i = 0;
    while (strncmp(rule, places[i].rule, strlen(places[i].rule)) != 0)
        i++;
    return json_pack("{s:s, s:s}", "file", places[i].file, "section", places[i].section);
}

/* Words about the rule: of its pack, and for evidence its own. */
typedef struct about {
    const char *title, *what, *reading, *source;
} about;

static json_t *answer(const char *rule, const about *of, json_t *numbers, json_t *steps)
{
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "rule", rule, "title", of->title, "what",
                     text_or_null(of->what), "reading", text_or_null(of->reading), "source", text_or_null(of->source),
                     "document", document_of(rule), "numbers", numbers, "steps", steps);
}

/* ---- a result of a rule ---- */

static const char *label_of(const oko_how *how, const oko_result *r, const char *what)
{
    const char *label = oko_label_rule(how->text, how->arena, r->rule, what);
    return label != NULL ? label : oko_label_word(how->text, how->arena, "report.sign.", what);
}

static void result_numbers(const oko_how *how, const oko_result *r, json_t *numbers)
{
    const oko_rule_decimals d = oko_rule_decimals_of(r->rule);
    number(how, numbers, label_of(how, r, "observed"), r->observed, d.observed);
    number(how, numbers, label_of(how, r, "expected"), r->expected, d.expected);
    number(how, numbers, label_of(how, r, "effect"), r->effect, d.effect);
}

static double in(const json_t *json, const char *key)
{
    const json_t *value = json_object_get(json, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

/* Cut-offs of the threshold rule: how many works stand on each side, and how many there were expected to be. */
static void cutoffs(const oko_how *how, const oko_procedure *p, const json_t *json, json_t *steps)
{
    const json_t *list = json_object_get(json, "cutoffs");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *c = json_array_get(list, i);
        const double at = in(c, "cutoff");
        if (isnan(at) || isnan(in(c, "expected_above")))
            continue;
        say(how, steps, 1, "how.threshold.cutoff",
            ARGS(OKO_I("mark", oko_procedure_mark(p, (int)at)), OKO_N("score", at, 0),
                 OKO_N("below", in(c, "below"), 0), OKO_N("above", in(c, "above"), 0),
                 OKO_N("all", in(c, "below") + in(c, "above"), 0), OKO_N("expected", in(c, "expected_above"), 1),
                 OKO_N("lifted", in(c, "lifted"), 1), OKO_N("lo", in(c, "lifted_lo"), 1),
                 OKO_N("hi", in(c, "lifted_hi"), 1), OKO_S("p", p_words(how, in(c, "p"), in(c, "log_p")))));
    }
}

static void result_details(const oko_how *how, const oko_procedure *p, const oko_result *r, json_t *steps)
{
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    oko_detail_words words;
    if (r->details == NULL || oko_json_parse(oko_str_of(r->details), "details", &json, NULL) != OKO_OK)
        return;
    if (strcmp(r->rule, "oko/threshold") == 0)
        cutoffs(how, p, json, steps);
    oko_detail_words_of(how->text, how->arena, &how->titles, r, json, &words);
    for (int i = 0; i < words.n; i++)
        step(steps, 1, words.at[i]);
}

static void result_steps(const oko_how *how, const oko_procedure *p, const oko_result *r, json_t *steps)
{
    const oko_rule_decimals d = oko_rule_decimals_of(r->rule);
    if (r->state != OKO_RESULT_OK) {
        step(steps, 0, oko_label_state(how->text, r));
        return;
    }
    say(how, steps, 0, "how.result.n", ARGS(OKO_I("n", r->n)));
    if (!isnan(r->observed) && !isnan(r->expected))
        say(how, steps, 0, "how.result.compared",
            ARGS(OKO_S("observed_label", label_of(how, r, "observed")), OKO_N("observed", r->observed, d.observed),
                 OKO_S("expected_label", label_of(how, r, "expected")), OKO_N("expected", r->expected, d.expected)));
    result_details(how, p, r, steps);
    if (!isnan(r->effect_lo))
        say(how, steps, 0, "how.result.interval",
            ARGS(OKO_S("label", label_of(how, r, "effect")), OKO_N("effect", r->effect, d.effect),
                 OKO_N("lo", r->effect_lo, d.effect), OKO_N("hi", r->effect_hi, d.effect)));
    if (!isnan(r->p))
        say(how, steps, 0, "how.result.p", ARGS(OKO_S("p", p_words(how, r->p, r->log_p))));
    if (!isnan(r->q))
        say(how, steps, 0, "how.result.q", ARGS(OKO_S("q", p_words(how, r->q, NAN))));
    step(steps, 0, oko_label_state(how->text, r));
}

json_t *oko_how_result(const oko_how *how, const oko_procedure *procedure, const oko_result *r)
{
    json_t *numbers = json_array(), *steps = json_array();
    const char *title = oko_label_rule(how->text, how->arena, r->rule, "title");
    result_numbers(how, r, numbers);
    result_steps(how, procedure, r, steps);
    const about of = { .title = title != NULL ? title : r->rule,
                       .what = oko_label_rule(how->text, how->arena, r->rule, "what"),
                       .reading = oko_label_rule(how->text, how->arena, r->rule, "reading"),
                       .source = oko_label_source(how->text, how->arena, r->rule) };
    return answer(r->rule, &of, numbers, steps);
}

/* ---- a sign of evidence ---- */

static const char *family_word(const oko_how *how, int f)
{
    return oko_label_word(how->text, how->arena, "evidence.family.", oko_family_name((oko_family)f));
}

static void level_steps(const oko_how *how, const oko_sign_row *row, json_t *steps)
{
    const oko_result *r = row->result;
    const oko_sign_effect e = oko_sign_effect_of(row, "marks");
    say(how, steps, 0, "how.sign.n", ARGS(OKO_I("n", r->n), OKO_N("mean", r->observed, 2)));
    if (isnan(e.value)) {
        step(steps, 0, oko_text_get(how->text, "how.sign.no_expected"));
        return;
    }
    say(how, steps, 0, "how.sign.expected", ARGS(OKO_N("expected", r->observed - e.value, 2)));
    say(how, steps, 1, "how.sign.effect",
        ARGS(OKO_N("mean", r->observed, 2), OKO_N("expected", r->observed - e.value, 2), OKO_N("effect", e.value, 2),
             OKO_N("lo", e.lo, 2), OKO_N("hi", e.hi, 2)));
}

static void counted_steps(const oko_how *how, const oko_sign_row *row, json_t *steps)
{
    const oko_sign_effect lifted = oko_sign_effect_of(row, "lifted"), absent = oko_sign_effect_of(row, "absent");
    if (!isnan(lifted.value))
        say(how, steps, 0, "how.sign.lifted",
            ARGS(OKO_N("lifted", lifted.value, 1), OKO_N("lo", lifted.lo, 1), OKO_N("hi", lifted.hi, 1)));
    if (!isnan(absent.value) && !isnan(row->absent_n))
        say(how, steps, 0, "how.sign.absent",
            ARGS(OKO_N("absent", row->absent_n, 0), OKO_N("expected", row->absent_n - absent.value, 1),
                 OKO_N("more", absent.value, 1), OKO_N("lo", absent.lo, 1), OKO_N("hi", absent.hi, 1)));
}

/* Statistics of one family, as the evidence run keeps them: log p by name. */
static void statistics_steps(const oko_how *how, const oko_sign_row *row, int family, json_t *steps)
{
    static const int first[OKO_FAMILY_COUNT + 1] = { OKO_STAT_LEVEL,    OKO_STAT_BUNCHING, OKO_STAT_ABSENCE,
                                                     OKO_STAT_CONTRAST, OKO_STAT_YEAR,     OKO_STAT_COUNT };
    const json_t *logs = json_object_get(row->details, "statistics");
    for (int i = first[family]; i < first[family + 1]; i++) {
        const char *name = oko_statistic_name((oko_statistic)i);
        const double log_p = in(logs, name);
        if (!isnan(log_p))
            say(how, steps, 2, "how.sign.statistic",
                ARGS(OKO_S("name", oko_label_word(how->text, how->arena, "how.statistic.", name)),
                     OKO_S("p", p_words(how, exp(log_p), log_p))));
    }
}

static void family_steps(const oko_how *how, const oko_sign_row *row, json_t *steps)
{
    step(steps, 0, oko_text_get(how->text, "how.sign.families"));
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (isnan(row->log_p[f])) {
            say(how, steps, 1, "how.sign.family_none", ARGS(OKO_S("family", family_word(how, f))));
            continue;
        }
        say(how, steps, 1, "how.sign.family",
            ARGS(OKO_S("family", family_word(how, f)), OKO_S("p", p_words(how, row->p[f], row->log_p[f]))));
        statistics_steps(how, row, f, steps);
    }
}

static void verdict_steps(const oko_how *how, const oko_sign_row *row, json_t *steps)
{
    const oko_result *r = row->result;
    if (!isnan(r->p))
        say(how, steps, 0, "how.sign.combined", ARGS(OKO_S("p", p_words(how, r->p, r->log_p))));
    if (!isnan(r->q))
        say(how, steps, 0, "how.sign.q", ARGS(OKO_S("q", p_words(how, r->q, NAN))));
    step(steps, 0, oko_label_word(how->text, how->arena, "how.evidence.", oko_evidence_name(row->evidence)));
    step(steps, 0, oko_label_word(how->text, how->arena, "how.reliability.", row->reliability));
}

json_t *oko_how_sign(const oko_how *how, const oko_sign_row *row)
{
    const oko_result *r = row->result;
    json_t *numbers = json_array(), *steps = json_array();
    number(how, numbers, oko_text_get(how->text, "how.number.n"), (double)r->n, 0);
    number(how, numbers, oko_text_get(how->text, "how.number.mean"), r->observed, 2);
    number(how, numbers, oko_text_get(how->text, "evidence.col.marks"), oko_sign_effect_of(row, "marks").value, 2);
    level_steps(how, row, steps);
    counted_steps(how, row, steps);
    family_steps(how, row, steps);
    verdict_steps(how, row, steps);
    const about of = { .title = oko_text_get(how->text, "how.sign.title"),
                       .what = oko_text_get(how->text, "how.sign.what"),
                       .reading = oko_text_get(how->text, "how.sign.reading"),
                       .source = oko_text_get(how->text, "how.sign.source") };
    return answer(r->rule, &of, numbers, steps);
}
