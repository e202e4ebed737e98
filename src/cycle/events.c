/* Events: their hooks, who is invited, who came. */
#include "cycle/events.h"

#include "analysis/evidence.h"
#include "analysis/register.h"
#include "analysis/runs.h"
#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/nouns.h"
#include "domain/date.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INVITED_MAX = 5000 };

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

static bool in_list(const json_t *list, const char *word)
{
    size_t i;
    json_t *v;
    json_array_foreach((json_t *)(uintptr_t)list, i, v)
    {
        if (json_is_string(v) && strcmp(json_string_value(v), word) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- checks of an event ---- */

static bool known_type(const json_t *types, const char *code)
{
    size_t i;
    json_t *t;
    json_array_foreach((json_t *)(uintptr_t)types, i, t)
    {
        if (strcmp(oko_body_str(t, "code"), code) == 0) {
            return true;
        }
    }
    return false;
}

/* "2026-03-05" or "2026-03-05T10:00" (the clock of the place). */
static bool moment_fits(const char *text)
{
    char day[OKO_DATE_BYTES];
    unsigned hour, minute;
    int end = 0;
    (void)snprintf(day, sizeof day, "%.10s", text);
    if (!oko_date_valid(day)) {
        return false;
    }
    return text[10] == '\0' || (sscanf(text + 10, "T%2u:%2u%n", &hour, &minute, &end) == 2 && end == 6 &&
                                text[16] == '\0' && hour < 24 && minute < 60);
}

static bool sign_fits(const char *sign)
{
    oko_evidence level;
    if (oko_evidence_parse(sign, &level)) {
        return level > OKO_EVIDENCE_NONE;
    }
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (strcmp(oko_family_name((oko_family)f), sign) == 0) {
            return true;
        }
    }
    return false;
}

static oko_status check(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *types = NULL;
    const char *type = oko_body_str(e->body, "type"), *from = oko_body_str(e->body, "from"),
               *until = oko_body_str(e->body, "until");
    const char *sign = oko_body_str(json_object_get(e->body, "audience"), "sign");
    (void)c;
    oko_status status = oko_cycle_reference("event-types.json", &types, err);
    if (status != OKO_OK) {
        return status;
    }
    if (*type != '\0' && !known_type(json_object_get(types, "types"), type)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "event.type", "type");
    }
    if (*from != '\0' && !moment_fits(from)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "event.moment", "from");
    }
    if (*until != '\0' && (!moment_fits(until) || strcmp(until, from) < 0)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "event.moment", "until");
    }
    if (*sign != '\0' && !sign_fits(sign)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "event.sign", "audience/sign");
    }
    if (*from != '\0') {
        e->head.year = atoi(from);
        (void)snprintf(e->head.due, sizeof e->head.due, "%.10s", from);
    }
    return OKO_OK;
}

/* ---- who is invited ---- */

typedef struct inviting {
    const oko_cycle *c;
    oko_entry *event;
    oko_register reg;
    bool *wanted; /* [places] */
    int family;   /* −1: none asked for */
    int level;    /* oko_evidence at least; −1 */
    const char *procedure;
    int n;
    oko_error *err;
} inviting;

static bool in_reach(const inviting *v, const oko_place *p)
{
    const oko_place *top = oko_register_find(&v->reg, v->event->head.unit);
    const oko_place *above = top != NULL ? oko_register_above(&v->reg, p->id, top->level) : NULL;
    return v->event->head.unit == 0 || (above != NULL && above == top);
}

static bool speaks(const char *details, const char *family)
{
    json_t *d = NULL;
    if (oko_json_parse(oko_str_of(details), "details", &d, NULL) != OKO_OK) {
        return false;
    }
    const json_t *p = json_object_get(json_object_get(json_object_get(d, "families"), family), "p");
    const bool yes = json_is_number(p) && json_number_value(p) < .05;
    json_decref(d);
    return yes;
}

static int level_of(const char *details)
{
    json_t *d = NULL;
    oko_evidence level = OKO_EVIDENCE_NO_DATA;
    if (oko_json_parse(oko_str_of(details), "details", &d, NULL) == OKO_OK) {
        (void)oko_evidence_parse(oko_body_str(d, "evidence"), &level);
    }
    json_decref(d);
    return (int)level;
}

