/* What a result of the pack `other` adds in words: counts and intervals behind its share. */
#include "report/page.h"

#include "reference/json.h"

#include <math.h>
#include <string.h>

static double number(const json_t *json, const char *key)
{
    const json_t *value = json_object_get(json, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

/* A p-value, «—» when there is none. */
static const char *p_of(oko_page *page, const json_t *json, const char *key)
{
    const double p = number(json, key);
    return isnan(p) ? "—" : oko_text_p(page->text, page->arena, p, NAN);
}

static void recheck(oko_page *page, const json_t *json)
{
    const json_t *exact = json_object_get(json, "exact");
    oko_page_paragraph(
        page, NULL, "report.detail.recheck",
        OKO_PAGE_ARGS(OKO_N("checked", number(json, "checked"), 0), OKO_N("works", number(json, "works"), 0),
                      OKO_N("changed", number(json, "changed"), 0), OKO_N("up", number(json, "up"), 0),
                      OKO_N("down", number(json, "down"), 0), OKO_S("sign_p", p_of(page, json, "sign_p")),
                      OKO_N("lo", 100 * number(exact, "lo"), 1), OKO_N("hi", 100 * number(exact, "hi"), 1)));
    if (number(json, "near") + number(json, "elsewhere") > 0)
        oko_page_paragraph(page, NULL, "report.detail.recheck_near",
                           OKO_PAGE_ARGS(OKO_N("near", number(json, "near"), 0),
                                         OKO_N("near_changed", number(json, "near_changed"), 0),
                                         OKO_N("elsewhere", number(json, "elsewhere"), 0),
                                         OKO_N("elsewhere_changed", number(json, "elsewhere_changed"), 0),
                                         OKO_S("p", p_of(page, json, "near_p")),
                                         OKO_N("kappa", number(json_object_get(json, "agreement"), "kappa"), 2)));
}

/* «подсказка — 2, телефоны — 1». */
static const char *kinds_of(oko_page *page, json_t *kinds)
{
    const char *text = "", *name;
    json_t *value;
    json_object_foreach(kinds, name, value)
    {
        const char *key = oko_arena_printf(page->arena, "report.remark.%s", name);
        const char *word = key != NULL && oko_text_has(page->text, key) ? oko_text_get(page->text, key) : name;
        const char *next = oko_arena_printf(page->arena, "%s%s%s — %lld", text, text[0] != '\0' ? ", " : "", word,
                                            (long long)json_integer_value(value));
        text = next != NULL ? next : text;
    }
    return text[0] != '\0' ? text : "—";
}

static void observers(oko_page *page, const json_t *json)
{
    const json_t *independent = json_object_get(json, "independent"), *video = json_object_get(json, "video");
    oko_page_paragraph(
        page, NULL, "report.detail.observers",
        OKO_PAGE_ARGS(OKO_N("visits", number(json, "visits"), 0), OKO_N("with", number(json, "with_remarks"), 0),
                      OKO_S("kinds", kinds_of(page, json_object_get(json, "kinds"))),
                      OKO_N("independent", number(independent, "yes"), 0), OKO_N("video", number(video, "yes"), 0)));
    if (!isnan(number(json, "coverage")))
        oko_page_paragraph(page, NULL, "report.detail.coverage",
                           OKO_PAGE_ARGS(OKO_N("coverage", number(json, "coverage"), 1),
                                         OKO_N("seen", number(json, "schools_independent"), 0),
                                         OKO_N("schools", number(json, "schools"), 0)));
}

static void medals(oko_page *page, const json_t *json)
{
    oko_page_paragraph(
        page, NULL, "report.detail.medals",
        OKO_PAGE_ARGS(OKO_N("all", number(json, "medallists"), 0), OKO_N("known", number(json, "known"), 0),
                      OKO_N("below", number(json, "not_confirmed"), 0), OKO_N("ru", number(json, "below_ru"), 0),
                      OKO_N("ma", number(json, "below_ma"), 0), OKO_N("bound_ru", number(json, "bound_ru"), 0),
                      OKO_N("bound_profile", number(json, "bound_profile"), 0),
                      OKO_N("bound_base", number(json, "bound_base"), 0)));
}

static void relation(oko_page *page, const json_t *json)
{
    const char *code = json_string_value(json_object_get(json, "other"));
    const oko_report_procedure *p = code != NULL ? oko_report_procedure_find(page->view->session, code) : NULL;
    oko_page_paragraph(page, NULL, "report.detail.relation",
                       OKO_PAGE_ARGS(OKO_S("other", p != NULL      ? p->title
                                                    : code != NULL ? code
                                                                   : "—"),
                                     OKO_N("mean", number(json, "other_mean"), 2),
                                     OKO_N("n", number(json, "n_before"), 0), OKO_N("slope", number(json, "slope"), 2),
                                     OKO_N("schools", number(json, "fit_schools"), 0),
                                     OKO_N("spread", number(json, "spread"), 2), OKO_N("good", number(json, "good"), 1),
                                     OKO_N("other_good", number(json, "other_good"), 1)));
}

void oko_html_other(oko_page *page, const oko_result *r, const json_t *json)
{
    static const struct {
        const char *rule;
        void (*tell)(oko_page *page, const json_t *json);
    } rules[] = { { "other/recheck", recheck },
                  { "other/observers", observers },
                  { "other/medals", medals },
                  { "other/relation", relation } };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(r->rule, rules[i].rule) == 0)
            rules[i].tell(page, json);
}
