/* Campaigns: forms for everybody in scope, the board, the late ones, values pasted for many. */
#include "cycle/campaigns.h"

#include "analysis/register.h"
#include "base/memory.h"
#include "cycle/forms.h"
#include "cycle/nouns.h"
#include "domain/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 1000 };

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

static void json_freep(json_t **json)
{
    json_decref(*json);
}

/* ---- opening: a form for every unit in scope ---- */

typedef struct opening {
    const oko_cycle *c;
    const oko_entry *campaign;
    json_t *fields; /* of forms */
    oko_register reg;
    int n;
} opening;

static bool level_wanted(const oko_entry *campaign, oko_level level)
{
    size_t i;
    json_t *l;
    json_array_foreach(json_object_get(campaign->body, "levels"), i, l)
    {
        if (json_is_string(l) && strcmp(json_string_value(l), oko_level_name(level)) == 0) {
            return true;
        }
    }
    return false;
}

/* Is the unit one of those named, or below one? No names: everybody. */
static bool in_scope(const opening *o, const oko_place *p)
{
    const json_t *units = json_object_get(o->campaign->body, "units");
    size_t i;
    json_t *u;
    json_array_foreach((json_t *)(uintptr_t)units, i, u)
    {
        for (const oko_place *at = p; at != NULL;
             at = at->parent != 0 ? oko_register_find(&o->reg, at->parent) : NULL) {
            if (at->id == json_integer_value(u)) {
                return true;
            }
        }
    }
    return json_array_size(units) == 0;
}

/* Fields of the campaign that are asked at this level. */
static json_t *fields_at(const opening *o, oko_level level)
{
    json_t *list = json_array();
    size_t i;
    json_t *code;
    json_array_foreach(json_object_get(o->campaign->body, "fields"), i, code)
    {
        const json_t *f = json_is_string(code) ? oko_form_field(o->fields, json_string_value(code)) : NULL;
        const char *at = json_string_value(json_object_get(f, "level"));
        if (list != NULL && at != NULL && strcmp(at, oko_level_name(level)) == 0) {
            (void)json_array_append(list, code);
        }
    }
    return list;
}

static oko_status make_form(opening *o, const oko_place *p, oko_error *err)
{
    OKO_CLEANUP(json_freep) json_t *codes = fields_at(o, p->level);
    if (codes == NULL || json_array_size(codes) == 0) {
        return codes == NULL ? no_memory(err) : OKO_OK;
    }
    const oko_entry *campaign = o->campaign;
    const char *deadline = json_string_value(json_object_get(campaign->body, "deadline"));
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { .head = { .unit = p->id, .year = campaign->head.year } };
    e.body = json_pack("{s:I, s:s, s:O, s:s, s:{}}", "campaign", (json_int_t)campaign->head.id, "level",
                       oko_level_name(p->level), "fields", codes, "deadline", deadline, "values");
    if (e.body == NULL) {
        return no_memory(err);
    }
    (void)snprintf(e.head.kind, sizeof e.head.kind, "form");
    (void)snprintf(e.head.state, sizeof e.head.state, "draft");
    (void)snprintf(e.head.due, sizeof e.head.due, "%s", deadline);
    (void)snprintf(e.head.key, sizeof e.head.key, "%lld/%lld", (long long)campaign->head.id, (long long)p->id);
    (void)oko_str_copy(e.head.title, sizeof e.head.title, oko_str_of(campaign->head.title));
    o->n++;
    return oko_cycle_put(o->c, &e, "create", err);
}

static oko_status make_forms(opening *o, oko_error *err)
{
    oko_status status = oko_form_fields(&o->fields, err);
    status = status == OKO_OK ? oko_register_load(o->c->store, 0, &o->reg, err) : status;
    for (size_t i = 0; i < o->reg.n && status == OKO_OK; i++) {
        const oko_place *p = &o->reg.places[i];
        if (level_wanted(o->campaign, p->level) && in_scope(o, p)) {
            status = make_form(o, p, err);
        }
    }
    return status;
}

/* ---- fields by indicators ---- */

static bool named(const json_t *codes, const char *code)
{
    size_t i;
    json_t *c;
    json_array_foreach((json_t *)(uintptr_t)codes, i, c)
    {
        if (json_is_string(c) && strcmp(json_string_value(c), code) == 0) {
            return true;
        }
    }
    return false;
}

