/* Reading and writing of records by the rules of their flow. */
#include "cycle/cycle.h"

#include "base/memory.h"
#include "cycle/nouns.h"
#include "domain/date.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void oko_entry_clear(oko_entry *e)
{
    json_decref(e->body);
    *e = (oko_entry){ 0 };
}

/* ---- small helpers ---- */

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

static oko_status begin(const oko_cycle *c, oko_error *err)
{
    return c->in_transaction ? OKO_OK : oko_store_begin(c->store, err);
}

oko_status oko_cycle_begin(const oko_cycle *c, oko_cycle *ret_inside, oko_error *err)
{
    *ret_inside = *c;
    ret_inside->in_transaction = true;
    return begin(c, err);
}

static oko_status end(const oko_cycle *c, oko_status status, oko_error *err)
{
    if (c->in_transaction) {
        return status;
    }
    if (status == OKO_OK) {
        return oko_store_commit(c->store, err);
    }
    oko_store_rollback(c->store);
    return status;
}

oko_status oko_cycle_end(const oko_cycle *c, oko_status status, oko_error *err)
{
    return end(c, status, err);
}

static void object_name(const oko_entry *e, char *ret_name, size_t bytes)
{
    (void)snprintf(ret_name, bytes, "%s/%lld", e->head.kind, (long long)e->head.id);
}

