/* What a cell means: one small pure function per kind of cell. None allocates, none keeps a pointer. */
#ifndef OKO_INTAKE_CLEAN_H
#define OKO_INTAKE_CLEAN_H

#include "base/text_view.h"
#include "domain/problem.h"
#include "domain/sheet.h"

/* What was wrong with a cell; reason NULL: nothing. Static strings: class of value and message key. */
typedef struct clean_fault {
    oko_severity severity;
    const char *value_class;
    const char *reason;
} clean_fault;

/* Item: score, or OKO_ITEM_…; *ret_written is what counts for Σ items (the whole number as written, else 0). */
int8_t clean_item(oko_str cell, int max, int64_t *ret_written, clean_fault *ret_fault);

/* Total: OKO_TOTAL_NONE or 0…32767 as written; *ret_flags gets OKO_WORK_NO_TOTAL, _BAD_TOTAL, _ABOVE_MAX or 0. */
int16_t clean_total(oko_str cell, int max, uint8_t *ret_flags, clean_fault *ret_fault);

/* Journal mark 1…5 or OKO_JOURNAL_NONE. */
int8_t clean_journal(oko_str cell, clean_fault *ret_fault);

/* Variant 1…255, 0 when not stated; *ret_absent: the cell says that the pupil was absent. */
uint8_t clean_variant(oko_str cell, bool *ret_absent, clean_fault *ret_fault);

/* How a pupil code was found. */
typedef enum clean_code_kind { CLEAN_CODE_NUMBER, CLEAN_CODE_DIGITS, CLEAN_CODE_NONE } clean_code_kind;
clean_code_kind clean_code(oko_str cell, uint64_t *ret_code);

/* True when the folded cell begins with «отсутств», «не явил», absent or the single letter «н». */
bool clean_is_absent(oko_str cell);

#endif
