#include "intake/xlsx_package.h"

#include "intake/import.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Says why libzip failed; `part` may be "". */
static oko_status zip_failure(zip_error_t *error, const char *part, oko_error *err)
{
    oko_status status = OKO_E_FORMAT;
    const char *id = "intake.damaged";
    switch (zip_error_code_zip(error)) {
    case ZIP_ER_MEMORY:
        return oko_error_set(err, OKO_E_MEMORY, "", part);
    case ZIP_ER_NOZIP:
    case ZIP_ER_EOF:
        id = "intake.truncated";
        break;
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_WRONGPASSWD:
    case ZIP_ER_ENCRNOTSUPP:
        id = "intake.password";
        break;
    case ZIP_ER_OPEN:
    case ZIP_ER_READ:
    case ZIP_ER_SEEK:
        status = zip_error_code_system(error) == EINVAL ? OKO_E_FORMAT : OKO_E_IO;
        id = status == OKO_E_IO ? "intake.read" : id;
        break;
    default:
        break;
    }
    oko_error_set(err, status, id, part);
    oko_error_arg(err, "%s", part);
    return status;
}

oko_status oko_xlsx_package_open(oko_xlsx_package *p, zip_source_t *source, const oko_progress *progress,
                                 oko_error *err)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    oko_status status = OKO_OK;
    if (zip == NULL) {
        zip_source_free(source);
        status = zip_failure(&error, "", err);
    } else {
        *p = (oko_xlsx_package){ .zip = zip, .progress = progress };
    }
    zip_error_fini(&error);
    return status;
}

void oko_xlsx_package_close(oko_xlsx_package *p)
{
    if (p->zip != NULL) {
        zip_discard(p->zip);
        p->zip = NULL;
    }
}

zip_int64_t oko_xlsx_find(const oko_xlsx_package *p, const char *path)
{
    zip_int64_t index = zip_name_locate(p->zip, path, ZIP_FL_NOCASE);
    char other[OKO_XLSX_MAX_PATH];
    if (index >= 0 || !oko_str_copy(other, sizeof other, oko_str_of(path))) {
        return index;
    }
    for (char *c = other; *c != '\0'; c++) {
        *c = *c == '/' ? '\\' : *c; /* some writers on Windows */
    }
    return zip_name_locate(p->zip, other, ZIP_FL_NOCASE);
}

uint64_t oko_xlsx_zipped_size(const oko_xlsx_package *p, const char *path)
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_int64_t index = oko_xlsx_find(p, path);
    if (index < 0 || zip_stat_index(p->zip, (zip_uint64_t)index, 0, &stat) != 0 ||
        (stat.valid & ZIP_STAT_COMP_SIZE) == 0) {
        return 0;
    }
    return stat.comp_size;
}

/* One part being inflated. */
typedef struct inflating {
    oko_xlsx_package *package;
    zip_file_t *file;
    uint64_t zipped, declared; /* bytes, as the directory says */
    uint64_t unzipped;         /* bytes so far */
    uint64_t base;             /* package->done before this part */
} inflating;

static void inflating_close(inflating *in)
{
    if (in->file != NULL) {
        zip_fclose(in->file);
        in->file = NULL;
    }
}

static oko_status bomb(const char *part, oko_error *err)
{
    oko_error_set(err, OKO_E_LIMIT, "intake.zip_bomb", part);
    oko_error_arg(err, "%s", part);
    oko_error_arg(err, "%d", (int)OKO_IMPORT_MAX_RATIO);
    oko_error_arg(err, "%llu", (unsigned long long)(OKO_IMPORT_MAX_UNZIPPED >> 20));
    return OKO_E_LIMIT;
}

/* May a part of `zipped` bytes unpack to `unzipped` bytes, given what the package gave already? */
static bool within_ratio(const oko_xlsx_package *p, uint64_t zipped, uint64_t unzipped)
{
    if (unzipped > OKO_IMPORT_MAX_UNZIPPED || p->unzipped > OKO_IMPORT_MAX_UNZIPPED - unzipped) {
        return false;
    }
    return unzipped <= OKO_XLSX_FREE_RATIO || unzipped / OKO_IMPORT_MAX_RATIO <= zipped;
}

