/* Plans of measures: defaults from the catalogue, the baseline, acceptance by the level above. */
#include "cycle/measures.h"

#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/letters.h"
#include "cycle/nouns.h"
#include "domain/date.h"
#include "reference/json.h"
#include "store/values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- baseline ---- */

typedef struct newest {
    double value;
    int year, until;
} newest;

static oko_status take_value(void *ctx, const oko_indicator_value *v)
{
    newest *n = ctx;
    if (v->year <= n->until && v->year >= n->year && isfinite(v->value)) {
        n->value = v->value;
        n->year = v->year;
    }
    return OKO_OK;
}

oko_status oko_measure_baseline(const oko_cycle *c, const char *indicator, int64_t unit, int year, double *ret_value,
                                int *ret_year, oko_error *err)
{
    newest n = { .value = NAN, .until = year };
    const oko_value_query q = { .code = indicator, .unit = unit, .level = OKO_LEVEL_COUNT, .limit = 100000 };
    oko_status status = oko_store_value_walk(c->store, &q, take_value, &n, NULL, err);
    if (status == OKO_OK) {
        *ret_value = n.value;
        *ret_year = n.year;
    }
    return status;
}

/* ---- defaults ---- */

static bool fits_level(const json_t *catalogue, oko_level level)
{
    const json_t *levels = json_object_get(catalogue, "levels");
    bool fits = json_array_size(levels) == 0;
    for (size_t i = 0; i < json_array_size(levels); i++) {
        fits = fits || strcmp(json_string_value(json_array_get(levels, i)), oko_level_name(level)) == 0;
    }
    return fits;
}

/* Title, deadline and indicator of the catalogue where the plan says nothing. */
static oko_status from_catalogue(const oko_cycle *c, oko_entry *e, oko_level level, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry m = { 0 };
    const char *code = oko_body_str(e->body, "code");
    if (*code == '\0') {
        return OKO_OK; /* a measure of the unit's own */
    }
    oko_status status = oko_catalogue_find(c, code, &m, err);
    if (status == OKO_E_NOT_FOUND || (status == OKO_OK && (m.head.removed || strcmp(m.head.state, "active") != 0))) {
        return oko_error_set(err, OKO_E_ARGUMENT, "measure.code", "code");
    }
    if (status != OKO_OK) {
        return status;
    }
    if (!fits_level(m.body, level)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "measure.level", "code");
    }
    if (e->head.title[0] == '\0') {
        oko_str_copy(e->head.title, sizeof e->head.title, oko_str_of(m.head.title));
    }
    const int64_t days = oko_body_int(m.body, "days");
    if (e->head.due[0] == '\0' && days > 0 && days <= OKO_DATE_MOST_DAYS) {
        const char *starts = oko_body_str(e->body, "starts");
        (void)oko_date_add(*starts != '\0' ? starts : c->today, (int)days, e->head.due);
    }
    const char *indicator = oko_body_str(m.body, "indicator");
    if (json_object_get(e->body, "indicator") == NULL && *indicator != '\0') {
        status = oko_body_set(e->body, "indicator", json_string(indicator), err);
    }
    return status;
}

/* Where the unit stands now; absent when nobody has computed it. */
static oko_status note_baseline(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    const char *indicator = oko_body_str(e->body, "indicator");
    double value;
    int year;
    if (*indicator == '\0' || json_object_get(e->body, "baseline") != NULL) {
        return OKO_OK;
    }
    oko_status status = oko_measure_baseline(c, indicator, e->head.unit, e->head.year, &value, &year, err);
    if (status != OKO_OK || isnan(value)) {
        return status;
    }
    status = oko_body_set(e->body, "baseline", json_real(value), err);
    return status == OKO_OK ? oko_body_set(e->body, "baseline_year", json_integer(year), err) : status;
}

static oko_status check_case(const oko_cycle *c, const oko_entry *e, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry one = { 0 };
    const int64_t id = oko_body_int(e->body, "case");
    if (id == 0) {
        return OKO_OK;
    }
    oko_status status = oko_cycle_load(c, "case", id, &one, err);
    if (status == OKO_E_NOT_FOUND) {
        return oko_error_set(err, OKO_E_ARGUMENT, "measure.case", "case");
    }
    bool within = false;
    status = status == OKO_OK ? oko_unit_within(c->store, one.head.unit, e->head.unit, &within, err) : status;
    return status == OKO_OK && !within ? oko_error_set(err, OKO_E_CONFLICT, "measure.case", "case") : status;
}

static oko_status check(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    oko_unit u;
    if (e->head.unit == 0) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "unit");
    }
    const char *starts = oko_body_str(e->body, "starts");
    oko_status status = oko_store_unit_get(c->store, e->head.unit, &u, err);
    status = status == OKO_OK ? from_catalogue(c, e, u.level, err) : status;
    status = status == OKO_OK ? check_case(c, e, err) : status;
    status = status == OKO_OK ? note_baseline(c, e, err) : status;
    if (status == OKO_OK && *starts != '\0' && e->head.due[0] != '\0' && strcmp(e->head.due, starts) < 0) {
        return oko_error_set(err, OKO_E_ARGUMENT, "measure.dates", "due");
    }
    return status;
}

static oko_status creating(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    if (e->head.year == 0) {
        e->head.year = (int)strtol(c->today, NULL, 10);
    }
    return check(c, e, err);
}

/* ---- links ---- */

static oko_status link_to(const oko_cycle *c, const oko_entry *e, const char *relation, int64_t target, oko_error *err)
{
    int64_t link;
    oko_record_link l = {
        .record = e->head.id, .target = OKO_LINK_RECORD, .target_id = target, .created_by = c->actor->user
    };
    oko_str_copy(l.relation, sizeof l.relation, oko_str_of(relation));
    return target != 0 ? oko_store_link_put(c->store, &l, &link, err) : OKO_OK;
}

