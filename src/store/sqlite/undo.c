/* An import is taken back: what is checked, then the steps. Nothing is deleted, everything at one new revision. */
#include "store/sqlite/sqlite_store.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

typedef struct undo {
    oko_sqlite *s;
    oko_import import;
    int64_t user, id, revision; /* id: of the undo itself */
} undo;

/* ---- may it be taken back? ---- */

static oko_status see_blocker(void *ctx, const oko_import *import)
{
    oko_error *err = ctx;
    (void)oko_error_set(err, OKO_E_CONFLICT, "store.undo.later", "");
    oko_error_arg(err, "%lld", (long long)import->id);
    oko_error_arg(err, "%s", import->file);
    return OKO_E_CONFLICT;
}

/* What would stand again has a place that something else holds by now: a school that was merged, data without import.
 */
#define TAKEN(table, unit, same_key)                                                                                   \
    "SELECT 1 FROM " table " r JOIN unit u ON u.id = r." unit " JOIN " table " c ON c." unit                           \
    " = ifnull(u.merged_into, u.id) AND " same_key " AND c.until_rev IS NULL "                                         \
    "WHERE r.ended_by = ?1 AND c.import IS NOT ?1 "
static const char sql_taken[] = TAKEN("sheet", "school", "c.procedure = r.procedure AND c.class = r.class") //
    "UNION ALL " TAKEN("aggregate", "unit", "c.procedure = r.procedure AND c.kind = r.kind")                //
    "UNION ALL " TAKEN(
        "external", "unit",
        "c.list = r.list AND c.year = r.year AND c.procedure = r.procedure") "UNION ALL " TAKEN("finding", "unit",
                                                                                                "c.kind = r.kind AND "
                                                                                                "c.year = r.year AND "
                                                                                                "c.procedure = "
                                                                                                "r.procedure AND "
                                                                                                "c.part = r.part");

static oko_status check(const undo *u, oko_error *err)
{
    bool taken = false;
    if (u->import.undoes != 0) {
        return oko_error_set(err, OKO_E_CONFLICT, "store.undo.undo", "");
    }
    if (strcmp(u->import.layout, "cycle") == 0) {
        return oko_error_set(err, OKO_E_CONFLICT, "store.undo.cycle", u->import.file);
    }
    if (u->import.undone_by != 0) {
        return oko_error_set(err, OKO_E_CONFLICT, "store.undo.done", "");
    }
    oko_status status = oko_sqlite_import_blockers(&u->s->base, u->import.id, see_blocker, err, err);
    if (status == OKO_OK) {
        status = oko_sqlite_exists(u->s, sql_taken, u->import.id, &taken, err);
    }
    return status == OKO_OK && taken ? oko_error_set(err, OKO_E_CONFLICT, "store.undo.changed", "") : status;
}

/* ---- the steps; ?1 the import, ?2 the undo, ?3 revision ---- */

#define SHEET_COPIED                                                                                                   \
    "n_rows, participants, absent, no_total, bad_total, above_max, sum_mismatch, sum, sum_sq, hash, works, "           \
    "class_written"
#define AGGREGATE_COPIED "n_units, n, percent, hash, vals"
#define EXTERNAL_COPIED "source, reason, hash"
#define FINDING_COPIED "note, hash, vals"
#define MADE "import = ?1 AND until_rev IS NULL"
/* Versions that this very transaction made are no versions yet: they go. */
#define END(table) "UPDATE " table " SET until_rev = ?3, ended_by = ?2 WHERE " MADE " AND since_rev < ?3"
#define DROP(table) "DELETE FROM " table " WHERE " MADE " AND since_rev = ?3"
#define FROM_ENDED(table, unit) " FROM " table " r JOIN unit u ON u.id = r." unit " WHERE r.ended_by = ?1"
#define NOW "ifnull(u.merged_into, u.id)" /* where the unit's data belong by now */

#define SQL_BACK(table, unit, keys, read_keys, copied)                                                                 \
    "INSERT INTO " table " (" keys ", " unit ", since_rev, import, " copied ") SELECT " read_keys ", " NOW             \
    ", ?3, r.import, " copied                                                                                          \
    FROM_ENDED(table, unit)

