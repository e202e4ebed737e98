/* All cases in sight: counts, and the most urgent ones of each state. */
#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/cases.h"
#include "reference/json.h"

#include <string.h>

typedef struct boarding {
    const oko_cycle *c;
    const oko_flow *flow;
    const oko_board_options *o;
    json_t *tasks; /* reference/cycle/tasks.json */
    json_t *states, *signs, *units, *columns;
    int64_t total, overdue, escalated;
    size_t open; /* columns that still take cards */
    oko_error *err;
} boarding;

static oko_status add_one(json_t *o, const char *name, oko_error *err)
{
    return oko_body_set(o, name, json_integer(oko_body_int(o, name) + 1), err);
}

/* ---- whose turn it is ---- */

static bool names_role(const json_t *roles, const char *role)
{
    for (size_t i = 0; i < json_array_size(roles); i++) {
        if (strcmp(json_string_value(json_array_get(roles, i)), role) == 0) {
            return true;
        }
    }
    return false;
}

/* Roles that a case of this state waits for; NULL: nobody. */
static const json_t *waits_for(const boarding *b, const char *state)
{
    size_t i;
    json_t *task;
    json_array_foreach(json_object_get(b->tasks, "tasks"), i, task)
    {
        if (strcmp(oko_body_str(task, "kind"), "case") == 0 && strcmp(oko_body_str(task, "states"), state) == 0) {
            return json_object_get(task, "roles");
        }
    }
    return NULL;
}

static oko_status tell_waits(const boarding *b, json_t *waits)
{
    oko_status status = OKO_OK;
    for (int i = 0; status == OKO_OK && i < b->flow->n_states; i++) {
        const json_t *roles = waits_for(b, b->flow->states[i]);
        status = roles != NULL
                     ? oko_body_set(waits, b->flow->states[i], json_incref((json_t *)(uintptr_t)roles), b->err)
                     : OKO_OK;
    }
    return status;
}

/* ---- counts ---- */

static const char *sign_of(const oko_entry *e)
{
    const char *sign = oko_body_str(e->body, "sign");
    return *sign != '\0' ? sign : "other";
}

static bool open_state(const oko_entry *e)
{
    const int state = oko_flow_state(e->flow, e->head.state);
    return state >= 0 && (e->flow->final & (1u << state)) == 0;
}

static bool is_late(const boarding *b, const oko_entry *e)
{
    return open_state(e) && e->head.due[0] != '\0' && strcmp(e->head.due, b->c->today) < 0;
}

