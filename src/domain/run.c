/* Ownership of runs and results. */
#include "domain/run.h"

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