static const char sql_sheets_end[] = END("sheet");
static const char sql_sheets_drop[] = DROP("sheet");
static const char sql_sheets_back[] = SQL_BACK("sheet", "school", "procedure, class", "procedure, class", SHEET_COPIED);
static const char sql_aggregates_end[] = END("aggregate");
static const char sql_aggregates_drop[] = DROP("aggregate");
static const char sql_aggregates_back[] =
    SQL_BACK("aggregate", "unit", "procedure, kind", "procedure, kind", AGGREGATE_COPIED);
static const char sql_externals_end[] = END("external");
static const char sql_externals_drop[] = DROP("external");
static const char sql_externals_back[] =
    SQL_BACK("external", "unit", "list, year, procedure", "list, year, procedure", EXTERNAL_COPIED);
static const char sql_findings_end[] = END("finding");
static const char sql_findings_drop[] = DROP("finding");
static const char sql_findings_back[] =
    SQL_BACK("finding", "unit", "kind, year, procedure, part", "kind, year, procedure, part", FINDING_COPIED);

/* Units of one level (?2) that the import made, that nobody confirmed (those of a register come confirmed) and nothing
 * needs. A class goes only when its school has no sheets left: classes are made once and shared by later imports. */
_Static_assert(OKO_LEVEL_CLASS == 4, "number below");
#define STANDS "merged_into IS NULL AND withdrawn IS NULL"
#define GOES                                                                                                           \
    "made_by = ?1 AND level = ?2 AND " STANDS " AND (level = 4 OR confirmed = 0 OR (SELECT layout FROM import WHERE "  \
    "id = ?1) = 'register') AND NOT EXISTS (SELECT 1 FROM unit c WHERE c.parent = unit.id AND c." STANDS ") "          \
    "AND NOT EXISTS (SELECT 1 FROM unit m WHERE m.merged_into = unit.id) "                                             \
    "AND NOT EXISTS (SELECT 1 FROM sheet s WHERE s.procedure IN (SELECT id FROM procedure) "                           \
    "AND s.school = iif(unit.level = 4, unit.parent, unit.id) AND s.until_rev IS NULL) "                               \
    "AND id NOT IN (SELECT unit FROM aggregate WHERE until_rev IS NULL) "                                              \
    "AND id NOT IN (SELECT unit FROM external WHERE until_rev IS NULL) "                                               \
    "AND id NOT IN (SELECT unit FROM finding WHERE until_rev IS NULL) "                                                \
    "AND id NOT IN (SELECT unit FROM record WHERE unit IS NOT NULL) "                                                  \
    "AND id NOT IN (SELECT unit FROM user WHERE unit IS NOT NULL) "                                                    \
    "AND id NOT IN (SELECT unit FROM file WHERE unit IS NOT NULL)"
static const char sql_withdraw[] = "UPDATE unit SET withdrawn = ?3 WHERE " GOES;
static const char sql_aliases[] =
    "DELETE FROM unit_alias WHERE unit IN (SELECT id FROM unit WHERE made_by = ?1 AND withdrawn IS NOT NULL)";
static const char sql_kept[] = "SELECT count(*) FROM unit WHERE made_by = ? AND level < 4 AND " STANDS;

#define COUNTS(member) (int)offsetof(oko_import_undo, member)
static const struct {
    const char *sql;
    int counter; /* where its rows are counted, −1 nowhere */
} steps[] = {
    { sql_sheets_end, COUNTS(sheets_ended) },      { sql_sheets_drop, COUNTS(sheets_ended) },
    { sql_sheets_back, COUNTS(sheets_back) },      { sql_aggregates_end, COUNTS(others_ended) },
    { sql_aggregates_drop, COUNTS(others_ended) }, { sql_aggregates_back, COUNTS(others_back) },
    { sql_externals_end, COUNTS(others_ended) },   { sql_externals_drop, COUNTS(others_ended) },
    { sql_externals_back, COUNTS(others_back) },   { sql_findings_end, COUNTS(others_ended) },
    { sql_findings_drop, COUNTS(others_ended) },   { sql_findings_back, COUNTS(others_back) },
};

