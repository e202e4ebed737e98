/* How a procedure is called where people read of it: "ВПР. Русский язык. 5 класс. 2022". */
#ifndef OKO_CYCLE_PROCEDURE_NAME_H
#define OKO_CYCLE_PROCEDURE_NAME_H

#include "cycle/cycle.h"

enum { OKO_PROCEDURE_NAME_BYTES = 400 };

/* The title of the procedure, cut to the buffer; the code itself where the store does not know it or it has no title,
 * "" for "". Errors of the store are returned. */
oko_status oko_procedure_name(const oko_cycle *c, const char *code, char ret[OKO_PROCEDURE_NAME_BYTES],
                              oko_error *err) OKO_WARN_UNUSED;

#endif
