/* Details of results in words, a function a rule. */
#include "report/detail_words.h"

#include "report/labels.h"

#include <math.h>
#include <string.h>

#define ARGS(...)                                                                                                      \
    (const oko_text_arg[]){ __VA_ARGS__ }, sizeof((const oko_text_arg[]){ __VA_ARGS__ }) / sizeof(oko_text_arg)

typedef struct telling {
    const oko_text *text;
    oko_arena *arena;
    const oko_titles *titles;
    const oko_result *r;
    const json_t *json;
    oko_detail_words *out;
} telling;

static void say(const telling *t, const char *key, const oko_text_arg *args, size_t n)
{
    if (t->out->n < OKO_DETAIL_WORDS)
        t->out->at[t->out->n++] = oko_text_make(t->text, t->arena, key, args, n);
}

static double number(const json_t *json, const char *key)
{
    const json_t *value = json_object_get(json, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static int64_t whole(const json_t *json, const char *key)
{
    return (int64_t)json_integer_value(json_object_get(json, key));
}

/* Title of the procedure that a member names. */
static const char *title_in(const telling *t, const char *key)
{
    const char *code = json_string_value(json_object_get(t->json, key));
    const char *title = code != NULL ? t->titles->find(t->titles->ctx, code) : NULL;
    return title != NULL ? title : code != NULL ? code : "—";
}

static const char *word_in(const telling *t, const char *prefix, const char *key)
{
    const char *name = json_string_value(json_object_get(t->json, key));
    return name != NULL ? oko_label_word(t->text, t->arena, prefix, name) : "—";
}

/* A p-value, «—» when there is none. */
static const char *p_in(const telling *t, const char *key)
{
    const double p = number(t->json, key);
    return isnan(p) ? "—" : oko_text_p(t->text, t->arena, p, NAN);
}

/* ---- federal rules ---- */

static void interval(const telling *t)
{
    const json_t *d = t->json;
    say(t, "report.detail.ci",
        ARGS(OKO_N("lower", number(d, "lower"), 2), OKO_N("upper", number(d, "upper"), 2),
             OKO_N("region_upper", number(d, "region_upper"), 2), OKO_N("region_mean", number(d, "region_mean"), 2),
             OKO_I("n", whole(d, "region_n"))));
}

static void ranks(const telling *t)
{
    say(t, "report.detail.rs", ARGS(OKO_I("n", whole(t->json, "with_mark")), OKO_N("all", number(t->json, "n"), 0)));
}

static void change(const telling *t)
{
    const json_t *d = t->json;
    if (isnan(number(d, "k")))
        return;
    say(t, "report.detail.change",
        ARGS(OKO_S("previous", title_in(t, "previous")), OKO_N("before", number(d, "before"), 1),
             OKO_N("after", number(d, "after"), 1), OKO_N("n_before", number(d, "n_before"), 0),
             OKO_N("n_after", number(d, "n_after"), 0), OKO_N("low", number(d, "low"), 2),
             OKO_N("high", number(d, "high"), 2), OKO_N("q1", number(d, "q1"), 2), OKO_N("q3", number(d, "q3"), 2),
             OKO_I("n", whole(d, "bounds_schools"))));
}

/* ---- conventions of regions ---- */

static void contrast(const telling *t)
{
    const json_t *d = t->json;
    say(t, "report.detail.contrast",
        ARGS(OKO_N("good", number(d, "good"), 0), OKO_N("works", (double)t->r->n, 0),
             OKO_S("marks", word_in(t, "report.marks_of.", "marks")), OKO_N("good_bound", number(d, "good_bound"), 1),
             OKO_N("mean_bound", number(d, "mean_bound"), 1)));
}

static void twos(const telling *t)
{
    const json_t *d = t->json;
    say(t, "report.detail.twos",
        ARGS(OKO_S("previous", title_in(t, "previous")), OKO_N("twos_before", number(d, "twos_before"), 0),
             OKO_N("n_before", number(d, "n_before"), 0), OKO_N("twos", number(d, "twos_after"), 0),
             OKO_N("n_after", number(d, "n_after"), 0), OKO_N("bound", number(d, "rise_bound"), 1),
             OKO_N("region", number(d, "region_change"), 1)));
}

static void moves(const telling *t)
{
    const json_t *d = t->json;
    say(t, "report.detail.moves",
        ARGS(OKO_N("with_mark", number(d, "with_mark"), 0), OKO_N("lowered", number(d, "lowered"), 0),
             OKO_N("confirmed", number(d, "confirmed"), 0), OKO_N("raised", number(d, "raised"), 0),
             OKO_N("high", number(d, "high"), 1), OKO_N("medium", number(d, "medium"), 1),
             OKO_S("degree", word_in(t, "report.degree.", "degree"))));
}

/* ---- lists: what they say, as they say it; or the years that a school stands in them ---- */

static void lists(const telling *t)
{
    const json_t *entries = json_object_get(t->json, "lists"), *years = json_object_get(t->json, "years");
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i);
        const char *reason = json_string_value(json_object_get(entry, "reason"));
        say(t, "report.detail.external",
            ARGS(OKO_S("list", json_string_value(json_object_get(entry, "list"))),
                 OKO_S("source", json_string_value(json_object_get(entry, "source"))),
                 OKO_S("reason", reason != NULL && reason[0] != '\0' ? reason : "—")));
    }
    const char *told = "";
    for (size_t i = 0; i < json_array_size(years) && told != NULL; i++)
        told = oko_arena_printf(t->arena, "%s%s%lld", told, i > 0 ? ", " : "",
                                (long long)json_integer_value(json_array_get(years, i)));
    if (json_array_size(years) > 0)
        say(t, "report.detail.repeated",
            ARGS(OKO_S("years", told != NULL ? told : ""), OKO_N("loaded", number(t->json, "years_loaded"), 0)));
}

