/* Records: a head that lists look at, and every version whole. */
#include "store/sqlite/sqlite_store.h"

#include <string.h>

/* ---- reading ---- */

#define RECORD_COLUMNS                                                                                                 \
    "r.id, r.kind, ifnull(v.unit, 0), v.year, v.state, v.due, ifnull(v.assignee, 0), v.key, v.title, v.version, "      \
    "r.created, v.updated, ifnull(r.created_by, 0), ifnull(v.updated_by, 0), v.removed, v.body"

static void read_record(const oko_query *q, oko_record *ret_r)
{
    *ret_r = (oko_record){
        .id = oko_query_get_int(q, 0),
        .unit = oko_query_get_int(q, 2),
        .year = (int)oko_query_get_int(q, 3),
        .assignee = oko_query_get_int(q, 6),
        .version = oko_query_get_int(q, 9),
        .created_by = oko_query_get_int(q, 12),
        .updated_by = oko_query_get_int(q, 13),
        .removed = oko_query_get_int(q, 14) != 0,
        .body = oko_query_get_text(q, 15),
        .body_len = (size_t)sqlite3_column_bytes(q->statement, 15),
    };
    oko_query_copy_text(q, 1, ret_r->kind, sizeof ret_r->kind);
    oko_query_copy_text(q, 4, ret_r->state, sizeof ret_r->state);
    oko_query_copy_text(q, 5, ret_r->due, sizeof ret_r->due);
    oko_query_copy_text(q, 7, ret_r->key, sizeof ret_r->key);
    oko_query_copy_text(q, 8, ret_r->title, sizeof ret_r->title);
    oko_query_copy_text(q, 10, ret_r->created, sizeof ret_r->created);
    oko_query_copy_text(q, 11, ret_r->updated, sizeof ret_r->updated);
}

/* Hands all rows on; OKO_E_NOT_FOUND "record.unknown" when there is none. */
static oko_status hand_on(oko_query *q, const char *what, oko_record_fn fn, void *ctx, oko_error *err)
{
    bool row = true, any = false;
    oko_status status = OKO_OK;
    while (status == OKO_OK && (status = oko_query_next(q, &row, err)) == OKO_OK && row) {
        oko_record r;
        read_record(q, &r);
        any = true;
        status = fn(ctx, &r);
    }
    return status == OKO_OK && !any ? oko_error_set(err, OKO_E_NOT_FOUND, "record.unknown", what) : status;
}

static oko_status get(oko_store *store, int64_t id, int64_t version, oko_record_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] = "SELECT " RECORD_COLUMNS " FROM record r JOIN record_version v "
                              "ON v.record = r.id AND v.version = coalesce(nullif(?2, 0), r.version) WHERE r.id = ?1";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, id);
    oko_query_int(&q, version);
    return hand_on(&q, "", fn, ctx, err);
}

static oko_status find(oko_store *store, const char *kind, const char *key, oko_record_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] = "SELECT " RECORD_COLUMNS " FROM record r JOIN record_version v "
                              "ON v.record = r.id AND v.version = r.version WHERE r.kind = ? AND r.key = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_text(&q, kind);
    oko_query_text(&q, key);
    return hand_on(&q, key, fn, ctx, err);
}

static oko_status history(oko_store *store, int64_t id, oko_record_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] = "SELECT " RECORD_COLUMNS " FROM record r JOIN record_version v ON v.record = r.id "
                              "WHERE r.id = ? ORDER BY v.version";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, id);
    return hand_on(&q, "", fn, ctx, err);
}

/* ---- what is refused before anything is written ---- */

/* The record is there, of this kind, and nobody came first. */
static oko_status check_version(oko_sqlite *s, const oko_record *r, oko_error *err)
{
    static const char sql[] = "SELECT kind, version FROM record WHERE id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = r->id == 0 ? OKO_OK : oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK || r->id == 0) {
        return status;
    }
    oko_query_int(&q, r->id);
    status = oko_query_next(&q, &row, err);
    if (status == OKO_OK && !row) {
        return oko_error_set(err, OKO_E_NOT_FOUND, "record.unknown", "");
    }
    if (status == OKO_OK && strcmp(oko_query_get_text(&q, 0), r->kind) != 0) {
        return oko_error_set(err, OKO_E_ARGUMENT, "store.argument", "kind");
    }
    if (status == OKO_OK && oko_query_get_int(&q, 1) != r->version) {
        status = oko_error_set(err, OKO_E_CONFLICT, "record.changed", r->kind);
        oko_error_arg(err, "%lld", (long long)oko_query_get_int(&q, 1));
    }
    return status;
}

