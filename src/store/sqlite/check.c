/* The check: the file as SQLite sees it, then our own promises, row by row. */
#include "store/sqlite/check.h"

#include <stdio.h>
#include <string.h>

enum { MAX_TOLD = 1000, SHEETS_PER_TELL = 256, STEPS_PER_TELL = 200000 };

oko_status oko_check_tell(oko_checker *c, const char *reason, const char *detail)
{
    oko_problem p = { .severity = OKO_PROBLEM_REJECTED };
    (void)oko_str_copy(p.reason, sizeof p.reason, oko_str_of(reason));
    (void)oko_str_copy(p.detail, sizeof p.detail, oko_str_of(detail));
    c->faults++;
    return c->fn == NULL || c->faults > MAX_TOLD ? OKO_OK : c->fn(c->ctx, &p);
}

oko_status oko_check_ask(const oko_checker *c, oko_error *err)
{
    return oko_progress_tell(c->progress, "store.check", (uint64_t)c->done, (uint64_t)c->total)
               ? OKO_OK
               : oko_error_set(err, OKO_E_CANCELLED, "store.cancelled", "");
}

/* ---- queries whose every row is a fault; column 0 says where ---- */

#define LAST "(SELECT ifnull(max(rev), 0) FROM revision)"
#define BAD_INTERVAL                                                                                                   \
    "since_rev < 1 OR since_rev > " LAST " OR until_rev <= since_rev OR until_rev > " LAST                             \
    " OR (following IS NOT NULL AND (until_rev IS NULL OR until_rev > following))"
#define FOLLOWING(key) "lead(since_rev) OVER (PARTITION BY " key " ORDER BY since_rev) AS following"
#define CODE_OF_PROCEDURE "ifnull((SELECT code FROM procedure WHERE id = procedure), '')"
#define CODE_OF_UNIT(id) "ifnull((SELECT code FROM unit WHERE unit.id = " id "), '')"

static const char sql_revisions[] =
    "SELECT rev FROM (SELECT rev, lag(rev, 1, 0) OVER (ORDER BY rev) AS before FROM revision) WHERE rev <> before + 1";
static const char sql_sheet_versions[] =
    "SELECT ifnull((SELECT p.code FROM procedure p WHERE p.id = v.procedure), '') || ' ' || " CODE_OF_UNIT("school") //
    " || ' ' || class FROM (SELECT procedure, school, class, since_rev, until_rev, " FOLLOWING(
        "procedure, school, class") //
    " FROM sheet) v WHERE " BAD_INTERVAL;
static const char sql_procedure_versions[] =
    "SELECT ifnull((SELECT p.code FROM procedure p WHERE p.id = v.procedure), '') FROM (SELECT procedure, since_rev, "
    "until_rev, " FOLLOWING("procedure") " FROM procedure_version) v WHERE " BAD_INTERVAL;
static const char sql_aggregate_versions[] =
    "SELECT ifnull((SELECT p.code FROM procedure p WHERE p.id = v.procedure), '') || ' ' || " CODE_OF_UNIT("v.unit") //
    " FROM (SELECT procedure, kind, unit, since_rev, until_rev, " FOLLOWING("procedure, kind, unit")                 //
    " FROM aggregate) v WHERE " BAD_INTERVAL;
static const char sql_external_versions[] =
    "SELECT " CODE_OF_UNIT("v.unit") " FROM (SELECT unit, list, year, procedure, since_rev, until_rev, " //
    FOLLOWING("unit, list, year, procedure") " FROM external) v WHERE " BAD_INTERVAL;
static const char sql_record_versions[] =
    "SELECT " CODE_OF_UNIT("v.unit") " FROM (SELECT unit, kind, year, procedure, part, since_rev, until_rev, " //
    FOLLOWING("unit, kind, year, procedure, part") " FROM finding) v WHERE " BAD_INTERVAL;
static const char sql_imports[] = "SELECT file FROM import WHERE revision < 0 OR revision > " LAST;
static const char sql_runs[] =
    "SELECT id FROM run WHERE revision < 0 OR revision > " LAST " OR n_results <> (SELECT count(*) FROM result r "
    "WHERE r.id BETWEEN first_result AND first_result + n_results - 1 AND r.run = run.id) "
    "UNION ALL SELECT r.run FROM result r LEFT JOIN run n ON n.id = r.run "
    "WHERE n.id IS NULL OR r.id NOT BETWEEN n.first_result AND n.first_result + n.n_results - 1";
