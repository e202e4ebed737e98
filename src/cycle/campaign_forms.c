/* Forms of a campaign, unit by unit: how far each is, who it waits for, what stands in it. */
#include "analysis/register.h"
#include "cycle/campaigns.h"
#include "cycle/forms.h"
#include "reference/json.h"

#include <stdio.h>
#include <string.h>

enum { NAME_BYTES = 1024 };

typedef struct listing {
    const oko_cycle *c;
    const oko_campaign_form_query *q;
    bool open; /* the campaign */
    oko_register reg;
    char wanted[NAME_BYTES];
    json_t *items;
    int64_t seen;
    oko_error *err;
} listing;

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

static const char *stage_of(const oko_entry *e)
{
    return strcmp(e->head.state, "draft") != 0 ? e->head.state : oko_form_filled(e) == 0 ? "untouched" : "filling";
}

static bool fits(const listing *l, const oko_entry *e)
{
    const char *stage = l->q->stage, *level = json_string_value(json_object_get(e->body, "level"));
    const oko_place *top = l->q->unit != 0 ? oko_register_find(&l->reg, l->q->unit) : NULL;
    const oko_place *above = top != NULL ? oko_register_above(&l->reg, e->head.unit, top->level) : NULL;
    if (l->q->unit != 0 && (above == NULL || above->id != l->q->unit)) {
        return false;
    }
    if (l->q->level != NULL && (level == NULL || strcmp(l->q->level, level) != 0)) {
        return false;
    }
    return stage == NULL ||
           (strcmp(stage, "late") == 0 ? oko_form_late(e, l->c->today) : strcmp(stage, stage_of(e)) == 0);
}

static bool has_part(const char *text, const char *folded)
{
    char own[NAME_BYTES];
    (void)oko_str_fold(own, sizeof own, oko_str_of(text));
    return strstr(own, folded) != NULL;
}

static json_t *copy_of(const json_t *body, const char *name, const char *empty)
{
    json_t *value = json_object_get(body, name);
    return value != NULL   ? json_incref(value)
           : *empty == '{' ? json_object()
           : *empty == '[' ? json_array()
                           : json_string("");
}

static oko_status add_item(listing *l, const oko_entry *e, const oko_unit *u)
{
    oko_unit parent;
    OKO_CLEANUP(oko_json_freep) json_t *record = oko_cycle_json(l->c, e);
    const bool known = u->parent != 0 && oko_store_unit_get(l->c->store, u->parent, &parent, NULL) == OKO_OK;
    const unsigned fillers =
        OKO_ROLE_BIT(OKO_ROLE_OPERATOR) | OKO_ROLE_BIT(OKO_ROLE_MUNICIPAL) | OKO_ROLE_BIT(OKO_ROLE_SCHOOL);
    const bool fillable = l->open && oko_form_waits(e) && oko_access_role(l->c->actor, fillers, true, NULL) == OKO_OK;
    json_t *item =
        json_pack("{s:I, s:I, s:I, s:s, s:s, s:s, s:s, s:s, s:b, s:i, s:o, s:o, s:s, s:o, s:s, s:O, s:b}", "form",
                  (json_int_t)e->head.id, "version", (json_int_t)e->head.version, "unit", (json_int_t)u->id,
                  "unit_code", u->code, "unit_name", u->name, "parent_name", known ? parent.name : "", "level",
                  oko_level_name(u->level), "stage", stage_of(e), "late", (int)oko_form_late(e, l->c->today), "filled",
                  oko_form_filled(e), "fields", copy_of(e->body, "fields", "["), "values",
                  copy_of(e->body, "values", "{"), "due", e->head.due, "reminded", copy_of(e->body, "reminded", ""),
                  "updated", e->head.updated, "actions", json_object_get(record, "actions"), "fillable", (int)fillable);
    return item != NULL && json_array_append_new(l->items, item) == 0 ? OKO_OK : no_memory(l->err);
}

static oko_status see_form(void *ctx, const oko_entry *e)
{
    listing *l = ctx;
    oko_unit u;
    if (!fits(l, e)) {
        return OKO_OK;
    }
    const bool on_page = l->seen >= l->q->offset && l->seen - l->q->offset < l->q->limit;
    if (l->wanted[0] != '\0' || on_page) {
        oko_status status = oko_store_unit_get(l->c->store, e->head.unit, &u, l->err);
        if (status != OKO_OK) {
            return status;
        }
        if (l->wanted[0] != '\0' && !has_part(u.name, l->wanted) && !has_part(u.code, l->wanted)) {
            return OKO_OK;
        }
    }
    l->seen++;
    return on_page ? add_item(l, e, &u) : OKO_OK;
}

oko_status oko_campaign_form_list(const oko_cycle *c, int64_t campaign, const oko_campaign_form_query *query,
                                  json_t **ret_json, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *items = json_array();
    listing l = { .c = c, .q = query, .items = items, .err = err };
    if (query->search != NULL) {
        (void)oko_str_fold(l.wanted, sizeof l.wanted, oko_str_of(query->search));
    }
    oko_status status = items != NULL ? oko_cycle_get(c, "campaign", campaign, &e, err) : no_memory(err);
    l.open = status == OKO_OK && strcmp(e.head.state, "open") == 0;
    status = status == OKO_OK ? oko_register_load(c->store, 0, &l.reg, err) : status;
    status = status == OKO_OK ? oko_campaign_forms(c, campaign, see_form, &l, err) : status;
    oko_register_clear(&l.reg);
    if (status != OKO_OK) {
        return status;
    }
    *ret_json = json_pack("{s:O, s:I}", "items", items, "total", (json_int_t)l.seen);
    return *ret_json != NULL ? OKO_OK : no_memory(err);
}
