/* One sign in words, and the works behind it. */
#include "http/routes/routes.h"

#include "analysis/analysis.h"
#include "analysis/answers.h"
#include "explain/explain.h"
#include "http/service.h"
#include "http/signs_of.h"

#include <oko/pairs.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void set_number(json_t *o, const char *key, double value)
{
    (void)json_object_set_new(o, key, isfinite(value) ? json_real(value) : json_null());
}

/* ---- explanation ---- */
typedef struct told {
    oko_request *rq;
    const oko_explain *explain;
    oko_signs_of signs;
} told;

static json_t *reasons_json(const told *t, const oko_sign_row *row, const double facts[OKO_FACT_COUNT])
{
    const char *reasons[OKO_EXPLAIN_REASONS];
    json_t *list = json_array();
    int n = oko_explain_reasons(t->explain, t->rq->arena, row, facts, reasons);
    for (int i = 0; i < n; i++)
        (void)json_array_append_new(list, json_string(reasons[i] != NULL ? reasons[i] : ""));
    return list;
}

/* Codes of similar works are for those who may open the list of pairs. */
static bool sees_codes(const oko_request *rq)
{
    return rq->actor.owner || rq->actor.role != OKO_ROLE_SCHOOL;
}

static json_t *details_json(const told *t, const oko_sign_row *row)
{
    json_t *details = row->details != NULL ? json_copy(row->details) : json_object();
    if (!sees_codes(t->rq))
        (void)json_object_del(details, "pair");
    return details;
}

static json_t *families_json(const told *t, const oko_sign_row *row)
{
    json_t *list = json_array();
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (!oko_sign_speaks(row, f))
            continue;
        const char *text = oko_explain_sentence(t->rq->text, t->rq->arena, row, row->top[f], sees_codes(t->rq));
        json_t *o = json_object();
        oko_json_set_str(o, "family", oko_family_name((oko_family)f));
        oko_json_set_str(o, "statistic", row->top[f]);
        set_number(o, "p", row->p[f]);
        oko_json_set_str(o, "text", text != NULL ? text : row->top[f]);
        (void)json_array_append_new(list, o);
    }
    return list;
}

static json_t *facts_json(const double facts[OKO_FACT_COUNT])
{
    json_t *o = json_object();
    for (int f = 0; f < OKO_FACT_COUNT; f++)
        set_number(o, oko_fact_name((oko_fact)f), facts[f]);
    return o;
}

static oko_status find_facts(const told *t, const oko_sign_row *row, double facts[OKO_FACT_COUNT], oko_error *err)
{
    oko_procedure p;
    int variants = 0;
    oko_status status = OKO_OK;
    if (t->signs.unit.level == OKO_LEVEL_SCHOOL) {
        status = oko_store_procedure_get(t->rq->store, row->result->procedure, t->signs.rows->head.revision, &p, err);
        if (status == OKO_OK)
            status = oko_fact_variants(t->rq->store, p.id, t->signs.rows->head.revision, row->result->unit,
                                       row->of_class ? row->class_key : NULL, &variants, err);
    }
    const oko_fact_sources sources = { .rows = t->signs.all.at,
                                       .n = t->signs.all.n,
                                       .peers = &t->signs.rows->peers,
                                       .type = t->signs.unit.type,
                                       .variants = variants };
    oko_facts_of(row, &sources, facts);
    return status;
}

static json_t *row_json(const told *t, const oko_sign_row *row, const double facts[OKO_FACT_COUNT])
{
    json_t *o = json_object();
    oko_json_set_int(o, "run", t->signs.rows->run);
    oko_json_set_int(o, "unit", t->signs.unit.id);
    oko_json_set_str(o, "unit_code", t->signs.unit.code);
    oko_json_set_str(o, "unit_name", t->signs.unit.name);
    oko_json_set_str(o, "procedure", row->result->procedure);
    oko_json_set_str_or_null(o, "class", row->of_class ? row->class_label : "");
    oko_json_set_int(o, "n", row->result->n);
    set_number(o, "p", row->result->p);
    set_number(o, "q", row->result->q);
    set_number(o, "effect", row->result->effect);
    oko_json_set_str(o, "evidence", oko_evidence_name(row->evidence));
    oko_json_set_str(o, "reliability", row->reliability);
    (void)json_object_set_new(o, "signs", families_json(t, row));
    (void)json_object_set_new(o, "innocent", reasons_json(t, row, facts));
    (void)json_object_set_new(o, "facts", facts_json(facts));
    (void)json_object_set_new(o, "details", details_json(t, row));
    return o;
}

