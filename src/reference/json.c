#include "reference/json.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where a byte stands, counted from 1 as editors do. */
typedef struct place {
    size_t line, column;
} place;

/* Line and column (in characters) of byte `at`. */
static place place_of(oko_str bytes, size_t at)
{
    place p = { .line = 1, .column = 1 };
    for (size_t i = 0; i < at && i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];
        if (c == '\n') {
            p = (place){ .line = p.line + 1, .column = 1 };
        } else if ((c & 0xC0U) != 0x80U) {
            p.column++;
        }
    }
    return p;
}

/* jansson recurses as deep as the text says (2 048 levels by default), so the depth is measured before. Strings are
 * skipped; everything else that is wrong is left to the parser. False: too deep, *ret_at is the bracket. */
static bool depth_fits(oko_str bytes, size_t *ret_at)
{
    size_t depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < bytes.len; i++) {
        char c = bytes.ptr[i];
        if (in_string) {
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                in_string = false;
            }
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > OKO_JSON_MAX_DEPTH) {
                *ret_at = i;
                return false;
            }
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return true;
}

/* The piece of text that jansson quotes as «near '…'»; empty when it quotes none. */
static oko_str quoted_piece(const json_error_t *e)
{
    const char *near = strstr(e->text, " near '");
    if (near == NULL) {
        return (oko_str){ .ptr = "", .len = 0 };
    }
    oko_str piece = oko_str_of(near + 7);
    if (piece.len > 0 && piece.ptr[piece.len - 1] == '\'') {
        piece.len--;
    }
    /* A message cut in the middle of a letter must not become broken text of ours. */
    return oko_utf8_valid(piece) ? piece : (oko_str){ .ptr = "", .len = 0 };
}

static const char *message_of(enum json_error_code code)
{
    switch (code) {
    case json_error_premature_end_of_input:
        return "reference.json_end";
    case json_error_duplicate_key:
        return "reference.json_duplicate";
    case json_error_invalid_utf8:
        return "reference.json_utf8";
    case json_error_end_of_input_expected:
        return "reference.json_trailing";
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return "reference.json_null";
    case json_error_numeric_overflow:
        return "reference.json_number";
    default:
        return "reference.json_syntax";
    }
}

static oko_status parse_failure(oko_str bytes, const char *name, const json_error_t *e, oko_error *err)
{
    enum json_error_code code = json_error_code(e);
    if (code == json_error_out_of_memory) {
        return oko_error_set(err, OKO_E_MEMORY, "", name);
    }
    size_t at = e->position > 0 ? (size_t)e->position : 0;
    /* The parser stands behind the token it stumbled over; its first byte is what a person looks for. */
    oko_str piece = quoted_piece(e);
    if (piece.len > 0 && at >= piece.len && at <= bytes.len &&
        memcmp(bytes.ptr + at - piece.len, piece.ptr, piece.len) == 0) {
        at -= piece.len;
    }
    while (code == json_error_numeric_overflow && at > 0 && at <= bytes.len &&
           strchr("0123456789.+-eE", bytes.ptr[at - 1]) != NULL) {
        at--;
    }
    place p = place_of(bytes, at);
    oko_status status = oko_error_set(err, OKO_E_FORMAT, message_of(code), name);
    oko_error_arg(err, "%zu", p.line);
    oko_error_arg(err, "%zu", p.column);
    oko_error_arg(err, "%.*s", (int)(piece.len < 60 ? piece.len : 60), piece.ptr);
    return status;
}

static oko_status too_large(const char *name, oko_error *err)
{
    oko_status status = oko_error_set(err, OKO_E_LIMIT, "reference.json_size", name);
    oko_error_arg(err, "%d", OKO_JSON_MAX_BYTES / (1024 * 1024));
    return status;
}

oko_status oko_json_parse(oko_str bytes, const char *name, json_t **ret_json, oko_error *err)
{
    if (bytes.len > OKO_JSON_MAX_BYTES) {
        return too_large(name, err);
    }
    if (oko_str_starts(bytes, OKO_STR("\xEF\xBB\xBF"))) { /* editors on Windows put a byte order mark in front */
        bytes = (oko_str){ .ptr = bytes.ptr + 3, .len = bytes.len - 3 };
    }
    size_t at = 0;
    if (!depth_fits(bytes, &at)) {
        place p = place_of(bytes, at);
        oko_status status = oko_error_set(err, OKO_E_LIMIT, "reference.json_depth", name);
        oko_error_arg(err, "%zu", p.line);
        oko_error_arg(err, "%zu", p.column);
        oko_error_arg(err, "%d", OKO_JSON_MAX_DEPTH);
        return status;
    }
    json_error_t e = { .line = -1 };
    json_t *json = json_loadb(bytes.len > 0 ? bytes.ptr : "", bytes.len, JSON_REJECT_DUPLICATES, &e);
    if (json == NULL) {
        return parse_failure(bytes, name, &e, err);
    }
    *ret_json = json;
    return OKO_OK;
}

static oko_status errno_status(const char *path, oko_error *err)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return oko_error_set(err, OKO_E_NOT_FOUND, "", path);
    case EACCES:
    case EPERM:
        return oko_error_set(err, OKO_E_PERMISSION, "", path);
    default:
        return oko_error_set(err, OKO_E_IO, "", path);
    }
}

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd);
    }
}

/* Reads to the end; one byte above the limit is enough to refuse, so pipes and devices end too. */
static oko_status read_all(int fd, const char *path, oko_buffer *out, oko_error *err)
{
    char chunk[65536];
    for (;;) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return errno_status(path, err);
        }
        if (got == 0) {
            break;
        }
        if (out->len + (size_t)got > OKO_JSON_MAX_BYTES) {
            return too_large(path, err);
        }
        oko_buffer_add(out, chunk, (size_t)got);
    }
    oko_status status = oko_buffer_status(out);
    return status == OKO_OK ? OKO_OK : oko_error_set(err, status, "", path);
}

oko_status oko_json_load(const char *path, json_t **ret_json, oko_error *err)
{
    OKO_CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return errno_status(path, err);
    }
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        return oko_error_set(err, OKO_E_FORMAT, "reference.json_directory", path);
    }
    OKO_CLEANUP(oko_buffer_free) oko_buffer bytes = { 0 };
    oko_buffer_init(&bytes, OKO_JSON_MAX_BYTES + 65536);
    oko_status status = read_all(fd, path, &bytes, err);
    if (status != OKO_OK) {
        return status;
    }
    return oko_json_parse((oko_str){ .ptr = bytes.ptr, .len = bytes.len }, path, ret_json, err);
}

void oko_json_freep(json_t **json)
{
    json_decref(*json);
    *json = NULL;
}
