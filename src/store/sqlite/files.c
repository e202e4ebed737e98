/* Attached files: their bytes once per content, in pieces, so that no file stands in memory whole. */
#include "store/sqlite/path.h"
#include "store/sqlite/sqlite_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the file outside ---- */

typedef struct source {
    int fd;
    const char *name; /* that people know */
    uint8_t *piece;   /* OKO_SQLITE_CHUNK bytes */
    size_t n;         /* bytes in it */
    int64_t bytes;    /* read so far */
    char sha256[OKO_HASH_HEX];
} source;

static void close_source(source *src)
{
    if (src->fd >= 0) {
        (void)close(src->fd);
    }
    free(src->piece);
}

static oko_status open_source(const char *path, source *src, oko_error *err)
{
    struct stat st;
    src->piece = malloc(OKO_SQLITE_CHUNK);
    if (src->piece == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "store.memory", "");
    }
    src->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (src->fd < 0 || fstat(src->fd, &st) != 0) {
        return oko_path_errno(errno, src->name, err);
    }
    if (!S_ISREG(st.st_mode)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "store.not_a_file", src->name);
    }
    return OKO_OK;
}

/* Fills the piece; n is 0 at the end. */
static oko_status next_piece(source *src, oko_error *err)
{
    src->n = 0;
    while (src->n < OKO_SQLITE_CHUNK) {
        const ssize_t got = read(src->fd, src->piece + src->n, OKO_SQLITE_CHUNK - src->n);
        if (got < 0 && errno != EINTR) {
            return oko_path_errno(errno, src->name, err);
        }
        if (got == 0) {
            break;
        }
        src->n += got > 0 ? (size_t)got : 0;
    }
    src->bytes += (int64_t)src->n;
    if (src->bytes > OKO_FILE_MAX_BYTES) {
        (void)oko_error_set(err, OKO_E_LIMIT, "record.file_bytes", src->name);
        oko_error_arg(err, "%d", OKO_FILE_MAX_BYTES / (1024 * 1024));
        return OKO_E_LIMIT;
    }
    return OKO_OK;
}

/* Reads the whole file from its beginning; each piece goes to `keep` (may be NULL). Sets bytes and sha256. */
static oko_status read_source(source *src, oko_status (*keep)(void *ctx, int64_t no, const source *src, oko_error *err),
                              void *ctx, oko_error *err)
{
    OKO_CLEANUP(oko_hasher_freep) oko_hasher *h = NULL;
    oko_status status = oko_hasher_new(&h);
    if (status != OKO_OK) {
        return oko_error_set(err, status, "store.memory", "");
    }
    src->bytes = 0;
    if (lseek(src->fd, 0, SEEK_SET) != 0) {
        return oko_path_errno(errno, src->name, err);
    }
    for (int64_t no = 0; (status = next_piece(src, err)) == OKO_OK && src->n > 0; no++) {
        oko_hasher_add(h, src->piece, src->n);
        status = keep == NULL ? OKO_OK : keep(ctx, no, src, err);
        if (status != OKO_OK) {
            break;
        }
    }
    if (status == OKO_OK) {
        oko_hasher_finish(h, src->sha256);
        h = NULL;
    }
    return status;
}

/* ---- putting ---- */

typedef struct keeper {
    oko_sqlite *s;
    int64_t content;
} keeper;

static oko_status keep_piece(void *ctx, int64_t no, const source *src, oko_error *err)
{
    static const char sql[] = "INSERT INTO file_chunk (content, no, bytes) VALUES (?, ?, ?)";
    const keeper *k = ctx;
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(k->s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, k->content);
    oko_query_int(&q, no);
    oko_query_bytes(&q, src->piece, src->n);
    return oko_query_run(&q, err);
}

