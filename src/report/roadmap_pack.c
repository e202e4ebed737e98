#include "report/roadmap_pack.h"

#include "base/memory.h"
#include "report/document.h"
#include "store/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

enum { NAME_BYTES = 512, LINE_BYTES = 2048, COLUMNS = 4 };

typedef struct packing {
    const oko_roadmap_pack *p;
    zip_t *zip;
    oko_document page[2]; /* HTML, DOCX */
    int64_t bytes;        /* in the archive so far */
    uint64_t done, total;
    int number; /* of the file in its row */
    oko_error *err;
} packing;

static const char *str(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s != NULL ? s : "";
}

static long long num(const json_t *o, const char *name)
{
    return (long long)json_integer_value(json_object_get(o, name));
}

static const char *word(const packing *k, const char *prefix, const char *name)
{
    char key[96];
    (void)snprintf(key, sizeof key, "%s%s", prefix, name);
    return oko_text_get(k->p->text, key);
}

/* ---- bytes into the archive ---- */

static oko_status broken(const packing *k)
{
    return oko_error_set(k->err, OKO_E_INTERNAL, "", "zip");
}

/* bytes: malloc, taken over in any case. */
static oko_status put(packing *k, const char *name, char *bytes, size_t len)
{
    zip_source_t *source = zip_source_buffer(k->zip, bytes, len, 1);
    if (source == NULL) {
        free(bytes);
        return oko_error_set(k->err, OKO_E_MEMORY, "", "");
    }
    if (zip_file_add(k->zip, name, source, ZIP_FL_ENC_UTF_8) < 0) {
        zip_source_free(source);
        return broken(k);
    }
    k->bytes += (int64_t)len;
    return OKO_OK;
}

static oko_status read_file(packing *k, const oko_file *f, char **ret_bytes)
{
    size_t at = 0, n = 1;
    char *bytes = oko_alloc_array((size_t)f->bytes + 1, 1);
    oko_status status = bytes != NULL ? OKO_OK : oko_error_set(k->err, OKO_E_MEMORY, "", "");
    for (; status == OKO_OK && n > 0 && at < (size_t)f->bytes; at += n) {
        status = oko_store_file_read(k->p->store, f->id, (int64_t)at, bytes + at, (size_t)f->bytes - at, &n, k->err);
    }
    if (status == OKO_OK && at != (size_t)f->bytes) {
        status = oko_error_set(k->err, OKO_E_STORE, "", "");
    }
    if (status != OKO_OK) {
        free(bytes);
        return status;
    }
    *ret_bytes = bytes;
    return OKO_OK;
}

/* What no file system takes in a name becomes «-»; long names are cut between characters. */
static void plain_name(char *dst, size_t bytes, const char *name)
{
    (void)oko_str_copy(dst, bytes, oko_str_of(name));
    for (char *p = dst; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || strchr("/\\:*?\"<>|", *p) != NULL) {
            *p = '-';
        }
    }
}

static void path_of(packing *k, const json_t *row, const json_t *unit, const char *name, char ret_path[NAME_BYTES])
{
    char code[80], file[300];
    plain_name(code, sizeof code, str(unit, "code"));
    plain_name(file, sizeof file, name);
    (void)snprintf(ret_path, NAME_BYTES, "%02lld/%s/%02d-%s", num(row, "no"), code, ++k->number, file);
}

/* ---- one piece of evidence ---- */

/* Puts the item's bytes into the archive: ret_path is its name there, "" when it has none, ret_left_out when there was
 * no room. */
static oko_status put_file(packing *k, const json_t *row, const json_t *unit, const json_t *item, char *ret_path,
                           bool *ret_left_out)
{
    oko_file f;
    char *bytes = NULL;
    oko_status status = oko_store_file_get(k->p->store, num(item, "id"), &f, k->err);
    if (status != OKO_OK) {
        return status;
    }
    if (f.bytes < 0 || k->bytes + f.bytes > OKO_ROADMAP_PACK_BYTES) {
        *ret_left_out = true;
        return OKO_OK;
    }
    status = read_file(k, &f, &bytes);
    if (status != OKO_OK) {
        return status;
    }
    path_of(k, row, unit, f.name, ret_path);
    return put(k, ret_path, bytes, (size_t)f.bytes);
}