static const char sql_units[] = "SELECT u.code FROM unit u JOIN unit p ON p.id = u.parent WHERE p.level >= u.level";
static const char sql_aliases[] =
    "SELECT a.alias FROM unit_alias a JOIN unit u ON u.id = a.unit WHERE a.level <> u.level";
/* A merged unit leads to one that stands, of its level, and nothing current is left with it. */
static const char sql_merged[] = "SELECT u.code FROM unit u LEFT JOIN unit t ON t.id = u.merged_into WHERE "
                                 "(u.merged_into IS NULL) <> (u.merged_rev IS NULL) OR u.merged_rev > " LAST
                                 " OR (u.merged_into IS NOT NULL AND (t.merged_into IS NOT NULL OR t.level <> u.level"
                                 " OR u.id IN (SELECT unit FROM unit_alias)"
                                 " OR u.id IN (SELECT parent FROM unit WHERE merged_into IS NULL AND withdrawn IS NULL)"
                                 " OR u.id IN (SELECT school FROM sheet WHERE until_rev IS NULL)"
                                 " OR u.id IN (SELECT unit FROM aggregate WHERE until_rev IS NULL)"
                                 " OR u.id IN (SELECT unit FROM external WHERE until_rev IS NULL)"
                                 " OR u.id IN (SELECT unit FROM finding WHERE until_rev IS NULL)))";
/* A withdrawn unit holds nothing current, and nothing that stands hangs on it. */
static const char sql_withdrawn[] =
    "SELECT u.code FROM unit u WHERE u.withdrawn > " LAST " OR (u.withdrawn IS NOT NULL AND ("
    "u.merged_into IS NOT NULL OR u.id IN (SELECT unit FROM unit_alias)"
    " OR u.id IN (SELECT parent FROM unit WHERE merged_into IS NULL AND withdrawn IS NULL)"
    " OR u.id IN (SELECT school FROM sheet WHERE until_rev IS NULL)"
    " OR u.id IN (SELECT unit FROM aggregate WHERE until_rev IS NULL)"
    " OR u.id IN (SELECT unit FROM external WHERE until_rev IS NULL)"
    " OR u.id IN (SELECT unit FROM finding WHERE until_rev IS NULL)))";
static const char sql_integrity[] = "PRAGMA integrity_check(100)";
static const char sql_foreign_keys[] = "PRAGMA foreign_key_check";

static const struct {
    const char *sql;
    const char *reason;
} queries[] = {
    { sql_integrity, "db.integrity" },
    { sql_foreign_keys, "db.foreign_key" },
    { sql_revisions, "db.revision" },
    { sql_sheet_versions, "db.version" },
    { sql_procedure_versions, "db.version" },
    { sql_aggregate_versions, "db.version" },
    { sql_external_versions, "db.version" },
    { sql_record_versions, "db.version" },
    { sql_imports, "db.import" },
    { sql_runs, "db.run" },
    { sql_units, "db.unit" },
    { sql_aliases, "db.alias" },
    { sql_merged, "db.merged" },
    { sql_withdrawn, "db.withdrawn" },
};

oko_status oko_check_rows(oko_checker *c, const char *sql, const char *reason, oko_error *err)
{
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_status status = oko_query_begin(c->s, sql, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        const char *detail = oko_query_get_text(&q, 0);
        if (sql != sql_integrity || strcmp(detail, "ok") != 0) {
            status = oko_check_tell(c, reason, detail);
        }
    }
    return status;
}

/* ---- content: what stands in the row is what its hash says ---- */

static bool hash_agrees(const oko_query *q, int col, const uint8_t hash[OKO_HASH_BYTES])
{
    const void *kept = sqlite3_column_blob(q->statement, col);
    return kept != NULL && sqlite3_column_bytes(q->statement, col) == OKO_HASH_BYTES &&
           memcmp(kept, hash, OKO_HASH_BYTES) == 0;
}