static oko_status tell(told *t, oko_reply *reply, oko_error *err)
{
    double facts[OKO_FACT_COUNT];
    size_t at = 0;
    const bool english = t->rq->text == t->rq->service->en;
    t->explain = english ? t->rq->service->explain_en : t->rq->service->explain_ru;
    oko_status status = oko_signs_of_find(&t->signs, t->rq, &at, err);
    if (status == OKO_OK)
        status = find_facts(t, &t->signs.all.at[at], facts, err);
    return status == OKO_OK ? oko_reply_json(reply, 200, row_json(t, &t->signs.all.at[at], facts), err) : status;
}

static oko_status signs_explain(oko_request *rq, oko_reply *reply, oko_error *err)
{
    told t = { .rq = rq };
    const int64_t unit = oko_request_int(rq, "unit", 0);
    oko_status status = oko_signs_of_open(rq, unit, &t.signs, err);
    if (status == OKO_OK)
        status = tell(&t, reply, err);
    oko_reply_about(reply, "unit", unit, unit);
    oko_signs_of_close(rq, &t.signs);
    return status;
}

/* ---- pairs of similar works ---- */
enum { PAIRS_WORKS = 400, PAIRS_SHOWN = 50 };

typedef struct similar {
    size_t a, b;
    int same;
    double expected, log_p;
} similar;

static double chance(const oko_answers *an, const oko_group_answers *g, size_t work, int item, int score)
{
    size_t table = an->table[g->variant[work]], item_at = table * (size_t)an->n_items + (size_t)item;
    return an
        ->chance[(item_at * (size_t)(an->max_total + 1) + (size_t)g->total[work]) * (size_t)an->width + (size_t)score];
}

static oko_status compare(const oko_answers *an, const oko_group_answers *g, similar *s)
{
    double q[OKO_MAX_ITEMS];
    s->same = 0;
    s->expected = 0;
    for (int i = 0; i < g->n_items; i++) {
        s->same += g->items[s->a * (size_t)g->n_items + (size_t)i] == g->items[s->b * (size_t)g->n_items + (size_t)i];
        q[i] = 0;
        for (int v = 0; v < an->width; v++)
            q[i] += chance(an, g, s->a, i, v) * chance(an, g, s->b, i, v);
        q[i] = fmin(fmax(q[i], 0), 1);
        s->expected += q[i];
    }
    return oko_gbt_tail(g->n_items, q, s->same, &s->log_p);
}

static int by_p(const void *a, const void *b)
{
    const similar *x = a, *y = b;
    if (x->log_p != y->log_p)
        return x->log_p < y->log_p ? -1 : 1;
    return x->a != y->a ? (x->a > y->a) - (x->a < y->a) : (x->b > y->b) - (x->b < y->b);
}

static oko_status all_pairs(const oko_answers *an, const oko_group_answers *g, similar **ret, size_t *ret_n)
{
    size_t n = 0;
    similar *list = oko_calloc_array(g->n * g->n / 2 + 1, sizeof *list);
    if (list == NULL)
        return OKO_E_MEMORY;
    for (size_t a = 0; a < g->n; a++) {
        for (size_t b = a + 1; b < g->n; b++) {
            if (g->variant[a] != g->variant[b])
                continue;
            list[n] = (similar){ .a = a, .b = b };
            oko_status status = compare(an, g, &list[n]);
            if (status != OKO_OK) {
                free(list);
                return status;
            }
            n++;
        }
    }
    qsort(list, n, sizeof *list, by_p);
    *ret = list;
    *ret_n = n;
    return OKO_OK;
}

/* Works joined in chains by pairs that stay unlikely among so many (Bonferroni, .01). */
static json_t *groups_json(const oko_group_answers *g, const similar *list, size_t n)
{
    json_t *groups = json_array();
    OKO_CLEANUP(oko_freep) size_t *root = oko_calloc_array(g->n + 1, sizeof *root);
    double limit = n > 0 ? log(.01 / (double)n) : 0;
    for (size_t i = 0; root != NULL && i < g->n; i++)
        root[i] = i;
    for (size_t k = 0; root != NULL && k < n && list[k].log_p <= limit; k++) {
        size_t from = root[list[k].b], to = root[list[k].a];
        for (size_t i = 0; i < g->n; i++)
            root[i] = root[i] == from ? to : root[i];
    }
    for (size_t r = 0; root != NULL && r < g->n; r++) {
        json_t *codes = json_array();
        for (size_t i = 0; i < g->n; i++) {
            if (root[i] == r)
                (void)json_array_append_new(codes, json_sprintf("%llu", (unsigned long long)g->code[i]));
        }
        if (json_array_size(codes) > 1)
            (void)json_array_append_new(groups, codes);
        else
            json_decref(codes);
    }
    return groups;
}

