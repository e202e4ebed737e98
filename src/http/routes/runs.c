/* Runs (расчёты) and their results: lists of signs, cut to what the caller may see. */
#include "http/routes/routes.h"

#include "analysis/runs.h"
#include "http/overview.h"
#include "http/service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_BYTES = 4 * 1024 * 1024 };

/* ---- runs ---- */
typedef struct walk {
    json_t *items;
    const char *method;
    int64_t offset, limit, seen;
} walk;

static oko_status add_run(void *ctx, const oko_run *run)
{
    walk *w = ctx;
    if (w->method != NULL && !oko_run_is(run, w->method))
        return OKO_OK;
    w->seen++;
    if (w->seen > w->offset && w->seen <= w->offset + w->limit)
        (void)json_array_append_new(w->items, oko_run_json(run));
    return OKO_OK;
}

/* "evidence" or "analyze" → the method of its runs; NULL: any. */
static const char *method_of(const char *kind)
{
    if (kind == NULL)
        return NULL;
    return strcmp(kind, "evidence") == 0 ? OKO_METHODS_EVIDENCE : OKO_METHODS_MAIN;
}

static oko_status runs_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    walk w = { .items = json_array(),
               .method = method_of(oko_request_str(rq, "kind")),
               .offset = oko_request_int(rq, "offset", 0),
               .limit = oko_request_int(rq, "limit", 50) };
    oko_status status = oko_store_run_walk(rq->store, add_run, &w, err);
    if (status != OKO_OK) {
        json_decref(w.items);
        return status;
    }
    return oko_reply_list(reply, w.items, w.seen, err);
}

static oko_status runs_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_run run = { .id = 0 };
    oko_status status = oko_store_run_get(rq->store, oko_request_int(rq, "id", 0), &run, err);
    if (status == OKO_OK)
        status = oko_reply_json(reply, 200, oko_run_json(&run), err);
    oko_run_clear(&run);
    return status;
}

/* Members that are not the same in both; nested objects member by member. */
static void compare_members(json_t *out, const char *prefix, const json_t *a, const json_t *b)
{
    const char *key;
    json_t *value;
    char name[200];
    json_t *all = json_object();
    json_object_foreach((json_t *)(uintptr_t)a, key, value)(void) json_object_set_new(all, key, json_null());
    json_object_foreach((json_t *)(uintptr_t)b, key, value)(void) json_object_set_new(all, key, json_null());
    json_object_foreach(all, key, value)
    {
        json_t *x = json_object_get(a, key), *y = json_object_get(b, key);
        (void)snprintf(name, sizeof name, "%s%s%s", prefix, prefix[0] != '\0' ? "." : "", key);
        if (json_is_object(x) && json_is_object(y)) {
            compare_members(out, name, x, y);
        } else if (!json_equal(x, y)) {
            json_t *o = json_object();
            oko_json_set_str(o, "member", name);
            (void)json_object_set_new(o, "a", x != NULL ? json_incref(x) : json_null());
            (void)json_object_set_new(o, "b", y != NULL ? json_incref(y) : json_null());
            (void)json_array_append_new(out, o);
        }
    }
    json_decref(all);
}

static oko_status runs_compare(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_run a = { .id = 0 }, b = { .id = 0 };
    oko_status status = oko_store_run_get(rq->store, oko_request_int(rq, "a", 0), &a, err);
    if (status == OKO_OK)
        status = oko_store_run_get(rq->store, oko_request_int(rq, "b", 0), &b, err);
    if (status == OKO_OK) {
        json_t *o = json_object(), *x = oko_run_json(&a), *y = oko_run_json(&b), *found = json_array();
        oko_json_set_bool(o, "same_method", strcmp(a.method, b.method) == 0);
        oko_json_set_bool(o, "same_data", strcmp(a.snapshot, b.snapshot) == 0);
        oko_json_set_bool(o, "same_results", strcmp(a.result_hash, b.result_hash) == 0);
        compare_members(found, "", x, y);
        (void)json_object_set_new(o, "a", x);
        (void)json_object_set_new(o, "b", y);
        (void)json_object_set_new(o, "differences", found);
        status = oko_reply_json(reply, 200, o, err);
    }
    oko_run_clear(&a);
    oko_run_clear(&b);
    return status;
}

