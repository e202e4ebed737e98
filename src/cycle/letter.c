/* Letters: what they are about, how they are numbered, when they are read. */
#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/letters.h"
#include "cycle/nouns.h"
#include "domain/date.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

bool oko_letter_is_about(const oko_entry *letter, int64_t id)
{
    return id != 0 &&
           (oko_body_int(letter->body, "case") == id || oko_body_has(json_object_get(letter->body, "cases"), id));
}

/* ---- what it is about ---- */

/* Every case of a letter lies at its addressee or below. */
static oko_status check_case(const oko_cycle *c, const oko_entry *e, int64_t id, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry one = { 0 };
    bool within = false;
    oko_status status = oko_cycle_load(c, "case", id, &one, err);
    if (status == OKO_E_NOT_FOUND) {
        return oko_error_set(err, OKO_E_ARGUMENT, "letter.case_unknown", "cases");
    }
    status = status == OKO_OK ? oko_unit_within(c->store, one.head.unit, e->head.unit, &within, err) : status;
    return status == OKO_OK && !within ? oko_error_set(err, OKO_E_CONFLICT, "letter.case_other", "cases") : status;
}

/* "case" and "cases" become one list, each case once. */
static oko_status gather_cases(oko_entry *e, oko_error *err)
{
    json_t *cases = json_object_get(e->body, "cases");
    const int64_t one = oko_body_int(e->body, "case");
    OKO_CLEANUP(oko_json_freep) json_t *list = json_array();
    oko_status status = list == NULL ? no_memory(err) : OKO_OK;
    if (status == OKO_OK && one != 0) {
        status = oko_body_append(list, json_integer(one), err);
    }
    for (size_t i = 0; status == OKO_OK && i < json_array_size(cases); i++) {
        const int64_t id = json_integer_value(json_array_get(cases, i));
        status = oko_body_has(list, id) ? OKO_OK : oko_body_append(list, json_integer(id), err);
    }
    if (status == OKO_OK && json_array_size(list) > OKO_LETTER_CASES) {
        return oko_error_set(err, OKO_E_LIMIT, "letter.too_many", "cases");
    }
    if (status != OKO_OK || json_array_size(list) == 0) {
        return status;
    }
    (void)json_object_del(e->body, "case");
    return oko_body_set(e->body, "cases", json_incref(list), err);
}

/* A letter about a case begins with what the base says to it. */
static oko_status suggest(const oko_cycle *c, oko_entry *e, int64_t id, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *s = NULL;
    oko_status status = oko_advice_for_case(c, id, &s, err);
    static const char *const members[] = { "sign", "cause", "text", "measures" };
    for (size_t i = 0; status == OKO_OK && i < sizeof members / sizeof *members; i++) {
        json_t *v = json_object_get(s, members[i]);
        const bool says = json_is_string(v) ? json_string_length(v) > 0 : json_array_size(v) > 0;
        if (json_object_get(e->body, members[i]) == NULL && says) {
            status = oko_body_set(e->body, members[i], json_incref(v), err);
        }
    }
    return status;
}

static oko_status address(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    oko_unit u;
    if (e->head.unit == 0) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "unit");
    }
    oko_status status = oko_store_unit_get(c->store, e->head.unit, &u, err);
    if (status == OKO_OK && u.level != OKO_LEVEL_MUNICIPALITY && u.level != OKO_LEVEL_SCHOOL) {
        return oko_error_set(err, OKO_E_ARGUMENT, "letter.addressee", "unit");
    }
    if (status == OKO_OK && json_object_get(e->body, "addressee") == NULL) {
        status = oko_body_set(e->body, "addressee", json_string(u.name[0] != '\0' ? u.name : u.code), err);
    }
    return status;
}

static oko_status check(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    oko_status status = gather_cases(e, err);
    const json_t *cases = json_object_get(e->body, "cases");
    status = status == OKO_OK ? address(c, e, err) : status;
    for (size_t i = 0; status == OKO_OK && i < json_array_size(cases); i++) {
        status = check_case(c, e, json_integer_value(json_array_get(cases, i)), err);
    }
    return status;
}

static oko_status creating(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    oko_status status = check(c, e, err);
    if (e->head.year == 0) {
        e->head.year = (int)strtol(c->today, NULL, 10);
    }
    const json_t *cases = json_object_get(e->body, "cases");
    if (status == OKO_OK && json_array_size(cases) > 0) {
        status = suggest(c, e, json_integer_value(json_array_get(cases, 0)), err);
    }
    return status;
}