static oko_status check_key(oko_sqlite *s, const oko_record *r, oko_error *err)
{
    static const char sql[] = "SELECT 1 FROM record WHERE kind = ? AND key = ? AND id <> ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = r->key[0] == '\0' ? OKO_OK : oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK || r->key[0] == '\0') {
        return status;
    }
    oko_query_text(&q, r->kind);
    oko_query_text(&q, r->key);
    oko_query_int(&q, r->id);
    status = oko_query_next(&q, &row, err);
    return status == OKO_OK && row ? oko_error_set(err, OKO_E_CONFLICT, "record.key", r->key) : status;
}

static oko_status check_named(oko_sqlite *s, const oko_record *r, oko_error *err)
{
    oko_status status = oko_sqlite_need_unit(s, r->unit, "unit", err);
    if (status == OKO_OK) {
        status = oko_sqlite_need_user(s, r->assignee, "assignee", err);
    }
    if (status == OKO_OK) {
        status = oko_sqlite_need_user(s, r->created_by, "created_by", err);
    }
    return status == OKO_OK ? oko_sqlite_need_user(s, r->updated_by, "updated_by", err) : status;
}

static oko_status check(oko_sqlite *s, const oko_record *r, oko_error *err)
{
    oko_status status = check_version(s, r, err);
    if (status == OKO_OK) {
        status = check_named(s, r, err);
    }
    if (status == OKO_OK) {
        status = check_key(s, r, err);
    }
    return status == OKO_OK ? oko_sqlite_need_object(s, (oko_str){ r->body, r->body_len }, "record.body", "body", err)
                            : status;
}

/* ---- putting ---- */

#define NOW "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"

/* The form in which titles are searched: oko_str_fold of capitals, because only those look alike in both alphabets. */
static void fold_title(char *dst, size_t dst_bytes, oko_str s)
{
    char capitals[OKO_RECORD_TITLE_BYTES + 8];
    const size_t n = s.len < sizeof capitals ? s.len : sizeof capitals;
    for (size_t i = 0; i < n; i++) {
        capitals[i] = s.ptr[i] >= 'a' && s.ptr[i] <= 'z' ? (char)(s.ptr[i] - 'a' + 'A') : s.ptr[i];
    }
    (void)oko_str_fold(dst, dst_bytes, (oko_str){ capitals, n });
}

static oko_status write_head(oko_sqlite *s, const oko_record *r, int64_t *ret_id, oko_error *err)
{
    static const char sql_insert[] =
        "INSERT INTO record (unit, year, state, due, assignee, key, title, folded, removed, updated_by, created_by, "
        "kind, version, created, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ifnull(?13, " NOW
        "), ifnull(?13, " NOW "))";
    static const char sql_update[] =
        "UPDATE record SET unit = ?, year = ?, state = ?, due = ?, assignee = ?, key = ?, title = ?, folded = ?, "
        "removed = ?, updated_by = ?, version = version + 1, updated = ifnull(?, " NOW ") WHERE id = ?";
    char folded[2 * OKO_RECORD_TITLE_BYTES + 1]; /* a Latin letter may become a Cyrillic one */
    const bool added = r->id == 0;
    const int64_t by = added && r->updated_by == 0 ? r->created_by : r->updated_by;
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, added ? sql_insert : sql_update, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    fold_title(folded, sizeof folded, oko_str_of(r->title));
    oko_query_ref(&q, r->unit);
    oko_query_int(&q, r->year);
    oko_query_text(&q, r->state);
    oko_query_word(&q, r->due);
    oko_query_ref(&q, r->assignee);
    oko_query_word(&q, r->key);
    oko_query_text(&q, r->title);
    oko_query_text(&q, folded);
    oko_query_int(&q, r->removed);
    oko_query_ref(&q, by);
    if (added) {
        oko_query_ref(&q, r->created_by == 0 ? by : r->created_by);
        oko_query_text(&q, r->kind);
    }
    oko_query_word(&q, r->at);
    if (!added) {
        oko_query_int(&q, r->id);
    }
    status = oko_query_run(&q, err);
    if (status == OKO_OK) {
        *ret_id = added ? sqlite3_last_insert_rowid(s->db) : r->id;
    }
    return status;
}