static bool counts_agree(const oko_query *q, int col, const oko_counts *c)
{
    const int64_t counts[] = { c->rows,      c->participants, c->absent, c->no_total, c->bad_total,
                               c->above_max, c->sum_mismatch, c->sum,    c->sum_sq };
    for (int i = 0; i < (int)(sizeof counts / sizeof *counts); i++) {
        if (oko_query_get_int(q, col + i) != counts[i]) {
            return false;
        }
    }
    return true;
}

/* Columns: 0 procedure, 1 school, 2 class, 3…11 counts, 12 hash, 13 works. */
static oko_status check_sheet(oko_checker *c, const oko_query *q, oko_sheet **sheet)
{
    char where[64];
    uint8_t hash[OKO_HASH_BYTES];
    oko_counts counts;
    const void *works = sqlite3_column_blob(q->statement, 13);
    const size_t bytes = (size_t)sqlite3_column_bytes(q->statement, 13);
    (void)snprintf(where, sizeof where, "%s %s %s", oko_query_get_text(q, 0), oko_query_get_text(q, 1),
                   oko_query_get_text(q, 2));
    oko_content_hash(works, bytes, hash);
    oko_status status = hash_agrees(q, 12, hash) ? OKO_OK : oko_check_tell(c, "db.sheet.hash", where);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_sheet_decode(works, bytes, sheet);
    if (status == OKO_E_MEMORY) {
        return status;
    }
    if (status != OKO_OK) {
        return oko_check_tell(c, "db.sheet.damaged", where);
    }
    oko_sheet_count(*sheet, &counts);
    return counts_agree(q, 3, &counts) ? OKO_OK : oko_check_tell(c, "db.sheet.counts", where);
}

static oko_status check_sheets(oko_checker *c, oko_error *err)
{
    static const char sql[] =
        "SELECT c.code, u.code, s.class, s.n_rows, s.participants, s.absent, s.no_total, s.bad_total, s.above_max, "
        "s.sum_mismatch, s.sum, s.sum_sq, s.hash, s.works "
        "FROM sheet s LEFT JOIN procedure c ON c.id = s.procedure LEFT JOIN unit u ON u.id = s.school";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    OKO_CLEANUP(oko_sheet_freep) oko_sheet *sheet = NULL;
    bool row = true;
    oko_status status = oko_query_begin(c->s, sql, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        status = check_sheet(c, &q, &sheet);
        if (status == OKO_E_MEMORY) {
            return oko_error_set(err, status, "store.memory", "");
        }
        if (status == OKO_OK && ++c->done % SHEETS_PER_TELL == 0) {
            status = oko_check_ask(c, err);
        }
    }
    return status;
}

static oko_status check_procedures(oko_checker *c, oko_error *err)
{
    static const char sql[] =
        "SELECT " OKO_PROCEDURE_COLUMNS ", v.hash FROM procedure_version v JOIN procedure c ON c.id = v.procedure";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_status status = oko_query_begin(c->s, sql, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_procedure p;
        uint8_t hash[OKO_HASH_BYTES];
        status = oko_procedure_read(c->s, &q, &p, err);
        if (status == OKO_OK) {
            status = oko_content_procedure(&p, &c->s->bytes, hash);
        }
        if (status == OKO_OK && (!hash_agrees(&q, 12, hash) || oko_procedure_check(&p, NULL) != OKO_OK)) {
            status = oko_check_tell(c, "db.procedure", p.code);
        }
    }
    return status;
}

static oko_status check_aggregates(oko_checker *c, oko_error *err)
{
    static const char sql[] =
        "SELECT " OKO_AGGREGATE_COLUMNS ", hash, " CODE_OF_UNIT("aggregate.unit") " FROM aggregate";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_status status = oko_query_begin(c->s, sql, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_aggregate a;
        uint8_t hash[OKO_HASH_BYTES];
        status = oko_aggregate_read(&q, &a, err);
        if (status == OKO_OK) {
            status = oko_content_aggregate(&a, &c->s->bytes, hash);
        }
        if (status == OKO_E_STORE || (status == OKO_OK && !hash_agrees(&q, 7, hash))) {
            status = oko_check_tell(c, "db.aggregate", oko_query_get_text(&q, 8));
        }
    }
    return status;
}

