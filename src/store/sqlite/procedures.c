/* Procedures: a lasting identity and versioned descriptions. */
#include "store/sqlite/sqlite_store.h"

#include <string.h>

/* Visible at revision ?n: the same words in every query on versions. */
#define VISIBLE "since_rev <= ?1 AND (until_rev IS NULL OR until_rev > ?1)"

/* ---- reading ---- */

typedef void (*part_fn)(const oko_query *q, oko_procedure *p);

static void read_item(const oko_query *q, oko_procedure *p)
{
    if (p->n_items < OKO_MAX_ITEMS) {
        oko_item *item = &p->items[p->n_items++];
        oko_query_copy_text(q, 0, item->label, sizeof item->label);
        item->max = (int16_t)oko_query_get_int(q, 1);
        item->level = (char)oko_query_get_int(q, 2);
    }
}

static void read_cutoff(const oko_query *q, oko_procedure *p)
{
    if (p->n_cutoffs < OKO_MAX_CUTOFFS) {
        p->cutoffs[p->n_cutoffs++] = (int16_t)oko_query_get_int(q, 0);
    }
}

static void read_gap(const oko_query *q, oko_procedure *p)
{
    if (p->n_gaps < OKO_MAX_TOTAL / 4) {
        p->gaps[p->n_gaps++] = (int16_t)oko_query_get_int(q, 0);
    }
}

static void read_alias(const oko_query *q, oko_procedure *p)
{
    if (p->n_aliases < OKO_MAX_ALIASES) {
        oko_query_copy_text(q, 0, p->aliases[p->n_aliases++], OKO_CODE_BYTES);
    }
}

static const char sql_items[] = "SELECT label, max, level FROM procedure_item WHERE version = ? ORDER BY no";
static const char sql_cutoffs[] = "SELECT score FROM procedure_cutoff WHERE version = ? ORDER BY no";
static const char sql_gaps[] = "SELECT score FROM procedure_gap WHERE version = ? ORDER BY score";
static const char sql_aliases[] = "SELECT alias FROM procedure_alias WHERE version = ? ORDER BY no";

static const struct {
    const char *sql;
    part_fn read;
} parts[] = {
    { sql_items, read_item }, { sql_cutoffs, read_cutoff }, { sql_gaps, read_gap }, { sql_aliases, read_alias }
};

static oko_status read_part(oko_sqlite *s, size_t part, int64_t version, oko_procedure *p, oko_error *err)
{
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, parts[part].sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    bool row = true;
    oko_query_int(&q, version);
    while ((status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        parts[part].read(&q, p);
    }
    return status;
}

oko_status oko_procedure_read(oko_sqlite *s, const oko_query *q, oko_procedure *ret_p, oko_error *err)
{
    oko_procedure p = {
        .id = oko_query_get_int(q, 1),
        .kind = (oko_kind)oko_query_get_int(q, 3),
        .year = (int)oko_query_get_int(q, 4),
        .grade = (int)oko_query_get_int(q, 5),
        .max_total = (int)oko_query_get_int(q, 9),
        .first_mark = (int16_t)oko_query_get_int(q, 10),
    };
    oko_query_copy_text(q, 2, p.code, sizeof p.code);
    oko_query_copy_text(q, 6, p.subject, sizeof p.subject);
    oko_query_copy_text(q, 7, p.title, sizeof p.title);
    oko_query_copy_text(q, 8, p.date, sizeof p.date);
    oko_query_copy_text(q, 11, p.source, sizeof p.source);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        oko_status status = read_part(s, i, oko_query_get_int(q, 0), &p, err);
        if (status != OKO_OK) {
            return status;
        }
    }
    *ret_p = p;
    return OKO_OK;
}

/* By code first, else by alias. Two procedures with the alias: OKO_E_UNDECIDED. */
static const char sql_by_code[] =
    "SELECT " OKO_PROCEDURE_COLUMNS " FROM procedure c JOIN procedure_version v ON v.procedure = c.id "
    "WHERE " VISIBLE " AND c.code = ?2";
static const char sql_by_alias[] =
    "SELECT DISTINCT " OKO_PROCEDURE_COLUMNS " FROM procedure_alias a JOIN procedure_version v ON v.id = a.version "
    "JOIN procedure c ON c.id = v.procedure WHERE " VISIBLE " AND a.alias = ?2";