/* The new version is what the head says now, and the body. */
static oko_status write_version(oko_sqlite *s, int64_t id, const oko_record *r, oko_error *err)
{
    static const char sql[] =
        "INSERT INTO record_version (record, version, unit, year, state, due, assignee, key, title, removed, updated, "
        "updated_by, body) SELECT id, version, unit, year, state, due, assignee, key, title, removed, updated, "
        "updated_by, ? FROM record WHERE id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_view(&q, (oko_str){ r->body, r->body_len });
    oko_query_int(&q, id);
    return oko_query_run(&q, err);
}

static oko_status take(void *ctx, const oko_record *r)
{
    *(oko_record *)ctx = *r;
    return OKO_OK;
}

static oko_status put(oko_store *store, const oko_record *r, oko_record *ret_record, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    oko_record now;
    oko_write w = { 0 };
    int64_t id = 0;
    oko_status status = oko_write_begin(s, &w, err);
    if (status != OKO_OK) {
        return status;
    }
    status = check(s, r, err);
    if (status == OKO_OK) {
        status = write_head(s, r, &id, err);
    }
    if (status == OKO_OK) {
        status = write_version(s, id, r, err);
    }
    if (status == OKO_OK) {
        status = get(store, id, 0, take, &now, err);
    }
    status = oko_write_end(&w, status, err);
    if (status == OKO_OK) {
        now.body = r->body;
        now.body_len = r->body_len;
        *ret_record = now;
    }
    return status;
}

/* ---- conditions ---- */

/* A query's SELECT, and the texts that its values point to. */
typedef struct selection {
    oko_select sel;
    char states[OKO_RECORD_QUERY_TEXT_BYTES];
    char plain[2 * OKO_RECORD_QUERY_TEXT_BYTES + 4], cyrillic[2 * OKO_RECORD_QUERY_TEXT_BYTES + 4]; /* searched */
    char path[OKO_RECORD_QUERY_TEXT_BYTES];
} selection;

static void end_selection(selection *c)
{
    oko_select_free(&c->sel);
}

static bool given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static void add_states(selection *c, const char *states)
{
    int n = 0;
    (void)oko_str_copy(c->states, sizeof c->states, oko_str_of(states));
    oko_select_add(&c->sel, " AND r.state IN (");
    for (char *word = c->states; word != NULL; n++) {
        char *comma = strchr(word, ',');
        if (comma != NULL) {
            *comma++ = '\0';
        }
        if (n == OKO_RECORD_QUERY_STATES) {
            c->sel.sql.status = OKO_E_LIMIT;
            return;
        }
        oko_select_text(&c->sel, n == 0 ? "?" : ", ?", word);
        word = comma;
    }
    oko_select_add(&c->sel, ")");
}

/* Latin words are looked for as they are and as a fold of a Cyrillic title would write them. */
static void add_search(selection *c, const char *search)
{
    static const char mark[] = "я";
    const oko_str words = oko_str_trim(oko_str_of(search));
    char marked[OKO_RECORD_QUERY_TEXT_BYTES + sizeof mark];
    fold_title(c->plain, sizeof c->plain, words);
    memcpy(marked, mark, sizeof mark - 1);
    memcpy(marked + sizeof mark - 1, words.ptr, words.len);
    fold_title(c->cyrillic, sizeof c->cyrillic, (oko_str){ marked, words.len + sizeof mark - 1 });
    oko_select_text(&c->sel, " AND (instr(r.folded, ?)", c->plain);
    oko_select_text(&c->sel, " OR instr(r.folded, ?))", c->cyrillic + sizeof mark - 1);
}

