/* Two units become one: what is checked, then the steps that move data, aliases and the units below. */
#include "store/sqlite/sqlite_store.h"

#include <stddef.h>
#include <string.h>

typedef struct merge {
    oko_sqlite *s;
    oko_unit from, into;
    int64_t revision;
} merge;

/* ---- may they become one? ---- */

/* Region that a unit belongs to; 0 when the register does not say. */
static oko_status region_of(oko_sqlite *s, const oko_unit *u, int64_t *ret_region, oko_error *err)
{
    oko_unit at = *u;
    while (at.level > OKO_LEVEL_REGION && at.parent != 0) { /* a parent's level is always higher */
        oko_status status = oko_sqlite_unit_get(&s->base, at.parent, &at, err);
        if (status != OKO_OK) {
            return status;
        }
    }
    *ret_region = at.level == OKO_LEVEL_REGION ? at.id : 0;
    return OKO_OK;
}

static oko_status check_units(const merge *m, oko_error *err)
{
    int64_t here = 0, there = 0;
    const oko_unit *merged = m->from.merged_into != 0 ? &m->from : m->into.merged_into != 0 ? &m->into : NULL;
    if (merged != NULL) {
        return oko_error_set(err, OKO_E_CONFLICT, "store.unit.merged", merged->code);
    }
    if (m->from.withdrawn || m->into.withdrawn) {
        return oko_error_set(err, OKO_E_CONFLICT, "store.unit.withdrawn",
                             m->from.withdrawn ? m->from.code : m->into.code);
    }
    if (m->from.level != m->into.level) {
        return oko_error_set(err, OKO_E_CONFLICT, "store.merge.level", m->from.code);
    }
    if (m->from.level != OKO_LEVEL_SCHOOL && m->from.level != OKO_LEVEL_MUNICIPALITY) {
        return oko_error_set(err, OKO_E_ARGUMENT, "store.merge.kind", m->from.code);
    }
    oko_status status = region_of(m->s, &m->from, &here, err);
    if (status == OKO_OK) {
        status = region_of(m->s, &m->into, &there, err);
    }
    if (status == OKO_OK && here != 0 && there != 0 && here != there) {
        status = oko_error_set(err, OKO_E_CONFLICT, "store.merge.region", m->from.code);
    }
    return status;
}

/* What both units hold, and differently: 0 kind of data, 1 procedure or title of the list, 2 class or year. Works of a
 * class without a name may be those of any class, so they are in the way of every other sheet. */
static const char sql_conflict[] =
    "SELECT 0, c.code, iif(t.class = '', '', f.class) FROM sheet f JOIN sheet t ON t.procedure = f.procedure "
    "AND t.school = ?2 AND t.until_rev IS NULL "
    "AND iif(t.class = f.class, t.hash <> f.hash, t.class = '' OR f.class = '') "
    "JOIN procedure c ON c.id = f.procedure "
    "WHERE f.procedure IN (SELECT id FROM procedure) AND f.school = ?1 AND f.until_rev IS NULL "
    "UNION ALL SELECT 1, c.code, '' FROM aggregate f JOIN aggregate t ON t.procedure = f.procedure "
    "AND t.kind = f.kind AND t.unit = ?2 AND t.until_rev IS NULL AND t.hash <> f.hash "
    "JOIN procedure c ON c.id = f.procedure WHERE f.unit = ?1 AND f.until_rev IS NULL "
    "UNION ALL SELECT 2, f.list, f.year FROM external f JOIN external t ON t.list = f.list AND t.year = f.year "
    "AND t.procedure = f.procedure AND t.unit = ?2 AND t.until_rev IS NULL AND t.hash <> f.hash "
    "WHERE f.unit = ?1 AND f.until_rev IS NULL "
    "UNION ALL SELECT 3, iif(f.procedure = '', f.part, f.procedure), f.year FROM finding f JOIN finding t "
    "ON t.kind = f.kind AND t.year = f.year AND t.procedure = f.procedure AND t.part = f.part AND t.unit = ?2 "
    "AND t.until_rev IS NULL AND t.hash <> f.hash "
    "WHERE f.unit = ?1 AND f.until_rev IS NULL ORDER BY 1, 2, 3 LIMIT 1";

