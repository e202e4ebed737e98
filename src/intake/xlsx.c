#include "intake/xlsx.h"

#include "intake/import.h"
#include "intake/xlsx_sheet.h"

#include <stdlib.h>
#include <string.h>

typedef struct worksheet {
    const char *name;
    const char *path;
} worksheet;

/* The workbook part being read, then what it named. */
typedef struct workbook {
    oko_xml xml;
    int depth;
    bool in_sheets;
    oko_arena *arena;                /* owned: names and paths */
    oko_xlsx_relations package_rels; /* owned */
    oko_xlsx_relations rels;         /* owned */
    worksheet *sheets;               /* owned, in the order of the workbook */
    size_t n, cap;
} workbook;

static void workbook_clear(workbook *b)
{
    oko_xml_close(&b->xml);
    oko_xlsx_relations_clear(&b->package_rels);
    oko_xlsx_relations_clear(&b->rels);
    free(b->sheets);
    oko_arena_free(b->arena);
}

/* ---- what is in a ZIP file that is not a workbook of ours ---- */

/* Says what the package is when its own parts tell it; else NULL. */
static const char *other_package(const oko_xlsx_package *p)
{
    static const struct {
        const char *part, *id;
    } known[] = { { "xl/workbook.bin", "intake.not_workbook.xlsb" },
                  { "word/document.xml", "intake.not_workbook.docx" },
                  { "ppt/presentation.xml", "intake.not_workbook.pptx" },
                  { "Index/Document.iwa", "intake.not_workbook.numbers" } };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (oko_xlsx_find(p, known[i].part) >= 0) {
            return known[i].id;
        }
    }
    return NULL;
}

/* OpenDocument writes its type into the first member, unzipped. */
static const char *open_document(const oko_xlsx_package *p)
{
    char type[64] = "";
    zip_file_t *file = zip_fopen(p->zip, "mimetype", 0);
    if (file == NULL) {
        return NULL;
    }
    zip_int64_t got = zip_fread(file, type, sizeof type - 1);
    zip_fclose(file);
    if (got <= 0 || strstr(type, "opendocument") == NULL) {
        return NULL;
    }
    return strstr(type, "spreadsheet") != NULL ? "intake.not_workbook.ods" : "intake.not_workbook.odt";
}

static oko_status not_workbook(const oko_xlsx_package *p, oko_error *err)
{
    const char *id = other_package(p);
    if (id == NULL) {
        id = open_document(p);
    }
    zip_int64_t n = zip_get_num_entries(p->zip, 0);
    for (zip_int64_t i = 0; id == NULL && i < n; i++) {
        oko_str name = oko_str_of(zip_get_name(p->zip, (zip_uint64_t)i, 0));
        if (oko_str_ends(name, OKO_STR(".xlsx")) || oko_str_ends(name, OKO_STR(".csv")) ||
            oko_str_ends(name, OKO_STR(".xls"))) {
            id = "intake.not_workbook.archive";
        }
    }
    return oko_error_set(err, OKO_E_FORMAT, id == NULL ? "intake.not_workbook.zip" : id, "");
}

/* ---- workbook.xml ---- */

static const oko_xlsx_relation *relation_by_id(const oko_xlsx_relations *rels, const char *id)
{
    for (size_t i = 0; i < rels->n; i++) {
        if (strcmp(rels->at[i].id, id) == 0) {
            return &rels->at[i];
        }
    }
    return NULL;
}

static const oko_xlsx_relation *relation_by_kind(const oko_xlsx_relations *rels, oko_xlsx_kind kind)
{
    for (size_t i = 0; i < rels->n; i++) {
        if (rels->at[i].kind == kind) {
            return &rels->at[i];
        }
    }
    return NULL;
}

/* The r:id attribute, whatever prefix the relationships' namespace has here. */
static const char *relation_id(const char **atts)
{
    for (; *atts != NULL; atts += 2) {
        const char *colon = strchr(atts[0], ':');
        if (colon != NULL && strcmp(colon, ":id") == 0) {
            return atts[1];
        }
    }
    return NULL;
}