/* ---- other data: counts and intervals behind a share ---- */

static void recheck(const telling *t)
{
    const json_t *d = t->json, *exact = json_object_get(d, "exact");
    say(t, "report.detail.recheck",
        ARGS(OKO_N("checked", number(d, "checked"), 0), OKO_N("works", number(d, "works"), 0),
             OKO_N("changed", number(d, "changed"), 0), OKO_N("up", number(d, "up"), 0),
             OKO_N("down", number(d, "down"), 0), OKO_S("sign_p", p_in(t, "sign_p")),
             OKO_N("lo", 100 * number(exact, "lo"), 1), OKO_N("hi", 100 * number(exact, "hi"), 1)));
    if (number(d, "near") + number(d, "elsewhere") > 0)
        say(t, "report.detail.recheck_near",
            ARGS(OKO_N("near", number(d, "near"), 0), OKO_N("near_changed", number(d, "near_changed"), 0),
                 OKO_N("elsewhere", number(d, "elsewhere"), 0),
                 OKO_N("elsewhere_changed", number(d, "elsewhere_changed"), 0), OKO_S("p", p_in(t, "near_p")),
                 OKO_N("kappa", number(json_object_get(d, "agreement"), "kappa"), 2)));
}

/* «подсказка — 2, телефоны — 1». */
static const char *kinds_of(const telling *t, json_t *kinds)
{
    const char *told = "", *name;
    json_t *value;
    json_object_foreach(kinds, name, value)
    {
        const char *next = oko_arena_printf(t->arena, "%s%s%s — %lld", told, told[0] != '\0' ? ", " : "",
                                            oko_label_word(t->text, t->arena, "report.remark.", name),
                                            (long long)json_integer_value(value));
        told = next != NULL ? next : told;
    }
    return told[0] != '\0' ? told : "—";
}

static void observers(const telling *t)
{
    const json_t *d = t->json, *independent = json_object_get(d, "independent"), *video = json_object_get(d, "video");
    say(t, "report.detail.observers",
        ARGS(OKO_N("visits", number(d, "visits"), 0), OKO_N("with", number(d, "with_remarks"), 0),
             OKO_S("kinds", kinds_of(t, json_object_get(d, "kinds"))),
             OKO_N("independent", number(independent, "yes"), 0), OKO_N("video", number(video, "yes"), 0)));
    if (!isnan(number(d, "coverage")))
        say(t, "report.detail.coverage",
            ARGS(OKO_N("coverage", number(d, "coverage"), 1), OKO_N("seen", number(d, "schools_independent"), 0),
                 OKO_N("schools", number(d, "schools"), 0)));
}

static void medals(const telling *t)
{
    const json_t *d = t->json;
    say(t, "report.detail.medals",
        ARGS(OKO_N("all", number(d, "medallists"), 0), OKO_N("known", number(d, "known"), 0),
             OKO_N("below", number(d, "not_confirmed"), 0), OKO_N("ru", number(d, "below_ru"), 0),
             OKO_N("ma", number(d, "below_ma"), 0), OKO_N("bound_ru", number(d, "bound_ru"), 0),
             OKO_N("bound_profile", number(d, "bound_profile"), 0), OKO_N("bound_base", number(d, "bound_base"), 0)));
}

static void relation(const telling *t)
{
    const json_t *d = t->json;
    say(t, "report.detail.relation",
        ARGS(OKO_S("other", title_in(t, "other")), OKO_N("mean", number(d, "other_mean"), 2),
             OKO_N("n", number(d, "n_before"), 0), OKO_N("slope", number(d, "slope"), 2),
             OKO_N("schools", number(d, "fit_schools"), 0), OKO_N("spread", number(d, "spread"), 2),
             OKO_N("good", number(d, "good"), 1), OKO_N("other_good", number(d, "other_good"), 1)));
}

void oko_detail_words_of(const oko_text *text, oko_arena *arena, const oko_titles *titles, const oko_result *r,
                         const json_t *json, oko_detail_words *ret_words)
{
    static const struct {
        const char *rule; /* or the pack, with its slash */
        void (*tell)(const telling *t);
    } rules[] = {
        { "oko/threshold", NULL },       { "fioko-2019/ci", interval },  { "fioko-2019/rs", ranks },
        { "region/contrast", contrast }, { "region/twos", twos },        { "region/", moves },
        { "external/", lists },          { "other/recheck", recheck },   { "other/observers", observers },
        { "other/medals", medals },      { "other/relation", relation }, { "", change },
    };
    const telling t = { .text = text, .arena = arena, .titles = titles, .r = r, .json = json, .out = ret_words };
    size_t i = 0;
    ret_words->n = 0;
    while (strncmp(r->rule, rules[i].rule, strlen(rules[i].rule)) != 0)
        i++;
    if (rules[i].tell != NULL)
        rules[i].tell(&t);
}