static oko_status note(const oko_cycle *c, const oko_entry *e, const char *verb, const json_t *detail, oko_error *err)
{
    char action[64], object[64];
    (void)snprintf(action, sizeof action, "%s.%s", e->head.kind, verb);
    object_name(e, object, sizeof object);
    OKO_CLEANUP(oko_freep) char *text = detail != NULL ? json_dumps(detail, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    if (detail != NULL && text == NULL) {
        return no_memory(err);
    }
    return oko_audit_note(c->store, c->actor, action, object, e->head.unit, text, err);
}

/* A JSON value that says nothing: absent, null, "", [], {}. */
static bool empty(const json_t *v)
{
    return v == NULL || json_is_null(v) || (json_is_string(v) && json_string_length(v) == 0) ||
           (json_is_array(v) && json_array_size(v) == 0) || (json_is_object(v) && json_object_size(v) == 0);
}

static const oko_flow *flow_of(const oko_cycle *c, const char *kind, oko_error *err)
{
    const oko_flow *flow = oko_flow_find(c->flows, kind);
    if (flow == NULL) {
        (void)oko_error_set(err, OKO_E_NOT_FOUND, "cycle.kind", kind);
    }
    return flow;
}

static oko_status check_body(const oko_cycle *c, const oko_flow *flow, const json_t *body, bool client, oko_error *err)
{
    return c->check == NULL ? OKO_OK : c->check(c->check_ctx, flow->schema, body, client, err);
}

/* ---- reading ---- */

typedef struct taking {
    const oko_cycle *c;
    oko_entry *entry;
    oko_entry_fn fn; /* walks: called for each */
    void *ctx;
    oko_error *err;
} taking;

static oko_status parse(const taking *t, const oko_record *r, oko_entry *ret_entry)
{
    oko_entry e = { .head = *r, .flow = oko_flow_find(t->c->flows, r->kind) };
    oko_status status = oko_json_parse((oko_str){ r->body, r->body_len }, r->kind, &e.body, t->err);
    e.head.body = NULL;
    e.head.body_len = 0;
    if (status == OKO_OK) {
        *ret_entry = e;
    }
    return status;
}

static oko_status take(void *ctx, const oko_record *r)
{
    const taking *t = ctx;
    return parse(t, r, t->entry);
}

static oko_status hand_on(void *ctx, const oko_record *r)
{
    const taking *t = ctx;
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = parse(t, r, &e);
    return status == OKO_OK ? t->fn(t->ctx, &e) : status;
}

/* May the actor see this record? OKO_E_NOT_FOUND when not. */
static oko_status visible(const oko_cycle *c, const oko_entry *e, oko_error *err)
{
    const oko_flow *flow = e->flow;
    const oko_actor *a = c->actor;
    if (a->owner) {
        return OKO_OK;
    }
    oko_status status = oko_access_role(a, flow->read.roles, false, err);
    if (status != OKO_OK) {
        return status;
    }
    const int state = oko_flow_state(flow, e->head.state);
    const bool hidden = (flow->own_for & OKO_ROLE_BIT(a->role)) != 0 && e->head.assignee != a->user;
    if (hidden || state < 0 || (oko_flow_visible(flow, a->role) & (1u << state)) == 0) {
        return oko_error_set(err, OKO_E_NOT_FOUND, "cycle.record", "");
    }
    if (flow->own_for & OKO_ROLE_BIT(a->role)) {
        return OKO_OK; /* what is assigned to an observer lies at other units */
    }
    return oko_access_unit(c->store, a, e->head.unit, flow->read.scope, err);
}

/* The record of this kind, whoever asks. */
static oko_status load(const oko_cycle *c, const char *kind, int64_t id, oko_entry *ret_entry, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    taking t = { .c = c, .entry = &e, .err = err };
    oko_status status = oko_store_record_get(c->store, id, 0, take, &t, err);
    if (status != OKO_OK) {
        return status;
    }
    if (e.flow == NULL || (kind != NULL && strcmp(kind, e.head.kind) != 0) || e.head.removed) {
        return oko_error_set(err, OKO_E_NOT_FOUND, "cycle.record", "");
    }
    *ret_entry = e;
    e.body = NULL;
    return OKO_OK;
}

static oko_status load_visible(const oko_cycle *c, const char *kind, int64_t id, oko_entry *ret_entry, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = load(c, kind, id, &e, err);
    status = status == OKO_OK ? visible(c, &e, err) : status;
    if (status == OKO_OK) {
        *ret_entry = e;
        e.body = NULL;
    }
    return status;
}

oko_status oko_cycle_get(const oko_cycle *c, const char *kind, int64_t id, oko_entry *ret_entry, oko_error *err)
{
    return load_visible(c, kind, id, ret_entry, err);
}

/* Keeps of the asked states those that the actor may see. */
static bool narrow_states(unsigned seen, const oko_flow *flow, oko_record_query *query, oko_reach_space *space)
{
    size_t at = 0;
    space->states[0] = '\0';
    for (int i = 0; i < flow->n_states; i++) {
        oko_str list = oko_str_of(query->states);
        bool asked = list.len == 0;
        for (size_t from = 0; !asked && from < list.len;) {
            size_t to = from;
            while (to < list.len && list.ptr[to] != ',') {
                to++;
            }
            asked = oko_str_equal((oko_str){ list.ptr + from, to - from }, oko_str_of(flow->states[i]));
            from = to + 1;
        }
        if (asked && (seen & (1u << i)) != 0) {
            at += (size_t)snprintf(space->states + at, sizeof space->states - at, "%s%s", at > 0 ? "," : "",
                                   flow->states[i]);
        }
    }
    query->states = space->states;
    return at > 0;
}

oko_status oko_cycle_reach(const oko_cycle *c, const oko_flow *flow, oko_record_query *query, oko_reach_space *space,
                           bool *ret_nothing, oko_error *err)
{
    const oko_actor *a = c->actor;
    *ret_nothing = false;
    if (a->owner) {
        return OKO_OK;
    }
    oko_status status = oko_access_role(a, flow->read.roles, false, err);
    if (status != OKO_OK) {
        return status;
    }
    const unsigned seen = oko_flow_visible(flow, a->role);
    if (seen != (1u << flow->n_states) - 1 && !narrow_states(seen, flow, query, space)) {
        *ret_nothing = true;
        return OKO_OK;
    }
    if (flow->own_for & OKO_ROLE_BIT(a->role)) {
        *ret_nothing = query->assignee != 0 && query->assignee != a->user;
        query->assignee = a->user;
        return OKO_OK;
    }
    if (flow->read.scope == OKO_SCOPE_ANY || a->unit == 0) {
        return OKO_OK;
    }
    if (query->unit == 0) {
        query->unit = a->unit;
        query->subtree = flow->read.scope != OKO_SCOPE_OWN;
        query->or_above = query->or_common = flow->read.scope == OKO_SCOPE_LINE;
        return OKO_OK;
    }
    return oko_access_unit(c->store, a, query->unit, flow->read.scope, err);
}

oko_status oko_cycle_list(const oko_cycle *c, const oko_record_query *query, oko_entry_fn fn, void *ctx,
                          int64_t *ret_total, oko_error *err)
{
    const oko_flow *flow = flow_of(c, query->kind, err);
    if (flow == NULL) {
        return OKO_E_NOT_FOUND;
    }
    oko_record_query q = *query;
    oko_reach_space space;
    bool nothing;
    oko_status status = oko_cycle_reach(c, flow, &q, &space, &nothing, err);
    if (status != OKO_OK) {
        return status;
    }
    if (nothing) {
        if (ret_total != NULL) {
            *ret_total = 0;
        }
        return OKO_OK;
    }
    taking t = { .c = c, .fn = fn, .ctx = ctx, .err = err };
    return oko_store_record_walk(c->store, &q, hand_on, &t, ret_total, err);
}

oko_status oko_cycle_load(const oko_cycle *c, const char *kind, int64_t id, oko_entry *ret_entry, oko_error *err)
{
    return load(c, kind, id, ret_entry, err);
}

oko_status oko_cycle_find(const oko_cycle *c, const char *kind, const char *key, oko_entry *ret_entry, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    taking t = { .c = c, .entry = &e, .err = err };
    oko_status status = oko_store_record_find(c->store, kind, key, take, &t, err);
    if (status == OKO_OK) {
        *ret_entry = e;
        e.body = NULL;
    }
    return status;
}

oko_status oko_cycle_each(const oko_cycle *c, const oko_record_query *query, oko_entry_fn fn, void *ctx, oko_error *err)
{
    oko_record_query q = *query;
    int64_t total = 0;
    taking t = { .c = c, .fn = fn, .ctx = ctx, .err = err };
    oko_status status = OKO_OK;
    q.limit = OKO_RECORD_QUERY_LIMIT;
    for (q.offset = 0; status == OKO_OK && (q.offset == 0 || q.offset < total); q.offset += q.limit) {
        status = oko_store_record_walk(c->store, &q, hand_on, &t, &total, err);
    }
    return status;
}

oko_status oko_cycle_history(const oko_cycle *c, const char *kind, int64_t id, oko_entry_fn fn, void *ctx,
                             oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = load_visible(c, kind, id, &e, err);
    taking t = { .c = c, .fn = fn, .ctx = ctx, .err = err };
    return status == OKO_OK ? oko_store_record_history(c->store, id, hand_on, &t, err) : status;
}

/* ---- writing ---- */

static oko_status put(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    OKO_CLEANUP(oko_freep) char *body = json_dumps(e->body, JSON_COMPACT | JSON_SORT_KEYS);
    if (body == NULL) {
        return no_memory(err);
    }
    oko_record r = e->head, now;
    r.body = body;
    r.body_len = strlen(body);
    r.updated_by = c->actor->user;
    memcpy(r.at, c->now, sizeof r.at);
    if (r.id == 0) {
        r.created_by = c->actor->user;
    }
    oko_status status = oko_store_record_put(c->store, &r, &now, err);
    if (status == OKO_OK) {
        now.body = NULL;
        now.body_len = 0;
        e->head = now;
    }
    return status;
}

oko_status oko_cycle_put(const oko_cycle *c, oko_entry *e, const char *what, oko_error *err)
{
    e->flow = e->flow != NULL ? e->flow : flow_of(c, e->head.kind, err);
    if (e->flow == NULL) {
        return OKO_E_NOT_FOUND;
    }
    oko_status status = begin(c, err);
    if (status != OKO_OK) {
        return status;
    }
    status = check_body(c, e->flow, e->body, false, err);
    status = status == OKO_OK ? put(c, e, err) : status;
    status = status == OKO_OK ? note(c, e, what, NULL, err) : status;
    return end(c, status, err);
}

static oko_status set_text(char *dst, size_t bytes, const char *text, const char *field, oko_error *err)
{
    if (text == NULL) {
        return OKO_OK;
    }
    if (strlen(text) >= bytes) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.too_long", field);
    }
    memcpy(dst, text, strlen(text) + 1);
    return OKO_OK;
}