static oko_status put_paper(packing *k, const json_t *row, const json_t *unit, const json_t *item, char *ret_path,
                            bool *ret_left_out)
{
    char name[120], *bytes = NULL;
    size_t len = 0;
    const char *ending = "";
    oko_status status = k->p->paper != NULL ? k->p->paper(k->p->ctx, item, &bytes, &len, &ending, k->err) : OKO_OK;
    if (status != OKO_OK || bytes == NULL) {
        return status;
    }
    if (k->bytes + (int64_t)len > OKO_ROADMAP_PACK_BYTES) {
        free(bytes);
        *ret_left_out = true;
        return OKO_OK;
    }
    (void)snprintf(name, sizeof name, "%s-%lld.%s", str(item, "kind"), num(item, "id"), ending);
    path_of(k, row, unit, name, ret_path);
    return put(k, ret_path, bytes, len);
}

static void describe(const packing *k, const json_t *item, const char *path, bool left_out, char ret_line[LINE_BYTES])
{
    const char *target = str(item, "target"), *kind = str(item, "kind");
    size_t n = (size_t)snprintf(ret_line, LINE_BYTES, "%s: %.1000s",
                                *kind != '\0'                 ? word(k, "record.kind.", kind)
                                : strcmp(target, "unit") == 0 ? oko_text_get(k->p->text, "roadmap.pack.unit_link")
                                                              : word(k, "roadmap.pack.", target),
                                str(item, "title"));
    const json_t *people = json_object_get(item, "participants");
    if (*str(item, "note") != '\0' && strcmp(target, "url") != 0 && n < LINE_BYTES) {
        n += (size_t)snprintf(ret_line + n, LINE_BYTES - n, " — %.300s", str(item, "note"));
    }
    if (people != NULL && n < LINE_BYTES) {
        n += json_is_integer(people)
                 ? (size_t)snprintf(ret_line + n, LINE_BYTES - n, "; %s: %lld",
                                    oko_text_get(k->p->text, "roadmap.pack.people"), num(item, "participants"))
                 : (size_t)snprintf(ret_line + n, LINE_BYTES - n, "; %s", oko_text_get(k->p->text, "roadmap.pack.few"));
    }
    if (n < LINE_BYTES && (left_out || *path != '\0')) {
        (void)snprintf(ret_line + n, LINE_BYTES - n, " [%s]",
                       left_out ? oko_text_get(k->p->text, "roadmap.pack.left_out") : path);
    }
}

/* ---- the index ---- */

static void both_rows(packing *k, const char *const *cells)
{
    oko_document_row(&k->page[0], cells);
    oko_document_row(&k->page[1], cells);
}

static oko_status add_item(packing *k, const json_t *row, const json_t *unit, const json_t *item)
{
    char path[NAME_BYTES] = "", line[LINE_BYTES];
    bool left_out = false;
    oko_status status = OKO_OK;
    if (!oko_progress_tell(&k->p->progress, "job.stage.pack", k->done++, k->total)) {
        return oko_error_set(k->err, OKO_E_CANCELLED, "", "");
    }
    if (strcmp(str(item, "target"), "file") == 0) {
        status = put_file(k, row, unit, item, path, &left_out);
    } else if (strcmp(str(item, "target"), "record") == 0) {
        status = put_paper(k, row, unit, item, path, &left_out);
    }
    describe(k, item, path, left_out, line);
    const char *cells[COLUMNS] = { "", "", str(item, "date"), line };
    both_rows(k, cells);
    return status;
}

static oko_status add_unit(packing *k, const json_t *row, const json_t *unit)
{
    char name[400], done[LINE_BYTES];
    const json_t *u = json_object_get(unit, "unit");
    size_t i;
    json_t *item;
    oko_status status = OKO_OK;
    (void)snprintf(name, sizeof name, "%s (%s)", str(u, "name"), str(u, "code"));
    (void)snprintf(done, sizeof done, "%s%s%.1500s", word(k, "roadmap.state.", str(unit, "state")),
                   *str(unit, "summary") != '\0' ? ". " : "", str(unit, "summary"));
    const char *cells[COLUMNS] = { name, done, "", "" };
    both_rows(k, cells);
    json_array_foreach(json_object_get(unit, "items"), i, item)
    {
        status = status == OKO_OK ? add_item(k, row, u, item) : status;
    }
    return status;
}

