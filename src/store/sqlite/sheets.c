/* Sheets: one row per version, totals in plain columns, works in a BLOB. */
#include "store/sqlite/sqlite_store.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_CLASSES = 10000 }; /* current sheets of one school in one procedure */

/* ---- putting ---- */

static void bind_key(oko_query *q, const void *thing)
{
    const oko_sheet *sheet = thing;
    oko_query_int(q, sheet->procedure);
    oko_query_int(q, sheet->school);
    oko_query_text(q, sheet->class_label);
}

static void bind_rest(oko_query *q, const void *thing)
{
    oko_counts c;
    oko_sheet_count(thing, &c);
    const int64_t counts[] = { c.rows,      c.participants, c.absent, c.no_total, c.bad_total,
                               c.above_max, c.sum_mismatch, c.sum,    c.sum_sq };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        oko_query_int(q, counts[i]);
    }
    oko_query_bytes(q, q->s->bytes.ptr, q->s->bytes.len);
    oko_query_text(q, ((const oko_sheet *)thing)->class_written);
}

static oko_status content(const void *thing, oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES])
{
    return oko_content_sheet(thing, out, ret_hash);
}

static const oko_versioned table = {
    .find_sql = "SELECT id, since_rev, hash = ?4 FROM sheet INDEXED BY sheet_key "
                "WHERE procedure = ?1 AND school = ?2 AND class = ?3 AND until_rev IS NULL",
    .insert_sql = "INSERT INTO sheet (procedure, school, class, since_rev, import, hash, n_rows, participants, absent, "
                  "no_total, bad_total, above_max, sum_mismatch, sum, sum_sq, works, class_written) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    .end_sql = "UPDATE sheet SET until_rev = ?, ended_by = ? WHERE id = ?",
    .delete_sql = "DELETE FROM sheet WHERE id = ?",
    .bad_content = "store.sheet.form",
    .bind_key = bind_key,
    .bind_rest = bind_rest,
    .content = content,
};

oko_status oko_sqlite_sheet_put(oko_store *store, int64_t import, const oko_sheet *sheet, oko_change *ret_change,
                                oko_error *err)
{
    return oko_sqlite_version_put(oko_sqlite_of(store), &table, import, sheet, ret_change, err);
}

/* ---- retiring ---- */