/* ---- lists of results ---- */
typedef struct filter {
    const char *rule, *pack, *label;
    int procedure;         /* index; −1: any, −2: one that the run does not have */
    int year;              /* 0: any */
    int level, family;     /* −1: any */
    int least;             /* evidence */
    bool marked, evidence; /* evidence: rows of evidence, else of the other rules */
    bool everywhere;       /* also what is about no unit */
    int32_t from, to;      /* places */
} filter;

static bool starts(const char *rule, const char *pack)
{
    size_t n = strlen(pack);
    return strncmp(rule, pack, n) == 0 && rule[n] == '/';
}

static bool fits(const filter *f, const oko_run_rows *rows, const oko_run_row *r)
{
    if ((r->evidence >= 0) != f->evidence || (f->marked && !r->marked) || r->evidence < f->least)
        return false;
    if (r->place >= 0 ? r->place < f->from || r->place >= f->to : !f->everywhere)
        return false;
    if ((f->procedure != -1 && r->procedure != f->procedure) || (f->level >= 0 && r->level != f->level))
        return false;
    if (f->year != 0 && rows->procedure_year[r->procedure] != f->year)
        return false;
    if (f->family >= 0 && (r->speaks & (1u << (unsigned)f->family)) == 0)
        return false;
    if (f->label != NULL && (r->level != OKO_LEVEL_CLASS || strcmp(r->label, f->label) != 0))
        return false;
    return (f->rule == NULL || strcmp(rows->rule[r->rule], f->rule) == 0) &&
           (f->pack == NULL || starts(rows->rule[r->rule], f->pack));
}

static int index_of(const oko_run_rows *rows, const char *procedure)
{
    for (size_t i = 0; procedure != NULL && i < rows->n_procedures; i++) {
        if (strcmp(rows->procedure[i], procedure) == 0)
            return (int)i;
    }
    return procedure != NULL ? -2 : -1;
}

static int family_index(const char *name)
{
    for (int f = 0; name != NULL && f < OKO_FAMILY_COUNT; f++) {
        if (strcmp(name, oko_family_name((oko_family)f)) == 0)
            return f;
    }
    return -1;
}

/* The unit asked for within what the caller may see. */
static void reach(const oko_request *rq, const oko_tree *tree, filter *f)
{
    int64_t units[2] = { rq->actor.owner ? 0 : rq->actor.unit, oko_request_int(rq, "unit", 0) };
    f->from = 0;
    f->to = (int32_t)tree->n;
    f->everywhere = units[0] == 0 && units[1] == 0;
    for (int i = 0; i < 2; i++) {
        if (units[i] == 0)
            continue;
        size_t at = oko_tree_find(tree, units[i]);
        int32_t from = (int32_t)at, to = at < tree->n ? (int32_t)tree->end[at] : (int32_t)at;
        f->from = from > f->from ? from : f->from;
        f->to = to < f->to ? to : f->to;
    }
}

static filter read_filter(const oko_request *rq, const oko_tree *tree, const oko_run_rows *rows, bool evidence)
{
    filter f = { .rule = oko_request_str(rq, "rule"),
                 .pack = oko_request_str(rq, "pack"),
                 .label = oko_request_str(rq, "class"),
                 .procedure = index_of(rows, oko_request_str(rq, "procedure")),
                 .year = (int)oko_request_int(rq, "year", 0),
                 .level = -1,
                 .family = family_index(oko_request_str(rq, "family")),
                 .least = -1,
                 .marked = oko_request_bool(rq, "marked"),
                 .evidence = evidence };
    oko_level level;
    oko_evidence least;
    const char *text = oko_request_str(rq, "level");
    if (text != NULL && oko_level_parse(oko_str_of(text), &level))
        f.level = (int)level;
    text = oko_request_str(rq, "evidence");
    if (text != NULL && oko_evidence_parse(text, &least))
        f.least = (int)least;
    reach(rq, tree, &f);
    return f;
}

