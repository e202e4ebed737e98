/* Ownership of runs and results. */
#include "domain/run.h"

#include "base/memory.h"

#include <stdlib.h>

void oko_run_clear(oko_run *run)
{
    if (run != NULL) {
        free(run->params);
        *run = (oko_run){ 0 };
    }
}

void oko_result_clear(oko_result *result)
{
    if (result != NULL) {
        free(result->details);
        *result = (oko_result){ 0 };
    }
}

oko_status oko_result_copy(const oko_result *from, oko_result *ret_copy)
{
    oko_result copy = *from;
    copy.details = from->details != NULL ? oko_str_dup(oko_str_of(from->details)) : NULL;
    if (from->details != NULL && copy.details == NULL)
        return OKO_E_MEMORY;
    *ret_copy = copy;
    return OKO_OK;
}

static oko_status get_from_array(const void *ctx, size_t i, oko_buffer *room, oko_result *ret)
{
    (void)room;
    *ret = ((const oko_result *)ctx)[i];
    return OKO_OK;
}

oko_result_source oko_result_source_of(const oko_result *results, size_t n)
{
    return (oko_result_source){ .n = n, .get = get_from_array, .ctx = results };
}