static oko_status get_by(oko_sqlite *s, const char *sql, const char *code, int64_t revision, oko_procedure *ret_p,
                         oko_error *err)
{
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_procedure p;
    bool row = false;
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status == OKO_OK) {
        oko_query_int(&q, revision);
        oko_query_text(&q, code);
        status = oko_query_next(&q, &row, err);
    }
    if (status == OKO_OK && !row) {
        return oko_error_set(err, OKO_E_NOT_FOUND, "store.procedure.unknown", code);
    }
    if (status == OKO_OK) {
        status = oko_procedure_read(s, &q, &p, err);
    }
    if (status == OKO_OK) {
        status = oko_query_next(&q, &row, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    if (row) {
        return oko_error_set(err, OKO_E_UNDECIDED, "store.procedure.ambiguous", code);
    }
    *ret_p = p;
    return OKO_OK;
}

oko_status oko_sqlite_procedure_get(oko_store *store, const char *code, int64_t revision, oko_procedure *ret_p,
                                    oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    int64_t at;
    oko_status status = oko_sqlite_at_revision(s, revision, &at, err);
    if (status == OKO_OK) {
        status = get_by(s, sql_by_code, code, at, ret_p, err);
    }
    return status == OKO_E_NOT_FOUND ? get_by(s, sql_by_alias, code, at, ret_p, err) : status;
}

oko_status oko_sqlite_procedure_walk(oko_store *store, int64_t revision, oko_procedure_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] =
        "SELECT " OKO_PROCEDURE_COLUMNS " FROM procedure c JOIN procedure_version v ON v.procedure = c.id "
        "WHERE " VISIBLE " ORDER BY c.code";
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
    oko_query_int(&q, at);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_procedure p;
        status = oko_procedure_read(s, &q, &p, err);
        if (status == OKO_OK) {
            status = fn(ctx, &p);
        }
    }
    return status;
}

/* ---- putting ---- */

typedef struct current {
    int64_t version; /* 0: none */
    int64_t since_rev;
    bool same;
} current;

static oko_status find_current(oko_sqlite *s, int64_t procedure, const uint8_t hash[OKO_HASH_BYTES], current *ret_c,
                               oko_error *err)
{
    static const char sql[] =
        "SELECT id, since_rev, hash = ?2 FROM procedure_version WHERE procedure = ?1 AND until_rev IS NULL";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    bool row = false;
    oko_query_int(&q, procedure);
    oko_query_bytes(&q, hash, OKO_HASH_BYTES);
    status = oko_query_next(&q, &row, err);
    if (status != OKO_OK) {
        return status;
    }
    *ret_c = (current){ .version = 0 };
    if (row) {
        *ret_c = (current){ oko_query_get_int(&q, 0), oko_query_get_int(&q, 1), oko_query_get_int(&q, 2) != 0 };
    }
    return OKO_OK;
}

/* Id of the code; a new one is made when it is unknown. */
static oko_status identity(oko_sqlite *s, const char *code, int64_t *ret_id, oko_error *err)
{
    static const char sql_find[] = "SELECT id FROM procedure WHERE code = ?";
    static const char sql_add[] = "INSERT INTO procedure (code) VALUES (?)";
    OKO_CLEANUP(oko_query_end) oko_query find = { 0 };
    OKO_CLEANUP(oko_query_end) oko_query add = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(s, sql_find, &find, err);
    if (status == OKO_OK) {
        oko_query_text(&find, code);
        status = oko_query_next(&find, &row, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    if (row) {
        *ret_id = oko_query_get_int(&find, 0);
        return OKO_OK;
    }
    status = oko_query_begin(s, sql_add, &add, err);
    if (status == OKO_OK) {
        oko_query_text(&add, code);
        status = oko_query_run(&add, err);
    }
    if (status == OKO_OK) {
        *ret_id = sqlite3_last_insert_rowid(s->db);
    }
    return status;
}

static oko_status add_version(oko_sqlite *s, int64_t id, const oko_procedure *p, const uint8_t hash[OKO_HASH_BYTES],
                              int64_t *ret_version, oko_error *err)
{
    static const char sql[] = "INSERT INTO procedure_version (procedure, since_rev, kind, year, grade, subject, title, "
                              "date, max_total, first_mark, source, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    int64_t revision;
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_sqlite_new_revision(s, &revision, err);
    if (status == OKO_OK) {
        status = oko_query_begin(s, sql, &q, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, id);
    oko_query_int(&q, revision);
    oko_query_int(&q, (int64_t)p->kind);
    oko_query_int(&q, p->year);
    oko_query_int(&q, p->grade);
    oko_query_text(&q, p->subject);
    oko_query_text(&q, p->title);
    oko_query_text(&q, p->date);
    oko_query_int(&q, p->max_total);
    oko_query_int(&q, p->first_mark);
    oko_query_text(&q, p->source);
    oko_query_bytes(&q, hash, OKO_HASH_BYTES);
    status = oko_query_run(&q, err);
    if (status == OKO_OK) {
        *ret_version = sqlite3_last_insert_rowid(s->db);
    }
    return status;
}

static oko_status add_items(oko_sqlite *s, int64_t version, const oko_procedure *p, oko_error *err)
{
    static const char sql[] = "INSERT INTO procedure_item (version, no, label, max, level) VALUES (?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    for (int i = 0; status == OKO_OK && i < p->n_items; i++) {
        oko_query_int(&q, version);
        oko_query_int(&q, i);
        oko_query_text(&q, p->items[i].label);
        oko_query_int(&q, p->items[i].max);
        oko_query_int(&q, p->items[i].level);
        status = oko_query_run(&q, err);
    }
    return status;
}

static oko_status add_cutoffs(oko_sqlite *s, int64_t version, const oko_procedure *p, oko_error *err)
{
    static const char sql[] = "INSERT INTO procedure_cutoff (version, no, score) VALUES (?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    for (int i = 0; status == OKO_OK && i < p->n_cutoffs; i++) {
        oko_query_int(&q, version);
        oko_query_int(&q, i);
        oko_query_int(&q, p->cutoffs[i]);
        status = oko_query_run(&q, err);
    }
    return status;
}

static oko_status add_gaps(oko_sqlite *s, int64_t version, const oko_procedure *p, oko_error *err)
{
    static const char sql[] = "INSERT INTO procedure_gap (version, score) VALUES (?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    for (int i = 0; status == OKO_OK && i < p->n_gaps; i++) {
        oko_query_int(&q, version);
        oko_query_int(&q, p->gaps[i]);
        status = oko_query_run(&q, err);
    }
    return status;
}

