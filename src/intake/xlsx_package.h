/* The package of a workbook: parts of a ZIP file, their relationships, limits on what they unpack to. */
#ifndef OKO_INTAKE_XLSX_PACKAGE_H
#define OKO_INTAKE_XLSX_PACKAGE_H

#include "base/memory.h"
#include "base/progress.h"
#include "intake/xlsx_xml.h"

#include <zip.h>

enum {
    OKO_XLSX_MAX_RELATIONS = 4096,
    OKO_XLSX_MAX_PATH = 1024,          /* bytes of a part's name */
    OKO_XLSX_MAX_ID = 255,             /* bytes of a relationship's id */
    OKO_XLSX_CHUNK = 64 << 10,         /* bytes inflated and parsed at once */
    OKO_XLSX_FREE_RATIO = 64 << 20,    /* unzipped bytes up to which the ratio does not matter */
    OKO_XLSX_MAX_DIRECTORY = 16 << 20, /* bytes of one arena: relationships, names of worksheets */
};

typedef struct oko_xlsx_package {
    zip_t *zip; /* owned */
    const oko_progress *progress;
    uint64_t unzipped;    /* bytes of all parts so far, limit OKO_IMPORT_MAX_UNZIPPED */
    uint64_t done, total; /* zipped bytes read and to be read; total 0 until known */
} oko_xlsx_package;

/* What a relationship points at; the types of the transitional and the strict standard end alike. */
typedef enum oko_xlsx_kind { OKO_XLSX_OTHER, OKO_XLSX_WORKBOOK, OKO_XLSX_WORKSHEET, OKO_XLSX_STRINGS } oko_xlsx_kind;

typedef struct oko_xlsx_relation {
    oko_xlsx_kind kind;
    const char *id;
    const char *target; /* name of the part in the package, resolved */
} oko_xlsx_relation;

typedef struct oko_xlsx_relations {
    oko_xlsx_relation *at; /* owned */
    size_t n, cap;
} oko_xlsx_relations;
void oko_xlsx_relations_clear(oko_xlsx_relations *r); /* for OKO_CLEANUP */

/* Takes `source` over, also on failure. Errors: intake.truncated, intake.damaged, OKO_E_MEMORY, OKO_E_IO. */
oko_status oko_xlsx_package_open(oko_xlsx_package *p, zip_source_t *source, const oko_progress *progress,
                                 oko_error *err) OKO_WARN_UNUSED;
void oko_xlsx_package_close(oko_xlsx_package *p); /* for OKO_CLEANUP; a zeroed structure is fine */

/* Index of a part, any case, either slash; −1 when it is not there. */
zip_int64_t oko_xlsx_find(const oko_xlsx_package *p, const char *path);
/* Zipped bytes of a part; 0 when it is not there. */
uint64_t oko_xlsx_zipped_size(const oko_xlsx_package *p, const char *path);

/* Inflates a part through its parser to the end. Errors: of the parser and its handlers, intake.password,
 * intake.missing_part (OKO_E_FORMAT), intake.zip_bomb (OKO_E_LIMIT), intake.damaged, OKO_E_CANCELLED. */
oko_status oko_xlsx_stream(oko_xlsx_package *p, const char *path, oko_xml *x) OKO_WARN_UNUSED;

/* Relationships of a part (path "" = of the package itself). No such part: no relationships. Strings in `arena`. */
oko_status oko_xlsx_read_relations(oko_xlsx_package *p, const char *path, oko_arena *arena, oko_xlsx_relations *ret,
                                   oko_error *err) OKO_WARN_UNUSED;

#endif
