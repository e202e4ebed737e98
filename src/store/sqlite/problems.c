/* Problems of imports: what they have in common is kept once (problem_kind) and remembered by the handle. */
#include "store/sqlite/sqlite_store.h"

#include <stdlib.h>
#include <string.h>

static bool same_kind(const oko_problem *a, const oko_problem *b)
{
    return a->severity == b->severity && a->col == b->col && strcmp(a->reason, b->reason) == 0 &&
           strcmp(a->value_class, b->value_class) == 0 && strcmp(a->column, b->column) == 0 &&
           strcmp(a->sheet, b->sheet) == 0;
}

static uint64_t mix_text(uint64_t h, const char *text)
{
    for (; *text != '\0'; text++) {
        h = (h ^ (uint8_t)*text) * UINT64_C(0x100000001B3); /* FNV-1a */
    }
    return (h ^ 0xFF) * UINT64_C(0x100000001B3);
}

/* The one place in the cache where this kind may stand; NULL when memory is out (the cache is only a help). */
static oko_sqlite_kind *cached(oko_sqlite *s, const oko_problem *p)
{
    if (s->kinds == NULL) {
        s->kinds = oko_calloc_array(OKO_SQLITE_KINDS, sizeof *s->kinds);
        if (s->kinds == NULL) {
            return NULL;
        }
    }
    uint64_t h = UINT64_C(0xCBF29CE484222325) ^ ((uint64_t)p->col << 2 | (uint64_t)p->severity);
    h = mix_text(mix_text(mix_text(mix_text(h, p->reason), p->value_class), p->column), p->sheet);
    return &s->kinds[(h ^ h >> 32) % OKO_SQLITE_KINDS];
}

static void bind_kind(oko_query *q, const oko_problem *p)
{
    oko_query_text(q, p->reason);
    oko_query_text(q, p->value_class);
    oko_query_int(q, p->col);
    oko_query_text(q, p->column);
    oko_query_text(q, p->sheet);
    oko_query_int(q, (int64_t)p->severity);
}

static oko_status find_kind(oko_sqlite *s, const oko_problem *p, int64_t *ret_id, oko_error *err)
{
    static const char sql[] = "SELECT id FROM problem_kind WHERE reason = ? AND value_class = ? AND col = ? "
                              "AND head = ? AND sheet = ? AND severity = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status == OKO_OK) {
        bind_kind(&q, p);
        status = oko_query_next(&q, &row, err);
    }
    if (status == OKO_OK) {
        *ret_id = row ? oko_query_get_int(&q, 0) : 0;
    }
    return status;
}

static oko_status add_kind(oko_sqlite *s, const oko_problem *p, int64_t *ret_id, oko_error *err)
{
    static const char sql[] = "INSERT INTO problem_kind (reason, value_class, col, head, sheet, severity) "
                              "VALUES (?, ?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    bind_kind(&q, p);
    status = oko_query_run(&q, err);
    if (status == OKO_OK) {
        *ret_id = sqlite3_last_insert_rowid(s->db);
    }
    return status;
}

static oko_status kind_of(oko_sqlite *s, const oko_problem *p, int64_t *ret_id, oko_error *err)
{
    oko_sqlite_kind *place = cached(s, p);
    if (place != NULL && place->id != 0 && same_kind(&place->model, p)) {
        *ret_id = place->id;
        return OKO_OK;
    }
    int64_t id = 0;
    oko_status status = find_kind(s, p, &id, err);
    if (status == OKO_OK && id == 0) {
        status = add_kind(s, p, &id, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    if (place != NULL) {
        *place = (oko_sqlite_kind){ .id = id, .model = *p };
    }
    *ret_id = id;
    return OKO_OK;
}

/* Number of the import's next problem. */
static oko_status next_no(oko_sqlite *s, int64_t import, int64_t *ret_no, oko_error *err)
{
    static const char sql[] = "SELECT ifnull(max(no), 0) FROM problem WHERE import = ?";
    if (s->problem_import != import) {
        OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
        bool row = false;
        oko_status status = oko_query_begin(s, sql, &q, err);
        if (status == OKO_OK) {
            oko_query_int(&q, import);
            status = oko_query_next(&q, &row, err);
        }
        if (status != OKO_OK) {
            return status;
        }
        s->problem_no = oko_query_get_int(&q, 0);
        s->problem_import = import;
    }
    *ret_no = s->problem_no + 1;
    return OKO_OK;
}

static oko_status add(oko_sqlite *s, int64_t import, const oko_problem *p, oko_error *err)
{
    static const char sql[] = "INSERT INTO problem (import, no, kind, row, detail) VALUES (?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    int64_t kind = 0, no = 0;
    oko_status status = kind_of(s, p, &kind, err);
    if (status == OKO_OK) {
        status = next_no(s, import, &no, err);
    }
    if (status == OKO_OK) {
        status = oko_query_begin(s, sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, import);
    oko_query_int(&q, no);
    oko_query_int(&q, kind);
    oko_query_int(&q, p->row);
    oko_query_text(&q, p->detail);
    status = oko_query_run(&q, err);
    if (status == OKO_OK) {
        s->problem_no = no;
    }
    return status;
}

oko_status oko_sqlite_problem_add(oko_store *store, int64_t import, const oko_problem *problem, oko_error *err)
{
    oko_write w = { 0 };
    oko_status status = oko_write_begin(oko_sqlite_of(store), &w, err);
    return status != OKO_OK ? status : oko_write_end(&w, add(oko_sqlite_of(store), import, problem, err), err);
}

oko_status oko_sqlite_problem_walk(oko_store *store, int64_t import, oko_problem_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] = "SELECT k.severity, k.reason, k.value_class, k.sheet, k.col, k.head, p.row, p.detail "
                              "FROM problem p JOIN problem_kind k ON k.id = p.kind WHERE p.import = ? ORDER BY p.no";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    bool row = true;
    oko_query_int(&q, import);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_problem p = { .severity = (oko_severity)oko_query_get_int(&q, 0),
                          .col = (uint32_t)oko_query_get_int(&q, 4),
                          .row = (uint32_t)oko_query_get_int(&q, 6) };
        oko_query_copy_text(&q, 1, p.reason, sizeof p.reason);
        oko_query_copy_text(&q, 2, p.value_class, sizeof p.value_class);
        oko_query_copy_text(&q, 3, p.sheet, sizeof p.sheet);
        oko_query_copy_text(&q, 5, p.column, sizeof p.column);
        oko_query_copy_text(&q, 7, p.detail, sizeof p.detail);
        status = fn(ctx, &p);
    }
    return status;
}