typedef struct gathering {
    const json_t *wanted; /* codes of indicators */
    json_t *fields;
} gathering;

static oko_status gather(void *ctx, const oko_entry *e)
{
    gathering *g = ctx;
    const char *code = json_string_value(json_object_get(e->body, "code"));
    size_t i;
    json_t *f;
    if (code == NULL || !named(g->wanted, code)) {
        return OKO_OK;
    }
    json_array_foreach(json_object_get(e->body, "collected"), i, f)
    {
        if (json_is_string(f) && !named(g->fields, json_string_value(f)) && json_array_append(g->fields, f) != 0) {
            return OKO_E_MEMORY;
        }
    }
    return OKO_OK;
}

/* Fields that the campaign's indicators are collected by, when none were named. */
static oko_status default_fields(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    gathering g = { .wanted = json_object_get(e->body, "indicators"), .fields = json_array() };
    const oko_record_query query = { .kind = "indicator", .year = e->head.year, .limit = PAGE };
    oko_status status = g.fields != NULL ? oko_cycle_list(c, &query, gather, &g, NULL, err) : no_memory(err);
    if (status != OKO_OK) {
        json_decref(g.fields);
        return status;
    }
    return json_object_set_new(e->body, "fields", g.fields) == 0 ? OKO_OK : no_memory(err);
}

static oko_status acting(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    (void)input;
    if (strcmp(a->name, "open") != 0) {
        return OKO_OK;
    }
    const char *deadline = json_string_value(json_object_get(e->body, "deadline"));
    if (deadline == NULL || !oko_date_valid(deadline)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.date", "deadline");
    }
    e->head.year = (int)json_integer_value(json_object_get(e->body, "year"));
    return json_array_size(json_object_get(e->body, "fields")) > 0 ? OKO_OK : default_fields(c, e, err);
}

static oko_status done(const oko_cycle *c, oko_entry *e, const char *action, oko_error *err)
{
    if (strcmp(action, "open") != 0) {
        return OKO_OK;
    }
    opening o = { .c = c, .campaign = e };
    oko_status status = make_forms(&o, err);
    json_decref(o.fields);
    oko_register_clear(&o.reg);
    if (status == OKO_OK && json_object_set_new(e->body, "forms", json_integer(o.n)) != 0) {
        status = no_memory(err);
    }
    return status == OKO_OK ? oko_cycle_put(c, e, "forms", err) : status;
}

/* Same checks whether it is new or changed: fields and levels that exist. */
static oko_status check(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    OKO_CLEANUP(json_freep) json_t *fields = NULL;
    oko_status status = oko_form_fields(&fields, err);
    size_t i;
    json_t *code;
    json_array_foreach(json_object_get(e->body, "fields"), i, code)
    {
        if (status == OKO_OK && (!json_is_string(code) || oko_form_field(fields, json_string_value(code)) == NULL)) {
            status = oko_error_set(err, OKO_E_ARGUMENT, "form.unknown", json_string_value(code));
        }
    }
    if (status == OKO_OK && e->head.year == 0) {
        e->head.year = (int)json_integer_value(json_object_get(e->body, "year"));
    }
    (void)c;
    return status;
}

const oko_noun oko_noun_campaign = {
    .kind = "campaign", .creating = check, .changing = check, .acting = acting, .done = done
};

/* ---- forms of a campaign within reach ---- */

static oko_status forms_of(const oko_cycle *c, int64_t campaign, oko_entry_fn fn, void *ctx, oko_error *err)
{
    char prefix[32];
    (void)snprintf(prefix, sizeof prefix, "%lld/", (long long)campaign);
    oko_record_query query = { .kind = "form", .key_prefix = prefix, .sort = OKO_SORT_UNIT, .limit = PAGE };
    int64_t total = 0;
    oko_status status;
    do {
        status = oko_cycle_list(c, &query, fn, ctx, &total, err);
        query.offset += PAGE;
    } while (status == OKO_OK && query.offset < total);
    return status;
}

static bool waits(const oko_entry *e)
{
    return strcmp(e->head.state, "draft") == 0 || strcmp(e->head.state, "returned") == 0;
}

static bool late(const oko_cycle *c, const oko_entry *e)
{
    return waits(e) && e->head.due[0] != '\0' && strcmp(e->head.due, c->today) < 0;
}

/* ---- the board ---- */

