/* Hash of all data that is visible at a revision, from the content hashes kept in the rows; no BLOB is read. */
#include "store/sqlite/sqlite_store.h"

#include <string.h>

#define VISIBLE(t) t ".since_rev <= ?1 AND (" t ".until_rev IS NULL OR " t ".until_rev > ?1)"
#define PLACE "u.level, u.code, ifnull(p.code, ''), ifnull(g.code, '')"
/* The units above, where they stood at the revision. */
#define ABOVE                                                                                                          \
    OKO_MOVE_JOIN("mu", "u")                                                                                           \
    "LEFT JOIN unit p ON p.id = " OKO_PARENT_AT("mu", "u") " " OKO_MOVE_JOIN(                                          \
        "mp", "p") "LEFT JOIN unit g ON g.id = " OKO_PARENT_AT("mp", "p")

typedef struct feed {
    oko_hasher *hasher;
    const oko_query *q;
    bool damaged;
} feed;

/* Columns 0…3: PLACE. */
static oko_content_place place(const oko_query *q)
{
    return (oko_content_place){ (int)oko_query_get_int(q, 0), oko_query_get_text(q, 1), oko_query_get_text(q, 2),
                                oko_query_get_text(q, 3) };
}

static const uint8_t *hash_at(feed *f, int col)
{
    static const uint8_t none[OKO_HASH_BYTES];
    const uint8_t *hash = sqlite3_column_blob(f->q->statement, col);
    if (hash == NULL || sqlite3_column_bytes(f->q->statement, col) != OKO_HASH_BYTES) {
        f->damaged = true;
        return none;
    }
    return hash;
}

static void feed_procedure(feed *f)
{
    oko_content_line_procedure(f->hasher, oko_query_get_text(f->q, 0), hash_at(f, 1));
}

static void feed_sheet(feed *f)
{
    const oko_content_place school = place(f->q);
    oko_content_line_sheet(f->hasher, oko_query_get_text(f->q, 4), &school, oko_query_get_text(f->q, 5), hash_at(f, 6));
}

static void feed_aggregate(feed *f)
{
    const oko_content_place unit = place(f->q);
    oko_content_line_aggregate(f->hasher, oko_query_get_text(f->q, 4), (int)oko_query_get_int(f->q, 5), &unit,
                               hash_at(f, 6));
}

static void feed_external(feed *f)
{
    const oko_content_place unit = place(f->q);
    oko_content_line_external(f->hasher, &unit, hash_at(f, 4));
}

static void feed_finding(feed *f)
{
    const oko_content_place unit = place(f->q);
    oko_content_line_finding(f->hasher, &unit, hash_at(f, 4));
}

static const char sql_procedures[] = "SELECT c.code, v.hash FROM procedure c JOIN procedure_version v "
                                     "ON v.procedure = c.id WHERE " VISIBLE("v") " ORDER BY c.code";
static const char sql_sheets[] = "SELECT " PLACE ", c.code, s.class, s.hash FROM sheet s "
                                 "JOIN procedure c ON c.id = s.procedure JOIN unit u ON u.id = s.school " ABOVE
                                 " WHERE " VISIBLE("s") " ORDER BY c.code, u.code, s.class";
static const char sql_aggregates[] = "SELECT " PLACE ", c.code, a.kind, a.hash FROM aggregate a "
                                     "JOIN procedure c ON c.id = a.procedure JOIN unit u ON u.id = a.unit " ABOVE
                                     " WHERE " VISIBLE("a") " ORDER BY c.code, a.kind, u.level, u.code";
static const char sql_externals[] = "SELECT " PLACE ", e.hash FROM external e JOIN unit u ON u.id = e.unit " ABOVE
                                    " WHERE " VISIBLE("e") " ORDER BY u.level, u.code, e.list, e.year, e.procedure";

static const char sql_findings[] =
    "SELECT " PLACE ", r.hash FROM finding r JOIN unit u ON u.id = r.unit " ABOVE
    " WHERE " VISIBLE("r") " ORDER BY u.level, u.code, r.kind, r.year, r.procedure, r.part";

static const struct {
    const char *sql;
    void (*line)(feed *f);
} sections[] = { { sql_procedures, feed_procedure },
                 { sql_sheets, feed_sheet },
                 { sql_aggregates, feed_aggregate },
                 { sql_externals, feed_external },
                 { sql_findings, feed_finding } };

static oko_status feed_section(oko_sqlite *s, size_t section, int64_t revision, oko_hasher *hasher, oko_error *err)
{
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    feed f = { .hasher = hasher, .q = &q };
    bool row = true;
    oko_status status = oko_query_begin(s, sections[section].sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, revision);
    while ((status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        sections[section].line(&f);
    }
    if (status == OKO_OK && f.damaged) {
        status = oko_error_set(err, OKO_E_STORE, "store.damaged", s->path);
    }
    return status;
}

oko_status oko_sqlite_snapshot(oko_store *store, int64_t revision, char ret_hex[OKO_HASH_HEX], oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    OKO_CLEANUP(oko_hasher_freep) oko_hasher *hasher = NULL;
    int64_t at;
    oko_status status = oko_sqlite_at_revision(s, revision, &at, err);
    if (status == OKO_OK && oko_hasher_new(&hasher) != OKO_OK) {
        status = oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
    }
    if (status == OKO_OK) {
        oko_hasher_add(hasher, "oko snapshot 1", sizeof "oko snapshot 1");
    }
    for (size_t i = 0; status == OKO_OK && i < sizeof sections / sizeof *sections; i++) {
        status = feed_section(s, i, at, hasher, err);
    }
    if (status == OKO_OK) {
        oko_hasher_finish(hasher, ret_hex);
        hasher = NULL;
    }
    return status;
}
