/* What a procedure means for the statistics: its shape, and the test that the same cohort wrote a year earlier. */
#include "analysis/analysis.h"

#include <stdio.h>
#include <string.h>

oko_shape oko_procedure_shape(const oko_procedure *p, int16_t buffer[OKO_MAX_ITEMS])
{
    for (int i = 0; i < p->n_items; i++)
        buffer[i] = p->items[i].max;
    return (oko_shape){ .max_total = p->max_total, .n_items = p->n_items, .item_max = p->n_items > 0 ? buffer : NULL };
}

bool oko_procedure_previous(const oko_procedure *p, char ret_code[OKO_CODE_BYTES])
{
    if (p->grade < 2 || p->year < 1 || p->subject[0] == '\0')
        return false;
    snprintf(ret_code, OKO_CODE_BYTES, "%04d-%02d-%.*s", p->year - 1, p->grade - 1, (int)sizeof p->subject, p->subject);
    return true;
}
