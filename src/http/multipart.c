#include "http/multipart.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_BOUNDARY = 70 };

typedef enum place { BEFORE, AFTER_BOUNDARY, HEAD, BODY, OVER } place;

struct oko_multipart {
    oko_part_fn part;
    oko_part_bytes_fn bytes;
    void *ctx;
    char mark[MAX_BOUNDARY + 8]; /* "\r\n--boundary" */
    size_t mark_len;
    size_t matched; /* bytes of the mark that stand at the end of what came */
    place at;
    char head[OKO_PART_HEAD_BYTES];
    size_t head_len;
    int n_parts;
    oko_part current;
    char seen[OKO_PARTS_MAX][64];
};

static oko_status bad(oko_error *err)
{
    return oko_error_set(err, OKO_E_FORMAT, "http.multipart", "");
}

/* Value of name="…" or name=… in a header; false when absent or too long. */
static bool attribute(const char *text, const char *name, char *value, size_t bytes)
{
    size_t n = strlen(name), k = 0;
    for (const char *p = text; (p = strchr(p, ';')) != NULL;) {
        p += 1 + strspn(p + 1, " \t");
        if (strncasecmp(p, name, n) != 0 || p[n] != '=')
            continue;
        p += n + 1;
        bool quoted = *p == '"';
        p += quoted;
        for (; *p != '\0' && (quoted ? *p != '"' : strchr("; \t\r\n", *p) == NULL); p++) {
            if (quoted && *p == '\\' && p[1] == '"')
                p++;
            if (k + 1 >= bytes)
                return false;
            value[k++] = *p;
        }
        value[k] = '\0';
        return true;
    }
    return false;
}

oko_status oko_multipart_new(const char *content_type, oko_part_fn part, oko_part_bytes_fn bytes, void *ctx,
                             oko_multipart **ret_reader, oko_error *err)
{
    char boundary[MAX_BOUNDARY + 1] = "";
    if (!attribute(content_type, "boundary", boundary, sizeof boundary) || boundary[0] == '\0')
        return bad(err);
    oko_multipart *m = oko_calloc_array(1, sizeof *m);
    if (m == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    m->part = part;
    m->bytes = bytes;
    m->ctx = ctx;
    memcpy(m->mark, "\r\n--", 4);
    memcpy(m->mark + 4, boundary, strlen(boundary));
    m->mark_len = 4 + strlen(boundary);
    m->matched = 2; /* the first boundary may stand at the very start: as if a line had ended before it */
    *ret_reader = m;
    return OKO_OK;
}

void oko_multipart_free(oko_multipart *m)
{
    free(m);
}

/* One header line of a part. */
static void read_header(oko_part *part, const char *line)
{
    if (strncasecmp(line, "Content-Disposition:", 20) == 0) {
        (void)attribute(line, "name", part->name, sizeof part->name);
        (void)attribute(line, "filename", part->file_name, sizeof part->file_name);
    } else if (strncasecmp(line, "Content-Type:", 13) == 0) {
        (void)oko_str_copy(part->type, sizeof part->type, oko_str_trim(oko_str_of(line + 13)));
    }
}

static oko_status end_of_head(oko_multipart *m, oko_error *err)
{
    m->head[m->head_len] = '\0';
    m->current = (oko_part){ .number = 1 };
    for (char *line = m->head, *end; *line != '\0'; line = end + 2) {
        end = strstr(line, "\r\n");
        if (end == NULL)
            break;
        *end = '\0';
        read_header(&m->current, line);
    }
    if (m->n_parts >= OKO_PARTS_MAX || m->current.name[0] == '\0')
        return bad(err);
    for (int i = 0; i < m->n_parts; i++)
        m->current.number += strcmp(m->seen[i], m->current.name) == 0;
    memcpy(m->seen[m->n_parts++], m->current.name, sizeof m->current.name);
    m->at = BODY;
    m->matched = 0;
    return m->part(m->ctx, &m->current, err);
}

static oko_status head_byte(oko_multipart *m, char c, oko_error *err)
{
    if (m->head_len + 1 >= sizeof m->head || c == '\0')
        return bad(err);
    m->head[m->head_len++] = c;
    bool over = m->head_len >= 4 && memcmp(m->head + m->head_len - 4, "\r\n\r\n", 4) == 0;
    bool empty = m->head_len == 2 && memcmp(m->head, "\r\n", 2) == 0;
    return over || empty ? end_of_head(m, err) : OKO_OK;
}

/* Behind a boundary: "--" ends everything, a line break begins a head. */
static oko_status after_boundary(oko_multipart *m, char c, oko_error *err)
{
    m->head[m->head_len++] = c;
    if (m->head_len < 2)
        return c == '-' || c == '\r' ? OKO_OK : bad(err);
    bool over = m->head[0] == '-' && m->head[1] == '-';
    if (!over && !(m->head[0] == '\r' && m->head[1] == '\n'))
        return bad(err);
    m->at = over ? OVER : HEAD;
    m->head_len = 0;
    return OKO_OK;
}

static oko_status give(oko_multipart *m, const char *bytes, size_t n, oko_error *err)
{
    return m->at == BODY && n > 0 ? m->bytes(m->ctx, &m->current, bytes, n, err) : OKO_OK;
}

/* Body bytes up to the mark. The mark begins with the only CR that it holds, so a mismatch restarts at this byte. */
static oko_status body_bytes(oko_multipart *m, const char *bytes, size_t n, size_t *ret_used, oko_error *err)
{
    size_t start = 0;
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == m->mark[m->matched]) {
            if (++m->matched < m->mark_len)
                continue;
            size_t body = i + 1 > m->mark_len ? i + 1 - m->mark_len : 0;
            oko_status status = body > start ? give(m, bytes + start, body - start, err) : OKO_OK;
            m->at = AFTER_BOUNDARY;
            m->matched = m->head_len = 0;
            *ret_used = i + 1;
            return status;
        }
        if (m->matched > i - start) { /* the started mark came with an earlier piece: it was body after all */
            oko_status status = give(m, m->mark, m->matched - (i - start), err);
            if (status != OKO_OK)
                return status;
        }
        m->matched = bytes[i] == '\r' ? 1 : 0;
    }
    size_t keep = m->matched < n - start ? m->matched : n - start;
    *ret_used = n;
    return give(m, bytes + start, n - start - keep, err);
}

oko_status oko_multipart_feed(oko_multipart *m, const char *bytes, size_t n, oko_error *err)
{
    oko_status status = OKO_OK;
    while (n > 0 && status == OKO_OK && m->at != OVER) {
        size_t used = 1;
        if (m->at == HEAD)
            status = head_byte(m, *bytes, err);
        else if (m->at == AFTER_BOUNDARY)
            status = after_boundary(m, *bytes, err);
        else
            status = body_bytes(m, bytes, n, &used, err);
        bytes += used;
        n -= used;
    }
    return status;
}

oko_status oko_multipart_end(const oko_multipart *m, oko_error *err)
{
    return m->at == OVER ? OKO_OK : bad(err);
}