static oko_status check_data(const merge *m, oko_error *err)
{
    static const char *const told[] = { "store.merge.sheets", "store.merge.aggregate", "store.merge.external",
                                        "store.merge.finding" };
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(m->s, sql_conflict, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, m->from.id);
    oko_query_int(&q, m->into.id);
    status = oko_query_next(&q, &row, err);
    if (status != OKO_OK || !row) {
        return status;
    }
    const int64_t kind = oko_query_get_int(&q, 0);
    const char *part = oko_query_get_text(&q, 2);
    const bool unnamed = kind == 0 && part[0] == '\0';
    status = oko_error_set(err, OKO_E_CONFLICT, unnamed ? "store.merge.unnamed" : told[kind], m->from.code);
    oko_error_arg(err, "%s", m->into.code);
    oko_error_arg(err, "%s", oko_query_get_text(&q, 1));
    oko_error_arg(err, "%s", part);
    return status;
}

/* ---- the steps; ?1 from, ?2 into, ?3 revision, ?4 and ?5 their codes ---- */

_Static_assert(OKO_LEVEL_CLASS == 4 && OKO_ALIAS_OTHER == 4, "numbers below");
#define CURRENT(unit) unit " = ?1 AND until_rev IS NULL"
#define OF_SHEET "procedure IN (SELECT id FROM procedure) AND " CURRENT("school")
#define SHEET_COPIED                                                                                                   \
    "import, n_rows, participants, absent, no_total, bad_total, above_max, sum_mismatch, sum, sum_sq, hash, works, "   \
    "class_written"
#define AGGREGATE_COPIED "import, n_units, n, percent, hash, vals"
#define EXTERNAL_COPIED "import, source, reason, hash"
#define FINDING_COPIED "import, note, hash, vals"
/* A version that this very transaction made is no version yet: it goes. */
#define END(table, where) "UPDATE " table " SET until_rev = ?3 WHERE " where " AND since_rev < ?3"
#define DROP(table, where) "DELETE FROM " table " WHERE " where " AND since_rev = ?3"
/* A class «from/2021/4А» takes the code «into/2021/4А», unless data of its own are named by the old one. */
#define NEW_CODE "?5 || substr(code, length(?4) + 1)"
#define FOLLOWS                                                                                                        \
    "parent = ?1 AND merged_into IS NULL AND level = 4 AND substr(code, 1, length(?4) + 1) = ?4 || '/' "               \
    "AND id NOT IN (SELECT unit FROM aggregate) AND id NOT IN (SELECT unit FROM external) "                            \
    "AND id NOT IN (SELECT unit FROM finding) "                                                                        \
    "AND length(CAST(" NEW_CODE " AS BLOB)) < 64"
#define TWIN "(SELECT ifnull(t.merged_into, t.id) FROM unit t WHERE t.level = 4 AND t.code = " NEW_CODE_OF_UNIT ")"
#define NEW_CODE_OF_UNIT "?5 || substr(unit.code, length(?4) + 1)"

static const char sql_sheets[] =
    "INSERT INTO sheet (procedure, school, class, since_rev, " SHEET_COPIED ") "
    "SELECT procedure, ?2, class, ?3, " SHEET_COPIED " FROM sheet f WHERE " OF_SHEET
    " AND NOT EXISTS (SELECT 1 FROM sheet t WHERE t.procedure = f.procedure AND t.school = ?2 AND t.class = f.class "
    "AND t.until_rev IS NULL)";
static const char sql_sheets_end[] = END("sheet", OF_SHEET);
static const char sql_sheets_drop[] = DROP("sheet", OF_SHEET);
static const char sql_aggregates[] =
    "INSERT INTO aggregate (kind, procedure, unit, since_rev, " AGGREGATE_COPIED ") "
    "SELECT kind, procedure, ?2, ?3, " AGGREGATE_COPIED " FROM aggregate f WHERE " CURRENT("unit") //
    " AND NOT EXISTS (SELECT 1 FROM aggregate t WHERE t.procedure = f.procedure AND t.kind = f.kind AND t.unit = ?2 "
    "AND t.until_rev IS NULL)";
