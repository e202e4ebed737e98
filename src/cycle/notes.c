#include "cycle/notes.h"

#include "analysis/evidence.h"
#include "analysis/runs.h"
#include "cycle/body.h"
#include "cycle/nouns.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* ---- hooks ---- */

/* The newest run of a method when the note names none; one that is named must be of it. */
static oko_status tie(const oko_cycle *c, oko_entry *e, const char *member, const char *method, oko_error *err)
{
    oko_run run = { 0 };
    const int64_t asked = json_integer_value(json_object_get(e->body, member));
    oko_status status = oko_run_find(c->store, asked, method, &run, err);
    if (status == OKO_E_NOT_FOUND) {
        if (asked != 0) {
            return oko_error_set(err, OKO_E_ARGUMENT, "note.run", member);
        }
        oko_error_clear(err);
        return OKO_OK; /* nothing was computed yet: words alone */
    }
    if (status == OKO_OK && json_object_set_new(e->body, member, json_integer(run.id)) != 0) {
        status = no_memory(err);
    }
    oko_run_clear(&run);
    return status;
}

static oko_status check(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    oko_status status = tie(c, e, "run", OKO_METHODS_MAIN, err);
    status = status == OKO_OK ? tie(c, e, "evidence", OKO_METHODS_EVIDENCE, err) : status;
    if (e->head.year == 0) {
        e->head.year = atoi(c->today);
    }
    return status;
}

const oko_noun oko_noun_note = { .kind = "note", .creating = check, .changing = check };

/* ---- questions ---- */

static oko_status take(void *ctx, const oko_result *r)
{
    bool *speaks = ctx;
    json_t *d = NULL;
    if (r->state != OKO_RESULT_OK || r->details == NULL ||
        oko_json_parse(oko_str_of(r->details), "details", &d, NULL) != OKO_OK) {
        return OKO_OK;
    }
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        const json_t *family = json_object_get(json_object_get(d, "families"), oko_family_name((oko_family)f));
        const json_t *p = json_object_get(family, "p");
        speaks[f] = speaks[f] || (json_is_number(p) && json_number_value(p) < .05);
    }
    json_decref(d);
    return OKO_OK;
}

static oko_status families_of(const oko_cycle *c, int64_t unit, bool speaks[OKO_FAMILY_COUNT], int64_t *ret_run,
                              oko_error *err)
{
    oko_run run = { 0 };
    oko_status status = oko_run_find(c->store, 0, OKO_METHODS_EVIDENCE, &run, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        return OKO_OK;
    }
    *ret_run = run.id;
    const oko_result_query q = {
        .run = run.id, .unit = unit, .rule = OKO_RULE_EVIDENCE, .level = OKO_LEVEL_COUNT, .with_merged = true
    };
    status = status == OKO_OK ? oko_store_result_walk(c->store, &q, take, speaks, err) : status;
    oko_run_clear(&run);
    return status;
}

static bool fits(const char *family, const bool speaks[OKO_FAMILY_COUNT])
{
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (speaks[f] && strcmp(oko_family_name((oko_family)f), family) == 0) {
            return true;
        }
    }
    return strcmp(family, "any") == 0;
}

oko_status oko_note_questions(const oko_cycle *c, int64_t unit, json_t **ret_json, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *file = NULL;
    OKO_CLEANUP(oko_json_freep) json_t *list = json_array();
    OKO_CLEANUP(oko_json_freep) json_t *families = json_array();
    bool speaks[OKO_FAMILY_COUNT] = { false };
    int64_t run = 0;
    if (list == NULL || families == NULL) {
        return no_memory(err);
    }
    oko_status status = oko_access_unit(c->store, c->actor, unit, OKO_SCOPE_SUBTREE, err);
    status = status == OKO_OK ? oko_cycle_reference("questions.json", &file, err) : status;
    status = status == OKO_OK ? families_of(c, unit, speaks, &run, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (speaks[f]) {
            (void)json_array_append_new(families, json_string(oko_family_name((oko_family)f)));
        }
    }
    size_t i;
    json_t *q;
    json_array_foreach(json_object_get(file, "questions"), i, q)
    {
        const char *family = json_string_value(json_object_get(q, "family"));
        if (family != NULL && fits(family, speaks)) {
            (void)json_array_append(list, q);
        }
    }
    *ret_json = json_pack("{s:I, s:I, s:O, s:O}", "unit", (json_int_t)unit, "run", (json_int_t)run, "families",
                          families, "questions", list);
    return *ret_json != NULL ? OKO_OK : no_memory(err);
}