static oko_status find_content(oko_sqlite *s, const char *sha256, int64_t *ret_id, oko_error *err)
{
    static const char sql[] = "SELECT id FROM file_content WHERE sha256 = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status == OKO_OK) {
        oko_query_text(&q, sha256);
        status = oko_query_next(&q, &row, err);
    }
    if (status == OKO_OK) {
        *ret_id = row ? oko_query_get_int(&q, 0) : 0;
    }
    return status;
}

static oko_status insert_content(oko_sqlite *s, const source *src, int64_t *ret_id, oko_error *err)
{
    static const char sql[] = "INSERT INTO file_content (sha256, bytes) VALUES (?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_text(&q, src->sha256);
    oko_query_int(&q, src->bytes);
    status = oko_query_run(&q, err);
    *ret_id = sqlite3_last_insert_rowid(s->db);
    return status;
}

/* The file is read a second time; another content by now is told and breaks the transaction. */
static oko_status add_content(oko_sqlite *s, source *src, int64_t *ret_id, oko_error *err)
{
    keeper k = { .s = s };
    char expected[OKO_HASH_HEX];
    memcpy(expected, src->sha256, sizeof expected);
    oko_status status = insert_content(s, src, &k.content, err);
    if (status == OKO_OK) {
        status = read_source(src, keep_piece, &k, err);
        if (status == OKO_OK && strcmp(src->sha256, expected) != 0) {
            status = OKO_E_CONFLICT;
            (void)oko_error_set(err, status, "record.file_changed", src->name);
        }
    }
    if (status != OKO_OK && s->broken == OKO_OK) {
        s->broken = status; /* half a content must not be committed */
    }
    *ret_id = k.content;
    return status;
}

static oko_status insert_file(oko_sqlite *s, const oko_file *file, int64_t content, int64_t *ret_id, oko_error *err)
{
    static const char sql[] = "INSERT INTO file (name, type, content, unit, created_by) VALUES (?, ?, ?, ?, ?)";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_status status = oko_query_begin(s, sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_text(&q, file->name);
    oko_query_text(&q, file->type);
    oko_query_int(&q, content);
    oko_query_ref(&q, file->unit);
    oko_query_ref(&q, file->created_by);
    status = oko_query_run(&q, err);
    *ret_id = sqlite3_last_insert_rowid(s->db);
    return status;
}

#define FILE_SELECT                                                                                                    \
    "SELECT f.id, f.name, f.type, c.sha256, c.bytes, ifnull(f.unit, 0), f.created, ifnull(f.created_by, 0) "           \
    "FROM file f JOIN file_content c ON c.id = f.content "

static oko_file read_file(const oko_query *q)
{
    oko_file f = { .id = oko_query_get_int(q, 0),
                   .bytes = oko_query_get_int(q, 4),
                   .unit = oko_query_get_int(q, 5),
                   .created_by = oko_query_get_int(q, 7) };
    oko_query_copy_text(q, 1, f.name, sizeof f.name);
    oko_query_copy_text(q, 2, f.type, sizeof f.type);
    oko_query_copy_text(q, 3, f.sha256, sizeof f.sha256);
    oko_query_copy_text(q, 6, f.created, sizeof f.created);
    return f;
}

static oko_status get(oko_store *store, int64_t id, oko_file *ret_file, oko_error *err)
{
    static const char sql[] = FILE_SELECT "WHERE f.id = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = false;
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status != OKO_OK) {
        return status;
    }
    oko_query_int(&q, id);
    status = oko_query_next(&q, &row, err);
    if (status == OKO_OK && !row) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "record.file_unknown", "");
    }
    if (status == OKO_OK) {
        *ret_file = read_file(&q);
    }
    return status;
}

static oko_status walk(oko_store *store, int64_t limit, oko_file_fn fn, void *ctx, oko_error *err)
{
    static const char sql[] = FILE_SELECT "ORDER BY f.id DESC LIMIT ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    bool row = true;
    oko_status status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    if (status == OKO_OK) {
        oko_query_int(&q, limit);
    }
    while (status == OKO_OK && (status = oko_query_next(&q, &row, err)) == OKO_OK && row) {
        const oko_file f = read_file(&q);
        status = fn(ctx, &f);
    }
    return status;
}

