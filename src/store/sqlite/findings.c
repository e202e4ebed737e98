/* Findings: re-checks, observers' protocols, medallists; versioned like sheets. */
#include "store/sqlite/sqlite_store.h"

#include <stdlib.h>

static void bind_key(oko_query *q, const void *thing)
{
    const oko_finding *r = thing;
    oko_query_int(q, r->unit);
    oko_query_int(q, (int64_t)r->kind);
    oko_query_int(q, r->year);
    oko_query_text(q, r->procedure);
    oko_query_text(q, r->part);
}

static void bind_rest(oko_query *q, const void *thing)
{
    const oko_finding *r = thing;
    const size_t n = 8 * (OKO_FINDING_FACTS + r->n_rows * OKO_FINDING_COLUMNS);
    oko_query_text(q, r->note);
    oko_query_bytes(q, q->s->bytes.ptr + q->s->bytes.len - n, n); /* the canonical form ends with the numbers */
}

static oko_status content(const void *thing, oko_buffer *out, uint8_t ret_hash[OKO_HASH_BYTES])
{
    return oko_content_finding(thing, out, ret_hash);
}

#define ORDER " ORDER BY kind, unit, year, procedure, part"
static const oko_versioned table = {
    .find_sql = "SELECT id, since_rev, hash = ?6 FROM finding WHERE unit = ?1 AND kind = ?2 AND year = ?3 "
                "AND procedure = ?4 AND part = ?5 AND until_rev IS NULL",
    .insert_sql = "INSERT INTO finding (unit, kind, year, procedure, part, since_rev, import, hash, note, vals) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    .end_sql = "UPDATE finding SET until_rev = ?, ended_by = ? WHERE id = ?",
    .delete_sql = "DELETE FROM finding WHERE id = ?",
    .walk_sql = "SELECT " OKO_FINDING_COLUMN_NAMES " FROM finding WHERE " OKO_VISIBLE ORDER,
    .walk_one_sql = "SELECT " OKO_FINDING_COLUMN_NAMES " FROM finding WHERE " OKO_VISIBLE " AND unit = ?2" ORDER,
    .bad_content = "store.memory",
    .bind_key = bind_key,
    .bind_rest = bind_rest,
    .content = content,
};

oko_status oko_sqlite_finding_put(oko_store *store, int64_t import, const oko_finding *r, oko_change *ret_change,
                                  oko_error *err)
{
    return oko_sqlite_version_put(oko_sqlite_of(store), &table, import, r, ret_change, err);
}

oko_status oko_finding_read(const oko_query *q, oko_finding *ret_r, int64_t **numbers, oko_error *err)
{
    const uint8_t *bytes = sqlite3_column_blob(q->statement, 6);
    const size_t n = (size_t)sqlite3_column_bytes(q->statement, 6) / 8;
    *ret_r = (oko_finding){ .kind = (oko_finding_kind)oko_query_get_int(q, 0),
                            .unit = oko_query_get_int(q, 1),
                            .year = (int)oko_query_get_int(q, 2) };
    if (n < OKO_FINDING_FACTS || (n - OKO_FINDING_FACTS) % OKO_FINDING_COLUMNS != 0 ||
        n > OKO_FINDING_FACTS + (size_t)OKO_FINDING_MAX_ROWS * OKO_FINDING_COLUMNS) {
        return oko_error_set(err, OKO_E_STORE, "store.damaged", q->s->path);
    }
    int64_t *all = realloc(*numbers, n * sizeof *all);
    if (all == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
    }
    *numbers = all;
    oko_content_get_ints(bytes, n, all);
    for (size_t i = 0; i < OKO_FINDING_FACTS; i++) {
        ret_r->facts[i] = all[i];
    }
    ret_r->n_rows = (n - OKO_FINDING_FACTS) / OKO_FINDING_COLUMNS;
    ret_r->rows = ret_r->n_rows > 0 ? all + OKO_FINDING_FACTS : NULL;
    oko_query_copy_text(q, 3, ret_r->procedure, sizeof ret_r->procedure);
    oko_query_copy_text(q, 4, ret_r->part, sizeof ret_r->part);
    oko_query_copy_text(q, 5, ret_r->note, sizeof ret_r->note);
    return oko_finding_fault(ret_r) == NULL ? OKO_OK : oko_error_set(err, OKO_E_STORE, "store.damaged", q->s->path);
}

typedef struct walk {
    oko_finding_fn fn;
    void *ctx;
    int64_t *numbers;
} walk;

static oko_status tell(void *ctx, const oko_query *q, oko_error *err)
{
    walk *w = ctx;
    oko_finding r;
    oko_status status = oko_finding_read(q, &r, &w->numbers, err);
    return status == OKO_OK ? w->fn(w->ctx, &r) : status;
}

oko_status oko_sqlite_finding_walk(oko_store *store, int64_t unit, int64_t revision, oko_finding_fn fn, void *ctx,
                                   oko_error *err)
{
    walk w = { .fn = fn, .ctx = ctx };
    oko_status status = oko_sqlite_version_walk(oko_sqlite_of(store), &table, unit, revision, tell, &w, err);
    free(w.numbers);
    return status;
}