static oko_status inflating_open(oko_xlsx_package *p, const char *path, inflating *in, oko_error *err)
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_int64_t index = oko_xlsx_find(p, path);
    if (index < 0) {
        oko_error_set(err, OKO_E_FORMAT, "intake.missing_part", path);
        oko_error_arg(err, "%s", path);
        return OKO_E_FORMAT;
    }
    if (zip_stat_index(p->zip, (zip_uint64_t)index, 0, &stat) != 0) {
        return zip_failure(zip_get_error(p->zip), path, err);
    }
    if (!within_ratio(p, stat.comp_size, stat.size)) {
        return bomb(path, err);
    }
    zip_file_t *file = zip_fopen_index(p->zip, (zip_uint64_t)index, 0);
    if (file == NULL) {
        return zip_failure(zip_get_error(p->zip), path, err);
    }
    *in = (inflating){ .package = p, .file = file, .zipped = stat.comp_size, .declared = stat.size, .base = p->done };
    return OKO_OK;
}

/* Tells how far we are, in zipped bytes: libzip does not say, so the share of the unzipped ones is taken. */
static bool tell(const inflating *in)
{
    double share = in->declared == 0 ? 1.0 : (double)in->unzipped / (double)in->declared;
    oko_xlsx_package *p = in->package;
    p->done = in->base + (uint64_t)((double)in->zipped * (share > 1.0 ? 1.0 : share));
    return p->total == 0 ||
           oko_progress_tell(p->progress, "import.read", p->done < p->total ? p->done : p->total, p->total);
}

/* Inflates and parses the next chunk; *ret_last at the end of the part. */
static oko_status next_chunk(inflating *in, const char *path, oko_xml *x, bool *ret_last)
{
    void *room = oko_xml_room(x, OKO_XLSX_CHUNK);
    if (room == NULL) {
        return oko_xml_error(x);
    }
    zip_int64_t got = zip_fread(in->file, room, OKO_XLSX_CHUNK);
    if (got < 0) {
        return zip_failure(zip_file_get_error(in->file), path, x->err);
    }
    in->unzipped += (uint64_t)got;
    if (!within_ratio(in->package, in->zipped, in->unzipped)) {
        return bomb(path, x->err);
    }
    oko_status status = oko_xml_parse(x, (size_t)got, got == 0);
    if (status == OKO_OK) {
        *ret_last = got == 0;
    }
    return status;
}

oko_status oko_xlsx_stream(oko_xlsx_package *p, const char *path, oko_xml *x)
{
    OKO_CLEANUP(inflating_close) inflating in = { 0 };
    oko_status status = inflating_open(p, path, &in, x->err);
    if (status != OKO_OK) {
        return status;
    }
    for (bool last = false; !last && status == OKO_OK;) {
        status = next_chunk(&in, path, x, &last);
        if (status == OKO_OK && !tell(&in)) {
            return oko_error_set(x->err, OKO_E_CANCELLED, "", "");
        }
    }
    p->unzipped += in.unzipped;
    return status;
}

/* ---- relationships ---- */

typedef struct relations_reader {
    oko_xml xml;
    oko_arena *arena;
    const char *base; /* part whose relationships these are */
    oko_xlsx_relations list;
    int depth;
} relations_reader;

void oko_xlsx_relations_clear(oko_xlsx_relations *r)
{
    free(r->at);
    *r = (oko_xlsx_relations){ 0 };
}

static oko_xlsx_kind kind_of_type(const char *type)
{
    const char *slash = strrchr(type, '/');
    const char *last = slash == NULL ? type : slash + 1;
    if (strcmp(last, "worksheet") == 0) {
        return OKO_XLSX_WORKSHEET;
    }
    if (strcmp(last, "sharedStrings") == 0) {
        return OKO_XLSX_STRINGS;
    }
    return strcmp(last, "officeDocument") == 0 ? OKO_XLSX_WORKBOOK : OKO_XLSX_OTHER;
}

/* Resolves a target against the folder of `base`: "worksheets/sheet1.xml" of "xl/workbook.xml" → "xl/worksheets/…".
 * False when the name would be too long. */
static bool resolve(const char *base, const char *target, char *ret, size_t bytes)
{
    size_t len = 0;
    if (*target != '/' && *target != '\\') {
        const char *slash = strrchr(base, '/');
        len = slash == NULL ? 0 : (size_t)(slash - base) + 1;
        if (len >= bytes) {
            return false;
        }
        memcpy(ret, base, len);
    }
    while (*target != '\0') {
        size_t step = strcspn(target, "/\\");
        bool more = target[step] != '\0';
        if (step == 2 && target[0] == '.' && target[1] == '.') {
            len = len > 0 ? len - 1 : 0;
            while (len > 0 && ret[len - 1] != '/') {
                len--;
            }
        } else if (step > 0 && !(step == 1 && target[0] == '.')) {
            if (len + step + 2 > bytes) {
                return false;
            }
            memcpy(ret + len, target, step);
            len += step;
            if (more) {
                ret[len++] = '/';
            }
        }
        target += step + (more ? 1 : 0);
    }
    ret[len] = '\0';
    return true;
}