static bool is_kept(const char *class_label, const char (*keep)[16], size_t n_keep)
{
    for (size_t i = 0; i < n_keep; i++) {
        if (strcmp(class_label, keep[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Current versions of school × procedure that are not kept; *ret_list is malloc'ed (NULL when there are none). */
static oko_status list_retired(oko_sqlite *s, int64_t procedure, int64_t school, const char (*keep)[16], size_t n_keep,
                               oko_version **ret_list, size_t *ret_n, oko_error *err)
{
    static const char sql[] = "SELECT id, since_rev, class FROM sheet INDEXED BY sheet_key "
                              "WHERE procedure = ? AND school = ? AND until_rev IS NULL";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    OKO_CLEANUP(oko_freep) oko_version *list = NULL;
    size_t n = 0, cap = 0;
    bool row = true;
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, procedure);
    oko_query_int(&q, school);
    while ((status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        if (is_kept(oko_query_get_text(&q, 2), keep, n_keep)) {
            continue;
        }
        status = oko_grow(&list, &cap, n + 1, sizeof *list, MAX_CLASSES);
        if (status != OKO_OK) {
            return oko_error_set(err, status, status == OKO_E_MEMORY ? "store.memory" : "store.limit", "");
        }
        list[n++] = (oko_version){ oko_query_get_int(&q, 0), oko_query_get_int(&q, 1), false };
    }
    if (status == OKO_OK) {
        *ret_list = list;
        *ret_n = n;
        list = NULL;
    }
    return status;
}

static oko_status retire(oko_sqlite *s, int64_t import, int64_t procedure, int64_t school, const char (*keep)[16],
                         size_t n_keep, int64_t *ret_removed, oko_error *err)
{
    OKO_CLEANUP(oko_freep) oko_version *list = NULL;
    size_t n = 0;
    oko_status status = list_retired(s, procedure, school, keep, n_keep, &list, &n, err);
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        status = oko_sqlite_end_version(s, table.end_sql, table.delete_sql, list[i].id, list[i].since_rev, import, err);
    }
    if (status == OKO_OK) {
        *ret_removed = (int64_t)n;
    }
    return status;
}

oko_status oko_sqlite_sheet_retire(oko_store *store, int64_t import, int64_t procedure, int64_t school,
                                   const char (*keep)[16], size_t n_keep, int64_t *ret_removed, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    int64_t removed = 0;
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_write_end(&w, retire(s, import, procedure, school, keep, n_keep, &removed, err), err);
    if (status == OKO_OK) {
        *ret_removed = removed;
    }
    return status;
}

/* ---- walking ---- */

#define COUNT_COLUMNS "n_rows, participants, absent, no_total, bad_total, above_max, sum_mismatch, sum, sum_sq"
#define VISIBLE "since_rev <= ?2 AND (until_rev IS NULL OR until_rev > ?2)"

static void read_counts(const oko_query *q, int col, oko_counts *ret_c)
{
    *ret_c = (oko_counts){
        .rows = oko_query_get_int(q, col),
        .participants = oko_query_get_int(q, col + 1),
        .absent = oko_query_get_int(q, col + 2),
        .no_total = oko_query_get_int(q, col + 3),
        .bad_total = oko_query_get_int(q, col + 4),
        .above_max = oko_query_get_int(q, col + 5),
        .sum_mismatch = oko_query_get_int(q, col + 6),
        .sum = oko_query_get_int(q, col + 7),
        .sum_sq = oko_query_get_int(q, col + 8),
    };
}

/* Decodes the row into *sheet. A BLOB that does not decode is damage of the store, not of a file. */
static oko_status read_sheet(const oko_query *q, int64_t procedure, oko_sheet **sheet, oko_error *err)
{
    const void *works = sqlite3_column_blob(q->statement, 11);
    const int bytes = sqlite3_column_bytes(q->statement, 11);
    oko_status status = oko_sheet_decode(works, (size_t)bytes, sheet);
    if (status != OKO_OK) {
        const bool memory = status == OKO_E_MEMORY;
        return oko_error_set(err, memory ? status : OKO_E_STORE, memory ? "store.memory" : "store.damaged",
                             memory ? "" : q->s->path);
    }
    (*sheet)->procedure = procedure;
    (*sheet)->school = oko_query_get_int(q, 0);
    oko_query_copy_text(q, 1, (*sheet)->class_label, sizeof(*sheet)->class_label);
    oko_query_copy_text(q, 12, (*sheet)->class_written, sizeof(*sheet)->class_written);
    return OKO_OK;
}

static oko_status walk(oko_query *q, int64_t procedure, oko_sheet **sheet, oko_sheet_fn fn, void *ctx, oko_error *err)
{
    bool row = true;
    oko_status status = OKO_OK;
    while (status == OKO_OK && (status = oko_query_next(q, &row, err)) == OKO_OK && row) {
        oko_counts counts;
        read_counts(q, 2, &counts);
        status = read_sheet(q, procedure, sheet, err);
        if (status == OKO_OK) {
            status = fn(ctx, *sheet, &counts);
        }
    }
    return status;
}

oko_status oko_sqlite_sheet_walk(oko_store *store, const oko_sheet_query *query, oko_sheet_fn fn, void *ctx,
                                 oko_error *err)
{
    static const char sql_all[] =
        "SELECT school, class, " COUNT_COLUMNS ", works, class_written FROM sheet INDEXED BY sheet_key "
        "WHERE procedure = ?1 AND school % ?3 = ?4 AND " VISIBLE " ORDER BY school, class";
    static const char sql_one[] =
        "SELECT school, class, " COUNT_COLUMNS ", works, class_written FROM sheet INDEXED BY sheet_key "
        "WHERE procedure = ?1 AND school = ?5 AND school % ?3 = ?4 AND " VISIBLE " ORDER BY school, class";
    oko_sqlite *s = oko_sqlite_of(store);
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    int64_t at;
    oko_status status = oko_sqlite_at_revision(s, query->revision, &at, err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, query->school == 0 ? sql_all : sql_one, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, query->procedure);
    oko_query_int(&q, at);
    oko_query_int(&q, query->n_shards);
    oko_query_int(&q, query->shard);
    if (query->school != 0) {
        oko_query_int(&q, query->school);
    }
    oko_sheet *sheet = s->spare; /* a walk within a walk finds none and makes its own */
    s->spare = NULL;
    status = walk(&q, query->procedure, &sheet, fn, ctx, err);
    if (s->spare == NULL) {
        s->spare = sheet;
    } else {
        oko_sheet_free(sheet);
    }
    return status;
}

oko_status oko_sqlite_counts_walk(oko_store *store, int64_t procedure, int64_t revision, oko_school_counts_fn fn,
                                  void *ctx, oko_error *err)
{
    static const char sql[] =
        "SELECT school, sum(n_rows), sum(participants), sum(absent), sum(no_total), sum(bad_total), sum(above_max), "
        "sum(sum_mismatch), sum(sum), sum(sum_sq) FROM sheet INDEXED BY sheet_key "
        "WHERE procedure = ?1 AND " VISIBLE " GROUP BY school ORDER BY school";
    oko_sqlite *s = oko_sqlite_of(store);
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    int64_t at;
    oko_status status = oko_sqlite_at_revision(s, revision, &at, err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    bool row = true;
    oko_query_int(&q, procedure);
    oko_query_int(&q, at);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_counts counts;
        read_counts(&q, 1, &counts);
        status = fn(ctx, oko_query_get_int(&q, 0), &counts);
    }
    return status;
}