static oko_status add_aliases(oko_sqlite *s, int64_t version, const oko_procedure *p, oko_error *err)
{
    static const char sql[] = "INSERT INTO procedure_alias (version, no, alias) VALUES (?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    for (int i = 0; status == OKO_OK && i < p->n_aliases; i++) {
        oko_query_int(&q, version);
        oko_query_int(&q, i);
        oko_query_text(&q, p->aliases[i]);
        status = oko_query_run(&q, err);
    }
    return status;
}

static oko_status write_version(oko_sqlite *s, int64_t id, const oko_procedure *p, const uint8_t hash[OKO_HASH_BYTES],
                                oko_error *err)
{
    int64_t version;
    oko_status status = add_version(s, id, p, hash, &version, err);
    if (status == OKO_OK) {
        status = add_items(s, version, p, err);
    }
    if (status == OKO_OK) {
        status = add_cutoffs(s, version, p, err);
    }
    if (status == OKO_OK) {
        status = add_gaps(s, version, p, err);
    }
    return status == OKO_OK ? add_aliases(s, version, p, err) : status;
}

static oko_status end_version(oko_sqlite *s, const current *old, oko_error *err)
{
    static const char sql_end[] = "UPDATE procedure_version SET until_rev = ? WHERE id = ?";
    static const char sql_delete[] = "DELETE FROM procedure_version WHERE id = ?";
    return oko_sqlite_end_version(s, sql_end, sql_delete, old->version, old->since_rev, 0, err);
}

static oko_status put(oko_sqlite *s, const oko_procedure *p, int64_t *ret_id, oko_change *ret_change, oko_error *err)
{
    uint8_t hash[OKO_HASH_BYTES];
    current old = { 0 };
    int64_t id = 0;
    oko_status status = oko_content_procedure(p, &s->bytes, hash);
    if (status != OKO_OK) {
        return oko_error_set(err, status, "store.memory", "");
    }
    status = identity(s, p->code, &id, err);
    if (status == OKO_OK) {
        status = find_current(s, id, hash, &old, err);
    }
    const bool same = old.version != 0 && old.same;
    if (status == OKO_OK && old.version != 0 && !same) {
        status = end_version(s, &old, err);
    }
    if (status == OKO_OK && !same) {
        status = write_version(s, id, p, hash, err);
    }
    if (status == OKO_OK) {
        *ret_id = id;
        *ret_change = same ? OKO_UNCHANGED : old.version != 0 ? OKO_REPLACED : OKO_ADDED;
    }
    return status;
}

oko_status oko_sqlite_procedure_put(oko_store *store, const oko_procedure *p, int64_t *ret_id, oko_change *ret_change,
                                    oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_write w = { 0 };
    int64_t id = 0;
    oko_change change = OKO_UNCHANGED;
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_write_end(&w, put(s, p, &id, &change, err), err);
    if (status == OKO_OK) {
        *ret_id = id;
        *ret_change = change;
    }
    return status;
}
