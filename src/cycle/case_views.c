/* Cases looked at together: the board, and cases like this one. */
#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/cases.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- board ---- */

typedef struct boarding {
    const oko_cycle *c;
    const oko_flow *flow;
    json_t *states, *signs, *units;
    int64_t total, overdue, escalated;
    oko_error *err;
} boarding;

static oko_status add_one(json_t *o, const char *name, oko_error *err)
{
    return oko_body_set(o, name, json_integer(oko_body_int(o, name) + 1), err);
}

static bool open_state(const oko_entry *e)
{
    const int state = oko_flow_state(e->flow, e->head.state);
    return state >= 0 && (e->flow->final & (1u << state)) == 0;
}

/* Counts of one unit, made when it is first met: units come in the order of their codes. */
static json_t *unit_row(boarding *b, int64_t unit)
{
    const size_t n = json_array_size(b->units);
    json_t *last = n > 0 ? json_array_get(b->units, n - 1) : NULL;
    if (last == NULL || oko_body_int(last, "unit") != unit) {
        last = json_pack("{s:I, s:i, s:i, s:i}", "unit", (json_int_t)unit, "total", 0, "open", 0, "overdue", 0);
        return json_array_append_new(b->units, last) == 0 ? last : NULL;
    }
    return last;
}

static oko_status take_board(void *ctx, const oko_entry *e)
{
    boarding *b = ctx;
    const char *sign = oko_body_str(e->body, "sign");
    const bool open = open_state(e), late = open && e->head.due[0] != '\0' && strcmp(e->head.due, b->c->today) < 0;
    b->total++;
    b->overdue += late;
    b->escalated += open && oko_body_true(e->body, "escalated");
    json_t *row = unit_row(b, e->head.unit);
    if (row == NULL) {
        return oko_error_set(b->err, OKO_E_MEMORY, "", "");
    }
    oko_status status = add_one(b->states, e->head.state, b->err);
    status = status == OKO_OK ? add_one(b->signs, *sign != '\0' ? sign : "other", b->err) : status;
    status = status == OKO_OK ? add_one(row, "total", b->err) : status;
    status = status == OKO_OK && open ? add_one(row, "open", b->err) : status;
    return status == OKO_OK && late ? add_one(row, "overdue", b->err) : status;
}