/* Plain fields and members of the body from what a client sent. */
static oko_status apply(const oko_draft *d, oko_entry *e, oko_error *err)
{
    if (d->due != NULL && *d->due != '\0' && !oko_date_valid(d->due)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.date", "due");
    }
    oko_status status = set_text(e->head.title, sizeof e->head.title, d->title, "title", err);
    status = status == OKO_OK ? set_text(e->head.due, sizeof e->head.due, d->due, "due", err) : status;
    status = status == OKO_OK ? set_text(e->head.key, sizeof e->head.key, d->key, "key", err) : status;
    e->head.year = d->year != 0 ? d->year : e->head.year;
    e->head.assignee = d->assignee != NULL ? *d->assignee : e->head.assignee;
    const char *name;
    json_t *value;
    json_object_foreach(d->body, name, value)
    {
        const int failed =
            json_is_null(value) ? (json_object_del(e->body, name), 0) : json_object_set(e->body, name, value);
        if (failed != 0) {
            return no_memory(err);
        }
    }
    return status;
}

static oko_status check_client(const oko_cycle *c, const oko_flow *flow, const json_t *body, oko_error *err)
{
    return body == NULL ? OKO_OK : check_body(c, flow, body, true, err);
}

static oko_status create(const oko_cycle *c, const oko_flow *flow, const oko_draft *draft, oko_entry *e, oko_error *err)
{
    const oko_noun *noun = oko_noun_find(flow->kind);
    e->flow = flow;
    e->body = json_object();
    if (e->body == NULL) {
        return no_memory(err);
    }
    (void)snprintf(e->head.kind, sizeof e->head.kind, "%s", flow->kind);
    (void)snprintf(e->head.state, sizeof e->head.state, "%s", flow->states[flow->initial]);
    e->head.unit = draft->unit;
    oko_status status = check_client(c, flow, draft->body, err);
    status = status == OKO_OK ? apply(draft, e, err) : status;
    if (status == OKO_OK && e->head.due[0] == '\0' && flow->due_days[flow->initial] > 0) {
        (void)oko_date_add(c->today, flow->due_days[flow->initial], e->head.due);
    }
    if (status == OKO_OK && noun != NULL && noun->creating != NULL) {
        status = noun->creating(c, e, err);
    }
    status = status == OKO_OK ? check_body(c, flow, e->body, false, err) : status;
    status = status == OKO_OK ? put(c, e, err) : status;
    status = status == OKO_OK ? note(c, e, "create", NULL, err) : status;
    if (status == OKO_OK && noun != NULL && noun->done != NULL) {
        oko_cycle inside = *c;
        inside.in_transaction = true;
        status = noun->done(&inside, e, "create", err);
    }
    return status;
}