static void add_body(selection *c, const char *member, const char *value)
{
    (void)oko_str_copy(c->path, sizeof c->path, OKO_STR("$.\""));
    (void)oko_str_copy(c->path + 3, sizeof c->path - 4, oko_str_of(member));
    (void)strcat(c->path, "\"");
    oko_select_text(&c->sel, " AND (SELECT CASE json_type(v.body, ?", c->path);
    oko_select_text(&c->sel,
                    ") WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(json_extract(v.body, ?) AS TEXT) "
                    "END FROM record_version v WHERE v.record = r.id AND v.version = r.version)",
                    c->path);
    oko_select_text(&c->sel, " = ?", value);
}

static void add_link(selection *c, const oko_record_query *query)
{
    oko_select_int(&c->sel, " AND r.id IN (SELECT record FROM record_link WHERE target = ?",
                   (int64_t)query->link_target);
    oko_select_int(&c->sel, " AND target_id = ?", query->link_id);
    if (given(query->link_relation)) {
        oko_select_text(&c->sel, " AND relation = ?", query->link_relation);
    }
    oko_select_add(&c->sel, ")");
}

static void add_plain(oko_select *sel, const oko_record_query *query)
{
    if (given(query->kind)) {
        oko_select_text(sel, " AND r.kind = ?", query->kind);
    }
    if (!query->with_removed) {
        oko_select_add(sel, " AND r.removed = 0");
    }
    if (given(query->key_prefix)) {
        oko_select_prefix(sel, "r.key", query->key_prefix);
    }
    if (query->level != OKO_LEVEL_COUNTRY) {
        oko_select_int(sel, " AND ifnull((SELECT u.level FROM unit u WHERE u.id = r.unit), ?)", OKO_LEVEL_REGION);
        oko_select_int(sel, " = ?", query->level);
    }
    if (query->year != 0) {
        oko_select_int(sel, " AND r.year = ?", query->year);
    }
    if (query->assignee != 0) {
        oko_select_int(sel, " AND r.assignee = ?", query->assignee);
    }
    if (query->created_by != 0) {
        oko_select_int(sel, " AND r.created_by = ?", query->created_by);
    }
    if (given(query->due_from)) {
        oko_select_text(sel, " AND r.due >= ?", query->due_from);
    }
    if (given(query->due_until)) {
        oko_select_text(sel, " AND r.due <= ?", query->due_until);
    }
}

static void select_where(oko_sqlite *s, selection *c, const char *sql, const oko_record_query *query)
{
    oko_select_init(&c->sel, sql);
    oko_select_add(&c->sel, " WHERE 1");
    add_plain(&c->sel, query);
    if (query->unit != 0) {
        oko_select_units(s, &c->sel, "r.unit", query->unit, query->subtree);
        if (query->or_above) {
            oko_select_or_above(&c->sel, "r.unit", query->unit);
        }
        oko_select_add(&c->sel, query->or_common ? " OR r.unit IS NULL)" : ")");
    }
    if (given(query->states)) {
        add_states(c, query->states);
    }
    if (given(query->search)) {
        add_search(c, query->search);
    }
    if (query->link_id != 0) {
        add_link(c, query);
    }
    if (given(query->body_path)) {
        add_body(c, query->body_path, query->body_value);
    }
}

/* ---- lists ---- */