static oko_status add_sheet(workbook *b, const char *name, const char *path)
{
    oko_status status = oko_grow(&b->sheets, &b->cap, b->n + 1, sizeof *b->sheets, OKO_IMPORT_MAX_WORKSHEETS);
    if (status != OKO_OK) {
        return status;
    }
    oko_str view = oko_str_of(name);
    if (view.len > OKO_XLSX_MAX_PATH) {
        return OKO_E_FORMAT;
    }
    const char *copy = oko_arena_str(b->arena, view);
    if (copy == NULL) {
        return OKO_E_MEMORY;
    }
    b->sheets[b->n++] = (worksheet){ .name = copy, .path = path };
    return OKO_OK;
}

static void start_sheet(workbook *b, const char **atts)
{
    const char *name = oko_xml_attribute(atts, "name");
    const char *id = relation_id(atts);
    if (name == NULL || id == NULL) {
        oko_xml_refuse(&b->xml, OKO_E_FORMAT, "intake.xml.workbook", b->xml.part);
        return;
    }
    const oko_xlsx_relation *to = relation_by_id(&b->rels, id);
    if (to == NULL || to->kind != OKO_XLSX_WORKSHEET) {
        return; /* a sheet of charts, dialogs or macros */
    }
    oko_status status = add_sheet(b, name, to->target);
    if (status == OKO_E_MEMORY) {
        oko_xml_stop(&b->xml, oko_error_set(b->xml.err, status, "", b->xml.part));
    } else if (status == OKO_E_LIMIT) {
        oko_xml_refuse(&b->xml, status, "intake.too_many_worksheets", b->xml.part);
        oko_error_arg(b->xml.err, "%d", (int)OKO_IMPORT_MAX_WORKSHEETS);
    } else if (status != OKO_OK) {
        oko_xml_refuse(&b->xml, status, "intake.xml.workbook", b->xml.part);
    }
}

static void XMLCALL workbook_start(void *user, const XML_Char *name, const XML_Char **atts)
{
    workbook *b = user;
    b->depth++;
    if (b->xml.status != OKO_OK) {
        return;
    }
    if (b->depth > OKO_XML_MAX_DEPTH) {
        oko_xml_refuse(&b->xml, OKO_E_LIMIT, "intake.xml.depth", b->xml.part);
        return;
    }
    if (b->depth == 1) {
        if (!oko_xml_root(&b->xml, name, atts, "workbook", oko_xlsx_namespaces)) {
            oko_xml_refuse(&b->xml, OKO_E_FORMAT, "intake.xml.root", b->xml.part);
        }
        return;
    }
    const char *local = oko_xml_local(&b->xml, name);
    if (local != NULL && b->depth == 2 && strcmp(local, "sheets") == 0) {
        b->in_sheets = true;
    } else if (local != NULL && b->depth == 3 && b->in_sheets && strcmp(local, "sheet") == 0) {
        start_sheet(b, atts);
    }
}

static void XMLCALL workbook_end(void *user, const XML_Char *name)
{
    workbook *b = user;
    (void)name;
    if (b->depth == 2) {
        b->in_sheets = false;
    }
    b->depth--;
}

/* Finds the workbook part, its relationships and its worksheets. */
static oko_status read_workbook(oko_xlsx_package *p, workbook *b, oko_error *err)
{
    static const oko_xml_handlers handlers = { .start = workbook_start, .end = workbook_end };
    if (oko_arena_new(OKO_XLSX_MAX_DIRECTORY, &b->arena) != OKO_OK) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    oko_status status = oko_xlsx_read_relations(p, "", b->arena, &b->package_rels, err);
    if (status != OKO_OK) {
        return status;
    }
    const oko_xlsx_relation *main_part = relation_by_kind(&b->package_rels, OKO_XLSX_WORKBOOK);
    const char *path = main_part == NULL ? "xl/workbook.xml" : main_part->target;
    if (other_package(p) != NULL || oko_xlsx_find(p, path) < 0) {
        return not_workbook(p, err);
    }
    status = oko_xlsx_read_relations(p, path, b->arena, &b->rels, err);
    if (status == OKO_OK) {
        status = oko_xml_open(&b->xml, b, &handlers, path, err);
    }
    if (status == OKO_OK) {
        status = oko_xlsx_stream(p, path, &b->xml);
        oko_xml_close(&b->xml);
    }
    if (status == OKO_OK && b->n == 0) {
        status = oko_error_set(err, OKO_E_FORMAT, "intake.no_worksheets", "");
    }
    return status;
}

