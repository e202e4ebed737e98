/* Remarks of an observer: «нарушений не выявлено», or a numbered list; what looks like a person's name is masked. */
#ifndef OKO_DOMAIN_REMARKS_H
#define OKO_DOMAIN_REMARKS_H

#include "base/text_view.h"

enum { OKO_REMARKS_MAX = 50 };

/*
 * Writes the remarks, one a line, into `out` (NUL-terminated, cut at `bytes`; no blank lines). *ret_n: how many, 0 when
 * the text says that there were none (out is ""), −1 when it is empty. *ret_masked: a name was replaced by «[имя]».
 * Numbers count only in their order, 1. 2. 3. or 1) 2) 3), so that dates and clauses do not split a remark; without
 * them lines and semicolons do. Total for any bytes.
 */
void oko_remarks_read(oko_str text, char *out, size_t bytes, int *ret_n, bool *ret_masked);

/* One remark, on one line, with names masked; true when there was one. Cut at `bytes`. */
bool oko_remark_mask(oko_str remark, char *out, size_t bytes);

#endif