static void give(oko_entry *e, oko_entry *ret_entry)
{
    if (ret_entry != NULL) {
        *ret_entry = *e;
        e->body = NULL;
    }
}

oko_status oko_cycle_create(const oko_cycle *c, const char *kind, const oko_draft *draft, oko_entry *ret_entry,
                            oko_error *err)
{
    const oko_flow *flow = flow_of(c, kind, err);
    if (flow == NULL) {
        return OKO_E_NOT_FOUND;
    }
    oko_status status = oko_access_role(c->actor, flow->create.roles, true, err);
    status = status == OKO_OK ? oko_access_unit(c->store, c->actor, draft->unit, flow->create.scope, err) : status;
    status = status == OKO_OK ? begin(c, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    status = end(c, create(c, flow, draft, &e, err), err);
    if (status == OKO_OK) {
        give(&e, ret_entry);
    }
    return status;
}

static oko_status changed(const oko_entry *e, int64_t version, oko_error *err)
{
    if (e->head.version == version) {
        return OKO_OK;
    }
    oko_status status = oko_error_set(err, OKO_E_CONFLICT, "record.changed", "");
    oko_error_arg(err, "%lld", (long long)e->head.version);
    return status;
}

static oko_status wrong_state(const oko_entry *e, const char *what, oko_error *err)
{
    oko_status status = oko_error_set(err, OKO_E_CONFLICT, "cycle.state", what);
    oko_error_arg(err, "%s", e->head.state);
    return status;
}

/* A person assigned to it (an observer) reaches a record wherever it is. */
static oko_status reach(const oko_cycle *c, const oko_entry *e, oko_scope scope, oko_error *err)
{
    if ((e->flow->own_for & OKO_ROLE_BIT(c->actor->role)) != 0 && e->head.assignee == c->actor->user) {
        return OKO_OK;
    }
    oko_status status = oko_access_unit(c->store, c->actor, e->head.unit, scope, err);
    /* Seen, but not theirs to change. */
    return status == OKO_E_NOT_FOUND ? oko_error_set(err, OKO_E_PERMISSION, "access.unit", "") : status;
}

static oko_status may_edit(const oko_cycle *c, const oko_entry *e, oko_error *err)
{
    oko_status status = oko_access_role(c->actor, e->flow->edit.roles, true, err);
    status = status == OKO_OK ? reach(c, e, e->flow->edit.scope, err) : status;
    const int state = oko_flow_state(e->flow, e->head.state);
    if (status == OKO_OK && (state < 0 || (e->flow->edit.states & (1u << state)) == 0)) {
        return wrong_state(e, "edit", err);
    }
    return status;
}

static oko_status change(const oko_cycle *c, const char *kind, int64_t id, int64_t version, const oko_draft *draft,
                         oko_entry *e, oko_error *err)
{
    oko_status status = load_visible(c, kind, id, e, err);
    status = status == OKO_OK ? changed(e, version, err) : status;
    status = status == OKO_OK ? may_edit(c, e, err) : status;
    status = status == OKO_OK ? check_client(c, e->flow, draft->body, err) : status;
    status = status == OKO_OK ? apply(draft, e, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    const oko_noun *noun = oko_noun_find(kind);
    oko_cycle inside = *c;
    inside.in_transaction = true; /* the hook may write other records, too */
    status = noun != NULL && noun->changing != NULL ? noun->changing(&inside, e, err) : OKO_OK;
    status = status == OKO_OK ? check_body(c, e->flow, e->body, false, err) : status;
    status = status == OKO_OK ? put(c, e, err) : status;
    return status == OKO_OK ? note(c, e, "change", NULL, err) : status;
}

oko_status oko_cycle_change(const oko_cycle *c, const char *kind, int64_t id, int64_t version, const oko_draft *draft,
                            oko_entry *ret_entry, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = begin(c, err);
    if (status != OKO_OK) {
        return status;
    }
    status = end(c, change(c, kind, id, version, draft, &e, err), err);
    if (status == OKO_OK) {
        give(&e, ret_entry);
    }
    return status;
}

/* ---- actions ---- */

static oko_status require(const json_t *o, const oko_names *names, oko_error *err)
{
    for (int i = 0; i < names->n; i++) {
        if (empty(json_object_get(o, names->at[i]))) {
            return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", names->at[i]);
        }
    }
    return OKO_OK;
}

/* Who took this action last; 0: nobody (or the program). */
static int64_t last_by(const oko_entry *e, const char *action)
{
    const json_t *steps = json_object_get(e->body, "steps");
    for (size_t i = json_array_size(steps); i > 0; i--) {
        const json_t *step = json_array_get(steps, i - 1);
        const char *name = json_string_value(json_object_get(step, "action"));
        if (name != NULL && strcmp(name, action) == 0) {
            return json_integer_value(json_object_get(step, "by"));
        }
    }
    return 0;
}

static oko_status differs(const oko_cycle *c, const oko_entry *e, const oko_flow_action *a, oko_error *err)
{
    for (int i = 0; i < a->differs_from.n; i++) {
        if (c->actor->user != 0 && last_by(e, a->differs_from.at[i]) == c->actor->user) {
            return oko_error_set(err, OKO_E_CONFLICT, "cycle.same_person", a->differs_from.at[i]);
        }
    }
    return OKO_OK;
}

static oko_status right_level(const oko_cycle *c, const oko_entry *e, const oko_flow_action *a, oko_error *err)
{
    oko_unit u;
    if (a->levels == 0) {
        return OKO_OK;
    }
    oko_status status = oko_store_unit_get(c->store, e->head.unit, &u, err);
    if (status == OKO_OK && (a->levels & (1u << u.level)) == 0) {
        return oko_error_set(err, OKO_E_CONFLICT, "cycle.level", a->name);
    }
    return status;
}

oko_status oko_cycle_may(const oko_cycle *c, const oko_entry *e, const oko_flow_action *a, oko_error *err)
{
    const int state = oko_flow_state(e->flow, e->head.state);
    oko_status status = oko_access_role(c->actor, a->roles, true, err);
    status = status == OKO_OK ? reach(c, e, a->scope, err) : status;
    if (status == OKO_OK && (state < 0 || (a->from & (1u << state)) == 0)) {
        status = wrong_state(e, a->name, err);
    }
    status = status == OKO_OK ? right_level(c, e, a, err) : status;
    return status == OKO_OK ? differs(c, e, a, err) : status;
}

typedef struct seeking {
    const char *relation;
    bool found;
} seeking;

static oko_status seek(void *ctx, const oko_record_link *link)
{
    seeking *s = ctx;
    s->found = s->found || strcmp(link->relation, s->relation) == 0;
    return OKO_OK;
}

static oko_status has_links(const oko_cycle *c, const oko_entry *e, const oko_flow_action *a, oko_error *err)
{
    for (int i = 0; i < a->links.n; i++) {
        seeking s = { .relation = a->links.at[i] };
        oko_status status = oko_store_link_walk(c->store, e->head.id, OKO_LINK_TARGET_COUNT, 0, seek, &s, err);
        if (status != OKO_OK) {
            return status;
        }
        if (!s.found) {
            return oko_error_set(err, OKO_E_ARGUMENT, "cycle.link_required", a->links.at[i]);
        }
    }
    return OKO_OK;
}

/* The deadline of the new state: as the input says, else so many days from today, else none. */
static oko_status set_due(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, const json_t *input,
                          oko_error *err)
{
    const json_t *given = a->sets_due != NULL ? json_object_get(input, a->sets_due) : NULL;
    if (!empty(given)) {
        const char *date = json_string_value(given);
        if (date == NULL || !oko_date_valid(date)) {
            return oko_error_set(err, OKO_E_ARGUMENT, "cycle.date", a->sets_due);
        }
        return set_text(e->head.due, sizeof e->head.due, date, a->sets_due, err);
    }
    const int state = oko_flow_state(e->flow, e->head.state);
    if (a->to >= 0) {
        e->head.due[0] = '\0';
        if (e->flow->due_days[state] > 0) {
            (void)oko_date_add(c->today, e->flow->due_days[state], e->head.due);
        }
    }
    return OKO_OK;
}

oko_status oko_cycle_step(const oko_cycle *c, oko_entry *e, const char *action, json_t *input, oko_error *err)
{
    json_t *steps = json_object_get(e->body, "steps");
    if (steps == NULL) {
        steps = json_array();
        if (steps == NULL || json_object_set_new(e->body, "steps", steps) != 0) {
            return no_memory(err);
        }
    }
    if (json_array_size(steps) >= OKO_CYCLE_MAX_STEPS) {
        return oko_error_set(err, OKO_E_LIMIT, "cycle.steps", "");
    }
    json_t *step = json_pack("{s:s, s:s, s:I, s:s, s:O}", "action", action, "on", c->today, "by",
                             (json_int_t)c->actor->user, "login", c->actor->login, "input", input);
    return step != NULL && json_array_append_new(steps, step) == 0 ? OKO_OK : no_memory(err);
}

/* The step is noted, and the input's members become members of the body. */
static oko_status add_step(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    oko_status status = oko_cycle_step(c, e, a->name, input, err);
    const char *name;
    json_t *value;
    json_object_foreach(input, name, value)
    {
        if (status == OKO_OK && json_object_set(e->body, name, value) != 0) {
            return no_memory(err);
        }
    }
    return status;
}

/* Where the flow names the words that a member of the input may be, it is one of them. */
static oko_status choose(const oko_flow_action *a, const json_t *input, oko_error *err)
{
    const char *name;
    json_t *words;
    json_object_foreach((json_t *)(uintptr_t)a->choices, name, words)
    {
        const json_t *given = json_object_get(input, name);
        bool known = empty(given);
        for (size_t i = 0; !known && i < json_array_size(words); i++) {
            known = json_equal(given, json_array_get(words, i)) != 0;
        }
        if (!known) {
            return oko_error_set(err, OKO_E_ARGUMENT, "cycle.choice", name);
        }
    }
    return OKO_OK;
}

static bool named(const oko_names *names, const char *name)
{
    for (int i = 0; i < names->n; i++) {
        if (strcmp(names->at[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Words that may go with any step. */
static const oko_names remarks = { .n = 3, .at = { "comment", "reason", "summary" } };

/* Members of the input become members of the body: only those that the action names get through, so that nobody
 * writes into a body by an action. */
static oko_status check_members(const oko_flow_action *a, json_t *input, oko_error *err)
{
    const char *name;
    json_t *value;
    json_object_foreach(input, name, value)
    {
        const bool known = named(&a->requires, name) || named(&a->allows, name) || named(&remarks, name) ||
                           (a->sets_due != NULL && strcmp(a->sets_due, name) == 0);
        if (strcmp(name, "steps") == 0 || !known) {
            return oko_error_set(err, OKO_E_ARGUMENT, "cycle.read_only", name);
        }
    }
    return OKO_OK;
}

static oko_status check_input(const oko_cycle *c, const oko_entry *e, const oko_flow_action *a, json_t *input,
                              oko_error *err)
{
    oko_status status = check_members(a, input, err);
    status = status == OKO_OK ? require(input, &a->requires, err) : status;
    status = status == OKO_OK ? choose(a, input, err) : status;
    status = status == OKO_OK ? require(e->body, &a->body_requires, err) : status;
    return status == OKO_OK ? has_links(c, e, a, err) : status;
}

static oko_status act(const oko_cycle *c, const char *kind, int64_t id, int64_t version, const char *action,
                      json_t *input, oko_entry *e, oko_error *err)
{
    oko_status status = load_visible(c, kind, id, e, err);
    if (status != OKO_OK) {
        return status;
    }
    const oko_flow_action *a = oko_flow_action_find(e->flow, action);
    if (a == NULL) {
        return oko_error_set(err, OKO_E_NOT_FOUND, "cycle.action", action);
    }
    status = changed(e, version, err);
    status = status == OKO_OK ? oko_cycle_may(c, e, a, err) : status;
    status = status == OKO_OK ? check_input(c, e, a, input, err) : status;
    status = status == OKO_OK ? add_step(c, e, a, input, err) : status;
    if (status == OKO_OK && a->to >= 0) {
        (void)snprintf(e->head.state, sizeof e->head.state, "%s", e->flow->states[a->to]);
    }
    status = status == OKO_OK ? set_due(c, e, a, input, err) : status;
    const oko_noun *noun = oko_noun_find(kind);
    oko_cycle inside = *c;
    inside.in_transaction = true;
    if (status == OKO_OK && noun != NULL && noun->acting != NULL) {
        status = noun->acting(&inside, e, a, input, err);
    }
    status = status == OKO_OK ? check_body(c, e->flow, e->body, false, err) : status;
    status = status == OKO_OK ? put(c, e, err) : status;
    status = status == OKO_OK ? note(c, e, action, NULL, err) : status;
    if (status == OKO_OK && noun != NULL && noun->done != NULL) {
        status = noun->done(&inside, e, action, err);
    }
    return status;
}

oko_status oko_cycle_act(const oko_cycle *c, const char *kind, int64_t id, int64_t version, const char *action,
                         json_t *input, oko_entry *ret_entry, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *given = input != NULL ? json_incref(input) : json_object();
    if (given == NULL) {
        return no_memory(err);
    }
    oko_status status = begin(c, err);
    if (status != OKO_OK) {
        return status;
    }
    status = end(c, act(c, kind, id, version, action, given, &e, err), err);
    if (status == OKO_OK) {
        give(&e, ret_entry);
    }
    return status;
}

static oko_status remove_record(const oko_cycle *c, const char *kind, int64_t id, int64_t version, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = load_visible(c, kind, id, &e, err);
    status = status == OKO_OK ? changed(&e, version, err) : status;
    status = status == OKO_OK ? oko_access_role(c->actor, e.flow->create.roles, true, err) : status;
    status = status == OKO_OK ? reach(c, &e, e.flow->create.scope, err) : status;
    if (status == OKO_OK && oko_flow_state(e.flow, e.head.state) != e.flow->initial) {
        status = wrong_state(&e, "remove", err);
    }
    e.head.removed = true;
    status = status == OKO_OK ? put(c, &e, err) : status;
    return status == OKO_OK ? note(c, &e, "remove", NULL, err) : status;
}

oko_status oko_cycle_remove(const oko_cycle *c, const char *kind, int64_t id, int64_t version, oko_error *err)
{
    oko_status status = begin(c, err);
    return status == OKO_OK ? end(c, remove_record(c, kind, id, version, err), err) : status;
}

/* ---- links ---- */

/* Whoever may edit it, or take some action on it now, may say what belongs to it. */
static oko_status may_link(const oko_cycle *c, const oko_entry *e, oko_error *err)
{
    if (may_edit(c, e, err) == OKO_OK) {
        return OKO_OK;
    }
    oko_status status = OKO_E_PERMISSION;
    for (int i = 0; i < e->flow->n_actions && status != OKO_OK; i++) {
        status = oko_cycle_may(c, e, &e->flow->actions[i], err);
    }
    return status == OKO_OK ? OKO_OK : oko_error_set(err, OKO_E_PERMISSION, "cycle.link_right", "");
}

static oko_status link_record(const oko_cycle *c, const char *kind, int64_t id, const oko_record_link *link,
                              int64_t *ret_link, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_record_link l = *link;
    oko_status status = load_visible(c, kind, id, &e, err);
    status = status == OKO_OK ? may_link(c, &e, err) : status;
    if (status == OKO_OK && l.target == OKO_LINK_RECORD) {
        OKO_CLEANUP(oko_entry_clear) oko_entry other = { 0 }; /* nobody links to what they can't see */
        status = load_visible(c, NULL, l.target_id, &other, err);
    }
    if (status == OKO_OK && l.target == OKO_LINK_FILE) {
        oko_file file;
        status = oko_store_file_get(c->store, l.target_id, &file, err);
        status = status == OKO_OK ? oko_access_file(c->store, c->actor, &file, err) : status;
    }
    l.record = id;
    l.created_by = c->actor->user;
    status = status == OKO_OK ? oko_store_link_put(c->store, &l, ret_link, err) : status;
    return status == OKO_OK ? note(c, &e, "link", NULL, err) : status;
}

oko_status oko_cycle_link(const oko_cycle *c, const char *kind, int64_t id, const oko_record_link *link,
                          int64_t *ret_link, oko_error *err)
{
    oko_status status = begin(c, err);
    return status == OKO_OK ? end(c, link_record(c, kind, id, link, ret_link, err), err) : status;
}

static oko_status unlink_record(const oko_cycle *c, const char *kind, int64_t id, int64_t link, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = load_visible(c, kind, id, &e, err);
    status = status == OKO_OK ? may_link(c, &e, err) : status;
    status = status == OKO_OK ? oko_store_link_remove(c->store, id, link, err) : status;
    return status == OKO_OK ? note(c, &e, "unlink", NULL, err) : status;
}

oko_status oko_cycle_unlink(const oko_cycle *c, const char *kind, int64_t id, int64_t link, oko_error *err)
{
    oko_status status = begin(c, err);
    return status == OKO_OK ? end(c, unlink_record(c, kind, id, link, err), err) : status;
}

/* ---- as JSON ---- */

static json_t *allowed(const oko_cycle *c, const oko_entry *e)
{
    json_t *list = json_array();
    for (int i = 0; list != NULL && i < e->flow->n_actions; i++) {
        if (oko_cycle_may(c, e, &e->flow->actions[i], NULL) == OKO_OK) {
            (void)json_array_append_new(list, json_string(e->flow->actions[i].name));
        }
    }
    return list;
}

json_t *oko_cycle_json(const oko_cycle *c, const oko_entry *e)
{
    const oko_record *h = &e->head;
    const int state = oko_flow_state(e->flow, h->state);
    const bool final = state >= 0 && (e->flow->final & (1u << state)) != 0;
    const bool overdue = !final && h->due[0] != '\0' && strcmp(h->due, c->today) < 0;
    return json_pack("{s:I, s:s, s:I, s:i, s:s, s:s, s:b, s:I, s:s, s:s, s:I, s:s, s:s, s:I, s:I, s:O, s:b, s:o}", "id",
                     (json_int_t)h->id, "kind", h->kind, "unit", (json_int_t)h->unit, "year", h->year, "state",
                     h->state, "due", h->due, "overdue", (int)overdue, "assignee", (json_int_t)h->assignee, "key",
                     h->key, "title", h->title, "version", (json_int_t)h->version, "created", h->created, "updated",
                     h->updated, "created_by", (json_int_t)h->created_by, "updated_by", (json_int_t)h->updated_by,
                     "body", e->body, "editable", (int)(may_edit(c, e, NULL) == OKO_OK), "actions", allowed(c, e));
}
