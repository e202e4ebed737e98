/* Reads the flows; every name in the file is checked against the others, so that a slip is found at the start. */
#include "cycle/flow.h"

#include "reference/embedded.h"
#include "reference/json.h"

#include <stdlib.h>
#include <string.h>

struct oko_flows {
    json_t *json; /* owns the texts */
    int n;
    oko_flow flow[OKO_FLOW_KINDS];
};

/* Where a fault is: kind/action/member. */
typedef struct reading {
    const char *kind, *part;
    oko_error *err;
} reading;

static oko_status fault(const reading *r, const char *member)
{
    oko_status status = oko_error_set(r->err, OKO_E_FORMAT, "cycle.flows.fault", "flows.json");
    oko_error_arg(r->err, "%s/%s/%s", r->kind, r->part, member);
    return status;
}

static oko_status read_names(const reading *r, const json_t *o, const char *member, oko_names *ret_names)
{
    const json_t *list = json_object_get(o, member);
    *ret_names = (oko_names){ 0 };
    if (list == NULL) {
        return OKO_OK;
    }
    if (!json_is_array(list) || json_array_size(list) > OKO_FLOW_NAMES) {
        return fault(r, member);
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *name = json_string_value(json_array_get(list, i));
        if (name == NULL || *name == '\0') {
            return fault(r, member);
        }
        ret_names->at[ret_names->n++] = name;
    }
    return OKO_OK;
}

static oko_status read_states(const reading *r, const oko_flow *flow, const json_t *list, const char *member,
                              unsigned *ret_bits)
{
    *ret_bits = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *name = json_string_value(json_array_get(list, i));
        int at = name != NULL ? oko_flow_state(flow, name) : -1;
        if (at < 0) {
            return fault(r, member);
        }
        *ret_bits |= 1u << at;
    }
    return OKO_OK;
}

static oko_status read_roles(const reading *r, const json_t *list, const char *member, unsigned *ret_roles)
{
    *ret_roles = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        oko_role role;
        if (!oko_role_parse(oko_str_of(json_string_value(json_array_get(list, i))), &role)) {
            return fault(r, member);
        }
        *ret_roles |= OKO_ROLE_BIT(role);
    }
    return OKO_OK;
}

static oko_status read_right(reading *r, const oko_flow *flow, const json_t *o, const char *name, oko_flow_right *ret)
{
    const json_t *right = json_object_get(o, name);
    r->part = name;
    if (!json_is_object(right) ||
        !oko_scope_parse(oko_str_of(json_string_value(json_object_get(right, "scope"))), &ret->scope)) {
        return fault(r, "scope");
    }
    oko_status status = read_roles(r, json_object_get(right, "roles"), "roles", &ret->roles);
    return status == OKO_OK ? read_states(r, flow, json_object_get(right, "states"), "states", &ret->states) : status;
}

static oko_status read_levels(const reading *r, const json_t *list, unsigned *ret_levels)
{
    *ret_levels = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        oko_level level;
        if (!oko_level_parse(oko_str_of(json_string_value(json_array_get(list, i))), &level)) {
            return fault(r, "levels");
        }
        *ret_levels |= 1u << level;
    }
    return OKO_OK;
}

static oko_status read_action(reading *r, const oko_flow *flow, const json_t *o, oko_flow_action *a)
{
    a->name = json_string_value(json_object_get(o, "name"));
    r->part = a->name != NULL ? a->name : "?";
    const char *to = json_string_value(json_object_get(o, "to"));
    a->to = to != NULL && *to != '\0' ? oko_flow_state(flow, to) : -1;
    if (a->name == NULL || to == NULL || (*to != '\0' && a->to < 0)) {
        return fault(r, "to");
    }
    if (!oko_scope_parse(oko_str_of(json_string_value(json_object_get(o, "scope"))), &a->scope)) {
        return fault(r, "scope");
    }
    a->sets_due = json_string_value(json_object_get(o, "sets_due"));
    a->choices = json_object_get(o, "choices");
    oko_status status = read_states(r, flow, json_object_get(o, "from"), "from", &a->from);
    status = status == OKO_OK ? read_roles(r, json_object_get(o, "roles"), "roles", &a->roles) : status;
    status = status == OKO_OK ? read_levels(r, json_object_get(o, "levels"), &a->levels) : status;
    status = status == OKO_OK ? read_names(r, o, "requires", &a->requires) : status;
    status = status == OKO_OK ? read_names(r, o, "body_requires", &a->body_requires) : status;
    status = status == OKO_OK ? read_names(r, o, "allows", &a->allows) : status;
    status = status == OKO_OK ? read_names(r, o, "links", &a->links) : status;
    return status == OKO_OK ? read_names(r, o, "differs_from", &a->differs_from) : status;
}

static oko_status read_flow_states(reading *r, const json_t *o, oko_flow *f)
{
    const json_t *list = json_object_get(o, "states");
    r->part = "states";
    if (json_array_size(list) == 0 || json_array_size(list) > OKO_FLOW_STATES) {
        return fault(r, "number");
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        f->states[f->n_states] = json_string_value(json_array_get(list, i));
        if (f->states[f->n_states++] == NULL) {
            return fault(r, "name");
        }
    }
    const char *initial = json_string_value(json_object_get(o, "initial"));
    f->initial = initial != NULL ? oko_flow_state(f, initial) : -1;
    if (f->initial < 0) {
        return fault(r, "initial");
    }
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(o, "due_days"), key, value)
    {
        int at = oko_flow_state(f, key);
        if (at < 0 || !json_is_integer(value)) {
            return fault(r, "due_days");
        }
        f->due_days[at] = (int)json_integer_value(value);
    }
    return read_states(r, f, json_object_get(o, "final"), "final", &f->final);
}