oko_status oko_cases_board(const oko_cycle *c, int year, int64_t unit, json_t **ret_board, oko_error *err)
{
    boarding b = { .c = c,
                   .flow = oko_flow_find(c->flows, "case"),
                   .states = json_object(),
                   .signs = json_object(),
                   .units = json_array(),
                   .err = err };
    oko_record_query q = { .kind = "case", .year = year, .unit = unit, .subtree = true, .sort = OKO_SORT_UNIT };
    oko_reach_space space;
    bool nothing;
    oko_status status = oko_cycle_reach(c, b.flow, &q, &space, &nothing, err);
    for (int i = 0; status == OKO_OK && i < b.flow->n_states; i++) {
        if ((oko_flow_visible(b.flow, c->actor->role) & (1u << i)) != 0 || c->actor->owner) {
            status = oko_body_set(b.states, b.flow->states[i], json_integer(0), err);
        }
    }
    status = status == OKO_OK && !nothing ? oko_cycle_each(c, &q, take_board, &b, err) : status;
    json_t *board =
        json_pack("{s:I, s:I, s:I, s:o, s:o, s:o}", "total", (json_int_t)b.total, "overdue", (json_int_t)b.overdue,
                  "escalated", (json_int_t)b.escalated, "states", b.states, "signs", b.signs, "units", b.units);
    if (status == OKO_OK && board != NULL) {
        *ret_board = board;
        return OKO_OK;
    }
    json_decref(board);
    return status != OKO_OK ? status : oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* ---- similar cases ---- */

typedef struct candidate {
    int64_t id;
    int score, year;
    bool same_cause, same_type;
} candidate;

typedef struct comparing {
    const oko_cycle *c;
    const oko_entry *own;
    const char *cause;
    char type[32];
    candidate *at;
    size_t n, cap;
    oko_error *err;
} comparing;

static oko_status take_candidate(void *ctx, const oko_entry *e)
{
    comparing *k = ctx;
    oko_unit u;
    if (e->head.id == k->own->head.id) {
        return OKO_OK;
    }
    oko_status status = oko_store_unit_get(k->c->store, e->head.unit, &u, k->err);
    status = status == OKO_OK ? oko_grow(&k->at, &k->cap, k->n + 1, sizeof *k->at, OKO_CASES_MAX) : status;
    if (status != OKO_OK) {
        return status;
    }
    candidate one = { .id = e->head.id, .year = e->head.year };
    one.same_cause = *k->cause != '\0' && strcmp(k->cause, oko_body_str(e->body, "cause")) == 0;
    one.same_type = k->type[0] != '\0' && strcmp(k->type, u.type) == 0;
    /* A cause in common tells more than the type of the school; a known effect tells most of what to do. */
    one.score = 4 * one.same_cause + 2 * one.same_type + (*oko_body_str(e->body, "effect") != '\0');
    k->at[k->n++] = one;
    return OKO_OK;
}

static int by_score(const void *x, const void *y)
{
    const candidate *a = x, *b = y;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return a->year != b->year ? (a->year > b->year ? -1 : 1) : (a->id > b->id) - (a->id < b->id);
}

static oko_status add_measure(const oko_cycle *c, int64_t id, bool open, json_t *list, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry m = { 0 };
    oko_status status = oko_cycle_load(c, "measure", id, &m, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        return OKO_OK;
    }
    if (status != OKO_OK) {
        return status;
    }
    const char *verdict = oko_body_str(json_object_get(m.body, "effect_facts"), "verdict");
    /* A title may name the school: only the code of the catalogue leaves it. */
    json_t *o = json_pack("{s:s, s:s, s:s, s:o}", "code", oko_body_str(m.body, "code"), "state", m.head.state, "title",
                          open ? m.head.title : "", "effect", *verdict != '\0' ? json_string(verdict) : json_null());
    return oko_body_append(list, o, err);
}

static oko_status name_it(const oko_entry *e, const oko_unit *u, json_t *item, oko_error *err)
{
    oko_status status = oko_body_set(item, "case", json_integer(e->head.id), err);
    status = status == OKO_OK ? oko_body_set(item, "unit", json_integer(e->head.unit), err) : status;
    status = status == OKO_OK ? oko_body_set(item, "code", json_string(u->code), err) : status;
    return status == OKO_OK ? oko_body_set(item, "name", json_string(u->name), err) : status;
}

static oko_status tell_similar(const comparing *k, const candidate *one, json_t *items)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 }, seen = { 0 };
    oko_unit u;
    oko_status status = oko_cycle_load(k->c, "case", one->id, &e, k->err);
    status = status == OKO_OK ? oko_store_unit_get(k->c->store, e.head.unit, &u, k->err) : status;
    if (status != OKO_OK) {
        return status;
    }
    const bool open = oko_cycle_get(k->c, "case", one->id, &seen, NULL) == OKO_OK;
    const char *effect = oko_body_str(e.body, "effect");
    json_t *measures = json_array();
    json_t *item = json_pack("{s:s, s:s, s:i, s:s, s:b, s:o, s:o}", "sign", oko_body_str(e.body, "sign"), "cause",
                             oko_body_str(e.body, "cause"), "year", e.head.year, "state", e.head.state, "same_cause",
                             (int)one->same_cause, "effect", *effect != '\0' ? json_string(effect) : json_null(),
                             "measures", measures);
    status = oko_body_append(items, item, k->err);
    const json_t *plan = json_object_get(e.body, "measures");
    for (size_t i = 0; status == OKO_OK && i < json_array_size(plan); i++) {
        status = add_measure(k->c, json_integer_value(json_array_get(plan, i)), open, measures, k->err);
    }
    if (status == OKO_OK && open) {
        status = name_it(&e, &u, item, k->err);
        status = status == OKO_OK ? oko_body_set(item, "same_type", json_boolean(one->same_type), k->err) : status;
    }
    return status;
}

oko_status oko_cases_similar(const oko_cycle *c, int64_t id, json_t **ret_items, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry own = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *items = json_array();
    oko_unit u = { 0 };
    oko_status status =
        items != NULL ? oko_cycle_get(c, "case", id, &own, err) : oko_error_set(err, OKO_E_MEMORY, "", "");
    status = status == OKO_OK ? oko_store_unit_get(c->store, own.head.unit, &u, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    const char *sign = oko_body_str(own.body, "sign");
    comparing k = { .c = c, .own = &own, .cause = oko_body_str(own.body, "cause"), .err = err };
    oko_str_copy(k.type, sizeof k.type, oko_str_of(u.type));
    /* What was dismissed was no case; what nobody has agreed on yet has nothing to tell. */
    const oko_record_query q = { .kind = "case",
                                 .states = "recommendation,plan,execution,acceptance,effect,closed,repeated",
                                 .body_path = "sign",
                                 .body_value = sign };
    status = *sign != '\0' ? oko_cycle_each(c, &q, take_candidate, &k, err) : OKO_OK;
    if (k.n > 1) {
        qsort(k.at, k.n, sizeof *k.at, by_score);
    }
    for (size_t i = 0; status == OKO_OK && i < k.n && i < OKO_SIMILAR_MAX; i++) {
        status = tell_similar(&k, &k.at[i], items);
    }
    free(k.at);
    if (status == OKO_OK) {
        *ret_items = json_incref(items);
    }
    return status;
}
