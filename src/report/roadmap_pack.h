/* The evidence of a roadmap for an office: one ZIP with an index to print and every file that was attached. */
#ifndef OKO_REPORT_ROADMAP_PACK_H
#define OKO_REPORT_ROADMAP_PACK_H

#include "base/progress.h"
#include "reference/text.h"
#include "store/store.h"

#include <jansson.h>

enum { OKO_ROADMAP_PACK_BYTES = 48 * 1024 * 1024 }; /* of the files in it, before they are packed */

/* The document of a linked record (a note, a letter): bytes from malloc and the ending of its name, or *ret_bytes NULL
 * when this record has none. */
typedef oko_status (*oko_roadmap_paper_fn)(void *ctx, const json_t *item, char **ret_bytes, size_t *ret_len,
                                           const char **ret_ending, oko_error *err);

typedef struct oko_roadmap_pack {
    oko_store *store;
    const json_t *evidence; /* what oko_roadmap_evidence gives (cycle/roadmap.h), read as its actor may see it */
    const oko_text *text;
    oko_roadmap_paper_fn paper; /* NULL: files only */
    void *ctx;
    oko_progress progress;
} oko_roadmap_pack;

/*
 * Writes the archive: index.html and index.docx (row, unit, state, what was done, evidence with its date and its name
 * in the archive) and a folder a row. What no longer fits into OKO_ROADMAP_PACK_BYTES is named in the index and left
 * out. Nothing stays on error. OKO_E_CANCELLED, OKO_E_FULL, OKO_E_MEMORY, and the store's.
 */
oko_status oko_roadmap_pack_write(const oko_roadmap_pack *pack, const char *path, oko_error *err) OKO_WARN_UNUSED;

#endif