/* Names of a later state that a role begins to see; absent: the first. */
static oko_status read_from(const reading *r, const oko_flow *f, const json_t *read, const char *member, int *ret_from)
{
    const char *name = json_string_value(json_object_get(read, member));
    *ret_from = name != NULL ? oko_flow_state(f, name) : 0;
    return *ret_from >= 0 ? OKO_OK : fault(r, member);
}

static oko_status read_flow(reading *r, const json_t *o, oko_flow *f)
{
    f->schema = json_string_value(json_object_get(o, "schema"));
    f->restricted = json_is_true(json_object_get(o, "restricted"));
    oko_status status = f->schema != NULL ? read_flow_states(r, o, f) : fault(r, "schema");
    status = status == OKO_OK ? read_right(r, f, o, "read", &f->read) : status;
    const json_t *read = json_object_get(o, "read");
    status = status == OKO_OK ? read_from(r, f, read, "school_from", &f->school_from) : status;
    status = status == OKO_OK ? read_from(r, f, read, "municipal_from", &f->municipal_from) : status;
    status = status == OKO_OK ? read_roles(r, json_object_get(read, "own_for"), "own_for", &f->own_for) : status;
    status = status == OKO_OK ? read_right(r, f, o, "create", &f->create) : status;
    status = status == OKO_OK ? read_right(r, f, o, "edit", &f->edit) : status;
    const json_t *actions = json_object_get(o, "actions");
    if (status == OKO_OK && json_array_size(actions) > OKO_FLOW_ACTIONS) {
        return fault(r, "actions");
    }
    for (size_t i = 0; status == OKO_OK && i < json_array_size(actions); i++) {
        status = read_action(r, f, json_array_get(actions, i), &f->actions[f->n_actions++]);
    }
    /* Only now are all actions known. */
    for (int i = 0; status == OKO_OK && i < f->n_actions; i++) {
        const oko_names *names = &f->actions[i].differs_from;
        for (int k = 0; k < names->n; k++) {
            r->part = f->actions[i].name;
            status = oko_flow_action_find(f, names->at[k]) == NULL ? fault(r, "differs_from") : status;
        }
    }
    return status;
}

oko_status oko_flows_parse(oko_str text, oko_flows **ret_flows, oko_error *err)
{
    OKO_CLEANUP(oko_flows_freep) oko_flows *flows = calloc(1, sizeof *flows);
    if (flows == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    oko_status status = oko_json_parse(text, "flows.json", &flows->json, err);
    if (status != OKO_OK) {
        return status;
    }
    const char *kind;
    json_t *o;
    json_object_foreach(json_object_get(flows->json, "kinds"), kind, o)
    {
        reading r = { .kind = kind, .part = "", .err = err };
        if (flows->n == OKO_FLOW_KINDS) {
            return fault(&r, "number");
        }
        flows->flow[flows->n].kind = kind;
        status = read_flow(&r, o, &flows->flow[flows->n]);
        if (status != OKO_OK) {
            return status;
        }
        flows->n++;
    }
    *ret_flows = flows;
    flows = NULL;
    return OKO_OK;
}

oko_status oko_flows_open(oko_flows **ret_flows, oko_error *err)
{
    oko_str text;
    if (!oko_embedded_find("cycle/flows.json", &text)) {
        return oko_error_set(err, OKO_E_INTERNAL, "", "flows.json");
    }
    return oko_flows_parse(text, ret_flows, err);
}

void oko_flows_free(oko_flows *flows)
{
    if (flows != NULL) {
        json_decref(flows->json);
        free(flows);
    }
}

void oko_flows_freep(oko_flows **flows)
{
    oko_flows_free(*flows);
}

const oko_flow *oko_flow_find(const oko_flows *flows, const char *kind)
{
    for (int i = 0; i < flows->n; i++) {
        if (strcmp(flows->flow[i].kind, kind) == 0) {
            return &flows->flow[i];
        }
    }
    return NULL;
}

const oko_flow *oko_flow_at(const oko_flows *flows, int i)
{
    return i >= 0 && i < flows->n ? &flows->flow[i] : NULL;
}

int oko_flow_state(const oko_flow *flow, const char *state)
{
    for (int i = 0; i < flow->n_states; i++) {
        if (strcmp(flow->states[i], state) == 0) {
            return i;
        }
    }
    return -1;
}

const oko_flow_action *oko_flow_action_find(const oko_flow *flow, const char *action)
{
    for (int i = 0; i < flow->n_actions; i++) {
        if (strcmp(flow->actions[i].name, action) == 0) {
            return &flow->actions[i];
        }
    }
    return NULL;
}

unsigned oko_flow_visible(const oko_flow *flow, oko_role role)
{
    const unsigned all = (1u << flow->n_states) - 1;
    const int from = role == OKO_ROLE_SCHOOL      ? flow->school_from
                     : role == OKO_ROLE_MUNICIPAL ? flow->municipal_from
                                                  : 0;
    return all & ~((1u << from) - 1);
}