static json_t *code_json(const oko_group_answers *g, size_t work)
{
    return json_sprintf("%llu", (unsigned long long)g->code[work]);
}

/* Works of the pairs that are shown, with their answers and how often others with such a total answer so. */
static json_t *works_json(const oko_answers *an, const oko_group_answers *g, const similar *list, size_t n)
{
    json_t *works = json_array();
    for (size_t i = 0; i < g->n; i++) {
        bool used = false;
        for (size_t k = 0; k < n && !used; k++)
            used = list[k].a == i || list[k].b == i;
        if (!used)
            continue;
        json_t *answers = json_array(), *chances = json_array();
        for (int k = 0; k < g->n_items; k++) {
            const int score = g->items[i * (size_t)g->n_items + (size_t)k];
            (void)json_array_append_new(answers, json_integer(score));
            (void)json_array_append_new(
                chances, json_real(round(1000 * chance(an, g, i, k, score < an->width ? score : 0)) / 10));
        }
        (void)json_array_append_new(works, json_pack("{s:o, s:i, s:i, s:o, s:o}", "code", code_json(g, i), "variant",
                                                     g->variant[i], "total", g->total[i], "answers", answers, "chances",
                                                     chances));
    }
    return works;
}

static json_t *labels_json(const oko_procedure *p)
{
    json_t *list = json_array();
    for (int i = 0; i < p->n_items; i++)
        (void)json_array_append_new(list, json_string(p->items[i].label));
    return list;
}

/* Pairs that are shown: the first ones, and all that join works into groups. */
static size_t shown_pairs(const similar *list, size_t n)
{
    size_t k = n < PAIRS_SHOWN ? n : PAIRS_SHOWN;
    while (k < n && list[k].log_p <= log(.01 / (double)n))
        k++;
    return k;
}

static json_t *pairs_json(const oko_procedure *p, const oko_answers *an, const oko_group_answers *g,
                          const similar *list, size_t n)
{
    json_t *o = json_object(), *items = json_array();
    const size_t shown = shown_pairs(list, n);
    for (size_t k = 0; k < shown; k++) {
        json_t *pair = json_pack("{s:[o, o], s:i}", "codes", code_json(g, list[k].a), code_json(g, list[k].b), "same",
                                 list[k].same);
        set_number(pair, "expected", list[k].expected);
        set_number(pair, "log_p", list[k].log_p);
        (void)json_array_append_new(items, pair);
    }
    oko_json_set_int(o, "works", (int64_t)g->n);
    oko_json_set_int(o, "pairs", (int64_t)n);
    oko_json_set_int(o, "answers", g->n_items);
    (void)json_object_set_new(o, "labels", labels_json(p));
    (void)json_object_set_new(o, "items", items);
    (void)json_object_set_new(o, "groups", groups_json(g, list, n));
    (void)json_object_set_new(o, "rows", works_json(an, g, list, shown));
    return o;
}

static oko_status read_group(oko_request *rq, const oko_procedure *p, oko_answers *an, oko_group_answers *g,
                             oko_error *err)
{
    oko_status status = oko_answers_load(rq->store, p, 0, an, err);
    if (status == OKO_OK)
        status =
            oko_group_answers_load(rq->store, p, 0, oko_request_int(rq, "id", 0), oko_request_str(rq, "class"), g, err);
    if (status == OKO_OK && g->n < 2)
        return oko_error_set(err, OKO_E_NO_DATA, "http.no_works", "");
    if (status == OKO_OK && g->n > PAIRS_WORKS)
        return oko_error_set(err, OKO_E_LIMIT, "http.many_works", "");
    return status;
}

static oko_status units_pairs(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_procedure p;
    oko_answers an = { .n_items = 0 };
    oko_group_answers g = { .n = 0 };
    similar *list = NULL;
    size_t n = 0;
    oko_status status = oko_store_procedure_get(rq->store, oko_request_str(rq, "procedure"), 0, &p, err);
    if (status == OKO_OK)
        status = read_group(rq, &p, &an, &g, err);
    if (status == OKO_OK) {
        status = all_pairs(&an, &g, &list, &n);
        status = status == OKO_OK ? status : oko_error_set(err, status, "", "");
    }
    if (status == OKO_OK) {
        oko_reply_about(reply, "unit", oko_request_int(rq, "id", 0), oko_request_int(rq, "id", 0));
        status = oko_reply_json(reply, 200, pairs_json(&p, &an, &g, list, n), err);
    }
    free(list);
    oko_answers_clear(&an);
    oko_group_answers_clear(&g);
    return status;
}

const oko_route oko_routes_explain[] = {
    { "signs.explain", signs_explain },
    { "units.pairs", units_pairs },
    { NULL, NULL },
};