static oko_row_sort read_sort(const char *text, bool *ret_down)
{
    static const char *const names[OKO_ROW_SORTS] = {
        [OKO_ROW_BY_EVIDENCE] = "evidence", [OKO_ROW_BY_P] = "p", [OKO_ROW_BY_Q] = "q",
        [OKO_ROW_BY_EFFECT] = "effect",     [OKO_ROW_BY_N] = "n", [OKO_ROW_BY_PROCEDURE] = "procedure",
        [OKO_ROW_BY_UNIT] = "unit"
    };
    *ret_down = text != NULL && *text == '-';
    for (int i = 0; text != NULL && i < OKO_ROW_SORTS; i++) {
        if (strcmp(names[i], text + *ret_down) == 0)
            return (oko_row_sort)i;
    }
    return OKO_ROW_BY_EVIDENCE;
}

static bool missing(const oko_run_row *r, oko_row_sort sort)
{
    double key = sort == OKO_ROW_BY_P        ? r->log_p
                 : sort == OKO_ROW_BY_Q      ? r->q
                 : sort == OKO_ROW_BY_EFFECT ? r->effect
                                             : 0;
    return key != key;
}

typedef struct page {
    oko_buffer *out;
    int64_t offset, limit, seen, shown;
} page;

static void see(page *p, const oko_run_rows *rows, const oko_run_row *r)
{
    p->seen++;
    if (p->seen <= p->offset || p->seen > p->offset + p->limit)
        return;
    if (p->shown++ > 0)
        oko_buffer_char(p->out, ',');
    oko_buffer_add(p->out, rows->text.ptr + r->text, r->text_len);
}

/* Up or down, what has no value stays last. */
static void collect(const oko_run_rows *rows, const filter *f, oko_row_sort sort, bool down, page *p)
{
    const uint32_t *order = rows->order[sort];
    size_t known = rows->n;
    while (known > 0 && missing(&rows->row[order[known - 1]], sort))
        known--;
    for (size_t k = 0; k < rows->n; k++) {
        const oko_run_row *r = &rows->row[order[down && k < known ? known - 1 - k : k]];
        if (fits(f, rows, r))
            see(p, rows, r);
    }
}

static oko_status reply_text(oko_buffer *out, oko_reply *reply, oko_error *err)
{
    oko_status status = oko_buffer_status(out);
    if (status != OKO_OK) {
        oko_buffer_free(out);
        return oko_error_set(err, status, "", "");
    }
    reply->bytes = out->ptr;
    reply->len = out->len;
    reply->type = "application/json";
    return OKO_OK;
}

static oko_status list(oko_request *rq, oko_reply *reply, const oko_tree *tree, bool evidence, oko_error *err)
{
    const oko_run_rows *rows = NULL;
    oko_status status = oko_run_rows_get(rq->service->runs, rq->store, oko_request_int(rq, "run", 0),
                                         evidence ? OKO_METHODS_EVIDENCE : OKO_METHODS_MAIN, tree, &rows, err);
    if (status != OKO_OK)
        return status;
    oko_buffer out;
    bool down;
    oko_row_sort sort = read_sort(oko_request_str(rq, "sort"), &down);
    filter f = read_filter(rq, tree, rows, evidence);
    page p = { .out = &out, .offset = oko_request_int(rq, "offset", 0), .limit = oko_request_int(rq, "limit", 50) };
    oko_buffer_init(&out, PAGE_BYTES);
    oko_buffer_printf(&out, "{\"run\":%lld,\"items\":[", (long long)rows->run);
    collect(rows, &f, sort, down, &p);
    oko_buffer_printf(&out, "],\"total\":%lld}", (long long)p.seen);
    oko_reply_about(reply, "run", rows->run, oko_request_int(rq, "unit", rq->actor.unit));
    oko_run_rows_back(rq->service->runs, rows);
    return reply_text(&out, reply, err);
}

static oko_status list_of(oko_request *rq, oko_reply *reply, bool evidence, oko_error *err)
{
    const oko_tree *tree = NULL;
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &tree, err);
    if (status != OKO_OK)
        return status;
    status = list(rq, reply, tree, evidence, err);
    oko_tree_back(rq->service->trees, tree);
    return status;
}

static oko_status signs_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    return list_of(rq, reply, true, err);
}

static oko_status results_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    return list_of(rq, reply, false, err);
}

