/* Runs and their results: written once, in the order in which they are read. */
#include "store/sqlite/sqlite_store.h"

#include <stdlib.h>
#include <string.h>

/* ---- order of results ---- */

typedef struct place {
    char procedure[OKO_CODE_BYTES];
    char rule[48];
    int level;     /* of the unit; −1: of no unit */
    char code[64]; /* of the unit */
    size_t at;     /* number in the source; keeps equal ones as they came */
} place;

static int compare_places(const void *a, const void *b)
{
    const place *x = a, *y = b;
    int order = strcmp(x->procedure, y->procedure);
    if (order == 0) {
        order = strcmp(x->rule, y->rule);
    }
    if (order == 0) {
        order = (x->level > y->level) - (x->level < y->level);
    }
    if (order == 0) {
        order = strcmp(x->code, y->code);
    }
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static oko_status fill_place(oko_sqlite *s, const oko_result *result, size_t at, place *ret_place, oko_error *err)
{
    static const char sql[] = "SELECT level, code FROM unit WHERE id = ?";
    *ret_place = (place){ .level = -1, .at = at };
    memcpy(ret_place->procedure, result->procedure, sizeof ret_place->procedure);
    memcpy(ret_place->rule, result->rule, sizeof ret_place->rule);
    if (result->unit == 0) {
        return OKO_OK;
    }
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status == OKO_OK) {
        oko_query_int(&q, result->unit);
        status = oko_query_next(&q, &row, err);
    }
    if (status == OKO_OK && !row) {
        status = oko_sqlite_refuse(s, OKO_E_NOT_FOUND, "store.unit.unknown", err);
    }
    if (status == OKO_OK) {
        ret_place->level = (int)oko_query_get_int(&q, 0);
        oko_query_copy_text(&q, 1, ret_place->code, sizeof ret_place->code);
    }
    return status;
}

static oko_status get_result(oko_sqlite *s, const oko_result_source *results, size_t i, oko_buffer *room,
                             oko_result *ret, oko_error *err)
{
    oko_status status = results->get(results->ctx, i, room, ret);
    return status == OKO_OK ? OKO_OK : oko_sqlite_refuse(s, status, "", err);
}

/* Where result i belongs. */
static oko_status place_of(oko_sqlite *s, const oko_result_source *results, size_t i, oko_buffer *room, place *ret,
                           oko_error *err)
{
    oko_result result;
    oko_status status = get_result(s, results, i, room, &result, err);
    return status == OKO_OK ? fill_place(s, &result, i, ret, err) : status;
}

/* Do they stand in their fixed order (procedure, rule, unit level, unit code) already? */
static oko_status find_order(oko_sqlite *s, const oko_result_source *results, oko_buffer *room, bool *ret_ordered,
                             oko_error *err)
{
    place at[2];
    *ret_ordered = true;
    for (size_t i = 0; i < results->n; i++) {
        oko_status status = place_of(s, results, i, room, &at[i % 2], err);
        if (status != OKO_OK) {
            return status;
        }
        *ret_ordered = *ret_ordered && (i == 0 || compare_places(&at[(i - 1) % 2], &at[i % 2]) < 0);
    }
    return OKO_OK;
}

/* *ret_order is malloc'ed; NULL: as they stand. */
static oko_status sort_results(oko_sqlite *s, const oko_result_source *results, oko_buffer *room, place **ret_order,
                               oko_error *err)
{
    bool ordered = false;
    oko_status status = find_order(s, results, room, &ordered, err);
    if (status != OKO_OK || ordered) {
        return status;
    }
    OKO_CLEANUP(oko_freep) place *order = oko_alloc_array(results->n, sizeof *order);
    if (order == NULL) {
        (void)oko_sqlite_refuse(s, OKO_E_MEMORY, "store.memory", err);
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; status == OKO_OK && i < results->n; i++) {
        status = place_of(s, results, i, room, &order[i], err);
    }
    if (status != OKO_OK) {
        return status;
    }
    qsort(order, results->n, sizeof *order, compare_places);
    *ret_order = order;
    order = NULL;
    return OKO_OK;
}

/* ---- saving ---- */

static void bind_result(oko_query *q, int64_t run, const oko_result *r)
{
    oko_query_int(q, run);
    oko_query_text(q, r->procedure);
    oko_query_text(q, r->rule);
    oko_query_ref(q, r->unit);
    oko_query_int(q, (int64_t)r->state);
    oko_query_text(q, r->why);
    oko_query_int(q, r->marked);
    oko_query_int(q, r->official);
    oko_query_int(q, r->n);
    const double numbers[] = { r->observed, r->expected, r->effect, r->effect_lo, r->effect_hi, r->p, r->log_p, r->q };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        oko_query_real(q, numbers[i]);
    }
    oko_query_text(q, r->details);
}

