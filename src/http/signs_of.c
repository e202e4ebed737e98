#include "http/signs_of.h"

#include "analysis/runs.h"
#include "http/service.h"

#include <string.h>

oko_status oko_signs_of_open(oko_request *rq, int64_t unit, oko_signs_of *ret, oko_error *err)
{
    *ret = (oko_signs_of){ .tree = NULL };
    oko_status status = oko_tree_get(rq->service->trees, rq->store, &ret->tree, err);
    if (status == OKO_OK)
        status = oko_run_rows_get(rq->service->runs, rq->store, oko_request_int(rq, "run", 0), OKO_METHODS_EVIDENCE,
                                  ret->tree, &ret->rows, err);
    if (status == OKO_OK)
        status = oko_store_unit_get(rq->store, unit, &ret->unit, err);
    if (status == OKO_OK)
        status = oko_sign_rows_load(rq->store, ret->rows->run, unit, true, &ret->rows->reg, &ret->all, err);
    return status;
}

void oko_signs_of_close(oko_request *rq, oko_signs_of *signs)
{
    oko_sign_rows_clear(&signs->all);
    if (signs->rows != NULL)
        oko_run_rows_back(rq->service->runs, signs->rows);
    if (signs->tree != NULL)
        oko_tree_back(rq->service->trees, signs->tree);
}

oko_status oko_signs_of_find(const oko_signs_of *signs, const oko_request *rq, size_t *ret_at, oko_error *err)
{
    const char *procedure = oko_request_str(rq, "procedure"), *label = oko_request_str(rq, "class");
    for (size_t i = 0; i < signs->all.n; i++) {
        const oko_sign_row *row = &signs->all.at[i];
        if (strcmp(row->result->procedure, procedure) == 0 && row->of_class == (label != NULL) &&
            (label == NULL || strcmp(row->class_key, label) == 0)) {
            *ret_at = i;
            return OKO_OK;
        }
    }
    return oko_error_set(err, OKO_E_NOT_FOUND, "http.no_sign", "");
}