/* ---- the page of a unit ---- */
static void put_rows(oko_buffer *out, const oko_run_rows *rows, int64_t unit, const char *procedure, bool evidence)
{
    size_t from = 0, to = 0, shown = 0;
    if (rows != NULL)
        oko_run_rows_of(rows, unit, &from, &to);
    for (size_t i = from; i < to; i++) {
        const oko_run_row *r = &rows->row[rows->by_unit[i]];
        if ((r->evidence >= 0) != evidence || strcmp(rows->procedure[r->procedure], procedure) != 0)
            continue;
        if (shown++ > 0)
            oko_buffer_char(out, ',');
        oko_buffer_add(out, rows->text.ptr + r->text, r->text_len);
    }
}

/* Procedures in which either run speaks of the unit, each once, by code. */
static size_t procedures_of(const oko_run_rows *rows, int64_t unit, const char **codes, const char **json, size_t n,
                            size_t max)
{
    size_t from = 0, to = 0;
    if (rows != NULL)
        oko_run_rows_of(rows, unit, &from, &to);
    for (size_t i = from; i < to; i++) {
        size_t p = rows->row[rows->by_unit[i]].procedure, at = n;
        bool known = false;
        for (size_t k = 0; k < n && !known; k++)
            known = strcmp(codes[k], rows->procedure[p]) == 0;
        if (known || n == max)
            continue;
        while (at > 0 && strcmp(codes[at - 1], rows->procedure[p]) > 0) {
            codes[at] = codes[at - 1];
            json[at] = json[at - 1];
            at--;
        }
        codes[at] = rows->procedure[p];
        json[at] = rows->procedure_json[p];
        n++;
    }
    return n;
}

/* The unit and those above it that the caller may see, from the top. */
static void put_path(oko_buffer *out, const oko_request *rq, const oko_tree *tree, size_t at)
{
    size_t chain[8], n = 0;
    for (size_t i = at; i < tree->n && n < 8; i = oko_tree_find(tree, tree->units[i].parent)) {
        chain[n++] = i;
        if (!rq->actor.owner && tree->units[i].id == rq->actor.unit)
            break;
    }
    while (n > 0) {
        oko_buffer_str(out, tree->row[chain[--n]]);
        if (n > 0)
            oko_buffer_char(out, ',');
    }
}

static void put_run(oko_buffer *out, const char *key, const oko_run_rows *rows)
{
    if (rows != NULL)
        oko_buffer_printf(out, ",\"%s\":%lld", key, (long long)rows->run);
    else
        oko_buffer_printf(out, ",\"%s\":null", key);
}

enum { PAGE_PROCEDURES = 1024 };

static void write_page(oko_buffer *out, const oko_request *rq, const oko_tree *tree, size_t at,
                       const oko_run_rows *main_rows, const oko_run_rows *evidence)
{
    const char *codes[PAGE_PROCEDURES], *json[PAGE_PROCEDURES];
    int64_t unit = tree->units[at].id;
    size_t n = procedures_of(main_rows, unit, codes, json, 0, PAGE_PROCEDURES);
    n = procedures_of(evidence, unit, codes, json, n, PAGE_PROCEDURES);
    oko_buffer_printf(out, "{\"unit\":%s,\"path\":[", tree->row[at]);
    put_path(out, rq, tree, at);
    oko_buffer_char(out, ']');
    put_run(out, "run", main_rows);
    put_run(out, "evidence_run", evidence);
    oko_buffer_str(out, ",\"procedures\":[");
    for (size_t i = 0; i < n; i++) {
        oko_buffer_printf(out, "%s{\"procedure\":%s,\"signs\":[", i > 0 ? "," : "", json[i]);
        put_rows(out, evidence, unit, codes[i], true);
        oko_buffer_str(out, "],\"results\":[");
        put_rows(out, main_rows, unit, codes[i], false);
        oko_buffer_str(out, "]}");
    }
    oko_buffer_str(out, "]}");
}

/* NULL when there is no such run yet. */
static oko_status rows_or_none(oko_request *rq, const char *method, const oko_tree *tree, const oko_run_rows **ret,
                               oko_error *err)
{
    oko_status status = oko_run_rows_get(rq->service->runs, rq->store, 0, method, tree, ret, err);
    if (status != OKO_E_NOT_FOUND)
        return status;
    oko_error_clear(err);
    *ret = NULL;
    return OKO_OK;
}

