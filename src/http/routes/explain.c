/* One sign in words, and the works behind it. */
#include "http/routes/routes.h"

#include "analysis/analysis.h"
#include "analysis/answers.h"
#include "analysis/runs.h"
#include "explain/explain.h"
#include "http/service.h"

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
    const oko_run_rows *rows;
    const oko_explain *explain;
    oko_sign_rows all; /* of the unit */
    oko_unit unit;
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

static json_t *families_json(const told *t, const oko_sign_row *row)
{
    json_t *list = json_array();
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (!oko_sign_speaks(row, f))
            continue;
        const char *text = oko_explain_sentence(t->rq->text, t->rq->arena, row, row->top[f], true);
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
    if (t->unit.level == OKO_LEVEL_SCHOOL) {
        status = oko_store_procedure_get(t->rq->store, row->result->procedure, t->rows->head.revision, &p, err);
        if (status == OKO_OK)
            status = oko_fact_variants(t->rq->store, p.id, t->rows->head.revision, row->result->unit,
                                       row->of_class ? row->class_key : NULL, &variants, err);
    }
    const oko_fact_sources sources = {
        .rows = t->all.at, .n = t->all.n, .peers = &t->rows->peers, .type = t->unit.type, .variants = variants
    };
    oko_facts_of(row, &sources, facts);
    return status;
}

static json_t *row_json(const told *t, const oko_sign_row *row, const double facts[OKO_FACT_COUNT])
{
    json_t *o = json_object();
    oko_json_set_int(o, "run", t->rows->run);
    oko_json_set_int(o, "unit", t->unit.id);
    oko_json_set_str(o, "unit_code", t->unit.code);
    oko_json_set_str(o, "unit_name", t->unit.name);
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
    (void)json_object_set_new(o, "details", row->details != NULL ? json_incref(row->details) : json_object());
    return o;
}

static const oko_sign_row *find_row(const told *t, const char *procedure, const char *label)
{
    for (size_t i = 0; i < t->all.n; i++) {
        const oko_sign_row *row = &t->all.at[i];
        bool here = strcmp(row->result->procedure, procedure) == 0 && row->of_class == (label != NULL);
        if (here && (label == NULL || strcmp(row->class_key, label) == 0))
            return row;
    }
    return NULL;
}

static oko_status tell(told *t, oko_reply *reply, oko_error *err)
{
    oko_request *rq = t->rq;
    double facts[OKO_FACT_COUNT];
    int64_t unit = oko_request_int(rq, "unit", 0);
    t->explain = rq->text == rq->service->en ? rq->service->explain_en : rq->service->explain_ru;
    oko_status status = oko_store_unit_get(rq->store, unit, &t->unit, err);
    if (status == OKO_OK)
        status = oko_sign_rows_load(rq->store, t->rows->run, unit, true, &t->rows->reg, &t->all, err);
    if (status != OKO_OK)
        return status;
    const oko_sign_row *row = find_row(t, oko_request_str(rq, "procedure"), oko_request_str(rq, "class"));
    if (row == NULL)
        return oko_error_set(err, OKO_E_NOT_FOUND, "http.no_sign", "");
    status = find_facts(t, row, facts, err);
    oko_reply_about(reply, "unit", unit, unit);
    return status == OKO_OK ? oko_reply_json(reply, 200, row_json(t, row, facts), err) : status;
}

static oko_status signs_explain(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_tree *tree = NULL;
    told t = { .rq = rq };
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &tree, err);
    if (status != OKO_OK)
        return status;
    status = oko_run_rows_get(rq->service->runs, rq->store, oko_request_int(rq, "run", 0), OKO_METHODS_EVIDENCE, tree,
                              &t.rows, err);
    if (status == OKO_OK)
        status = tell(&t, reply, err);
    oko_sign_rows_clear(&t.all);
    oko_run_rows_back(rq->service->runs, t.rows);
    oko_tree_back(rq->service->trees, tree);
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

static json_t *pairs_json(const oko_group_answers *g, const similar *list, size_t n)
{
    json_t *o = json_object(), *items = json_array();
    for (size_t k = 0; k < n && k < PAIRS_SHOWN; k++) {
        json_t *pair = json_object();
        (void)json_object_set_new(pair, "codes",
                                  json_pack("[o,o]", json_sprintf("%llu", (unsigned long long)g->code[list[k].a]),
                                            json_sprintf("%llu", (unsigned long long)g->code[list[k].b])));
        oko_json_set_int(pair, "same", list[k].same);
        set_number(pair, "expected", list[k].expected);
        set_number(pair, "log_p", list[k].log_p);
        (void)json_array_append_new(items, pair);
    }
    oko_json_set_int(o, "works", (int64_t)g->n);
    oko_json_set_int(o, "pairs", (int64_t)n);
    oko_json_set_int(o, "answers", g->n_items);
    (void)json_object_set_new(o, "items", items);
    (void)json_object_set_new(o, "groups", groups_json(g, list, n));
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
        status = oko_reply_json(reply, 200, pairs_json(&g, list, n), err);
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
