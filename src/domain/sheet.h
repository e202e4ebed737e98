/*
 * Sheet (протокол): the works of one class of one school in one procedure — the natural unit of storage.
 * A pupil is a code, never a name. Kept as a versioned BLOB with plain totals beside it.
 */
#ifndef OKO_DOMAIN_SHEET_H
#define OKO_DOMAIN_SHEET_H

#include <oko/status.h>

#include "base/memory.h"

#include <stddef.h>
#include <stdint.h>

enum {
    OKO_SHEET_MAX_WORKS = 20000, /* works in one sheet */
    /* Item codes below zero: the score is not known, and why. Missing is not zero. */
    OKO_ITEM_NOT_TRIED = -1,  /* X: the pupil did not begin the item */
    OKO_ITEM_NOT_TAUGHT = -2, /* «не пройд.»: the topic was not taught yet */
    OKO_ITEM_EMPTY = -3,      /* empty cell */
    OKO_ITEM_INVALID = -4,    /* something else, or outside 0…max; reported as a problem */
    OKO_ITEM_ABSENT = -5,     /* the pupil was absent at this part */
    OKO_TOTAL_NONE = -1,
    OKO_JOURNAL_NONE = 0 /* «нет отметки», empty or not a mark */
};

/* Properties of one work. A participant has a whole total in 0…max: none of the three NO_… bits. */
enum oko_work_flag {
    OKO_WORK_ABSENT = 1,        /* the file says so; a participant of a two-part test may have it too */
    OKO_WORK_NO_TOTAL = 2,      /* empty total */
    OKO_WORK_BAD_TOTAL = 4,     /* total is not a whole number ≥ 0 */
    OKO_WORK_ABOVE_MAX = 8,     /* total above the procedure's maximum */
    OKO_WORK_SUM_MISMATCH = 16, /* participant whose total ≠ Σ item cells as written (non-numbers count 0) */
    OKO_WORK_REPAIRED = 32,     /* some cell was repaired at import */
    OKO_WORK_NOT_PARTICIPANT = OKO_WORK_NO_TOTAL | OKO_WORK_BAD_TOTAL | OKO_WORK_ABOVE_MAX
};

typedef struct oko_sheet {
    int64_t procedure; /* ids of the store */
    int64_t school;
    char class_label[16];   /* oko_class_label; "" unknown */
    char class_written[48]; /* the class as the file writes it, for output only; "" unknown or too long */
    size_t n;               /* works (rows) */
    int n_items;
    uint64_t *code;   /* [n] pupil code; unique in school × procedure */
    uint8_t *variant; /* [n] 0 = not stated */
    int8_t *journal;  /* [n] mark of the previous term 1…5, or OKO_JOURNAL_NONE */
    int16_t *total;   /* [n] raw score as written (also above the maximum), or OKO_TOTAL_NONE */
    uint8_t *flags;   /* [n] enum oko_work_flag */
    int8_t *items;    /* [n × n_items] row by row: score or OKO_ITEM_… */
    size_t cap_works; /* room of the arrays, kept by oko_sheet_new and oko_sheet_decode … */
    size_t cap_items; /* … and of items, in bytes; 0 for arrays that do not come from them */
} oko_sheet;

/* Counts of a sheet, a school or a procedure: plain columns beside the BLOB. All additive. */
typedef struct oko_counts {
    int64_t rows;
    int64_t participants;
    int64_t absent;
    int64_t no_total; /* empty total */
    int64_t bad_total;
    int64_t above_max;
    int64_t sum_mismatch;
    int64_t sum;    /* Σ totals of participants */
    int64_t sum_sq; /* Σ squares */
} oko_counts;

static inline int oko_work_takes_part(uint8_t flags)
{
    return (flags & OKO_WORK_NOT_PARTICIPANT) == 0;
}

/* A sheet with arrays for n works from malloc, zeroed (never NULL, also for n = 0). OKO_E_LIMIT above
 * OKO_SHEET_MAX_WORKS works, OKO_E_ARGUMENT when n_items is outside 0…OKO_MAX_ITEMS, OKO_E_MEMORY. */
oko_status oko_sheet_new(size_t n, int n_items, oko_sheet **ret_sheet) OKO_WARN_UNUSED;
void oko_sheet_free(oko_sheet *sheet);
void oko_sheet_freep(oko_sheet **sheet);

/* Counts rows by their flags: a row may stand under several heads (absent and no total). */
void oko_sheet_count(const oko_sheet *sheet, oko_counts *ret_counts);
void oko_counts_add(oko_counts *into, const oko_counts *from);

/*
 * BLOB form, version 1: byte version, varint n, varint n_items, then the arrays column by column: pupil
 * codes as zigzag varint differences (the first from 0), variant, journal, total (16 bits, little-endian),
 * flags, items row by row as bytes. Varints are LEB128 in their shortest form.
 *
 * encode appends to `out`; the same sheet gives the same bytes. OKO_E_ARGUMENT (nothing appended) for a value
 * outside what the struct documents, OKO_E_LIMIT, or the status of the buffer.
 * decode trusts nothing: OKO_E_FORMAT for any byte string that encode could not have written, OKO_E_VERSION for
 * a later version. *sheet is reused when not NULL (its arrays grow as needed; procedure, school and label stay as
 * they are); after a failure it holds no works (n = 0). When NULL, a new sheet is made, and only on OKO_OK.
 */
oko_status oko_sheet_encode(const oko_sheet *sheet, oko_buffer *out) OKO_WARN_UNUSED;
oko_status oko_sheet_decode(const void *bytes, size_t n_bytes, oko_sheet **sheet) OKO_WARN_UNUSED;

#endif
