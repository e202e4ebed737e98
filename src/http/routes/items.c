/* Items of a procedure in one group beside its school, municipality and region. */
#include "http/routes/routes.h"

#include "analysis/item_profile.h"
#include "http/service.h"

#include <math.h>

enum {
    LEAST = 10,
    /* works: of fewer nothing is told */ OTHERS = 3 /* schools beside one's own, so that none is told */
};

static json_t *number(double value)
{
    return isfinite(value) ? json_real(round(10 * value) / 10) : json_null();
}

static json_t *numbers(const double *values, int n)
{
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        (void)json_array_append_new(list, number(values[i]));
    return list;
}

/* A school sees larger units only when they tell of no other school. */
static bool told(const oko_request *rq, const oko_item_profile *of, oko_item_scope s)
{
    if (of->of[s].n < LEAST || s > of->group || (s != OKO_ITEMS_REGION && of->unit[s] == 0))
        return false;
    return s == of->group || rq->actor.owner || rq->actor.role != OKO_ROLE_SCHOOL || s >= OKO_ITEMS_SCHOOL ||
           of->schools[s] > OTHERS;
}

static json_t *scopes_json(const oko_request *rq, const oko_item_profile *of)
{
    static const char *const names[] = { "region", "municipality", "school", "class" };
    json_t *list = json_array();
    for (int s = 0; s < OKO_ITEMS_SCOPES; s++) {
        oko_unit u = { .id = 0 };
        oko_error ignored;
        if (!told(rq, of, (oko_item_scope)s))
            continue;
        if (of->unit[s] != 0)
            (void)!oko_store_unit_get(rq->store, of->unit[s], &u, &ignored);
        const char *name = s == OKO_ITEMS_CLASS ? oko_request_str(rq, "class") : u.name;
        (void)json_array_append_new(list, json_pack("{s:s, s:I, s:s, s:I, s:o, s:b}", "level", names[s], "unit",
                                                    (json_int_t)of->unit[s], "name", name, "n", (json_int_t)of->of[s].n,
                                                    "percent", numbers(of->of[s].percent, of->n_items), "group",
                                                    s == (int)of->group));
    }
    return list;
}

static json_t *items_json(const oko_procedure *p, const oko_item_profile *of)
{
    json_t *list = json_array();
    const size_t totals = (size_t)of->max_total + 1;
    for (int i = 0; i < p->n_items; i++) {
        const char level[2] = { p->items[i].level, 0 };
        json_t *item =
            json_pack("{s:s, s:i, s:o, s:o, s:o}", "label", p->items[i].label, "max", p->items[i].max, "difficulty",
                      number(100 - of->of[OKO_ITEMS_REGION].percent[i]), "expected", number(of->expected[i]), "curve",
                      numbers(of->curve + (size_t)i * totals, of->max_total + 1));
        oko_json_set_str_or_null(item, "level", level);
        (void)json_array_append_new(list, item);
    }
    return list;
}

static json_t *bands_json(const oko_item_profile *of)
{
    json_t *list = json_array();
    for (int b = 0; b < of->n_bands; b++)
        (void)json_array_append_new(list, json_pack("{s:i, s:i, s:I, s:o}", "from", of->band[b].from, "to",
                                                    of->band[b].to, "n", (json_int_t)of->band[b].shares.n, "percent",
                                                    numbers(of->band[b].shares.percent, of->n_items)));
    return list;
}

static json_t *variants_json(const oko_item_profile *of)
{
    json_t *list = json_array();
    for (int v = 0; v < of->n_variants; v++) {
        const oko_item_variant *at = &of->variant[v];
        (void)json_array_append_new(list, json_pack("{s:i, s:I, s:I, s:o, s:o}", "variant", at->variant, "n",
                                                    (json_int_t)at->group.n, "region_n", (json_int_t)at->region.n,
                                                    "percent", numbers(at->group.percent, of->n_items), "region",
                                                    numbers(at->region.percent, of->n_items)));
    }
    return list;
}

static json_t *profile_json(const oko_request *rq, const oko_procedure *p, const oko_item_profile *of)
{
    const int64_t n = of->of[of->group].n;
    if (n < LEAST)
        return json_pack("{s:s, s:I, s:b, s:i, s:i, s:[], s:[], s:[], s:[]}", "procedure", p->code, "n", (json_int_t)n,
                         "hidden", 1, "least", LEAST, "max", p->max_total, "scopes", "items", "bands", "variants");
    return json_pack("{s:s, s:I, s:b, s:i, s:i, s:o, s:o, s:o, s:o}", "procedure", p->code, "n", (json_int_t)n,
                     "hidden", 0, "least", LEAST, "max", p->max_total, "scopes", scopes_json(rq, of), "items",
                     items_json(p, of), "bands", bands_json(of), "variants", variants_json(of));
}

static oko_status units_items(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_procedure p;
    oko_unit u;
    OKO_CLEANUP(oko_register_clear) oko_register reg = { 0 };
    oko_item_profile of = { .n_items = 0 };
    oko_status status = oko_store_procedure_get(rq->store, oko_request_str(rq, "procedure"), 0, &p, err);
    status = status == OKO_OK ? oko_store_unit_get(rq->store, oko_request_int(rq, "id", 0), &u, err) : status;
    status = status == OKO_OK ? oko_register_load(rq->store, 0, &reg, err) : status;
    if (status == OKO_OK) {
        status = oko_item_profile_load(rq->store, &p, &reg, &u, oko_request_str(rq, "class"), 0, LEAST, &of, err);
        if (status == OKO_E_NO_DATA)
            status = oko_error_set(err, status, "http.no_items", "");
    }
    oko_reply_about(reply, "unit", oko_request_int(rq, "id", 0), oko_request_int(rq, "id", 0));
    if (status == OKO_OK)
        status = oko_reply_json(reply, 200, profile_json(rq, &p, &of), err);
    oko_item_profile_clear(&of);
    return status;
}

const oko_route oko_routes_items[] = {
    { "units.items", units_items },
    { NULL, NULL },
};
