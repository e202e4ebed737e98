/* Templates of the office: at most one of a unit is chosen. */
#include "cycle/body.h"
#include "cycle/nouns.h"
#include "cycle/templates.h"

#include <string.h>

/* ---- which one is chosen ---- */

typedef struct choosing {
    const oko_cycle *c;
    int64_t unit, but; /* but: this one is passed over */
    int64_t found;
    oko_error *err;
} choosing;

static oko_status take(void *ctx, const oko_entry *e)
{
    choosing *k = ctx;
    if (e->head.unit == k->unit && e->head.id != k->but) {
        k->found = e->head.id;
    }
    return OKO_OK;
}

/* The chosen template of this very unit, but one. */
static oko_status chosen_of(const oko_cycle *c, int64_t unit, int64_t but, int64_t *ret_id, oko_error *err)
{
    choosing k = { .c = c, .unit = unit, .but = but, .err = err };
    const oko_record_query q = { .kind = "template", .states = "chosen" };
    oko_status status = oko_cycle_each(c, &q, take, &k, err);
    *ret_id = k.found;
    return status;
}

oko_status oko_template_chosen(const oko_cycle *c, int64_t unit, int64_t *ret_id, oko_error *err)
{
    *ret_id = 0;
    oko_status status = OKO_OK;
    for (int step = 0; status == OKO_OK && step <= OKO_LEVEL_COUNT; step++) {
        oko_unit u = { .parent = 0 };
        status = chosen_of(c, unit, 0, ret_id, err);
        if (status != OKO_OK || *ret_id != 0 || unit == 0) {
            return status;
        }
        status = oko_store_unit_get(c->store, unit, &u, err);
        unit = u.parent;
    }
    return status;
}

/* ---- choosing ---- */

/* Whatever was chosen before at the same unit is no longer. */
static oko_status release_other(const oko_cycle *c, const oko_entry *e, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry other = { 0 };
    int64_t id = 0;
    oko_status status = chosen_of(c, e->head.unit, e->head.id, &id, err);
    if (status != OKO_OK || id == 0) {
        return status;
    }
    status = oko_cycle_load(c, "template", id, &other, err);
    if (status == OKO_OK) {
        (void)oko_str_copy(other.head.state, sizeof other.head.state, OKO_STR("available"));
        status = oko_cycle_put(c, &other, "release", err);
    }
    return status;
}

static oko_status creating(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    (void)c;
    if (oko_body_int(e->body, "file") == 0) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "file");
    }
    return OKO_OK;
}

static oko_status acting(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    (void)input;
    return strcmp(a->name, "choose") == 0 ? release_other(c, e, err) : OKO_OK;
}

const oko_noun oko_noun_template = { .kind = "template", .creating = creating, .acting = acting };