static oko_status put_source(oko_sqlite *s, const oko_file *file, source *src, oko_file *ret_file, oko_error *err)
{
    int64_t content = 0, id = 0;
    oko_status status = oko_sqlite_need_unit(s, file->unit, "unit", err);
    if (status == OKO_OK) {
        status = oko_sqlite_need_user(s, file->created_by, "created_by", err);
    }
    if (status == OKO_OK) {
        status = find_content(s, src->sha256, &content, err);
    }
    if (status == OKO_OK && content == 0) {
        status = add_content(s, src, &content, err);
    }
    if (status == OKO_OK) {
        status = insert_file(s, file, content, &id, err);
    }
    return status == OKO_OK ? get(&s->base, id, ret_file, err) : status;
}

static oko_status put(oko_store *store, const oko_file *file, const char *path, oko_file *ret_file, oko_error *err)
{
    oko_sqlite *s = oko_sqlite_of(store);
    OKO_CLEANUP(close_source) source src = { .fd = -1, .name = file->name };
    oko_file stored;
    oko_write w = { 0 };
    oko_status status = open_source(path, &src, err);
    if (status == OKO_OK) {
        status = read_source(&src, NULL, NULL, err); /* before the database is held */
    }
    if (status == OKO_OK) {
        status = oko_write_begin(s, &w, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    status = oko_write_end(&w, put_source(s, file, &src, &stored, err), err);
    if (status == OKO_OK) {
        *ret_file = stored;
    }
    return status;
}

/* ---- reading ---- */

/* Bytes of the content from `offset`, as far as they stand in one piece; *ret_n = 0 at the end. */
static oko_status read_piece(oko_query *q, int64_t id, int64_t offset, uint8_t *bytes, size_t cap, size_t *ret_n,
                             oko_error *err)
{
    bool row = false;
    const size_t from = (size_t)(offset % OKO_SQLITE_CHUNK);
    oko_query_int(q, id);
    oko_query_int(q, offset / OKO_SQLITE_CHUNK);
    oko_status status = oko_query_next(q, &row, err);
    *ret_n = 0;
    if (status == OKO_OK && row) {
        const uint8_t *piece = sqlite3_column_blob(q->statement, 0);
        const size_t n = (size_t)sqlite3_column_bytes(q->statement, 0);
        if (piece == NULL) {
            return oko_sqlite_fail(q->s, n > 0 ? SQLITE_NOMEM : SQLITE_CORRUPT, err);
        }
        if (n > from) {
            *ret_n = n - from < cap ? n - from : cap;
            memcpy(bytes, piece + from, *ret_n);
        }
    }
    oko_query_again(q);
    return status;
}

static oko_status read_bytes(oko_store *store, int64_t id, int64_t offset, void *bytes, size_t cap, size_t *ret_n,
                             oko_error *err)
{
    static const char sql[] =
        "SELECT c.bytes FROM file f JOIN file_chunk c ON c.content = f.content WHERE f.id = ? AND c.no = ?";
    OKO_CLEANUP(oko_query_end) oko_query q = { 0 };
    oko_file file;
    size_t n = 0, got = 1;
    oko_status status = get(store, id, &file, err);
    if (status == OKO_OK) {
        status = oko_query_begin(oko_sqlite_of(store), sql, &q, err);
    }
    while (status == OKO_OK && n < cap && got > 0) {
        status = read_piece(&q, id, offset + (int64_t)n, (uint8_t *)bytes + n, cap - n, &got, err);
        n += got;
    }
    if (status == OKO_OK) {
        *ret_n = n;
    }
    return status;
}

const oko_file_engine oko_sqlite_files = {
    .put = put,
    .get = get,
    .read = read_bytes,
    .walk = walk,
};