static const char sql_aggregates_end[] = END("aggregate", CURRENT("unit"));
static const char sql_aggregates_drop[] = DROP("aggregate", CURRENT("unit"));
static const char sql_externals[] =
    "INSERT INTO external (list, year, unit, procedure, since_rev, " EXTERNAL_COPIED ") "
    "SELECT list, year, ?2, procedure, ?3, " EXTERNAL_COPIED " FROM external f WHERE " CURRENT("unit") //
    " AND NOT EXISTS (SELECT 1 FROM external t WHERE t.unit = ?2 AND t.list = f.list AND t.year = f.year "
    "AND t.procedure = f.procedure AND t.until_rev IS NULL)";
static const char sql_externals_end[] = END("external", CURRENT("unit"));
static const char sql_externals_drop[] = DROP("external", CURRENT("unit"));
static const char sql_findings[] =
    "INSERT INTO finding (unit, kind, year, procedure, part, since_rev, " FINDING_COPIED ") "
    "SELECT ?2, kind, year, procedure, part, ?3, " FINDING_COPIED " FROM finding f WHERE " CURRENT("unit") //
    " AND NOT EXISTS (SELECT 1 FROM finding t WHERE t.unit = ?2 AND t.kind = f.kind AND t.year = f.year "
    "AND t.procedure = f.procedure AND t.part = f.part AND t.until_rev IS NULL)";
static const char sql_findings_end[] = END("finding", CURRENT("unit"));
static const char sql_findings_drop[] = DROP("finding", CURRENT("unit"));
static const char sql_aliases[] = "UPDATE unit_alias SET unit = ?2 WHERE unit = ?1";
static const char sql_moves[] = "INSERT OR IGNORE INTO unit_move (unit, until_rev, parent) "
                                "SELECT id, ?3, parent FROM unit WHERE parent = ?1 AND merged_into IS NULL";
static const char sql_twins[] =
    "UPDATE unit SET merged_into = " TWIN ", merged_rev = ?3 WHERE " FOLLOWS " AND " TWIN " IS NOT NULL";
static const char sql_twin_aliases[] =
    "UPDATE unit_alias SET unit = (SELECT u.merged_into FROM unit u WHERE u.id = unit_alias.unit) "
    "WHERE unit IN (SELECT id FROM unit WHERE parent = ?1 AND merged_rev = ?3)";
static const char sql_class_aliases[] =
    "INSERT OR IGNORE INTO unit_alias (level, kind, alias, unit) SELECT level, 4, code, id FROM unit WHERE " FOLLOWS;
static const char sql_class_codes[] = "UPDATE unit SET code = " NEW_CODE " WHERE " FOLLOWS " AND " TWIN " IS NULL";
static const char sql_children[] = "UPDATE unit SET parent = ?2 WHERE parent = ?1 AND merged_into IS NULL";
static const char sql_merged[] = "UPDATE unit SET merged_into = ?2, merged_rev = ?3 WHERE id = ?1";
/* Whoever was merged into a unit that is merged now leads on to the last one. */
static const char sql_chain[] =
    "UPDATE unit SET merged_into = (SELECT t.merged_into FROM unit t WHERE t.id = unit.merged_into) "
    "WHERE merged_into IN (SELECT id FROM unit WHERE merged_rev = ?3)";

#define COUNTS(member) (int)offsetof(oko_unit_merge, member)
static const struct {
    const char *sql;
    int counter; /* where its rows are counted, −1 nowhere */
} steps[] = {
    { sql_sheets, COUNTS(sheets) },
    { sql_sheets_end, -1 },
    { sql_sheets_drop, -1 },
    { sql_aggregates, COUNTS(aggregates) },
    { sql_aggregates_end, -1 },
    { sql_aggregates_drop, -1 },
    { sql_externals, COUNTS(externals) },
    { sql_externals_end, -1 },
    { sql_externals_drop, -1 },
    { sql_findings, COUNTS(findings) },
    { sql_findings_end, -1 },
    { sql_findings_drop, -1 },
    { sql_aliases, COUNTS(aliases) },
    { sql_moves, -1 },
    { sql_twins, COUNTS(units) },
    { sql_twin_aliases, -1 },
    { sql_class_aliases, -1 },
    { sql_class_codes, -1 },
    { sql_children, COUNTS(units) },
    { sql_merged, -1 },
    { sql_chain, -1 },
};