/* Does the filter let it through? sign: also by its sign. */
static bool wanted(const boarding *b, const oko_entry *e, bool sign)
{
    return (!b->o->overdue || is_late(b, e)) &&
           (!b->o->mine || names_role(waits_for(b, e->head.state), oko_role_name(b->c->actor->role))) &&
           (!sign || b->o->sign == NULL || strcmp(b->o->sign, sign_of(e)) == 0);
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

static oko_status count(void *ctx, const oko_entry *e)
{
    boarding *b = ctx;
    if (!wanted(b, e, false)) {
        return OKO_OK;
    }
    oko_status status = add_one(b->signs, sign_of(e), b->err); /* whatever the filter by sign */
    if (status != OKO_OK || !wanted(b, e, true)) {
        return status;
    }
    const bool open = open_state(e), late = is_late(b, e);
    b->total++;
    b->overdue += late;
    b->escalated += open && oko_body_true(e->body, "escalated");
    json_t *row = unit_row(b, e->head.unit);
    if (row == NULL) {
        return oko_error_set(b->err, OKO_E_MEMORY, "", "");
    }
    status = add_one(b->states, e->head.state, b->err);
    status = status == OKO_OK ? add_one(row, "total", b->err) : status;
    status = status == OKO_OK && open ? add_one(row, "open", b->err) : status;
    return status == OKO_OK && late ? add_one(row, "overdue", b->err) : status;
}

/* ---- cards ---- */

static oko_status card(boarding *b, const oko_entry *e, json_t *cards)
{
    oko_unit u;
    const oko_record *h = &e->head;
    oko_status status = oko_store_unit_get(b->c->store, h->unit, &u, b->err);
    if (status != OKO_OK) {
        return status;
    }
    return oko_body_append(cards,
                           json_pack("{s:I, s:s, s:I, s:s, s:s, s:I, s:s, s:s, s:i, s:s, s:s, s:b, s:b, s:I}", "id",
                                     (json_int_t)h->id, "title", h->title, "unit", (json_int_t)h->unit, "unit_code",
                                     u.code, "unit_name", u.name, "parent", (json_int_t)u.parent, "sign", sign_of(e),
                                     "procedure", oko_body_str(e->body, "procedure"), "year", h->year, "state",
                                     h->state, "due", h->due, "overdue", (int)is_late(b, e), "escalated",
                                     (int)oko_body_true(e->body, "escalated"), "version", (json_int_t)h->version),
                           b->err);
}

static bool full(const boarding *b, const char *state, const json_t *cards)
{
    const int64_t n = (int64_t)json_array_size(cards);
    return n >= b->o->cards || n >= oko_body_int(b->states, state);
}

static oko_status take_card(void *ctx, const oko_entry *e)
{
    boarding *b = ctx;
    json_t *cards = json_object_get(b->columns, e->head.state);
    if (cards == NULL || full(b, e->head.state, cards) || !wanted(b, e, true)) {
        return OKO_OK;
    }
    oko_status status = card(b, e, cards);
    b->open -= status == OKO_OK && full(b, e->head.state, cards);
    return status == OKO_OK && b->open == 0 ? OKO_E_CANCELLED : status; /* nobody waits for more */
}

static oko_status deal(boarding *b, oko_record_query q)
{
    const char *state;
    json_t *n;
    oko_status status = OKO_OK;
    json_object_foreach(b->states, state, n)
    {
        status = status == OKO_OK ? oko_body_set(b->columns, state, json_array(), b->err) : status;
        b->open += json_integer_value(n) > 0;
    }
    if (status != OKO_OK || b->o->cards <= 0 || b->open == 0) {
        return status;
    }
    q.sort = OKO_SORT_DUE;
    status = oko_cycle_each(b->c, &q, take_card, b, b->err);
    return status == OKO_E_CANCELLED ? OKO_OK : status;
}

/* ---- all ---- */

static oko_status lay_out(boarding *b, json_t *waits)
{
    oko_record_query q = {
        .kind = "case", .year = b->o->year, .unit = b->o->unit, .subtree = true, .sort = OKO_SORT_UNIT
    };
    oko_reach_space space;
    bool nothing;
    oko_status status = oko_cycle_reference("tasks.json", &b->tasks, b->err);
    status = status == OKO_OK ? tell_waits(b, waits) : status;
    status = status == OKO_OK ? oko_cycle_reach(b->c, b->flow, &q, &space, &nothing, b->err) : status;
    for (int i = 0; status == OKO_OK && i < b->flow->n_states; i++) {
        if ((oko_flow_visible(b->flow, b->c->actor->role) & (1u << i)) != 0 || b->c->actor->owner) {
            status = oko_body_set(b->states, b->flow->states[i], json_integer(0), b->err);
        }
    }
    status = status == OKO_OK && !nothing ? oko_cycle_each(b->c, &q, count, b, b->err) : status;
    return status == OKO_OK ? deal(b, q) : status;
}

oko_status oko_cases_board(const oko_cycle *c, const oko_board_options *options, json_t **ret_board, oko_error *err)
{
    boarding b = { .c = c,
                   .flow = oko_flow_find(c->flows, "case"),
                   .o = options,
                   .states = json_object(),
                   .signs = json_object(),
                   .units = json_array(),
                   .columns = json_object(),
                   .err = err };
    json_t *waits = json_object();
    const bool ready = b.states != NULL && b.signs != NULL && b.units != NULL && b.columns != NULL && waits != NULL;
    oko_status status = ready ? lay_out(&b, waits) : oko_error_set(err, OKO_E_MEMORY, "", "");
    json_decref(b.tasks);
    json_t *board = json_pack("{s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o}", "total", (json_int_t)b.total, "overdue",
                              (json_int_t)b.overdue, "escalated", (json_int_t)b.escalated, "states", b.states, "signs",
                              b.signs, "units", b.units, "columns", b.columns, "waits", waits);
    if (status == OKO_OK && board != NULL) {
        *ret_board = board;
        return OKO_OK;
    }
    json_decref(board);
    return status != OKO_OK ? status : oko_error_set(err, OKO_E_MEMORY, "", "");
}
