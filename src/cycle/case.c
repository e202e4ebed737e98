/* What the steps of a case need beyond its flow: a known cause, a real letter, real measures, facts of the effect. */
#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/cases.h"
#include "cycle/letters.h"
#include "cycle/nouns.h"
#include "domain/date.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void oko_case_key(char ret_key[OKO_RECORD_KEY_BYTES], const char *source, const char *sign, int64_t unit, int year)
{
    (void)snprintf(ret_key, OKO_RECORD_KEY_BYTES, "%s/%s/%lld/%d", source, sign, (long long)unit, year);
}

static oko_status creating(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    if (e->head.unit == 0) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "unit");
    }
    if (json_object_get(e->body, "origin") == NULL) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "origin");
    }
    if (e->head.year == 0) {
        e->head.year = (int)strtol(c->today, NULL, 10);
    }
    return OKO_OK;
}

/* ---- causes ---- */

static oko_status known_cause(const json_t *input, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *file = NULL;
    oko_status status = oko_cycle_reference("causes.json", &file, err);
    if (status != OKO_OK) {
        return status;
    }
    const json_t *causes = json_object_get(file, "causes");
    for (size_t i = 0; i < json_array_size(causes); i++) {
        if (strcmp(oko_body_str(json_array_get(causes, i), "code"), oko_body_str(input, "cause")) == 0) {
            return OKO_OK;
        }
    }
    return oko_error_set(err, OKO_E_ARGUMENT, "case.cause", "cause");
}

/* ---- recommendation and plan ---- */

