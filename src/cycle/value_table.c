/* The table of units × indicators: units of the page first, then the values of each. */
#include "cycle/value_table.h"

#include "analysis/register.h"
#include "base/memory.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 1024 };

typedef struct making {
    const oko_cycle *c;
    const oko_value_table_query *q;
    const oko_text *text;
    oko_register reg;
    int64_t top; /* 0: the whole register */
    char wanted[NAME_BYTES];
    json_t *bodies; /* of indicators, by code */
    json_t *columns, *items;
    json_t *row; /* values of the unit at hand */
    int64_t seen;
    oko_error *err;
} making;

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

const char *oko_standing_text(const oko_text *text, const char *standing)
{
    char key[64];
    (void)snprintf(key, sizeof key, "indicator.standing.%s", standing);
    return oko_text_get(text, key);
}

/* ---- columns ---- */

static bool at_level(const json_t *body, oko_level level)
{
    size_t i;
    json_t *l;
    json_array_foreach(json_object_get(body, "levels"), i, l)
    {
        if (json_is_string(l) && strcmp(json_string_value(l), oko_level_name(level)) == 0) {
            return true;
        }
    }
    return false;
}

static json_t *or_null(const json_t *o, const char *name)
{
    json_t *value = json_object_get(o, name);
    return value != NULL ? json_incref(value) : json_null();
}

static oko_status add_column(void *ctx, const oko_entry *e)
{
    making *m = ctx;
    const char *code = json_string_value(json_object_get(e->body, "code"));
    const char *group = json_string_value(json_object_get(e->body, "group"));
    const char *english = json_string_value(json_object_get(e->body, "name_en"));
    const bool other = m->q->group != NULL && (group == NULL || strcmp(group, m->q->group) != 0);
    if (code == NULL || other || !at_level(e->body, m->q->level)) {
        return OKO_OK;
    }
    const bool en = english != NULL && strcmp(oko_text_lang(m->text), "en") == 0;
    json_t *column = json_pack("{s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "indicator", (json_int_t)e->head.id, "code",
                               code, "title", en ? english : e->head.title, "group", or_null(e->body, "group"),
                               "measure", or_null(e->body, "unit"), "direction", or_null(e->body, "direction"),
                               "target", or_null(e->body, "target"), "attention", or_null(e->body, "attention"));
    const bool kept = column != NULL && json_array_append_new(m->columns, column) == 0 &&
                      json_object_set(m->bodies, code, e->body) == 0;
    return kept ? OKO_OK : no_memory(m->err);
}

/* ---- a unit's values ---- */

static oko_status add_value(void *ctx, const oko_indicator_value *v)
{
    making *m = ctx;
    const json_t *body = json_object_get(m->bodies, v->code);
    if (body == NULL) {
        return OKO_OK;
    }
    const char *standing = oko_value_standing(v->value, body);
    json_t *cell = json_pack("{s:I, s:o, s:o, s:s, s:s, s:s}", "id", (json_int_t)v->id, "value",
                             isnan(v->value) ? json_null() : json_real(v->value), "n",
                             v->n < 0 ? json_null() : json_integer((json_int_t)v->n), "standing", standing,
                             "standing_text", oko_standing_text(m->text, standing), "why_text",
                             v->why[0] != '\0' ? oko_text_get(m->text, v->why) : "");
    return cell != NULL && json_object_set_new(m->row, v->code, cell) == 0 ? OKO_OK : no_memory(m->err);
}

static oko_status add_row(making *m, const oko_unit *u)
{
    oko_unit parent;
    const bool known = u->parent != 0 && oko_store_unit_get(m->c->store, u->parent, &parent, NULL) == OKO_OK;
    const oko_value_query q = { .year = m->q->year,
                                .unit = u->id,
                                .level = OKO_LEVEL_COUNT,
                                .campaign = m->q->campaign,
                                .limit = OKO_INDICATORS_MAX };
    m->row = json_object();
    json_t *row = json_pack("{s:I, s:s, s:s, s:s, s:o}", "unit", (json_int_t)u->id, "unit_code", u->code, "unit_name",
                            u->name, "parent_name", known ? parent.name : "", "values", m->row);
    if (row == NULL || json_array_append_new(m->items, row) != 0) {
        return no_memory(m->err);
    }
    return oko_store_value_walk(m->c->store, &q, add_value, m, NULL, m->err);
}

/* ---- which units ---- */

static bool below_top(const making *m, int64_t unit)
{
    const oko_place *top = oko_register_find(&m->reg, m->top);
    const oko_place *above = top != NULL ? oko_register_above(&m->reg, unit, top->level) : NULL;
    return m->top == 0 || (above != NULL && above->id == m->top);
}

static bool named(const making *m, const oko_unit *u)
{
    char folded[NAME_BYTES];
    if (m->wanted[0] == '\0') {
        return true;
    }
    (void)oko_str_fold(folded, sizeof folded, oko_str_of(u->name));
    if (strstr(folded, m->wanted) != NULL) {
        return true;
    }
    (void)oko_str_fold(folded, sizeof folded, oko_str_of(u->code));
    return strstr(folded, m->wanted) != NULL;
}

static oko_status see_unit(void *ctx, const oko_unit *u)
{
    making *m = ctx;
    if (!named(m, u) || !below_top(m, u->id)) {
        return OKO_OK;
    }
    const int64_t at = m->seen++;
    return at >= m->q->offset && at < m->q->offset + m->q->limit ? add_row(m, u) : OKO_OK;
}

static oko_status make(making *m)
{
    const oko_actor *actor = m->c->actor;
    const oko_record_query indicators = {
        .kind = "indicator", .year = m->q->year, .states = "active,retired", .limit = OKO_INDICATORS_MAX
    };
    m->top = m->q->unit != 0 ? m->q->unit : actor->owner ? 0 : actor->unit;
    oko_status status = m->top != 0 ? oko_access_unit(m->c->store, actor, m->top, OKO_SCOPE_SUBTREE, m->err) : OKO_OK;
    if (status == OKO_OK && m->q->year == 0) {
        return oko_error_set(m->err, OKO_E_ARGUMENT, "cycle.required", "year");
    }
    if (m->q->search != NULL) {
        (void)oko_str_fold(m->wanted, sizeof m->wanted, oko_str_of(m->q->search));
    }
    status = status == OKO_OK ? oko_register_load(m->c->store, 0, &m->reg, m->err) : status;
    status = status == OKO_OK ? oko_cycle_list(m->c, &indicators, add_column, m, NULL, m->err) : status;
    return status == OKO_OK ? oko_store_unit_walk(m->c->store, 0, m->q->level, see_unit, m, m->err) : status;
}

oko_status oko_value_table(const oko_cycle *c, const oko_value_table_query *query, const oko_text *text,
                           json_t **ret_json, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *bodies = json_object();
    OKO_CLEANUP(oko_json_freep) json_t *columns = json_array();
    OKO_CLEANUP(oko_json_freep) json_t *items = json_array();
    making m = { .c = c, .q = query, .text = text, .bodies = bodies, .columns = columns, .items = items, .err = err };
    oko_status status = bodies != NULL && columns != NULL && items != NULL ? make(&m) : no_memory(err);
    oko_register_clear(&m.reg);
    if (status != OKO_OK) {
        return status;
    }
    *ret_json = json_pack("{s:O, s:O, s:I}", "columns", columns, "items", items, "total", (json_int_t)m.seen);
    return *ret_json != NULL ? OKO_OK : no_memory(err);
}
