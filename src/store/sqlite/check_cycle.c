/* The check of the cycle: records and their versions, links, files, the chain of the log. */
#include "store/sqlite/audit.h"
#include "store/sqlite/check.h"

#include <stdio.h>
#include <string.h>

/* ---- records ---- */

#define HEAD(x)                                                                                                        \
    "(" x ".unit, " x ".year, " x ".state, " x ".due, " x ".assignee, " x ".key, " x ".title, " x ".removed, " x       \
    ".updated, " x ".updated_by)"

/* The head repeats its newest version, and there are as many versions as it says. */
static const char sql_heads[] =
    "SELECT r.kind || ' ' || r.id FROM record r LEFT JOIN record_version v ON v.record = r.id AND v.version = "
    "r.version "
    "WHERE v.id IS NULL OR " HEAD("r") " IS NOT " HEAD(
        "v") " OR r.version IS NOT (SELECT count(*) FROM record_version WHERE record = r.id)";
static const char sql_bodies[] =
    "SELECT r.kind || ' ' || r.id || ' ' || v.version FROM record_version v JOIN record r ON r.id = v.record "
    "WHERE CASE WHEN json_valid(v.body) THEN json_type(v.body) <> 'object' ELSE 1 END";
static const char sql_links[] =
    "SELECT l.id FROM record_link l WHERE CASE l.target WHEN 0 THEN l.target_id NOT IN (SELECT id FROM record) "
    "WHEN 1 THEN l.target_id NOT IN (SELECT id FROM file) WHEN 2 THEN l.target_id NOT IN (SELECT id FROM run) "
    "WHEN 3 THEN l.target_id NOT IN (SELECT id FROM import) WHEN 4 THEN l.target_id NOT IN (SELECT id FROM unit) "
    "ELSE l.target_id <> 0 OR l.url = '' END";

oko_status oko_check_records(oko_checker *c, oko_error *err)
{
    oko_status status = oko_check_rows(c, sql_heads, "db.record", err);
    if (status == OKO_OK) {
        status = oko_check_rows(c, sql_bodies, "db.record_body", err);
    }
    return status == OKO_OK ? oko_check_rows(c, sql_links, "db.record_link", err) : status;
}

/* ---- files ---- */

/* Hash and size of what the pieces of a content say; *ret_whole is false when one is missing. */
static oko_status hash_pieces(oko_sqlite *s, int64_t content, char ret_sha256[OKO_HASH_HEX], int64_t *ret_bytes,
                              bool *ret_whole, oko_error *err)
{
    static const char sql[] = "SELECT no, bytes FROM file_chunk WHERE content = ? ORDER BY no";
    OKO_CLEANUP(oko_hasher_freep) oko_hasher *h = NULL;
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    int64_t pieces = 0;
    if (oko_hasher_new(&h) != OKO_OK) {
        return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
    }
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, content);
    *ret_bytes = 0;
    *ret_whole = true;
    while ((status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        const void *piece = sqlite3_column_blob(q.statement, 1);
        const size_t n = (size_t)sqlite3_column_bytes(q.statement, 1);
        if (piece == NULL && n > 0) {
            return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
        }
        oko_hasher_add(h, piece, n);
        *ret_whole = *ret_whole && oko_query_get_int(&q, 0) == pieces && *ret_bytes == pieces * OKO_SQLITE_CHUNK;
        *ret_bytes += (int64_t)n;
        pieces++;
    }
    if (status == OKO_OK) {
        oko_hasher_finish(h, ret_sha256);
        h = NULL;
    }
    return status;
}

oko_status oko_check_files(oko_checker *c, oko_error *err)
{
    static const char sql[] = "SELECT id, sha256, bytes FROM file_content ORDER BY id";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_status status = oko_query_begin(c->s, sql, &q, err);
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        char sha256[OKO_HASH_HEX];
        int64_t bytes = 0;
        bool whole = true;
        status = hash_pieces(c->s, oko_query_get_int(&q, 0), sha256, &bytes, &whole, err);
        if (status == OKO_OK &&
            (!whole || bytes != oko_query_get_int(&q, 2) || strcmp(sha256, oko_query_get_text(&q, 1)) != 0)) {
            status = oko_check_tell(c, "db.file", oko_query_get_text(&q, 1));
        }
        if (status == OKO_OK) {
            status = oko_check_ask(c, err);
        }
    }
    return status;
}

/* ---- the log ---- */

oko_status oko_check_audit(oko_checker *c, oko_error *err)
{
    oko_audit_chain chain;
    char line[32];
    oko_status status = oko_sqlite_audit_chain(c->s, &chain, err);
    if (status != OKO_OK || chain.broken == 0) {
        return status;
    }
    (void)snprintf(line, sizeof line, "%lld", (long long)chain.broken);
    return oko_check_tell(c, "db.audit", line);
}