static oko_status units_page(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_tree *tree = NULL;
    const oko_run_rows *main_rows = NULL, *evidence = NULL;
    int64_t unit = oko_request_int(rq, "id", 0);
    oko_buffer out;
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &tree, err);
    if (status != OKO_OK)
        return status;
    size_t at = oko_tree_find(tree, unit);
    if (at == tree->n)
        status = oko_error_set(err, OKO_E_NOT_FOUND, "access.unit", "");
    if (status == OKO_OK)
        status = rows_or_none(rq, OKO_METHODS_MAIN, tree, &main_rows, err);
    if (status == OKO_OK)
        status = rows_or_none(rq, OKO_METHODS_EVIDENCE, tree, &evidence, err);
    if (status == OKO_OK) {
        oko_buffer_init(&out, PAGE_BYTES);
        write_page(&out, rq, tree, at, main_rows, evidence);
        oko_reply_about(reply, "unit", unit, unit);
        status = reply_text(&out, reply, err);
    }
    oko_run_rows_back(rq->service->runs, main_rows);
    oko_run_rows_back(rq->service->runs, evidence);
    oko_tree_back(rq->service->trees, tree);
    return status;
}

/* ---- a region or a municipality at a glance ---- */
static oko_status write_overview(oko_request *rq, oko_reply *reply, const oko_tree *tree, size_t at,
                                 const oko_run_rows *main_rows, const oko_run_rows *evidence, oko_error *err)
{
    const oko_overview_query query = { .unit = tree->units[at].id,
                                       .procedure = oko_request_str(rq, "procedure"),
                                       .year = (int)oko_request_int(rq, "year", 0) };
    oko_buffer out;
    oko_buffer_init(&out, PAGE_BYTES);
    oko_buffer_printf(&out, "{\"unit\":%s", tree->row[at]);
    put_run(&out, "run", main_rows);
    put_run(&out, "evidence_run", evidence);
    oko_buffer_char(&out, ',');
    oko_status status = oko_overview_write(tree, at, evidence, main_rows, &query, &out);
    oko_buffer_char(&out, '}');
    if (status != OKO_OK) {
        oko_buffer_free(&out);
        return oko_error_set(err, status, "", "");
    }
    return reply_text(&out, reply, err);
}

static oko_status of_place(oko_request *rq, oko_reply *reply, const oko_tree *tree, size_t at, oko_error *err)
{
    const oko_run_rows *main_rows = NULL, *evidence = NULL;
    oko_status status = rows_or_none(rq, OKO_METHODS_MAIN, tree, &main_rows, err);
    if (status == OKO_OK)
        status = rows_or_none(rq, OKO_METHODS_EVIDENCE, tree, &evidence, err);
    if (status == OKO_OK)
        status = write_overview(rq, reply, tree, at, main_rows, evidence, err);
    oko_run_rows_back(rq->service->runs, main_rows);
    oko_run_rows_back(rq->service->runs, evidence);
    return status;
}

static oko_status units_overview(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_tree *tree = NULL;
    int64_t unit = oko_request_int(rq, "id", 0);
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &tree, err);
    if (status != OKO_OK)
        return status;
    size_t at = oko_tree_find(tree, unit);
    if (at == tree->n)
        status = oko_error_set(err, OKO_E_NOT_FOUND, "access.unit", "");
    else if (tree->units[at].level >= OKO_LEVEL_SCHOOL)
        status = oko_error_set(err, OKO_E_ARGUMENT, "http.overview_level", "id");
    if (status == OKO_OK)
        status = of_place(rq, reply, tree, at, err);
    oko_reply_about(reply, "unit", unit, unit);
    oko_tree_back(rq->service->trees, tree);
    return status;
}

const oko_route oko_routes_runs[] = {
    { "runs.list", runs_list },           { "runs.get", runs_get },
    { "runs.compare", runs_compare },     { "runs.signs", signs_list },
    { "runs.results", results_list },     { "units.page", units_page },
    { "units.overview", units_overview }, { NULL, NULL },
};