static oko_status take_sign(void *ctx, const oko_result *r)
{
    inviting *v = ctx;
    const oko_place *p = oko_register_find(&v->reg, r->unit);
    const char *details = r->details != NULL ? r->details : "{}";
    if (p == NULL || p->level != OKO_LEVEL_SCHOOL || !in_reach(v, p)) {
        return OKO_OK;
    }
    const bool has =
        v->family >= 0 ? speaks(details, oko_family_name((oko_family)v->family)) : level_of(details) >= v->level;
    v->wanted[p - v->reg.places] = v->wanted[p - v->reg.places] || has;
    return OKO_OK;
}

/* Schools with the sign in the newest evidence run. */
static oko_status by_sign(inviting *v, const char *sign)
{
    oko_evidence level = OKO_EVIDENCE_SIGNS;
    v->family = -1;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        v->family = strcmp(oko_family_name((oko_family)f), sign) == 0 ? f : v->family;
    }
    (void)oko_evidence_parse(sign, &level);
    v->level = (int)level;
    oko_run run = { 0 };
    oko_status status = oko_run_find(v->c->store, 0, OKO_METHODS_EVIDENCE, &run, v->err);
    if (status == OKO_E_NOT_FOUND) {
        return oko_error_set(v->err, OKO_E_NO_DATA, "event.no_evidence", "audience/sign");
    }
    const oko_result_query q = { .run = run.id,
                                 .rule = OKO_RULE_EVIDENCE,
                                 .procedure = *v->procedure != '\0' ? v->procedure : NULL,
                                 .level = OKO_LEVEL_SCHOOL };
    status = status == OKO_OK ? oko_store_result_walk(v->c->store, &q, take_sign, v, v->err) : status;
    oko_run_clear(&run);
    return status;
}

static void by_name(inviting *v, const json_t *audience)
{
    const json_t *levels = json_object_get(audience, "levels");
    const bool signs = *oko_body_str(audience, "sign") != '\0';
    size_t i;
    json_t *unit;
    for (size_t k = 0; k < v->reg.n; k++) { /* with a sign, the levels only say that schools are meant */
        const oko_place *p = &v->reg.places[k];
        if (!signs && p->id != v->event->head.unit && in_list(levels, oko_level_name(p->level)) && in_reach(v, p)) {
            v->wanted[k] = true;
        }
    }
    json_array_foreach(json_object_get(audience, "units"), i, unit)
    {
        const oko_place *p = oko_register_find(&v->reg, json_integer_value(unit));
        if (p != NULL && in_reach(v, p)) {
            v->wanted[p - v->reg.places] = true;
        }
    }
}

static oko_status found(void *ctx, const oko_record *r)
{
    *(int64_t *)ctx = r->id;
    return OKO_OK;
}

static oko_status invite_one(inviting *v, int64_t unit)
{
    int64_t known = 0;
    const oko_record *event = &v->event->head;
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { .head = { .unit = unit, .year = event->year } };
    (void)snprintf(e.head.kind, sizeof e.head.kind, "registration");
    (void)snprintf(e.head.state, sizeof e.head.state, "invited");
    (void)snprintf(e.head.due, sizeof e.head.due, "%s", event->due);
    (void)snprintf(e.head.title, sizeof e.head.title, "%s", event->title);
    (void)snprintf(e.head.key, sizeof e.head.key, "%lld/%lld", (long long)event->id, (long long)unit);
    oko_status status = oko_store_record_find(v->c->store, "registration", e.head.key, found, &known, v->err);
    if (status != OKO_E_NOT_FOUND) {
        return status;
    }
    oko_error_clear(v->err);
    if (++v->n > INVITED_MAX) {
        return oko_error_set(v->err, OKO_E_LIMIT, "event.many", "audience");
    }
    e.body = json_pack("{s:I}", "event", (json_int_t)event->id);
    return e.body != NULL ? oko_cycle_put(v->c, &e, "invite", v->err) : no_memory(v->err);
}

static oko_status invite(const oko_cycle *c, oko_entry *event, oko_error *err)
{
    const json_t *audience = json_object_get(event->body, "audience");
    const char *sign = oko_body_str(audience, "sign");
    inviting v = { .c = c, .event = event, .procedure = oko_body_str(audience, "procedure"), .err = err };
    oko_status status = oko_register_load(c->store, 0, &v.reg, err);
    v.wanted = status == OKO_OK ? oko_calloc_array(v.reg.n > 0 ? v.reg.n : 1, sizeof *v.wanted) : NULL;
    if (status == OKO_OK && v.wanted == NULL) {
        status = no_memory(err);
    }
    if (status == OKO_OK) {
        by_name(&v, audience);
        status = *sign != '\0' ? by_sign(&v, sign) : OKO_OK;
    }
    for (size_t i = 0; status == OKO_OK && i < v.reg.n; i++) {
        status = v.wanted[i] ? invite_one(&v, v.reg.places[i].id) : OKO_OK;
    }
    free(v.wanted);
    oko_register_clear(&v.reg);
    const json_int_t before = json_integer_value(json_object_get(event->body, "invited"));
    if (status == OKO_OK && json_object_set_new(event->body, "invited", json_integer(before + v.n)) != 0) {
        return no_memory(err);
    }
    return status;
}

