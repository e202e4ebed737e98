/* Signs of one unit for a request: the run, the unit, its rows and those of its classes. */
#ifndef OKO_HTTP_SIGNS_OF_H
#define OKO_HTTP_SIGNS_OF_H

#include "http/request.h"
#include "http/run_rows.h"

typedef struct oko_signs_of {
    const oko_tree *tree;
    const oko_run_rows *rows;
    oko_unit unit;
    oko_sign_rows all;
} oko_signs_of;

/* Of the run that the request names, else of the newest. Close it also after a failure. OKO_E_NOT_FOUND (unit, run),
 * OKO_E_MEMORY, or the store's status. */
oko_status oko_signs_of_open(oko_request *rq, int64_t unit, oko_signs_of *ret, oko_error *err) OKO_WARN_UNUSED;
void oko_signs_of_close(oko_request *rq, oko_signs_of *signs);
/* The row of the parameters `procedure` and `class`, by its index. OKO_E_NOT_FOUND "http.no_sign". */
oko_status oko_signs_of_find(const oko_signs_of *signs, const oko_request *rq, size_t *ret_at,
                             oko_error *err) OKO_WARN_UNUSED;

#endif