/* The cases are linked, so that a case shows its letters. */
static oko_status link_cases(const oko_cycle *c, const oko_entry *e, oko_error *err)
{
    const json_t *cases = json_object_get(e->body, "cases");
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < json_array_size(cases); i++) {
        int64_t link;
        const oko_record_link l = { .record = e->head.id,
                                    .relation = "about",
                                    .target = OKO_LINK_RECORD,
                                    .target_id = json_integer_value(json_array_get(cases, i)),
                                    .created_by = c->actor->user };
        status = oko_store_link_put(c->store, &l, &link, err);
    }
    return status;
}

static oko_status done(const oko_cycle *c, oko_entry *e, const char *action, oko_error *err)
{
    const bool names = strcmp(action, "create") == 0 || strcmp(action, "submit") == 0;
    return names ? link_cases(c, e, err) : OKO_OK;
}

/* ---- numbers ---- */

static oko_status is_there(void *ctx, const oko_record *r)
{
    (void)r;
    *(bool *)ctx = true;
    return OKO_OK;
}

static oko_status number_taken(const oko_cycle *c, const char *key, bool *ret_taken, oko_error *err)
{
    *ret_taken = false;
    oko_status status = oko_store_record_find(c->store, "recommendation", key, is_there, ret_taken, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        return OKO_OK;
    }
    return status;
}

/* How many letters of the year the program has numbered. */
static oko_status count_own(const oko_cycle *c, int year, int64_t *ret_n, oko_error *err)
{
    char prefix[8];
    bool any;
    (void)snprintf(prefix, sizeof prefix, "%d/", year);
    const oko_record_query q = { .kind = "recommendation",
                                 .key_prefix = prefix,
                                 .body_path = "numbered",
                                 .body_value = "program",
                                 .with_removed = true,
                                 .limit = 1 };
    return oko_store_record_walk(c->store, &q, is_there, &any, ret_n, err);
}

/* The next free number of the program's own series. The transaction holds the only right to write, so nobody else takes
 * it meanwhile. */
static oko_status next_number(const oko_cycle *c, oko_entry *e, int year, oko_error *err)
{
    char number[32];
    int64_t n = 0;
    bool taken = true;
    oko_status status = count_own(c, year, &n, err);
    while (status == OKO_OK && taken) {
        (void)snprintf(number, sizeof number, "%03lld/%d", (long long)++n, year);
        (void)snprintf(e->head.key, sizeof e->head.key, "%d/%s", year, number);
        status = number_taken(c, e->head.key, &taken, err);
    }
    status = status == OKO_OK ? oko_body_set(e->body, "number", json_string(number), err) : status;
    return status == OKO_OK ? oko_body_set(e->body, "numbered", json_string("program"), err) : status;
}

static oko_status own_number(const oko_cycle *c, oko_entry *e, int year, const char *number, oko_error *err)
{
    bool taken;
    (void)snprintf(e->head.key, sizeof e->head.key, "%d/%s", year, number);
    oko_status status = number_taken(c, e->head.key, &taken, err);
    if (status == OKO_OK && taken) {
        return oko_error_set(err, OKO_E_CONFLICT, "letter.number_taken", "number");
    }
    return status == OKO_OK ? oko_body_set(e->body, "numbered", json_string("office"), err) : status;
}

static oko_status send(const oko_cycle *c, oko_entry *e, const json_t *input, oko_error *err)
{
    const char *date = oko_body_str(input, "date"), *number = oko_body_str(input, "number");
    if (!oko_date_valid(date)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.date", "date");
    }
    const int year = (int)strtol(date, NULL, 10);
    return *number != '\0' ? own_number(c, e, year, number, err) : next_number(c, e, year, err);
}

static oko_status acting(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    if (strcmp(a->name, "send") == 0) {
        return send(c, e, input, err);
    }
    if (strcmp(a->name, "submit") == 0) {
        return check(c, e, err);
    }
    return strcmp(a->name, "read") == 0 ? oko_body_set(e->body, "read_on", json_string(c->today), err) : OKO_OK;
}

const oko_noun oko_noun_recommendation = {
    .kind = "recommendation", .creating = creating, .changing = check, .acting = acting, .done = done
};

/* ---- the first look ---- */

oko_status oko_letter_look(const oko_cycle *c, int64_t id, bool *ret_marked, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    bool marked = false;
    oko_status status = oko_cycle_get(c, "recommendation", id, &e, err);
    if (status != OKO_OK) {
        return status;
    }
    const oko_flow_action *read = oko_flow_action_find(e.flow, "read");
    if (!c->actor->owner && oko_cycle_may(c, &e, read, NULL) == OKO_OK) {
        status = oko_cycle_act(c, "recommendation", id, e.head.version, "read", NULL, NULL, err);
        marked = status == OKO_OK;
    }
    if (status == OKO_OK && ret_marked != NULL) {
        *ret_marked = marked;
    }
    return status;
}