static oko_status acting(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    (void)input;
    const char *held = oko_body_str(e->body, "held_on");
    if (strcmp(a->name, "hold") == 0 && !oko_date_valid(held)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.date", "held_on");
    }
    if (a->to >= 0) { /* its day stays with it in every state: lists and the calendar go by it */
        (void)snprintf(e->head.due, sizeof e->head.due, "%.10s", oko_body_str(e->body, "from"));
    }
    return strcmp(a->name, "invite") == 0 ? invite(c, e, err) : OKO_OK;
}

const oko_noun oko_noun_event = { .kind = "event", .creating = check, .changing = check, .acting = acting };

/* ---- registrations ---- */

static oko_status creating_registration(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry event = { 0 };
    oko_status status = oko_cycle_get(c, "event", json_integer_value(json_object_get(e->body, "event")), &event, err);
    if (status == OKO_E_NOT_FOUND) {
        return oko_error_set(err, OKO_E_ARGUMENT, "event.unknown", "event");
    }
    if (status == OKO_OK && strcmp(event.head.state, "planned") != 0) {
        return oko_error_set(err, OKO_E_CONFLICT, "event.not_planned", "event");
    }
    if (status != OKO_OK) {
        return status;
    }
    (void)snprintf(e->head.key, sizeof e->head.key, "%lld/%lld", (long long)event.head.id, (long long)e->head.unit);
    (void)snprintf(e->head.title, sizeof e->head.title, "%s", event.head.title);
    (void)snprintf(e->head.due, sizeof e->head.due, "%s", event.head.due);
    e->head.year = event.head.year;
    return OKO_OK;
}

/* Which event it is for, and of whom, stays. */
static oko_status changing_registration(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    char key[OKO_RECORD_KEY_BYTES];
    (void)c;
    (void)snprintf(key, sizeof key, "%lld/%lld", (long long)json_integer_value(json_object_get(e->body, "event")),
                   (long long)e->head.unit);
    return strcmp(key, e->head.key) == 0 ? OKO_OK : oko_error_set(err, OKO_E_ARGUMENT, "event.moved", "event");
}

const oko_noun oko_noun_registration = { .kind = "registration",
                                         .creating = creating_registration,
                                         .changing = changing_registration };

/* ---- who came ---- */

static oko_status attend(const oko_cycle *c, int64_t event, const json_t *row, oko_error *err)
{
    char key[64];
    int64_t id = 0;
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    (void)snprintf(key, sizeof key, "%lld/%lld", (long long)event,
                   (long long)json_integer_value(json_object_get(row, "unit")));
    oko_status status = oko_store_record_find(c->store, "registration", key, found, &id, err);
    status = status == OKO_OK ? oko_cycle_get(c, "registration", id, &e, err) : status;
    if (status == OKO_E_NOT_FOUND) {
        return oko_error_set(err, status, "event.not_registered", "");
    }
    const bool came = json_is_true(json_object_get(row, "attended"));
    if (status != OKO_OK || strcmp(e.head.state, came ? "attended" : "absent") == 0) {
        return status;
    }
    const json_t *persons = json_object_get(row, "persons");
    json_t *input = json_object();
    if (input == NULL ||
        (came && persons != NULL && json_object_set(input, "persons", (json_t *)(uintptr_t)persons) != 0)) {
        json_decref(input);
        return no_memory(err);
    }
    status = oko_cycle_act(c, "registration", id, e.head.version, came ? "attend" : "miss", input, NULL, err);
    json_decref(input);
    return status;
}

oko_status oko_event_attendance(const oko_cycle *c, int64_t event, const json_t *rows, int *ret_n, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    size_t i;
    json_t *row;
    oko_status status = oko_cycle_get(c, "event", event, &e, err);
    *ret_n = 0;
    json_array_foreach((json_t *)(uintptr_t)rows, i, row)
    {
        if (status == OKO_OK) {
            status = attend(c, event, row, err);
            if (status != OKO_OK && err != NULL && err->field[0] == '\0') {
                (void)snprintf(err->field, sizeof err->field, "rows/%zu", i);
            }
            *ret_n += status == OKO_OK;
        }
    }
    return status;
}
