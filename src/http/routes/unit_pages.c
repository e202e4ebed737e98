/* All that the newest runs say of a unit: its page by procedure, a region or a municipality at a glance. */
#include "http/routes/routes.h"

#include "analysis/runs.h"
#include "http/overview.h"
#include "http/service.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_BYTES = 4 * 1024 * 1024 };

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
        status = oko_run_rows_newest(rq->service->runs, rq->store, OKO_METHODS_MAIN, tree, &main_rows, err);
    if (status == OKO_OK)
        status = oko_run_rows_newest(rq->service->runs, rq->store, OKO_METHODS_EVIDENCE, tree, &evidence, err);
    if (status == OKO_OK) {
        oko_buffer_init(&out, PAGE_BYTES);
        write_page(&out, rq, tree, at, main_rows, evidence);
        oko_reply_about(reply, "unit", unit, unit);
        status = oko_reply_text(&out, reply, err);
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
    return oko_reply_text(&out, reply, err);
}

static oko_status of_place(oko_request *rq, oko_reply *reply, const oko_tree *tree, size_t at, oko_error *err)
{
    const oko_run_rows *main_rows = NULL, *evidence = NULL;
    oko_status status = oko_run_rows_newest(rq->service->runs, rq->store, OKO_METHODS_MAIN, tree, &main_rows, err);
    if (status == OKO_OK)
        status = oko_run_rows_newest(rq->service->runs, rq->store, OKO_METHODS_EVIDENCE, tree, &evidence, err);
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

const oko_route oko_routes_unit_pages[] = {
    { "units.page", units_page },
    { "units.overview", units_overview },
    { NULL, NULL },
};
