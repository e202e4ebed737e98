/* Inner door between works_head.c and works.c. */
#ifndef OKO_INTAKE_WORKS_H
#define OKO_INTAKE_WORKS_H

#include "intake/layout.h"

/* Makes `p` the procedure of the rows that follow; checks that it fits. */
oko_status works_use(intake_reader *r, const oko_procedure *p, uint32_t row, oko_error *err) OKO_WARN_UNUSED;

#endif