typedef struct board {
    const oko_cycle *c;
    oko_register reg;
    json_t *rows;  /* by id of the municipality (or of the region), as text */
    json_t *order; /* the same rows as a list */
    json_t *all;
    oko_error *err;
} board;

static void count(json_t *row, const char *state, bool is_late)
{
    json_t *states = json_object_get(row, "states");
    const json_int_t n = json_integer_value(json_object_get(states, state));
    (void)json_object_set_new(states, state, json_integer(n + 1));
    (void)json_object_set_new(row, "total", json_integer(json_integer_value(json_object_get(row, "total")) + 1));
    if (is_late) {
        (void)json_object_set_new(row, "overdue",
                                  json_integer(json_integer_value(json_object_get(row, "overdue")) + 1));
    }
}

static json_t *new_row(board *b, const oko_place *p)
{
    oko_unit u;
    const bool known = oko_store_unit_get(b->c->store, p->id, &u, NULL) == OKO_OK;
    return json_pack("{s:I, s:s, s:s, s:s, s:i, s:i, s:{}}", "unit", (json_int_t)p->id, "level",
                     oko_level_name(p->level), "code", p->code, "name", known ? u.name : p->code, "total", 0, "overdue",
                     0, "states");
}

static oko_status add_to_board(void *ctx, const oko_entry *e)
{
    board *b = ctx;
    const oko_place *p = oko_register_above(&b->reg, e->head.unit, OKO_LEVEL_MUNICIPALITY);
    p = p != NULL ? p : oko_register_find(&b->reg, e->head.unit);
    if (p == NULL) {
        return OKO_OK;
    }
    char id[24];
    (void)snprintf(id, sizeof id, "%lld", (long long)p->id);
    json_t *row = json_object_get(b->rows, id);
    if (row == NULL) {
        row = new_row(b, p);
        if (row == NULL || json_object_set_new(b->rows, id, row) != 0 || json_array_append(b->order, row) != 0) {
            return no_memory(b->err);
        }
    }
    count(row, e->head.state, late(b->c, e));
    count(b->all, e->head.state, late(b->c, e));
    return OKO_OK;
}

oko_status oko_campaign_board(const oko_cycle *c, int64_t campaign, json_t **ret_json, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    board b = { .c = c, .rows = json_object(), .order = json_array(), .err = err };
    b.all = json_pack("{s:I, s:i, s:i, s:{}}", "campaign", (json_int_t)campaign, "total", 0, "overdue", 0, "states");
    oko_status status = b.all != NULL ? oko_cycle_get(c, "campaign", campaign, &e, err) : no_memory(err);
    status = status == OKO_OK ? oko_register_load(c->store, 0, &b.reg, err) : status;
    status = status == OKO_OK ? forms_of(c, campaign, add_to_board, &b, err) : status;
    oko_register_clear(&b.reg);
    json_decref(b.rows);
    if (status != OKO_OK || json_object_set_new(b.all, "units", b.order) != 0) {
        json_decref(b.order);
        json_decref(b.all);
        return status != OKO_OK ? status : no_memory(err);
    }
    *ret_json = b.all;
    return OKO_OK;
}

/* ---- the late ones ---- */

typedef struct lateness {
    const oko_cycle *c;
    json_t *items;
} lateness;

static oko_status add_late(void *ctx, const oko_entry *e)
{
    lateness *l = ctx;
    oko_unit u = { .id = 0 };
    if (!late(l->c, e)) {
        return OKO_OK;
    }
    oko_status status = oko_store_unit_get(l->c->store, e->head.unit, &u, NULL);
    json_t *o =
        json_pack("{s:I, s:I, s:s, s:s, s:s, s:s}", "form", (json_int_t)e->head.id, "unit", (json_int_t)e->head.unit,
                  "code", u.code, "name", u.name, "state", e->head.state, "due", e->head.due);
    return status != OKO_OK                          ? (json_decref(o), status)
           : json_array_append_new(l->items, o) == 0 ? OKO_OK
                                                     : OKO_E_MEMORY;
}

oko_status oko_campaign_late(const oko_cycle *c, int64_t campaign, json_t **ret_json, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    lateness l = { .c = c, .items = json_array() };
    oko_status status = l.items != NULL ? oko_cycle_get(c, "campaign", campaign, &e, err) : no_memory(err);
    status = status == OKO_OK ? forms_of(c, campaign, add_late, &l, err) : status;
    if (status != OKO_OK) {
        json_decref(l.items);
        return status;
    }
    *ret_json = json_pack("{s:o, s:I}", "items", l.items, "total", (json_int_t)json_array_size(l.items));
    return *ret_json != NULL ? OKO_OK : no_memory(err);
}

