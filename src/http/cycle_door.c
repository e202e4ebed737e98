/* Requests of the cycle. */
#include "http/cycle_door.h"

#include "cycle/people.h"
#include "http/service.h"

#include <stdio.h>
#include <string.h>

/* Members that only the program writes may not come from a client. */
static oko_status refuse_read_only(const oko_contract *contract, const char *schema, const json_t *body, oko_error *err)
{
    const json_t *properties = json_object_get(oko_contract_schema_json(contract, schema), "properties");
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)body, name, value)
    {
        if (json_is_true(json_object_get(json_object_get(properties, name), "readOnly"))) {
            char place[sizeof err->field];
            (void)snprintf(place, sizeof place, "/body/%s", name);
            return oko_error_set(err, OKO_E_FORMAT, "cycle.read_only", place);
        }
    }
    return OKO_OK;
}

/* A null takes a member away: what is checked is what would be left. */
static json_t *without_nulls(const json_t *body)
{
    json_t *copy = json_object();
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)body, name, value)
    {
        if (!json_is_null(value) && json_object_set(copy, name, value) != 0) {
            json_decref(copy);
            return NULL;
        }
    }
    return copy;
}

oko_status oko_door_check(void *ctx, const char *schema, const json_t *body, bool client, oko_error *err)
{
    const oko_contract *contract = ctx;
    char name[96];
    (void)snprintf(name, sizeof name, "%s", schema);
    const oko_schema *compiled = oko_contract_schema(contract, name);
    if (compiled == NULL) {
        return oko_error_set(err, OKO_E_INTERNAL, "", schema);
    }
    json_t *value = without_nulls(body);
    if (value == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    oko_violations found = { 0 };
    oko_status status = client ? refuse_read_only(contract, schema, body, err) : OKO_OK;
    if (status == OKO_OK && !oko_schema_check(compiled, value, &found)) {
        char place[OKO_POINTER_BYTES + 8];
        (void)snprintf(place, sizeof place, "/body%s", found.item[0].pointer);
        status = oko_error_set(err, OKO_E_FORMAT, found.item[0].key, place);
        oko_error_arg(err, "%s", found.item[0].arg);
    }
    json_decref(value);
    return status;
}

void oko_door_day(time_t t, char *ret_date)
{
    struct tm local = { 0 };
    (void)localtime_r(&t, &local);
    (void)strftime(ret_date, OKO_DATE_BYTES, "%Y-%m-%d", &local);
}

oko_cycle oko_door(oko_request *rq)
{
    oko_cycle c = { .store = rq->store,
                    .flows = rq->service->flows,
                    .actor = &rq->actor,
                    .in_transaction = strcmp(rq->op->method, "GET") != 0,
                    .check = oko_door_check,
                    .check_ctx = rq->service->contract };
    oko_door_day(rq->now, c.today);
    oko_time_text(rq->now, c.now);
    return c;
}

void oko_door_yesterday(const oko_request *rq, char *ret_date)
{
    oko_door_day(rq->now - 24 * 3600, ret_date);
}
