/* Lists what a run will read. */
#include "analysis/plan.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void oko_plan_clear(oko_plan *plan)
{
    free(plan->at);
    free(plan->used);
    *plan = (oko_plan){ 0 };
}

static oko_status add_procedure(void *ctx, const oko_procedure *p)
{
    oko_plan *plan = ctx;
    oko_status status = oko_grow(&plan->at, &plan->cap, plan->n + 1, sizeof *plan->at, OKO_PLAN_MAX_PROCEDURES);
    if (status == OKO_OK)
        plan->at[plan->n++] = *p;
    return status;
}

/* What one procedure has. */
typedef struct survey {
    const oko_register *reg;
    oko_plan *plan;
    bool found;
} survey;

static void use(survey *s, int64_t unit)
{
    const oko_place *place = oko_register_find(s->reg, unit);
    if (place == NULL)
        return;
    s->plan->used[place - s->reg->places] = 1;
    s->found = true;
}

static oko_status use_school(void *ctx, int64_t school, const oko_counts *counts)
{
    (void)counts;
    use(ctx, school);
    return OKO_OK;
}

static oko_status use_aggregate(void *ctx, const oko_aggregate *a)
{
    if (a->kind == OKO_AGGREGATE_JOURNAL || (a->kind == OKO_AGGREGATE_HISTOGRAM && (!a->percent || a->n > 0)))
        use(ctx, a->unit);
    return OKO_OK;
}

static oko_status has_data(oko_store *store, int64_t revision, const oko_procedure *p, survey *s, oko_error *err)
{
    s->found = false;
    oko_status status = oko_store_counts_walk(store, p->id, revision, use_school, s, err);
    if (status == OKO_OK && !s->found)
        status = oko_store_aggregate_walk(store, p->id, revision, use_aggregate, s, err);
    return status;
}

static int by_cohort(const void *a, const void *b)
{
    const oko_procedure *x = a, *y = b;
    int order = strcmp(x->subject, y->subject);
    if (order != 0)
        return order;
    if (x->year - x->grade != y->year - y->grade)
        return x->year - x->grade < y->year - y->grade ? -1 : 1;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return strcmp(x->code, y->code);
}

oko_status oko_plan_make(oko_store *store, int64_t revision, const oko_register *reg, oko_plan *ret_plan,
                         oko_error *err)
{
    oko_plan plan = { .used = oko_calloc_array(reg->n + 1, 1) };
    if (plan.used == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_status status = oko_store_procedure_walk(store, revision, add_procedure, &plan, err);
    size_t kept = 0;
    survey s = { .reg = reg, .plan = &plan };
    for (size_t i = 0; status == OKO_OK && i < plan.n; i++) {
        status = has_data(store, revision, &plan.at[i], &s, err);
        if (s.found)
            plan.at[kept++] = plan.at[i];
    }
    if (status != OKO_OK) {
        oko_plan_clear(&plan);
        return status;
    }
    plan.n = kept;
    if (plan.n > 1)
        qsort(plan.at, plan.n, sizeof *plan.at, by_cohort);
    *ret_plan = plan;
    return OKO_OK;
}

const oko_procedure *oko_plan_previous(const oko_plan *plan, const oko_procedure *p)
{
    char code[OKO_CODE_BYTES];
    if (!oko_procedure_previous(p, code))
        return NULL;
    for (size_t i = 0; i < plan->n; i++)
        if (strcmp(plan->at[i].code, code) == 0)
            return &plan->at[i];
    return NULL;
}
