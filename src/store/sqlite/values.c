/* Computed values of indicators. */
#include "store/sqlite/sqlite_store.h"

#include <math.h>

#define VALUE_COLUMNS                                                                                                  \
    "v.id, v.indicator, v.indicator_version, v.code, v.year, v.unit, v.campaign, v.value, v.why, v.n, v.run, "         \
    "v.evidence, v.revision, v.computed, v.trace"

static oko_status insert(oko_sqlite *s, const oko_indicator_value *v, oko_error *err)
{
    static const char sql[] =
        "INSERT INTO indicator_value (indicator, indicator_version, code, year, unit, campaign, value, why, n, run, "
        "evidence, revision, trace) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, v->indicator);
    oko_query_int(&q, v->indicator_version);
    oko_query_text(&q, v->code);
    oko_query_int(&q, v->year);
    oko_query_int(&q, v->unit);
    oko_query_ref(&q, v->campaign);
    oko_query_real(&q, v->value);
    oko_query_text(&q, v->why);
    oko_query_int(&q, v->n);
    oko_query_ref(&q, v->run);
    oko_query_ref(&q, v->evidence);
    oko_query_int(&q, v->revision);
    oko_query_text(&q, v->trace);
    return oko_query_run(&q, err);
}

static oko_status check_and_insert(oko_sqlite *s, const oko_indicator_value *v, oko_error *err)
{
    static const char sql[] = "SELECT 1 FROM record WHERE id = ?";
    bool exists = false;
    oko_status status = oko_sqlite_need_unit(s, v->unit, "unit", err);
    status = status == OKO_OK ? oko_sqlite_exists(s, sql, v->indicator, &exists, err) : status;
    if (status == OKO_OK && !exists) {
        return oko_error_set(err, OKO_E_NOT_FOUND, "record.unknown", "indicator");
    }
    return status == OKO_OK ? insert(s, v, err) : status;
}

static oko_status add(oko_store *store, const oko_indicator_value *v, oko_error *err)
{
    oko_write w = { 0 };
    oko_status status = oko_write_begin(oko_sqlite_of(store), &w, err);
    return status != OKO_OK ? status : oko_write_end(&w, check_and_insert(oko_sqlite_of(store), v, err), err);
}

static void select_where(oko_sqlite *s, oko_select *sel, const char *sql, const oko_value_query *q)
{
    oko_select_init(sel, sql);
    oko_select_add(sel, " FROM indicator_value v JOIN unit u ON u.id = v.unit WHERE 1");
    if (!q->all && q->id == 0) {
        oko_select_add(sel, " AND v.id = (SELECT max(w.id) FROM indicator_value w WHERE w.code = v.code AND "
                            "w.year = v.year AND w.unit = v.unit");
        if (q->campaign != 0) {
            oko_select_int(sel, " AND w.campaign = ?", q->campaign);
        }
        if (q->until != 0) {
            oko_select_int(sel, " AND w.id <= ?", q->until);
        }
        oko_select_add(sel, ")");
    }
    if (q->until != 0) {
        oko_select_int(sel, " AND v.id <= ?", q->until);
    }
    if (q->id != 0) {
        oko_select_int(sel, " AND v.id = ?", q->id);
    }
    if (q->code != NULL && q->code[0] != '\0') {
        oko_select_text(sel, " AND v.code = ?", q->code);
    }
    if (q->year != 0) {
        oko_select_int(sel, " AND v.year = ?", q->year);
    }
    if (q->campaign != 0) {
        oko_select_int(sel, " AND v.campaign = ?", q->campaign);
    }
    if (q->level != OKO_LEVEL_COUNT) {
        oko_select_int(sel, " AND u.level = ?", (int64_t)q->level);
    }
    if (q->unit != 0) {
        oko_select_units(s, sel, "v.unit", q->unit, q->subtree);
        oko_select_add(sel, ")");
    }
}

static void read_value(const oko_query *q, oko_indicator_value *ret_v)
{
    *ret_v = (oko_indicator_value){ .id = oko_query_get_int(q, 0),
                                    .indicator = oko_query_get_int(q, 1),
                                    .indicator_version = oko_query_get_int(q, 2),
                                    .year = (int)oko_query_get_int(q, 4),
                                    .unit = oko_query_get_int(q, 5),
                                    .campaign = oko_query_get_int(q, 6),
                                    .value = oko_query_get_real(q, 7),
                                    .n = oko_query_get_int(q, 9),
                                    .run = oko_query_get_int(q, 10),
                                    .evidence = oko_query_get_int(q, 11),
                                    .revision = oko_query_get_int(q, 12),
                                    .trace = oko_query_get_text(q, 14) };
    oko_query_copy_text(q, 3, ret_v->code, sizeof ret_v->code);
    oko_query_copy_text(q, 8, ret_v->why, sizeof ret_v->why);
    oko_query_copy_text(q, 13, ret_v->computed, sizeof ret_v->computed);
}

static oko_status count(oko_sqlite *s, const oko_value_query *query, int64_t *ret_total, oko_error *err)
{
    OKO_CLEANUP(oko_select_free) oko_select sel = { 0 };
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    select_where(s, &sel, "SELECT count(*)", query);
    oko_status status = oko_select_begin(s, &sel, &q, err);
    status = status == OKO_OK ? oko_query_next(&q, &row, err) : status;
    if (status == OKO_OK) {
        *ret_total = oko_query_get_int(&q, 0);
    }
    return status;
}

static oko_status walk(oko_store *store, const oko_value_query *query, oko_indicator_value_fn fn, void *ctx,
                       int64_t *ret_total, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    OKO_CLEANUP(oko_select_free) oko_select sel = { 0 };
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    select_where(s, &sel, "SELECT " VALUE_COLUMNS, query);
    oko_select_add(&sel, " ORDER BY v.code, v.year, u.level, u.code, v.id");
    oko_select_int(&sel, " LIMIT ?", query->limit);
    oko_select_int(&sel, " OFFSET ?", query->offset);
    oko_status status = ret_total != NULL ? count(s, query, ret_total, err) : OKO_OK;
    status = status == OKO_OK ? oko_select_begin(s, &sel, &q, err) : status;
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_indicator_value v;
        read_value(&q, &v);
        status = fn(ctx, &v);
    }
    return status;
}

const oko_value_engine oko_sqlite_values = {
    .add = add,
    .walk = walk,
};