static oko_status add_row(packing *k, const json_t *row)
{
    char head[LINE_BYTES];
    size_t i;
    json_t *unit;
    oko_status status = OKO_OK;
    const json_t *units = json_object_get(row, "units");
    (void)snprintf(head, sizeof head, "%lld. %.1500s (%lld)", num(row, "no"), str(row, "text"), num(row, "year"));
    k->number = 0;
    for (int i_page = 0; i_page < 2; i_page++) {
        oko_document_span(&k->page[i_page], head);
    }
    if (json_array_size(units) == 0) {
        const char *cells[COLUMNS] = { "", oko_text_get(k->p->text, "roadmap.pack.nothing"), "", "" };
        both_rows(k, cells);
    }
    json_array_foreach(units, i, unit)
    {
        status = status == OKO_OK ? add_unit(k, row, unit) : status;
    }
    return status;
}

static void open_pages(packing *k)
{
    static const oko_document_kind kinds[] = { OKO_DOCUMENT_HTML, OKO_DOCUMENT_DOCX };
    static const char *const heads[COLUMNS] = { "roadmap.pack.unit", "roadmap.pack.done", "roadmap.pack.date",
                                                "roadmap.pack.evidence" };
    const char *cells[COLUMNS];
    const json_t *e = k->p->evidence;
    for (int i = 0; i < COLUMNS; i++) {
        cells[i] = oko_text_get(k->p->text, heads[i]);
    }
    for (int i = 0; i < 2; i++) {
        oko_document *d = &k->page[i];
        oko_document_open(d, kinds[i], oko_text_lang(k->p->text), oko_text_get(k->p->text, "roadmap.pack.title"), true);
        oko_document_heading(d, 1, oko_text_get(k->p->text, "roadmap.pack.title"));
        oko_document_text(d, str(e, "title"));
        oko_document_text(d, str(json_object_get(e, "unit"), "name"));
        oko_document_table(d, cells, COLUMNS);
    }
}

static oko_status close_pages(packing *k, oko_status status)
{
    static const char *const names[] = { "index.html", "index.docx" };
    const bool cut = num(k->p->evidence, "shown") < num(k->p->evidence, "total");
    for (int i = 0; i < 2; i++) {
        char *bytes = NULL;
        size_t len = 0;
        oko_document_table_end(&k->page[i]);
        if (cut) {
            oko_document_text(&k->page[i], oko_text_get(k->p->text, "roadmap.pack.cut"));
        }
        oko_error none = { .code = OKO_OK }; /* an earlier error is the one to tell */
        const oko_status closed = oko_document_close(&k->page[i], &bytes, &len, status == OKO_OK ? k->err : &none);
        if (status == OKO_OK && closed == OKO_OK) {
            status = put(k, names[i], bytes, len);
        } else {
            free(bytes);
            status = status == OKO_OK ? closed : status;
        }
    }
    return status;
}

oko_status oko_roadmap_pack_write(const oko_roadmap_pack *pack, const char *path, oko_error *err)
{
    int fault = 0;
    packing k = { .p = pack, .err = err, .total = (uint64_t)num(pack->evidence, "shown") };
    k.zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &fault);
    if (k.zip == NULL) {
        return oko_error_set(err, OKO_E_IO, "report.write.failed", "");
    }
    open_pages(&k);
    oko_status status = OKO_OK;
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(pack->evidence, "rows"), i, row)
    {
        status = status == OKO_OK ? add_row(&k, row) : status;
    }
    status = close_pages(&k, status);
    if (status != OKO_OK) {
        zip_discard(k.zip);
        return status;
    }
    if (zip_close(k.zip) != 0) {
        zip_discard(k.zip);
        (void)unlink(path);
        return oko_error_set(err, OKO_E_FULL, "report.write.failed", "");
    }
    return OKO_OK;
}