/* The letter names this case, was written to the school or its municipality, and is approved at least. */
static oko_status good_letter(const oko_cycle *c, const oko_entry *e, const json_t *input, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry letter = { 0 };
    bool within = false;
    oko_status status = oko_cycle_load(c, "recommendation", oko_body_int(input, "recommendation"), &letter, err);
    if (status == OKO_E_NOT_FOUND) {
        return oko_error_set(err, OKO_E_ARGUMENT, "case.letter_unknown", "recommendation");
    }
    status = status == OKO_OK ? oko_unit_within(c->store, e->head.unit, letter.head.unit, &within, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    const int state = oko_flow_state(letter.flow, letter.head.state);
    if (!within || !oko_letter_is_about(&letter, e->head.id)) {
        return oko_error_set(err, OKO_E_CONFLICT, "case.letter_other", "recommendation");
    }
    return state >= oko_flow_state(letter.flow, "approved")
               ? OKO_OK
               : oko_error_set(err, OKO_E_CONFLICT, "case.letter_draft", "recommendation");
}

/* Every measure of the plan is one of the same unit, stands, and is about this case. */
static oko_status good_plan(const oko_cycle *c, const oko_entry *e, const json_t *input, oko_error *err)
{
    const json_t *list = json_object_get(input, "measures");
    for (size_t i = 0; i < json_array_size(list); i++) {
        OKO_CLEANUP(oko_entry_clear) oko_entry m = { 0 };
        oko_status status = oko_cycle_load(c, "measure", json_integer_value(json_array_get(list, i)), &m, err);
        if (status == OKO_E_NOT_FOUND) {
            return oko_error_set(err, OKO_E_ARGUMENT, "case.measure_unknown", "measures");
        }
        if (status != OKO_OK) {
            return status;
        }
        if (m.head.unit != e->head.unit || strcmp(m.head.state, "cancelled") == 0 ||
            oko_body_int(m.body, "case") != e->head.id) {
            return oko_error_set(err, OKO_E_CONFLICT, "case.measure_other", "measures");
        }
    }
    return OKO_OK;
}

/* ---- effect ---- */

/* The conclusion says what the check of the effect found; without a check only that the data are not enough. */
static oko_status good_conclusion(const oko_entry *e, const json_t *input, oko_error *err)
{
    const char *found = oko_body_str(json_object_get(e->body, "effect_facts"), "verdict");
    const char *said = oko_body_str(input, "effect");
    if (strcmp(said, *found != '\0' ? found : "no_data") == 0) {
        return OKO_OK;
    }
    oko_status status =
        oko_error_set(err, OKO_E_CONFLICT, *found != '\0' ? "case.effect_differs" : "case.effect_unknown", "effect");
    oko_error_arg(err, "%s", found);
    return status;
}

/* ---- escalation ---- */

static oko_status mark(const oko_cycle *c, oko_entry *e, const char *to, oko_error *err)
{
    oko_status status = oko_body_set(e->body, "escalated", json_true(), err);
    status = status == OKO_OK ? oko_body_set(e->body, "escalated_to", json_string(to), err) : status;
    return status == OKO_OK ? oko_body_set(e->body, "escalated_on", json_string(c->today), err) : status;
}

/* Whom the next mark calls; NULL: the region is called already. */
static const char *next_level(const oko_entry *e)
{
    const bool called = oko_body_true(e->body, "escalated");
    if (strcmp(oko_body_str(e->body, "escalated_to"), "region") == 0) {
        return NULL;
    }
    const bool of_municipality = strcmp(e->head.state, "acceptance") == 0 || strcmp(e->head.state, "cause") == 0;
    return called || of_municipality ? "region" : "municipality";
}

static oko_status escalate(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    const char *to = next_level(e);
    return to != NULL ? mark(c, e, to, err) : oko_error_set(err, OKO_E_CONFLICT, "case.escalated", "");
}

static void unmark(oko_entry *e)
{
    (void)json_object_del(e->body, "escalated");
    (void)json_object_del(e->body, "escalated_to");
    (void)json_object_del(e->body, "escalated_on");
}

typedef struct lateness {
    const oko_cycle *c;
    int64_t *ids;
    size_t n, cap;
    oko_error *err;
} lateness;

static oko_status take_late(void *ctx, const oko_entry *e)
{
    lateness *l = ctx;
    char again[OKO_DATE_BYTES];
    const char *since = oko_body_str(e->body, "escalated_on");
    if (next_level(e) == NULL ||
        (*since != '\0' && oko_date_add(since, OKO_ESCALATION_DAYS, again) && strcmp(l->c->today, again) < 0)) {
        return OKO_OK;
    }
    bool within = false;
    oko_status status =
        oko_unit_within(l->c->store, e->head.unit, l->c->actor->owner ? 0 : l->c->actor->unit, &within, l->err);
    if (status != OKO_OK || !within) {
        return status;
    }
    status = oko_grow(&l->ids, &l->cap, l->n + 1, sizeof *l->ids, OKO_CASES_MAX);
    if (status == OKO_OK) {
        l->ids[l->n++] = e->head.id;
    }
    return status;
}

static oko_status mark_one(const oko_cycle *c, int64_t id, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_cycle_load(c, "case", id, &e, err);
    status = status == OKO_OK ? escalate(c, &e, err) : status;
    OKO_CLEANUP(oko_json_freep)
    json_t *input = json_pack("{s:s}", "to", status == OKO_OK ? oko_body_str(e.body, "escalated_to") : "");
    if (input == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    status = status == OKO_OK ? oko_cycle_step(c, &e, "escalate", input, err) : status;
    return status == OKO_OK ? oko_cycle_put(c, &e, "escalate", err) : status;
}

oko_status oko_cases_escalate(const oko_cycle *c, int *ret_n, oko_error *err)
{
    char yesterday[OKO_DATE_BYTES];
    oko_cycle inside;
    oko_status status =
        oko_access_role(c->actor, OKO_ROLE_BIT(OKO_ROLE_OPERATOR) | OKO_ROLE_BIT(OKO_ROLE_MUNICIPAL), true, err);
    if (status != OKO_OK) {
        return status;
    }
    if (!oko_date_before(c->today, yesterday)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.date", "");
    }
    lateness l = { .c = c, .err = err };
    /* The states that oko_flow's action "escalate" names. */
    const oko_record_query q = { .kind = "case",
                                 .states = "explanation,cause,plan,execution,acceptance",
                                 .due_until = yesterday };
    status = oko_cycle_begin(c, &inside, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_cycle_each(&inside, &q, take_late, &l, err);
    for (size_t i = 0; status == OKO_OK && i < l.n; i++) {
        status = mark_one(&inside, l.ids[i], err);
    }
    free(l.ids);
    status = oko_cycle_end(c, status, err);
    if (status == OKO_OK) {
        *ret_n = (int)l.n;
    }
    return status;
}

/* ---- repeat ---- */

static oko_status take_id(void *ctx, const oko_entry *e)
{
    *(int64_t *)ctx = e->head.id;
    return OKO_OK;
}

oko_status oko_case_of(const oko_cycle *c, int64_t unit, const char *sign, int year, int64_t *ret_id, oko_error *err)
{
    const oko_record_query q = { .kind = "case", .unit = unit, .year = year, .body_path = "sign", .body_value = sign };
    *ret_id = 0;
    return oko_cycle_each(c, &q, take_id, ret_id, err);
}

static oko_status new_repeat(const oko_entry *e, const char *sign, oko_entry *next, oko_error *err)
{
    next->head = (oko_record){ .kind = "case", .state = "signal", .unit = e->head.unit, .year = e->head.year + 1 };
    oko_case_key(next->head.key, "sign", sign, e->head.unit, e->head.year + 1);
    oko_str_copy(next->head.title, sizeof next->head.title, oko_str_of(e->head.title));
    next->body =
        json_pack("{s:{s:s, s:s}, s:s, s:s}", "origin", "kind", "manual", "reason", oko_body_str(e->body, "comment"),
                  "sign", sign, "procedure", oko_body_str(e->body, "procedure"));
    return next->body != NULL ? OKO_OK : oko_error_set(err, OKO_E_MEMORY, "", "");
}

oko_status oko_case_link_repeat(const oko_cycle *c, oko_entry *next, int64_t earlier, oko_error *err)
{
    oko_status status = oko_body_set(next->body, "repeats", json_integer(earlier), err);
    status = status == OKO_OK ? oko_cycle_put(c, next, next->head.id == 0 ? "create" : "repeats", err) : status;
    if (status != OKO_OK) {
        return status;
    }
    const oko_record_link l = {
        .record = next->head.id, .relation = "repeats", .target = OKO_LINK_RECORD, .target_id = earlier
    };
    int64_t link;
    return oko_store_link_put(c->store, &l, &link, err);
}

/* The next year's case of the same school and sign: the one that is there, or a new signal made by hand. */
static oko_status repeat(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry next = { 0 };
    const char *named = oko_body_str(e->body, "sign"), *sign = *named != '\0' ? named : "other";
    int64_t id;
    oko_status status = oko_case_of(c, e->head.unit, sign, e->head.year + 1, &id, err);
    if (status == OKO_OK) {
        status = id != 0 ? oko_cycle_load(c, "case", id, &next, err) : new_repeat(e, sign, &next, err);
    }
    status = status == OKO_OK ? oko_case_link_repeat(c, &next, e->head.id, err) : status;
    return status == OKO_OK ? oko_body_set(e->body, "repeated_by", json_integer(next.head.id), err) : status;
}

static oko_status acting(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    if (a->to >= 0) {
        unmark(e);
    }
    if (strcmp(a->name, "propose-cause") == 0 || strcmp(a->name, "agree-cause") == 0) {
        return known_cause(input, err);
    }
    if (strcmp(a->name, "recommend") == 0) {
        return good_letter(c, e, input, err);
    }
    if (strcmp(a->name, "submit-plan") == 0) {
        return good_plan(c, e, input, err);
    }
    if (strcmp(a->name, "conclude") == 0) {
        return good_conclusion(e, input, err);
    }
    if (strcmp(a->name, "escalate") == 0) {
        return escalate(c, e, err);
    }
    return strcmp(a->name, "repeat") == 0 ? repeat(c, e, err) : OKO_OK;
}

const oko_noun oko_noun_case = { .kind = "case", .creating = creating, .acting = acting };