static oko_status save_results(oko_sqlite *s, int64_t run, const oko_result_source *results, oko_error *err)
{
    static const char sql[] =
        "INSERT INTO result (run, procedure, rule, unit, state, why, marked, official, n, observed, "
        "expected, effect, effect_lo, effect_hi, p, log_p, q, details) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_freep) place *order = NULL;
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    OKO_CLEANUP(oko_buffer_free) oko_buffer room;
    oko_buffer_init(&room, OKO_RESULT_MAX_DETAILS);
    oko_status status = sort_results(s, results, &room, &order, err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, sql, &q, err);
    }
    for (size_t i = 0; status == OKO_OK && i < results->n; i++) {
        oko_result result;
        status = get_result(s, results, order != NULL ? order[i].at : i, &room, &result, err);
        if (status == OKO_OK) {
            bind_result(&q, run, &result);
            status = oko_query_run(&q, err);
        }
    }
    return status;
}

static oko_status insert_run(oko_sqlite *s, const oko_run *run, int64_t first, size_t n, int64_t *ret_id,
                             oko_error *err)
{
    static const char sql[] =
        "INSERT INTO run (created, method, program, revision, snapshot, seed, params, result_hash, first_result, "
        "n_results) VALUES (coalesce(nullif(?, ''), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_text(&q, run->created);
    oko_query_text(&q, run->method);
    oko_query_text(&q, run->program);
    oko_query_int(&q, run->revision);
    oko_query_text(&q, run->snapshot);
    oko_query_int(&q, (int64_t)run->seed);
    oko_query_text(&q, run->params == NULL ? "{}" : run->params);
    oko_query_text(&q, run->result_hash);
    oko_query_int(&q, first);
    oko_query_int(&q, (int64_t)n);
    status = oko_query_run(&q, err);
    if (status == OKO_OK) {
        *ret_id = sqlite3_last_insert_rowid(s->db);
    }
    return status;
}

oko_status oko_sqlite_run_save(oko_store *store, const oko_run *run, const oko_result_source *results, int64_t *ret_id,
                               oko_error *err)
{
    static const char sql_first[] = "SELECT ifnull(max(id), 0) + 1 FROM result";
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    int64_t id = 0, first = 0;
    if (s->in_transaction) {
        return oko_error_set(err, OKO_E_CONFLICT, "store.in_transaction", "");
    }
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_query_one_int(s, sql_first, &first, err);
    if (status == OKO_OK) {
        status = insert_run(s, run, first, results->n, &id, err);
    }
    if (status == OKO_OK) {
        status = save_results(s, id, results, err);
    }
    status = oko_write_end(&w, status, err);
    if (status == OKO_OK) {
        *ret_id = id;
    }
    return status;
}

/* ---- reading ---- */

#define RUN_COLUMNS "id, created, method, program, revision, snapshot, seed, result_hash, params"

/* All but params. */
static void read_run(const oko_query *q, oko_run *ret_r)
{
    *ret_r = (oko_run){ .id = oko_query_get_int(q, 0),
                        .revision = oko_query_get_int(q, 4),
                        .seed = (uint64_t)oko_query_get_int(q, 6) };
    oko_query_copy_text(q, 1, ret_r->created, sizeof ret_r->created);
    oko_query_copy_text(q, 2, ret_r->method, sizeof ret_r->method);
    oko_query_copy_text(q, 3, ret_r->program, sizeof ret_r->program);
    oko_query_copy_text(q, 5, ret_r->snapshot, sizeof ret_r->snapshot);
    oko_query_copy_text(q, 7, ret_r->result_hash, sizeof ret_r->result_hash);
}

oko_status oko_sqlite_run_get(oko_store *store, int64_t id, oko_run *ret_run, oko_error *err)
{
    static const char sql[] =
        "SELECT " RUN_COLUMNS " FROM run WHERE id = coalesce(nullif(?, 0), (SELECT max(id) FROM run))";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status == OKO_OK) {
        oko_query_int(&q, id);
        status = oko_query_next(&q, &row, err);
    }
    if (status == OKO_OK && !row) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "store.run.unknown", "");
        oko_error_arg(err, "%lld", (long long)id);
    }
    if (status != OKO_OK) {
        return status;
    }
    char *params = oko_str_dup(oko_str_of(oko_query_get_text(&q, 8)));
    if (params == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
    }
    read_run(&q, ret_run);
    ret_run->params = params;
    return OKO_OK;
}