/* ---- rows ---- */

static oko_status read_sheets(oko_xlsx_package *p, const workbook *b, const oko_xlsx_strings *strings,
                              const oko_rows_sink *sink, oko_error *err)
{
    OKO_CLEANUP(oko_xlsx_rows_close) oko_xlsx_rows rows = { .package = p, .strings = strings, .sink = sink };
    oko_status status = oko_xlsx_rows_open(&rows, err);
    for (size_t i = 0; i < b->n && status == OKO_OK; i++) {
        if (sink->worksheet != NULL) {
            status = sink->worksheet(sink->ctx, b->sheets[i].name, i, err);
        }
        if (status == OKO_OK) {
            status = oko_xlsx_read_sheet(&rows, b->sheets[i].path, b->sheets[i].name, err);
        }
    }
    return status;
}

static oko_status read_package(oko_xlsx_package *p, const oko_rows_sink *sink, oko_error *err)
{
    OKO_CLEANUP(workbook_clear) workbook book = { 0 };
    OKO_CLEANUP(oko_xlsx_strings_clear) oko_xlsx_strings strings = { 0 };
    oko_status status = read_workbook(p, &book, err);
    if (status != OKO_OK) {
        return status;
    }
    const oko_xlsx_relation *shared = relation_by_kind(&book.rels, OKO_XLSX_STRINGS);
    if (shared != NULL && oko_xlsx_find(p, shared->target) < 0) {
        shared = NULL; /* some writers name the part and leave it out when there are no strings */
    }
    p->done = 0;
    p->total = shared == NULL ? 0 : oko_xlsx_zipped_size(p, shared->target);
    for (size_t i = 0; i < book.n; i++) {
        p->total += oko_xlsx_zipped_size(p, book.sheets[i].path);
    }
    if (shared != NULL) {
        status = oko_xlsx_read_strings(p, shared->target, &strings, err);
    }
    return status == OKO_OK ? read_sheets(p, &book, &strings, sink, err) : status;
}

oko_status oko_xlsx_read_source(zip_source_t *source, const oko_rows_sink *sink, const oko_progress *progress,
                                oko_error *err)
{
    OKO_CLEANUP(oko_xlsx_package_close) oko_xlsx_package package = { 0 };
    oko_status status = oko_xlsx_package_open(&package, source, progress, err);
    return status == OKO_OK ? read_package(&package, sink, err) : status;
}

/* A source of libzip, or why there is none. */
static oko_status source_made(zip_source_t *source, zip_error_t *error, const oko_rows_sink *sink,
                              const oko_progress *progress, oko_error *err)
{
    if (source == NULL) {
        bool memory = zip_error_code_zip(error) == ZIP_ER_MEMORY;
        zip_error_fini(error);
        return oko_error_set(err, memory ? OKO_E_MEMORY : OKO_E_IO, memory ? "" : "intake.read", "");
    }
    zip_error_fini(error);
    return oko_xlsx_read_source(source, sink, progress, err);
}

oko_status oko_xlsx_read_file(const char *path, const oko_rows_sink *sink, const oko_progress *progress, oko_error *err)
{
    zip_error_t error;
    zip_error_init(&error);
    return source_made(zip_source_file_create(path, 0, -1, &error), &error, sink, progress, err);
}

oko_status oko_xlsx_read_memory(const void *bytes, size_t n, const oko_rows_sink *sink, oko_error *err)
{
    zip_error_t error;
    zip_error_init(&error);
    return source_made(zip_source_buffer_create(bytes, n, 0, &error), &error, sink, NULL, err);
}
