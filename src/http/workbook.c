#include "http/workbook.h"

#include "http/service.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORKBOOK_BYTES = 256 << 20, SHEET_LETTERS = 31 };

static oko_status read_back(const char *path, oko_reply *reply, oko_error *err)
{
    FILE *f = fopen(path, "rb");
    struct stat st;
    if (f == NULL || fstat(fileno(f), &st) != 0 || st.st_size < 1 || st.st_size > WORKBOOK_BYTES) {
        if (f != NULL)
            (void)fclose(f);
        return oko_error_set(err, OKO_E_IO, "", "");
    }
    reply->bytes = malloc((size_t)st.st_size);
    reply->len = reply->bytes != NULL ? fread(reply->bytes, 1, (size_t)st.st_size, f) : 0;
    (void)fclose(f);
    return reply->bytes == NULL               ? oko_error_set(err, OKO_E_MEMORY, "", "")
           : reply->len == (size_t)st.st_size ? OKO_OK
                                              : oko_error_set(err, OKO_E_IO, "", "");
}

/* At most 31 letters, none of []:*?/\ and no apostrophe at either end. */
static void sheet_name(const char *text, char out[4 * SHEET_LETTERS + 1])
{
    size_t n = 0, letters = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0' && n < 4 * SHEET_LETTERS; p++) {
        bool begins = (*p & 0xC0u) != 0x80u;
        if (begins && letters++ == SHEET_LETTERS)
            break;
        out[n++] = (char)(*p < 0x20 || strchr("[]:*?/\\'", *p) != NULL ? ' ' : *p);
    }
    if (n == 0)
        out[n++] = '1';
    out[n] = '\0';
}

oko_status oko_reply_workbook(oko_request *rq, oko_reply *reply, const char *sheet, const oko_table_column *columns,
                              size_t n_columns, const json_t *rows, const char *file, oko_error *err)
{
    char path[600], name[4 * SHEET_LETTERS + 1];
    const char *as = oko_arena_printf(rq->arena, "attachment; filename=%s.xlsx", file);
    sheet_name(sheet, name);
    (void)snprintf(path, sizeof path, "%.500s-table-%08x", rq->service->db, (unsigned)randombytes_random());
    oko_status status = oko_report_table_xlsx(path, name, columns, n_columns, rows, err);
    status = status == OKO_OK ? read_back(path, reply, err) : status;
    (void)unlink(path);
    reply->type = "application/octet-stream";
    oko_reply_header(rq, reply, "Content-Disposition", as);
    return status;
}