oko_status oko_sqlite_run_walk(oko_store *store, oko_run_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] = "SELECT " RUN_COLUMNS " FROM run ORDER BY id DESC";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        OKO_CLEANUP(oko_freep) char *params = oko_str_dup(oko_str_of(oko_query_get_text(&q, 8)));
        oko_run run;
        if (params == NULL) {
            return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
        }
        read_run(&q, &run);
        run.params = params;
        status = fn(ctx, &run);
    }
    return status;
}

/* All but details. */
static void read_result(const oko_query *q, oko_result *ret_r)
{
    *ret_r = (oko_result){
        .unit = oko_query_get_int(q, 2),
        .state = (oko_result_state)oko_query_get_int(q, 3),
        .marked = oko_query_get_int(q, 5) != 0,
        .official = oko_query_get_int(q, 6) != 0,
        .n = oko_query_get_int(q, 7),
        .observed = oko_query_get_real(q, 8),
        .expected = oko_query_get_real(q, 9),
        .effect = oko_query_get_real(q, 10),
        .effect_lo = oko_query_get_real(q, 11),
        .effect_hi = oko_query_get_real(q, 12),
        .p = oko_query_get_real(q, 13),
        .log_p = oko_query_get_real(q, 14),
        .q = oko_query_get_real(q, 15),
    };
    oko_query_copy_text(q, 0, ret_r->procedure, sizeof ret_r->procedure);
    oko_query_copy_text(q, 1, ret_r->rule, sizeof ret_r->rule);
    oko_query_copy_text(q, 4, ret_r->why, sizeof ret_r->why);
}

#define RESULT_COLUMNS                                                                                                 \
    "r.procedure, r.rule, r.unit, r.state, r.why, r.marked, r.official, r.n, r.observed, r.expected, r.effect, "       \
    "r.effect_lo, r.effect_hi, r.p, r.log_p, r.q, r.details"
#define RESULT_FILTER                                                                                                  \
    "(?2 IS NULL OR r.procedure = ?2) AND (?3 IS NULL OR r.rule = ?3) AND r.marked >= ?4 AND "                         \
    "(?5 IS NULL OR (SELECT u.level FROM unit u WHERE u.id = r.unit) = ?5)"

static void bind_query(oko_query *q, int64_t run, const oko_result_query *query)
{
    oko_query_int(q, run);
    oko_query_text(q, query->procedure);
    oko_query_text(q, query->rule);
    oko_query_int(q, query->marked_only);
    if (query->level == OKO_LEVEL_COUNT) {
        oko_query_text(q, NULL);
    } else {
        oko_query_int(q, (int64_t)query->level);
    }
    if (query->unit != 0) {
        oko_query_int(q, query->unit);
        oko_query_int(q, query->with_merged);
    }
}

static oko_status walk_results(oko_query *q, oko_result_fn fn, void *ctx, oko_error *err)
{
    bool row = true;
    oko_status status = OKO_OK;
    while (status == OKO_OK && (status = oko_query_next(q, &row, err)) == OKO_OK && row) {
        oko_result result;
        read_result(q, &result);
        OKO_CLEANUP(oko_freep) char *details = NULL;
        if (sqlite3_column_type(q->statement, 16) != SQLITE_NULL) {
            details = oko_str_dup(oko_str_of(oko_query_get_text(q, 16)));
            if (details == NULL) {
                return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
            }
        }
        result.details = details;
        status = fn(ctx, &result);
    }
    return status;
}

oko_status oko_sqlite_result_walk(oko_store *store, const oko_result_query *query, oko_result_fn fn, void *ctx,
                                  oko_error *err)
{
    static const char sql_newest[] = "SELECT ifnull(max(id), 0) FROM run";
    static const char sql_run[] = "SELECT " RESULT_COLUMNS " FROM run n JOIN result r "
                                  "ON r.id BETWEEN n.first_result AND n.first_result + n.n_results - 1 "
                                  "WHERE n.id = ?1 AND " RESULT_FILTER " ORDER BY r.id";
    static const char sql_unit[] = "SELECT " RESULT_COLUMNS " FROM result r INDEXED BY result_unit "
                                   "WHERE r.run = ?1 AND r.unit IN (SELECT ?6 UNION ALL SELECT m.id FROM unit m "
                                   "WHERE m.merged_into = ?6 AND ?7) AND " RESULT_FILTER " ORDER BY r.id";
    oko_sqlite *s = oko_sqlite_of(store);
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    int64_t run = query->run;
    oko_status status = run == 0 ? oko_query_one_int(s, sql_newest, &run, err) : OKO_OK;
    if (status == OKO_OK) {
        status = oko_query_begin(s, query->unit == 0 ? sql_run : sql_unit, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    bind_query(&q, run, query);
    return walk_results(&q, fn, ctx, err);
}