/* The row of the roadmap that the measure carries out, when it exists already. */
static oko_status link_row(const oko_cycle *c, const oko_entry *e, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry row = { 0 };
    const char *key = oko_body_str(e->body, "roadmap_row");
    if (*key == '\0') {
        return OKO_OK;
    }
    oko_status status = oko_cycle_find(c, "roadmap-row", key, &row, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        return OKO_OK;
    }
    return status == OKO_OK ? link_to(c, e, "carries-out", row.head.id, err) : status;
}

static oko_status done(const oko_cycle *c, oko_entry *e, const char *action, oko_error *err)
{
    if (strcmp(action, "create") != 0) {
        return OKO_OK;
    }
    oko_status status = link_to(c, e, "answers", oko_body_int(e->body, "case"), err);
    status = status == OKO_OK ? link_to(c, e, "answers", oko_body_int(e->body, "recommendation"), err) : status;
    return status == OKO_OK ? link_row(c, e, err) : status;
}

/* ---- acceptance ---- */

/* A measure of a municipality or school is accepted from above; the region's own by its head. */
static oko_status from_above(const oko_cycle *c, const oko_entry *e, oko_error *err)
{
    const oko_actor *a = c->actor;
    if (a->owner || a->role == OKO_ROLE_HEAD || a->unit != e->head.unit) {
        return OKO_OK;
    }
    return oko_error_set(err, OKO_E_PERMISSION, "measure.from_above", "");
}

static oko_status acting(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    if (strcmp(a->name, "accept") == 0 || strcmp(a->name, "return") == 0) {
        return from_above(c, e, err);
    }
    if (strcmp(a->name, "report") == 0 && !oko_date_valid(oko_body_str(input, "done_on"))) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.date", "done_on");
    }
    return OKO_OK;
}

const oko_noun oko_noun_measure = {
    .kind = "measure", .creating = creating, .changing = check, .acting = acting, .done = done
};

/* ---- overview ---- */

typedef struct overview {
    const oko_cycle *c;
    json_t *states, *codes, *units;
    int64_t total, overdue;
    oko_error *err;
} overview;

static bool is_late(const oko_cycle *c, const oko_entry *e)
{
    const int state = oko_flow_state(e->flow, e->head.state);
    return state >= 0 && (e->flow->final & (1u << state)) == 0 && e->head.due[0] != '\0' &&
           strcmp(e->head.due, c->today) < 0;
}

/* The row whose member is this value, made when it is new. NULL when memory is out. */
static json_t *row_of(json_t *rows, const char *member, json_t *value)
{
    for (size_t i = json_array_size(rows); i > 0 && value != NULL; i--) {
        json_t *row = json_array_get(rows, i - 1);
        if (json_equal(json_object_get(row, member), value)) {
            json_decref(value);
            return row;
        }
    }
    json_t *row = json_pack("{s:o, s:i, s:i, s:i}", member, value, "total", 0, "accepted", 0, "overdue", 0);
    return json_array_append_new(rows, row) == 0 ? row : NULL;
}

static oko_status count(json_t *row, bool accepted, bool late, oko_error *err)
{
    if (row == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    oko_status status = oko_body_set(row, "total", json_integer(oko_body_int(row, "total") + 1), err);
    if (status == OKO_OK && accepted) {
        status = oko_body_set(row, "accepted", json_integer(oko_body_int(row, "accepted") + 1), err);
    }
    if (status == OKO_OK && late) {
        status = oko_body_set(row, "overdue", json_integer(oko_body_int(row, "overdue") + 1), err);
    }
    return status;
}

static oko_status take_overview(void *ctx, const oko_entry *e)
{
    overview *o = ctx;
    const bool late = is_late(o->c, e), accepted = strcmp(e->head.state, "accepted") == 0;
    o->total++;
    o->overdue += late;
    oko_status status =
        oko_body_set(o->states, e->head.state, json_integer(oko_body_int(o->states, e->head.state) + 1), o->err);
    status = status == OKO_OK
                 ? count(row_of(o->codes, "code", json_string(oko_body_str(e->body, "code"))), accepted, late, o->err)
                 : status;
    return status == OKO_OK ? count(row_of(o->units, "unit", json_integer(e->head.unit)), accepted, late, o->err)
                            : status;
}

oko_status oko_measures_overview(const oko_cycle *c, int year, int64_t unit, json_t **ret_overview, oko_error *err)
{
    const oko_flow *flow = oko_flow_find(c->flows, "measure");
    overview o = { .c = c, .states = json_object(), .codes = json_array(), .units = json_array(), .err = err };
    oko_record_query q = { .kind = "measure", .year = year, .unit = unit, .subtree = true, .sort = OKO_SORT_UNIT };
    oko_reach_space space;
    bool nothing;
    oko_status status = oko_cycle_reach(c, flow, &q, &space, &nothing, err);
    for (int i = 0; status == OKO_OK && i < flow->n_states; i++) {
        status = oko_body_set(o.states, flow->states[i], json_integer(0), err);
    }
    status = status == OKO_OK && !nothing ? oko_cycle_each(c, &q, take_overview, &o, err) : status;
    json_t *j = json_pack("{s:I, s:I, s:o, s:o, s:o}", "total", (json_int_t)o.total, "overdue", (json_int_t)o.overdue,
                          "states", o.states, "codes", o.codes, "units", o.units);
    if (status == OKO_OK && j != NULL) {
        *ret_overview = j;
        return OKO_OK;
    }
    json_decref(j);
    return status != OKO_OK ? status : oko_error_set(err, OKO_E_MEMORY, "", "");
}
