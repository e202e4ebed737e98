#include "http/known_procedures.h"

#include "report/labels.h"

#include <string.h>

bool oko_known_test(const void *ctx, const char *procedure, const char **ret_title, int *ret_max)
{
    oko_known_procedures *all = (oko_known_procedures *)(uintptr_t)ctx;
    size_t i = 0;
    while (i < all->n && strcmp(all->at[i].code, procedure) != 0)
        i++;
    if (i == OKO_KNOWN_PROCEDURES)
        return false;
    if (i == all->n) {
        oko_procedure p;
        oko_error ignored;
        if (oko_store_procedure_get(all->rq->store, procedure, all->revision, &p, &ignored) != OKO_OK)
            return false;
        memcpy(all->at[i].code, p.code, sizeof all->at[i].code);
        all->at[i].title = oko_label_procedure(all->rq->text, all->rq->arena, &p);
        all->at[i].max = p.max_total;
        all->n++;
    }
    *ret_title = all->at[i].title;
    *ret_max = all->at[i].max;
    return *ret_title != NULL;
}

const char *oko_known_title(const void *ctx, const char *procedure)
{
    const char *title = NULL;
    int max = 0;
    return oko_known_test(ctx, procedure, &title, &max) ? title : NULL;
}