static oko_status take_step(const merge *m, size_t i, oko_unit_merge *moved, oko_error *err)
{
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(m->s, steps[i].sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    const int n = sqlite3_bind_parameter_count(q.statement);
    const int64_t numbers[] = { m->from.id, m->into.id, m->revision };
    for (int k = 0; k < n && k < 3; k++) {
        oko_query_int(&q, numbers[k]);
    }
    if (n > 3) {
        oko_query_text(&q, m->from.code);
        oko_query_text(&q, m->into.code);
    }
    status = oko_query_run(&q, err);
    if (status == OKO_OK && steps[i].counter >= 0) {
        *(int64_t *)(void *)((char *)moved + steps[i].counter) += sqlite3_changes(m->s->db);
    }
    return status;
}

/* ---- attributes ---- */

static void take_text(char *mine, const char *theirs, size_t bytes)
{
    if (mine[0] == '\0') {
        memcpy(mine, theirs, bytes);
    }
}

/* What the remaining unit does not know of itself. */
static void adopt(oko_unit *into, const oko_unit *from)
{
    if (strcmp(into->name, into->code) == 0 && strcmp(from->name, from->code) != 0) {
        memcpy(into->name, from->name, sizeof into->name);
    }
    take_text(into->type, from->type, sizeof into->type);
    take_text(into->place, from->place, sizeof into->place);
    take_text(into->cluster, from->cluster, sizeof into->cluster);
    into->confirmed = into->confirmed || from->confirmed;
    if (into->valid_from != 0 && (from->valid_from == 0 || from->valid_from < into->valid_from)) {
        into->valid_from = from->valid_from;
    }
    if (into->valid_to != 0 && (from->valid_to == 0 || from->valid_to > into->valid_to)) {
        into->valid_to = from->valid_to;
    }
}

/* The nearer unit above is the better known one: a municipality rather than a region, a region rather than none. */
static oko_status adopt_parent(const merge *m, oko_unit *into, oko_error *err)
{
    static const char sql[] = "INSERT OR IGNORE INTO unit_move (unit, until_rev, parent) VALUES (?, ?, ?)";
    oko_unit mine = { .level = OKO_LEVEL_COUNTRY }, theirs = { .level = OKO_LEVEL_COUNTRY };
    oko_status status = OKO_OK;
    if (m->from.parent == 0) {
        return OKO_OK;
    }
    if (into->parent != 0) {
        status = oko_sqlite_unit_get(&m->s->base, m->from.parent, &theirs, err);
        if (status == OKO_OK) {
            status = oko_sqlite_unit_get(&m->s->base, into->parent, &mine, err);
        }
        if (status != OKO_OK || theirs.level <= mine.level) {
            return status;
        }
    }
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    status = oko_query_begin(m->s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, into->id);
    oko_query_int(&q, m->revision);
    oko_query_ref(&q, into->parent);
    into->parent = m->from.parent;
    return oko_query_run(&q, err);
}

/* ---- the whole ---- */

static oko_status move_all(merge *m, oko_unit_merge *moved, oko_error *err)
{
    oko_unit into = m->into;
    int64_t same;
    oko_status status = oko_sqlite_new_revision(m->s, &m->revision, err);
    for (size_t i = 0; status == OKO_OK && i < sizeof steps / sizeof *steps; i++) {
        status = take_step(m, i, moved, err);
    }
    adopt(&into, &m->from);
    if (status == OKO_OK) {
        status = adopt_parent(m, &into, err);
    }
    moved->revision = m->revision;
    return status == OKO_OK ? oko_sqlite_unit_write(m->s, &into, &same, err) : status;
}

oko_status oko_sqlite_unit_merge(oko_store *store, int64_t from, int64_t into, oko_unit_merge *ret_moved,
                                 oko_error *err)
{
    merge m = { .s = oko_sqlite_of(store) };
    oko_unit_merge moved = { 0 };
    oko_write w = { 0 };
    oko_status status = oko_write_begin(m.s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_sqlite_unit_get(store, from, &m.from, err);
    if (status == OKO_OK) {
        status = oko_sqlite_unit_get(store, into, &m.into, err);
    }
    if (status == OKO_OK) {
        status = check_units(&m, err);
    }
    if (status == OKO_OK) {
        status = check_data(&m, err);
    }
    if (status == OKO_OK) {
        status = move_all(&m, &moved, err);
    }
    status = oko_write_end(&w, status, err);
    if (status == OKO_OK) {
        *ret_moved = moved;
    }
    return status;
}