static void add_order(oko_select *sel, const oko_record_query *query)
{
    static const char *const up[OKO_SORT_COUNT] = {
        [OKO_SORT_ID] = " ORDER BY r.id",
        [OKO_SORT_UPDATED] = " ORDER BY r.updated, r.id",
        [OKO_SORT_DUE] = " ORDER BY r.due NULLS LAST, r.id",
        [OKO_SORT_STATE] = " ORDER BY r.state, r.id",
        [OKO_SORT_TITLE] = " ORDER BY r.folded, r.id",
        [OKO_SORT_UNIT] = " ORDER BY (SELECT code FROM unit WHERE id = r.unit), r.id",
        [OKO_SORT_YEAR] = " ORDER BY r.year, r.id",
    };
    static const char *const down[OKO_SORT_COUNT] = {
        [OKO_SORT_ID] = " ORDER BY r.id DESC",
        [OKO_SORT_UPDATED] = " ORDER BY r.updated DESC, r.id DESC",
        [OKO_SORT_DUE] = " ORDER BY r.due DESC NULLS LAST, r.id DESC",
        [OKO_SORT_STATE] = " ORDER BY r.state DESC, r.id DESC",
        [OKO_SORT_TITLE] = " ORDER BY r.folded DESC, r.id DESC",
        [OKO_SORT_UNIT] = " ORDER BY (SELECT code FROM unit WHERE id = r.unit) DESC, r.id DESC",
        [OKO_SORT_YEAR] = " ORDER BY r.year DESC, r.id DESC",
    };
    oko_select_add(sel, query->descending ? down[query->sort] : up[query->sort]);
    oko_select_int(sel, " LIMIT ?", query->limit);
    oko_select_int(sel, " OFFSET ?", query->offset);
}

static oko_status count(oko_sqlite *s, const oko_record_query *query, int64_t *ret_total, oko_error *err)
{
    OKO_CLEANUP(end_selection) selection c;
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    select_where(s, &c, "SELECT count(*) FROM record r", query);
    oko_status status = oko_select_begin(s, &c.sel, &q, err);
    if (status == OKO_OK) {
        status = oko_query_next(&q, &row, err);
    }
    if (status == OKO_OK) {
        *ret_total = oko_query_get_int(&q, 0);
    }
    return status;
}

/* Which records stand on the page: found before the first is handed on, so fn may write. */
static oko_status page(oko_sqlite *s, const oko_record_query *query, int64_t ids[OKO_RECORD_QUERY_LIMIT], size_t *ret_n,
                       oko_error *err)
{
    OKO_CLEANUP(end_selection) selection c;
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    size_t n = 0;
    select_where(s, &c, "SELECT r.id FROM record r", query);
    add_order(&c.sel, query);
    oko_status status = oko_select_begin(s, &c.sel, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row &&
           n < OKO_RECORD_QUERY_LIMIT) {
        ids[n++] = oko_query_get_int(&q, 0);
    }
    *ret_n = n;
    return status;
}

static oko_status walk(oko_store *store, const oko_record_query *query, oko_record_fn fn, void *ctx, int64_t *ret_total,
                       oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    int64_t ids[OKO_RECORD_QUERY_LIMIT], total = 0;
    size_t n = 0;
    oko_status status = page(s, query, ids, &n, err);
    if (status == OKO_OK && ret_total != NULL) {
        const bool last = (n > 0 || query->offset == 0) && (int64_t)n < query->limit;
        total = query->offset + (int64_t)n;
        status = last ? OKO_OK : count(s, query, &total, err);
    }
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        status = get(store, ids[i], 0, fn, ctx, err);
    }
    if (status == OKO_OK && ret_total != NULL) {
        *ret_total = total;
    }
    return status;
}

static oko_status counts(oko_store *store, const oko_record_query *query, bool by_unit, oko_record_count_fn fn,
                         void *ctx, oko_error *err)
{
    OKO_CLEANUP(end_selection) selection c;
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    select_where(oko_sqlite_of(store), &c,
                 by_unit
                     ? "SELECT coalesce(u.merged_into, r.unit, 0), r.state, count(*) FROM record r LEFT JOIN unit u "
                       "ON u.id = r.unit"
                     : "SELECT 0, r.state, count(*) FROM record r",
                 query);
    oko_select_add(&c.sel, " GROUP BY 1, 2 ORDER BY 1, 2");
    oko_status status = oko_select_begin(oko_sqlite_of(store), &c.sel, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        status = fn(ctx, oko_query_get_int(&q, 0), oko_query_get_text(&q, 1), oko_query_get_int(&q, 2));
    }
    return status;
}

const oko_record_engine oko_sqlite_records = {
    .put = put,
    .get = get,
    .find = find,
    .history = history,
    .walk = walk,
    .counts = counts,
};