/* Runs one statement with up to three numbers; *count (NULL allowed) grows by the rows it changed. */
static oko_status run(oko_sqlite *s, const char *sql, const int64_t numbers[3], int64_t *count, oko_error *err)
{
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    for (int i = 0; i < sqlite3_bind_parameter_count(q.statement); i++) {
        oko_query_int(&q, numbers[i]);
    }
    status = oko_query_run(&q, err);
    if (status == OKO_OK && count != NULL) {
        *count += sqlite3_changes(s->db);
    }
    return status;
}

static oko_status withdraw(const undo *u, oko_import_undo *done, oko_error *err)
{
    const int64_t only[3] = { u->import.id };
    int64_t classes = 0;
    oko_status status = OKO_OK;
    for (int level = OKO_LEVEL_CLASS; status == OKO_OK && level >= OKO_LEVEL_COUNTRY; level--) {
        const int64_t numbers[3] = { u->import.id, level, u->revision };
        status = run(u->s, sql_withdraw, numbers, level == OKO_LEVEL_CLASS ? &classes : &done->units_gone, err);
    }
    if (status == OKO_OK) {
        status = run(u->s, sql_aliases, only, NULL, err);
    }
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    if (status == OKO_OK) {
        status = oko_query_begin(u->s, sql_kept, &q, err);
    }
    if (status == OKO_OK) {
        oko_query_int(&q, u->import.id);
        status = oko_query_next(&q, &row, err);
    }
    if (status == OKO_OK) {
        done->units_kept = oko_query_get_int(&q, 0);
    }
    return status;
}

/* ---- the whole ---- */

static oko_status record(undo *u, oko_error *err)
{
    oko_import self = { .user = u->user, .undoes = u->import.id };
    memcpy(self.file, u->import.file, sizeof self.file);
    memcpy(self.procedure, u->import.procedure, sizeof self.procedure);
    (void)oko_str_copy(self.layout, sizeof self.layout, OKO_STR("undo"));
    return oko_sqlite_import_add(&u->s->base, &self, &u->id, err);
}

static oko_status finish(const undo *u, oko_import_undo *done, oko_error *err)
{
    char summary[400];
    oko_import self = { .id = u->id, .revision = u->revision, .summary = summary };
    done->import = u->id;
    done->revision = u->revision;
    (void)snprintf(summary, sizeof summary,
                   "{\"undoes\":%lld,\"sheets_ended\":%lld,\"sheets_back\":%lld,\"others_ended\":%lld,"
                   "\"others_back\":%lld,\"units_gone\":%lld,\"units_kept\":%lld}",
                   (long long)u->import.id, (long long)done->sheets_ended, (long long)done->sheets_back,
                   (long long)done->others_ended, (long long)done->others_back, (long long)done->units_gone,
                   (long long)done->units_kept);
    return oko_sqlite_import_finish(&u->s->base, &self, err);
}

static oko_status take_back(undo *u, oko_import_undo *done, oko_error *err)
{
    oko_status status = record(u, err);
    if (status == OKO_OK) {
        status = oko_sqlite_new_revision(u->s, &u->revision, err);
    }
    for (size_t i = 0; status == OKO_OK && i < sizeof steps / sizeof *steps; i++) {
        const int64_t numbers[3] = { u->import.id, u->id, u->revision };
        status = run(u->s, steps[i].sql, numbers, (int64_t *)(void *)((char *)done + steps[i].counter), err);
    }
    if (status == OKO_OK) {
        status = withdraw(u, done, err);
    }
    return status == OKO_OK ? finish(u, done, err) : status;
}

oko_status oko_sqlite_import_undo(oko_store *store, int64_t import, int64_t user, oko_import_undo *ret_undo,
                                  oko_error *err)
{
    undo u = { .s = oko_sqlite_of(store), .user = user };
    oko_import_undo done = { 0 };
    oko_write w = { 0 };
    oko_status status = oko_write_begin(u.s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_sqlite_import_get(store, import, &u.import, err);
    if (status == OKO_OK) {
        status = check(&u, err);
    }
    if (status == OKO_OK) {
        status = take_back(&u, &done, err);
    }
    oko_import_clear(&u.import);
    status = oko_write_end(&w, status, err);
    if (status == OKO_OK) {
        *ret_undo = done;
    }
    return status;
}
