#include "cycle/many.h"

#include "cycle/body.h"
#include "reference/json.h"

static oko_status add_problem(json_t *problems, size_t row, int64_t id, const oko_error *why, oko_error *err)
{
    return oko_body_append(problems,
                           json_pack("{s:I, s:I, s:s, s:s, s:s}", "row", (json_int_t)(row + 1), "id", (json_int_t)id,
                                     "field", why->field, "problem", why->id, "arg",
                                     why->n_args > 0 ? why->arg[0] : ""),
                           err);
}

/* What lies with the record or whoever asks, and not with the machine. */
static bool of_the_record(oko_status status)
{
    return status == OKO_E_ARGUMENT || status == OKO_E_CONFLICT || status == OKO_E_NOT_FOUND ||
           status == OKO_E_PERMISSION || status == OKO_E_FORMAT || status == OKO_E_LIMIT;
}

static oko_status act_all(const oko_cycle *c, const char *kind, const char *action, const json_t *items, json_t *input,
                          json_t *problems, int *ret_n, oko_error *err)
{
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *one = json_array_get(items, i);
        const int64_t id = oko_body_int(one, "id");
        oko_error own = { 0 };
        OKO_CLEANUP(oko_json_freep) json_t *copy = json_deep_copy(input);
        oko_status status = copy != NULL
                                ? oko_cycle_act(c, kind, id, oko_body_int(one, "version"), action, copy, NULL, &own)
                                : oko_error_set(&own, OKO_E_MEMORY, "", "");
        *ret_n += status == OKO_OK;
        if (of_the_record(status)) {
            status = add_problem(problems, i, id, &own, err);
        } else if (status != OKO_OK) {
            *err = own;
        }
        if (status != OKO_OK) {
            return status;
        }
    }
    return json_array_size(problems) == 0 ? OKO_OK : oko_error_set(err, OKO_E_ARGUMENT, "cycle.many", "items");
}

oko_status oko_cycle_act_many(const oko_cycle *c, const char *kind, const char *action, const json_t *items,
                              json_t *input, int *ret_n, json_t **ret_problems, oko_error *err)
{
    oko_cycle inside;
    int n = 0;
    OKO_CLEANUP(oko_json_freep) json_t *given = input != NULL ? json_incref(input) : json_object();
    OKO_CLEANUP(oko_json_freep) json_t *problems = json_array();
    if (given == NULL || problems == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    if (json_array_size(items) > OKO_MANY_MAX) {
        return oko_error_set(err, OKO_E_LIMIT, "cycle.many_limit", "items");
    }
    oko_status status = oko_cycle_begin(c, &inside, err);
    if (status != OKO_OK) {
        return status;
    }
    status = act_all(&inside, kind, action, items, given, problems, &n, err);
    status = oko_cycle_end(c, status, err);
    *ret_n = status == OKO_OK ? n : 0;
    *ret_problems = json_incref(problems);
    return status;
}
