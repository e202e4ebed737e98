/*
 * What of a table of works may be kept beside its problems. Only columns that the layout has a use for go onto the
 * tape: names, documents, phones, unknown columns do not. In a shifted row a name may stand in a column of numbers:
 * what looks like words there is kept as «•••». Of the rows above the head only what names the procedure is kept.
 */
#ifndef OKO_INTAKE_KEPT_H
#define OKO_INTAKE_KEPT_H

#include "intake/layout.h"

#define KEPT_HIDDEN "•••"

/* The rows above the head and the head itself, once its columns are bound. */
oko_status kept_head(intake_reader *r, const intake_row *head) OKO_WARN_UNUSED;
oko_status kept_row(intake_reader *r, uint32_t row, const oko_cell *cells, size_t n) OKO_WARN_UNUSED;

#endif
