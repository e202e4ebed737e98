/* Runs (расчёты) and their results: lists of signs, cut to what the caller may see. */
#include "http/routes/routes.h"

#include "analysis/runs.h"
#include "http/overview.h"
#include "http/service.h"
#include "http/workbook.h"
#include "reference/json.h"

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
    return oko_reply_text(&out, reply, err);
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

/* ---- the list of signs as a workbook ---- */
enum { FILE_ROWS = 100000, FILE_BYTES = 128 * 1024 * 1024 };

static oko_status workbook(oko_request *rq, oko_reply *reply, const json_t *rows, oko_error *err)
{
    static const struct {
        const char *member, *key;
        double width;
    } wanted[] = {
        { "municipality", "signtable.col.municipality", 24 },
        { "unit_code", "signtable.col.code", 14 },
        { "unit_name", "signtable.col.school", 40 },
        { "class", "signtable.col.class", 8 },
        { "procedure", "signtable.col.procedure", 16 },
        { "evidence_word", "signtable.col.evidence", 22 },
        { "family_word", "signtable.col.family", 24 },
        { "reliability_word", "signtable.col.reliability", 14 },
        { "n", "signtable.col.n", 8 },
        { "effect", "signtable.col.effect", 12 },
        { "effect_lo", "signtable.col.effect_lo", 12 },
        { "effect_hi", "signtable.col.effect_hi", 12 },
        { "p", "signtable.col.p", 12 },
        { "q", "signtable.col.q", 12 },
    };
    enum { COLUMNS = (int)(sizeof wanted / sizeof *wanted) };
    oko_table_column columns[COLUMNS];
    for (int i = 0; i < COLUMNS; i++)
        columns[i] = (oko_table_column){ wanted[i].member, oko_text_get(rq->text, wanted[i].key), wanted[i].width };
    return oko_reply_workbook(rq, reply, oko_text_get(rq->text, "signtable.col.sheet"), columns, COLUMNS, rows, "signs",
                              err);
}

/* The word of a code beside it, in the language of the request. */
static void put_word(oko_request *rq, json_t *row, const char *member, const char *as, const char *prefix)
{
    const char *code = json_string_value(json_object_get(row, member));
    const char *key = code != NULL ? oko_arena_printf(rq->arena, "%s%s", prefix, code) : NULL;
    if (key != NULL)
        oko_json_set_str(row, as, oko_text_get(rq->text, key));
}

static oko_status signs_workbook(oko_request *rq, oko_reply *reply, const oko_run_rows *rows, const oko_tree *tree,
                                 oko_error *err)
{
    bool down;
    oko_row_sort sort = read_sort(oko_request_str(rq, "sort"), &down);
    filter f = read_filter(rq, tree, rows, true);
    OKO_CLEANUP(oko_buffer_free) oko_buffer text = { 0 };
    oko_buffer_init(&text, FILE_BYTES);
    page p = { .out = &text, .limit = FILE_ROWS };
    oko_buffer_char(&text, '[');
    collect(rows, &f, sort, down, &p);
    oko_buffer_char(&text, ']');
    OKO_CLEANUP(oko_json_freep)
    json_t *list = oko_buffer_status(&text) == OKO_OK ? json_loadb(text.ptr, text.len, 0, NULL) : NULL;
    if (list == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    size_t i;
    json_t *row;
    json_array_foreach(list, i, row)
    {
        put_word(rq, row, "evidence", "evidence_word", "evidence.word.");
        put_word(rq, row, "family", "family_word", "evidence.family.");
        put_word(rq, row, "reliability", "reliability_word", "evidence.reliability_short.");
    }
    oko_reply_about(reply, "run", rows->run, oko_request_int(rq, "unit", rq->actor.unit));
    return workbook(rq, reply, list, err);
}

typedef oko_status (*rows_fn)(oko_request *rq, oko_reply *reply, const oko_run_rows *rows, const oko_tree *tree,
                              oko_error *err);

/* Hands the rows of the wanted run of evidence on, with the register. */
static oko_status with_evidence(oko_request *rq, oko_reply *reply, rows_fn fn, oko_error *err)
{
    const oko_tree *tree = NULL;
    const oko_run_rows *rows = NULL;
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &tree, err);
    if (status != OKO_OK)
        return status;
    status = oko_run_rows_get(rq->service->runs, rq->store, oko_request_int(rq, "run", 0), OKO_METHODS_EVIDENCE, tree,
                              &rows, err);
    if (status == OKO_OK)
        status = fn(rq, reply, rows, tree, err);
    oko_run_rows_back(rq->service->runs, rows);
    oko_tree_back(rq->service->trees, tree);
    return status;
}

static oko_status signs_file(oko_request *rq, oko_reply *reply, oko_error *err)
{
    return with_evidence(rq, reply, signs_workbook, err);
}

/* ---- schools, one row each ---- */
static oko_schools_sort read_school_sort(const char *text, bool *ret_down)
{
    static const char *const names[] = { "code", "name", "works", "evidence" };
    *ret_down = text != NULL && *text == '-';
    for (int i = 0; text != NULL && i < 4; i++)
        if (strcmp(names[i], text + *ret_down) == 0)
            return (oko_schools_sort)i;
    return OKO_SCHOOLS_BY_CODE;
}

static oko_status list_schools(oko_request *rq, oko_reply *reply, const oko_run_rows *rows, const oko_tree *tree,
                               oko_error *err)
{
    char folded[400];
    const char *search = oko_request_str(rq, "search");
    oko_buffer out;
    filter f = read_filter(rq, tree, rows, true);
    oko_schools_query q = { .procedure = oko_request_str(rq, "procedure"),
                            .year = f.year,
                            .from = (size_t)f.from,
                            .to = (size_t)(f.to > f.from ? f.to : f.from),
                            .least = f.least,
                            .family = f.family,
                            .folded = search != NULL ? folded : NULL,
                            .offset = oko_request_int(rq, "offset", 0),
                            .limit = oko_request_int(rq, "limit", 50) };
    if (search != NULL)
        (void)oko_str_fold(folded, sizeof folded, oko_str_of(search));
    q.sort = read_school_sort(oko_request_str(rq, "sort"), &q.down);
    oko_buffer_init(&out, PAGE_BYTES);
    oko_buffer_printf(&out, "{\"run\":%lld,", (long long)rows->run);
    oko_status status = oko_schools_write(tree, rows, &q, &out);
    oko_buffer_char(&out, '}');
    oko_reply_about(reply, "run", rows->run, oko_request_int(rq, "unit", rq->actor.unit));
    if (status != OKO_OK) {
        oko_buffer_free(&out);
        return oko_error_set(err, status, "", "");
    }
    return oko_reply_text(&out, reply, err);
}

static oko_status schools_list(oko_request *rq, oko_reply *reply, oko_error *err)
{
    return with_evidence(rq, reply, list_schools, err);
}

const oko_route oko_routes_runs[] = {
    { "runs.list", runs_list },       { "runs.get", runs_get },
    { "runs.compare", runs_compare }, { "runs.signs", signs_list },
    { "runs.schools", schools_list }, { "runs.signsFile", signs_file },
    { "runs.results", results_list }, { NULL, NULL },
};