static oko_status check_externals(oko_checker *c, oko_error *err)
{
    static const char sql[] = "SELECT " OKO_EXTERNAL_COLUMNS ", hash FROM external";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_status status = oko_query_begin(c->s, sql, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        oko_external e;
        uint8_t hash[OKO_HASH_BYTES];
        oko_external_read(&q, &e);
        status = oko_content_external(&e, &c->s->bytes, hash);
        if (status == OKO_OK && !hash_agrees(&q, 6, hash)) {
            status = oko_check_tell(c, "db.external", e.list);
        }
    }
    return status;
}

static oko_status check_finding(oko_checker *c, const oko_query *q, int64_t **numbers, oko_error *err)
{
    oko_finding r;
    uint8_t hash[OKO_HASH_BYTES];
    oko_status status = oko_finding_read(q, &r, numbers, err);
    if (status == OKO_OK) {
        status = oko_content_finding(&r, &c->s->bytes, hash);
    }
    if (status == OKO_E_STORE || (status == OKO_OK && !hash_agrees(q, 7, hash))) {
        status = oko_check_tell(c, "db.finding", oko_query_get_text(q, 8));
    }
    return status;
}

static oko_status check_findings(oko_checker *c, oko_error *err)
{
    static const char sql[] =
        "SELECT " OKO_FINDING_COLUMN_NAMES ", hash, " CODE_OF_UNIT("finding.unit") " FROM finding";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    OKO_CLEANUP(oko_freep) int64_t *numbers = NULL;
    bool row = true;
    oko_status status = oko_query_begin(c->s, sql, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        status = check_finding(c, &q, &numbers, err);
    }
    return status;
}

/* ---- the whole ---- */

/* SQLite asks this during long steps; other than 0 interrupts it. */
static int keep_going(void *ctx)
{
    const oko_checker *c = ctx;
    return !oko_progress_tell(c->progress, "store.check", (uint64_t)c->done, (uint64_t)c->total);
}

/* A step that can't read the tables any more is itself a fault; the others are still tried. */
static oko_status settle(oko_checker *c, oko_status status, const char *step)
{
    return status == OKO_E_STORE ? oko_check_tell(c, "db.unreadable", step) : status;
}

static oko_status check_all(oko_checker *c, oko_error *err)
{
    static const char sql_total[] = "SELECT count(*) FROM sheet";
    static const struct {
        oko_status (*check)(oko_checker *c, oko_error *err);
        const char *step;
    } contents[] = { { check_sheets, "sheet" },         { check_procedures, "procedure" },
                     { check_aggregates, "aggregate" }, { check_externals, "external" },
                     { check_findings, "finding" },     { oko_check_records, "record" },
                     { oko_check_files, "file" },       { oko_check_audit, "audit" } };
    oko_status status = settle(c, oko_query_one_int(c->s, sql_total, &c->total, err), "sheet");
    for (size_t i = 0; status == OKO_OK && i < sizeof queries / sizeof *queries; i++) {
        status = oko_check_ask(c, err);
        if (status == OKO_OK) {
            status = settle(c, oko_check_rows(c, queries[i].sql, queries[i].reason, err), queries[i].reason);
        }
    }
    for (size_t i = 0; status == OKO_OK && i < sizeof contents / sizeof *contents; i++) {
        status = oko_check_ask(c, err);
        if (status == OKO_OK) {
            status = settle(c, contents[i].check(c, err), contents[i].step);
        }
    }
    return status;
}

oko_status oko_sqlite_check(oko_store *store, oko_problem_fn fn, void *ctx, const oko_progress *progress,
                            oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_checker c = { .s = s, .fn = fn, .ctx = ctx, .progress = progress };
    const bool own = sqlite3_get_autocommit(s->db) != 0; /* one state of the data for all steps */
    oko_status status = own ? oko_sqlite_exec(s, "BEGIN", err) : OKO_OK;
    if (status != OKO_OK) {
        return status;
    }
    sqlite3_progress_handler(s->db, STEPS_PER_TELL, keep_going, &c);
    status = check_all(&c, err);
    sqlite3_progress_handler(s->db, 0, NULL, NULL);
    if (own) {
        (void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    }
    if (status == OKO_OK && c.faults > 0) {
        status = oko_error_set(err, OKO_E_STORE, "store.faults", s->path);
        oko_error_arg(err, "%lld", (long long)c.faults);
    }
    return status;
}
