/* Campaigns: forms for everybody in scope, what may change when, values frozen on publication. */
#include "cycle/campaigns.h"

#include "analysis/register.h"
#include "base/memory.h"
#include "cycle/forms.h"
#include "cycle/nouns.h"
#include "cycle/publish.h"
#include "domain/date.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 1000 };

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
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
    OKO_CLEANUP(oko_json_freep) json_t *codes = fields_at(o, p->level);
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

/* Which values are published: those made up to now. */
static oko_status freeze(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    int64_t last = 0, n = 0;
    oko_status status = oko_campaign_last_value(c->store, e->head.id, &last, &n, err);
    if (status == OKO_OK && n == 0) {
        return oko_error_set(err, OKO_E_CONFLICT, "campaign.no_values", "");
    }
    json_t *published = json_pack("{s:I, s:I, s:s}", "last", (json_int_t)last, "values", (json_int_t)n, "at", c->today);
    return status != OKO_OK ? (json_decref(published), status)
           : published != NULL && json_object_set_new(e->body, "published", published) == 0 ? OKO_OK
                                                                                            : no_memory(err);
}

static oko_status acting(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    (void)input;
    if (strcmp(a->name, "publish") == 0) {
        return freeze(c, e, err);
    }
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
    OKO_CLEANUP(oko_json_freep) json_t *fields = NULL;
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

/* ---- forms within reach ---- */

oko_status oko_campaign_forms(const oko_cycle *c, int64_t campaign, oko_entry_fn fn, void *ctx, oko_error *err)
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

/* ---- the deadline moves ---- */

typedef struct moving {
    int64_t *ids;
    size_t n, cap;
    const char *old_due;
    oko_error *err;
} moving;

static oko_status note_form(void *ctx, const oko_entry *e)
{
    moving *m = ctx;
    if (!oko_form_waits(e) || strcmp(e->head.due, m->old_due) != 0) {
        return OKO_OK; /* handed in, or sent back with a day of its own */
    }
    oko_status status = oko_grow(&m->ids, &m->cap, m->n + 1, sizeof *m->ids, 4000000);
    if (status != OKO_OK) {
        return oko_error_set(m->err, status, "", "");
    }
    m->ids[m->n++] = e->head.id;
    return OKO_OK;
}

static oko_status move_one(const oko_cycle *c, int64_t id, const char *due, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_cycle_get(c, "form", id, &e, err);
    if (status != OKO_OK) {
        return status;
    }
    (void)snprintf(e.head.due, sizeof e.head.due, "%s", due);
    return json_object_set_new(e.body, "deadline", json_string(due)) == 0 ? oko_cycle_put(c, &e, "deadline", err)
                                                                          : no_memory(err);
}

static oko_status move_deadline(const oko_cycle *c, const oko_entry *old, const oko_entry *now, oko_error *err)
{
    const char *was = json_string_value(json_object_get(old->body, "deadline"));
    const char *is = json_string_value(json_object_get(now->body, "deadline"));
    if (was == NULL || (is != NULL && strcmp(was, is) == 0)) {
        return OKO_OK;
    }
    if (is == NULL || !oko_date_valid(is)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.date", "deadline");
    }
    moving m = { .old_due = was, .err = err };
    oko_status status = oko_campaign_forms(c, now->head.id, note_form, &m, err);
    for (size_t i = 0; status == OKO_OK && i < m.n; i++) {
        status = move_one(c, m.ids[i], is, err);
    }
    free(m.ids);
    return status;
}

/* An open campaign has its forms: what they were made from is fixed; the deadline may move, with theirs. */
static oko_status changing(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    static const char *const fixed[] = { "year", "levels", "units", "fields" };
    OKO_CLEANUP(oko_entry_clear) oko_entry old = { 0 };
    oko_status status = check(c, e, err);
    if (status != OKO_OK || strcmp(e->head.state, "draft") == 0) {
        return status;
    }
    status = oko_cycle_get(c, "campaign", e->head.id, &old, err);
    for (size_t i = 0; status == OKO_OK && i < sizeof fixed / sizeof *fixed; i++) {
        json_t *was = json_object_get(old.body, fixed[i]), *is = json_object_get(e->body, fixed[i]);
        if (was != is && !(was != NULL && is != NULL && json_equal(was, is))) {
            status = oko_error_set(err, OKO_E_CONFLICT, "campaign.fixed", fixed[i]);
        }
    }
    return status == OKO_OK ? move_deadline(c, &old, e, err) : status;
}

const oko_noun oko_noun_campaign = {
    .kind = "campaign", .creating = check, .changing = changing, .acting = acting, .done = done
};
