/* A campaign at work: the board, the late ones. */
#include "cycle/campaigns.h"

#include "analysis/register.h"
#include "base/memory.h"
#include "cycle/forms.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
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

static void add_one(json_t *counts, const char *name)
{
    const json_int_t n = json_integer_value(json_object_get(counts, name));
    (void)json_object_set_new(counts, name, json_integer(n + 1));
}

static void count(const board *b, json_t *row, const oko_entry *e)
{
    add_one(json_object_get(row, "states"), e->head.state);
    add_one(row, "total");
    if (oko_form_late(e, b->c->today)) {
        add_one(row, "overdue");
    }
    if (strcmp(e->head.state, "draft") == 0 && oko_form_filled(e) == 0) {
        add_one(row, "untouched");
    }
}

static json_t *new_row(board *b, const oko_place *p)
{
    oko_unit u;
    const bool known = oko_store_unit_get(b->c->store, p->id, &u, NULL) == OKO_OK;
    return json_pack("{s:I, s:s, s:s, s:s, s:i, s:i, s:i, s:{}}", "unit", (json_int_t)p->id, "level",
                     oko_level_name(p->level), "code", p->code, "name", known ? u.name : p->code, "total", 0, "overdue",
                     0, "untouched", 0, "states");
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
    count(b, row, e);
    count(b, b->all, e);
    return OKO_OK;
}

oko_status oko_campaign_board(const oko_cycle *c, int64_t campaign, json_t **ret_json, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    board b = { .c = c, .rows = json_object(), .order = json_array(), .err = err };
    b.all = json_pack("{s:I, s:i, s:i, s:i, s:{}}", "campaign", (json_int_t)campaign, "total", 0, "overdue", 0,
                      "untouched", 0, "states");
    oko_status status = b.all != NULL ? oko_cycle_get(c, "campaign", campaign, &e, err) : no_memory(err);
    status = status == OKO_OK ? oko_register_load(c->store, 0, &b.reg, err) : status;
    status = status == OKO_OK ? oko_campaign_forms(c, campaign, add_to_board, &b, err) : status;
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
    const oko_text *text;
    oko_arena *arena;
    const char *campaign; /* its title */
    json_t *items;
    oko_error *err;
} lateness;

static const char *reminded(const oko_entry *e)
{
    const char *day = json_string_value(json_object_get(e->body, "reminded"));
    return day != NULL ? day : "";
}

static oko_status add_late(void *ctx, const oko_entry *e)
{
    lateness *l = ctx;
    oko_unit u = { .id = 0 };
    if (!oko_form_late(e, l->c->today)) {
        return OKO_OK;
    }
    oko_status status = oko_store_unit_get(l->c->store, e->head.unit, &u, l->err);
    if (status != OKO_OK) {
        return status;
    }
    const oko_text_arg args[] = { OKO_S("campaign", l->campaign), OKO_S("name", u.name), OKO_S("due", e->head.due),
                                  OKO_I("form", e->head.id) };
    const char *returned = strcmp(e->head.state, "returned") == 0 ? "campaign.remind_returned" : "campaign.remind";
    const char *words = oko_text_make(l->text, l->arena, returned, args, 4);
    json_t *o = json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:s, s:s}", "form", (json_int_t)e->head.id, "unit",
                          (json_int_t)e->head.unit, "code", u.code, "name", u.name, "state", e->head.state, "due",
                          e->head.due, "reminded", reminded(e), "text", words != NULL ? words : "");
    return o != NULL && words != NULL && json_array_append_new(l->items, o) == 0 ? OKO_OK : no_memory(l->err);
}

oko_status oko_campaign_late(const oko_cycle *c, int64_t campaign, const oko_text *text, json_t **ret_json,
                             oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_arena_freep) oko_arena *arena = NULL;
    oko_status status = oko_arena_new(64 << 20, &arena);
    if (status != OKO_OK) {
        return oko_error_set(err, status, "", "");
    }
    status = oko_cycle_get(c, "campaign", campaign, &e, err);
    lateness l = { .c = c, .text = text, .arena = arena, .campaign = e.head.title, .items = json_array(), .err = err };
    status = status == OKO_OK ? oko_campaign_forms(c, campaign, add_late, &l, err) : status;
    if (status != OKO_OK) {
        json_decref(l.items);
        return status;
    }
    const size_t n = json_array_size(l.items);
    *ret_json = json_pack("{s:o, s:I}", "items", l.items, "total", (json_int_t)n);
    return *ret_json != NULL ? OKO_OK : no_memory(err);
}

typedef struct reminding {
    const oko_cycle *c;
    int64_t *ids;
    size_t n, cap;
    oko_error *err;
} reminding;

static oko_status note_late(void *ctx, const oko_entry *e)
{
    reminding *r = ctx;
    if (!oko_form_late(e, r->c->today) || strcmp(reminded(e), r->c->today) == 0) {
        return OKO_OK;
    }
    oko_status status = oko_grow(&r->ids, &r->cap, r->n + 1, sizeof *r->ids, 4000000);
    if (status != OKO_OK) {
        return oko_error_set(r->err, status, "", "");
    }
    r->ids[r->n++] = e->head.id;
    return OKO_OK;
}

static oko_status remind_one(const oko_cycle *c, int64_t id, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_cycle_get(c, "form", id, &e, err);
    if (status == OKO_OK && json_object_set_new(e.body, "reminded", json_string(c->today)) != 0) {
        status = no_memory(err);
    }
    return status == OKO_OK ? oko_cycle_put(c, &e, "remind", err) : status;
}

static oko_status remind_all(const oko_cycle *c, int64_t campaign, reminding *r, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_cycle_get(c, "campaign", campaign, &e, err);
    status = status == OKO_OK ? oko_campaign_forms(c, campaign, note_late, r, err) : status;
    for (size_t i = 0; status == OKO_OK && i < r->n; i++) {
        status = remind_one(c, r->ids[i], err);
    }
    return status;
}

oko_status oko_campaign_remind(const oko_cycle *c, int64_t campaign, int *ret_n, oko_error *err)
{
    const unsigned roles = OKO_ROLE_BIT(OKO_ROLE_OPERATOR) | OKO_ROLE_BIT(OKO_ROLE_MUNICIPAL);
    oko_cycle inside;
    reminding r = { .c = c, .err = err };
    oko_status status = oko_access_role(c->actor, roles, true, err);
    status = status == OKO_OK ? oko_cycle_begin(c, &inside, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    status = remind_all(&inside, campaign, &r, err);
    status = oko_cycle_end(c, status, err);
    free(r.ids);
    if (status == OKO_OK) {
        *ret_n = (int)r.n;
    }
    return status;
}