/* ---- values for many ---- */

typedef struct found {
    int64_t id, version;
} found;

static oko_status remember(void *ctx, const oko_record *r)
{
    *(found *)ctx = (found){ r->id, r->version };
    return OKO_OK;
}

static oko_status find_form(const oko_cycle *c, int64_t campaign, int64_t unit, int64_t *ret_id, int64_t *ret_version,
                            oko_error *err)
{
    char key[64];
    found f = { 0 };
    (void)snprintf(key, sizeof key, "%lld/%lld", (long long)campaign, (long long)unit);
    oko_status status = oko_store_record_find(c->store, "form", key, remember, &f, err);
    *ret_id = f.id;
    *ret_version = f.version;
    return status;
}

/* A municipality fills for its schools: the values are set in their names, not handed in. */
static oko_status fill_one(const oko_cycle *c, int64_t campaign, const json_t *row, oko_error *err)
{
    const int64_t unit = json_integer_value(json_object_get(row, "unit"));
    int64_t id = 0, version = 0;
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_access_unit(c->store, c->actor, unit, OKO_SCOPE_SUBTREE, err);
    status = status == OKO_OK ? find_form(c, campaign, unit, &id, &version, err) : status;
    status = status == OKO_OK ? oko_cycle_get(c, "form", id, &e, err) : status;
    if (status == OKO_OK && !waits(&e)) {
        status = oko_error_set(err, OKO_E_CONFLICT, "cycle.state", "unit");
        oko_error_arg(err, "%s", e.head.state);
    }
    if (status != OKO_OK) {
        return status;
    }
    json_t *values = json_object_get(e.body, "values");
    if (json_object_update(values, json_object_get(row, "values")) != 0) {
        return no_memory(err);
    }
    OKO_CLEANUP(json_freep) json_t *fields = NULL;
    status = oko_form_fields(&fields, err);
    status = status == OKO_OK ? oko_form_check(fields, json_object_get(e.body, "fields"), values, err) : status;
    return status == OKO_OK ? oko_cycle_put(c, &e, "fill", err) : status;
}

static oko_status fill(const oko_cycle *c, int64_t campaign, const json_t *rows, int *n, json_t *problems,
                       oko_error *err)
{
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)(uintptr_t)rows, i, row)
    {
        oko_error own = { 0 };
        oko_status status = fill_one(c, campaign, row, &own);
        if (status == OKO_E_MEMORY || status == OKO_E_STORE || status == OKO_E_FULL) {
            *err = own;
            return status;
        }
        if (status == OKO_OK) {
            ++*n;
        } else {
            (void)json_array_append_new(problems, json_pack("{s:I, s:s, s:s}", "row", (json_int_t)(i + 1), "field",
                                                            own.field, "problem", own.id));
        }
    }
    return json_array_size(problems) == 0 ? OKO_OK : oko_error_set(err, OKO_E_ARGUMENT, "campaign.rows", "rows");
}

oko_status oko_campaign_fill(const oko_cycle *c, int64_t campaign, const json_t *rows, int *ret_n,
                             json_t **ret_problems, oko_error *err)
{
    const unsigned roles =
        OKO_ROLE_BIT(OKO_ROLE_OPERATOR) | OKO_ROLE_BIT(OKO_ROLE_MUNICIPAL) | OKO_ROLE_BIT(OKO_ROLE_SCHOOL);
    oko_cycle inside = *c;
    int n = 0;
    json_t *problems = json_array();
    oko_status status = problems != NULL ? oko_access_role(c->actor, roles, true, err) : no_memory(err);
    if (status == OKO_OK && !c->in_transaction) {
        status = oko_store_begin(c->store, err);
    }
    if (status != OKO_OK) {
        json_decref(problems);
        return status;
    }
    inside.in_transaction = true;
    status = fill(&inside, campaign, rows, &n, problems, err);
    if (!c->in_transaction) {
        if (status == OKO_OK) {
            status = oko_store_commit(c->store, err);
        } else {
            oko_store_rollback(c->store);
        }
    }
    *ret_problems = problems;
    if (status == OKO_OK) {
        *ret_n = n;
    }
    return status;
}