static oko_status add_relation(relations_reader *r, const char *id, const char *type, const char *target)
{
    char path[OKO_XLSX_MAX_PATH];
    oko_xlsx_kind kind = kind_of_type(type);
    if (kind == OKO_XLSX_OTHER) {
        return OKO_OK;
    }
    if (strlen(id) > OKO_XLSX_MAX_ID) {
        return OKO_E_LIMIT;
    }
    oko_status status = oko_grow(&r->list.at, &r->list.cap, r->list.n + 1, sizeof *r->list.at, OKO_XLSX_MAX_RELATIONS);
    if (status != OKO_OK || !resolve(r->base, target, path, sizeof path)) {
        return status == OKO_OK ? OKO_E_LIMIT : status;
    }
    oko_xlsx_relation *new = &r->list.at[r->list.n];
    *new = (oko_xlsx_relation){ .kind = kind,
                                .id = oko_arena_str(r->arena, oko_str_of(id)),
                                .target = oko_arena_str(r->arena, oko_str_of(path)) };
    if (new->id == NULL || new->target == NULL) {
        return OKO_E_MEMORY;
    }
    r->list.n++;
    return OKO_OK;
}

static void XMLCALL relations_start(void *user, const XML_Char *name, const XML_Char **atts)
{
    static const char *const spaces[] = { "http://schemas.openxmlformats.org/package/2006/relationships", NULL };
    relations_reader *r = user;
    r->depth++;
    if (r->xml.status != OKO_OK) {
        return;
    }
    if (r->depth > OKO_XML_MAX_DEPTH) {
        oko_xml_refuse(&r->xml, OKO_E_LIMIT, "intake.xml.depth", r->xml.part);
        return;
    }
    if (r->depth == 1 && !oko_xml_root(&r->xml, name, atts, "Relationships", spaces)) {
        oko_xml_refuse(&r->xml, OKO_E_FORMAT, "intake.xml.root", r->xml.part);
        return;
    }
    const char *local = oko_xml_local(&r->xml, name);
    if (r->depth != 2 || local == NULL || strcmp(local, "Relationship") != 0) {
        return;
    }
    const char *id = oko_xml_attribute(atts, "Id");
    const char *type = oko_xml_attribute(atts, "Type");
    const char *target = oko_xml_attribute(atts, "Target");
    const char *mode = oko_xml_attribute(atts, "TargetMode");
    if (id == NULL || type == NULL || target == NULL || (mode != NULL && strcmp(mode, "External") == 0)) {
        return;
    }
    oko_status status = add_relation(r, id, type, target);
    if (status == OKO_E_LIMIT) {
        oko_xml_refuse(&r->xml, OKO_E_LIMIT, "intake.too_many_parts", r->xml.part);
    } else if (status != OKO_OK) {
        oko_xml_stop(&r->xml, oko_error_set(r->xml.err, status, "", r->xml.part));
    }
}

static void XMLCALL relations_end(void *user, const XML_Char *name)
{
    (void)name;
    ((relations_reader *)user)->depth--;
}

/* "xl/workbook.xml" → "xl/_rels/workbook.xml.rels"; "" → "_rels/.rels". */
static bool relations_path(const char *path, char *ret, size_t bytes)
{
    const char *slash = strrchr(path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - path) + 1;
    int n = snprintf(ret, bytes, "%.*s_rels/%s.rels", folder, path, path + folder);
    return n > 0 && (size_t)n < bytes;
}

static void relations_reader_clear(relations_reader *r)
{
    oko_xml_close(&r->xml);
    oko_xlsx_relations_clear(&r->list);
}

oko_status oko_xlsx_read_relations(oko_xlsx_package *p, const char *path, oko_arena *arena, oko_xlsx_relations *ret,
                                   oko_error *err)
{
    static const oko_xml_handlers handlers = { .start = relations_start, .end = relations_end };
    char part[OKO_XLSX_MAX_PATH + 16];
    if (!relations_path(path, part, sizeof part) || oko_xlsx_find(p, part) < 0) {
        return OKO_OK;
    }
    OKO_CLEANUP(relations_reader_clear) relations_reader r = { .arena = arena, .base = path };
    oko_status status = oko_xml_open(&r.xml, &r, &handlers, part, err);
    if (status == OKO_OK) {
        status = oko_xlsx_stream(p, part, &r.xml);
    }
    if (status == OKO_OK) {
        *ret = r.list;
        r.list = (oko_xlsx_relations){ 0 };
    }
    return status;
}
