/* Values of forms: some fields of one form, merged field by field with what others did; a pasted block, all or nothing.
 */
#include "cycle/campaigns.h"
#include "cycle/forms.h"
#include "reference/json.h"

#include <stdio.h>
#include <string.h>

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* Where the problems of one form belong: "" or "/rows/N". */
typedef struct noting {
    const char *prefix;
    json_t *problems;
    oko_error *err;
} noting;

static oko_status note_place(const noting *n, const char *place, const char *code, const char *problem)
{
    char pointer[192];
    size_t at = (size_t)snprintf(pointer, sizeof pointer, "%s%s", n->prefix, place);
    for (const char *p = code; *p != '\0' && at + 3 < sizeof pointer; p++) { /* as JSON pointers want it */
        if (*p == '~' || *p == '/') {
            pointer[at++] = '~';
            pointer[at++] = *p == '~' ? '0' : '1';
        } else {
            pointer[at++] = *p;
        }
    }
    pointer[at] = '\0';
    json_t *o = json_pack("{s:s, s:s}", "pointer", pointer, "code", problem);
    return o != NULL && json_array_append_new(n->problems, o) == 0 ? OKO_OK : no_memory(n->err);
}

/* ---- what somebody else changed ---- */

static oko_status take_body(void *ctx, const oko_record *r)
{
    json_t **body = ctx;
    *body = json_loadb(r->body, r->body_len, 0, NULL);
    return *body != NULL ? OKO_OK : OKO_E_MEMORY;
}

static bool same(const json_t *a, const json_t *b)
{
    const bool no_a = a == NULL || json_is_null(a), no_b = b == NULL || json_is_null(b);
    if (json_is_number(a) && json_is_number(b)) {
        return !(json_number_value(a) < json_number_value(b)) && !(json_number_value(a) > json_number_value(b));
    }
    return no_a || no_b ? no_a == no_b : json_equal(a, b) != 0;
}

/* Was it changed from `was` to `now` by another hand, to something else than is given? */
static bool clashes(const json_t *was, const json_t *now, const json_t *given)
{
    return !same(was, now) && !same(now, given);
}

static oko_status note_clashes(const oko_cycle *c, const oko_entry *e, int64_t version, const json_t *values,
                               const char *explanation, const noting *n)
{
    OKO_CLEANUP(oko_json_freep) json_t *before = NULL;
    if (version == 0 || version == e->head.version) {
        return OKO_OK;
    }
    oko_status status = oko_store_record_get(c->store, e->head.id, version, take_body, &before, n->err);
    if (status != OKO_OK) {
        return status == OKO_E_NOT_FOUND ? oko_error_set(n->err, OKO_E_CONFLICT, "record.changed", "") : status;
    }
    const json_t *was = json_object_get(before, "values"), *now = json_object_get(e->body, "values");
    const char *code;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)values, code, value)
    {
        if (status == OKO_OK && clashes(json_object_get(was, code), json_object_get(now, code), value)) {
            status = note_place(n, "/values/", code, "form.field_changed");
        }
    }
    OKO_CLEANUP(oko_json_freep) json_t *words = explanation != NULL ? json_string(explanation) : NULL;
    if (status == OKO_OK && words != NULL &&
        clashes(json_object_get(before, "explanation"), json_object_get(e->body, "explanation"), words)) {
        status = note_place(n, "/explanation", "", "form.field_changed");
    }
    return status;
}

/* ---- values that their fields can't take ---- */

/* Sets the values in the entry and notes what can't stand there. */
static oko_status set_values(oko_entry *e, const json_t *given, const noting *n)
{
    OKO_CLEANUP(oko_json_freep) json_t *fields = NULL;
    json_t *values = json_object_get(e->body, "values");
    oko_status status = oko_form_fields(&fields, n->err);
    if (status == OKO_OK && given != NULL && json_object_update(values, (json_t *)(uintptr_t)given) != 0) {
        status = no_memory(n->err);
    }
    const char *code;
    json_t *value;
    json_object_foreach(values, code, value)
    {
        const char *fault = oko_form_fault(fields, json_object_get(e->body, "fields"), code, values);
        if (status == OKO_OK && fault != NULL) {
            status = note_place(n, "/values/", code, fault);
        }
    }
    return status;
}

/* ---- one form ---- */

static oko_status fill_one(const oko_cycle *c, int64_t id, int64_t version, const json_t *values,
                           const char *explanation, oko_entry *ret_entry, const noting *n)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_cycle_get(c, "form", id, &e, n->err);
    status = status == OKO_OK ? note_clashes(c, &e, version, values, explanation, n) : status;
    if (status == OKO_OK && json_array_size(n->problems) > 0) {
        return oko_error_set(n->err, OKO_E_CONFLICT, "form.field_changed", "");
    }
    status = status == OKO_OK ? set_values(&e, values, n) : status;
    if (status == OKO_OK && json_array_size(n->problems) > 0) {
        return oko_error_set(n->err, OKO_E_ARGUMENT, "form.values", "");
    }
    OKO_CLEANUP(oko_json_freep) json_t *body = json_pack("{s:O}", "values", json_object_get(e.body, "values"));
    if (status == OKO_OK && explanation != NULL) {
        status = json_object_set_new(body, "explanation", json_string(explanation)) == 0 ? OKO_OK : no_memory(n->err);
    }
    const oko_draft draft = { .body = body };
    return status == OKO_OK ? oko_cycle_change(c, "form", id, e.head.version, &draft, ret_entry, n->err) : status;
}

oko_status oko_form_fill(const oko_cycle *c, int64_t id, int64_t version, const json_t *values, const char *explanation,
                         oko_entry *ret_entry, json_t **ret_problems, oko_error *err)
{
    oko_cycle inside;
    const noting n = { .prefix = "", .problems = json_array(), .err = err };
    oko_status status = n.problems != NULL ? oko_cycle_begin(c, &inside, err) : no_memory(err);
    if (n.problems != NULL) {
        *ret_problems = n.problems;
    }
    if (status != OKO_OK) {
        return status;
    }
    return oko_cycle_end(c, fill_one(&inside, id, version, values, explanation, ret_entry, &n), err);
}

/* ---- many forms ---- */

static oko_status remember(void *ctx, const oko_record *r)
{
    *(int64_t *)ctx = r->id;
    return OKO_OK;
}

/* The form of the row, when its values may be set by this actor now. */
static oko_status open_row(const oko_cycle *c, int64_t campaign, const json_t *row, oko_entry *e, oko_error *err)
{
    const int64_t unit = json_integer_value(json_object_get(row, "unit"));
    char key[64];
    int64_t id = 0;
    (void)snprintf(key, sizeof key, "%lld/%lld", (long long)campaign, (long long)unit);
    oko_status status = oko_access_unit(c->store, c->actor, unit, OKO_SCOPE_SUBTREE, err);
    status = status == OKO_OK ? oko_store_record_find(c->store, "form", key, remember, &id, err) : status;
    status = status == OKO_OK ? oko_cycle_get(c, "form", id, e, err) : status;
    status = status == OKO_OK ? oko_form_campaign_open(c, e, err) : status;
    if (status == OKO_OK && !oko_form_waits(e)) {
        status = oko_error_set(err, OKO_E_CONFLICT, "form.not_waiting", "unit");
    }
    return status;
}

/* A municipality fills for its schools: the values are set in their forms, not handed in. */
static oko_status fill_row(const oko_cycle *c, oko_entry *e, const json_t *row, const noting *n)
{
    const json_t *given = json_object_get(row, "values");
    const size_t before = json_array_size(n->problems);
    oko_status status = note_clashes(c, e, json_integer_value(json_object_get(row, "version")), given, NULL, n);
    status = status == OKO_OK ? set_values(e, given, n) : status;
    return status == OKO_OK && json_array_size(n->problems) == before ? oko_cycle_put(c, e, "fill", n->err) : status;
}

static oko_status fill(const oko_cycle *c, int64_t campaign, const json_t *rows, int *count, json_t *problems,
                       oko_error *err)
{
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)(uintptr_t)rows, i, row)
    {
        OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
        oko_error own = { 0 };
        char prefix[32];
        (void)snprintf(prefix, sizeof prefix, "/rows/%zu", i);
        const noting n = { .prefix = prefix, .problems = problems, .err = err };
        oko_status status = open_row(c, campaign, row, &e, &own);
        if (status == OKO_OK) {
            status = fill_row(c, &e, row, &n);
            ++*count;
        } else if (status != OKO_E_MEMORY && status != OKO_E_STORE && status != OKO_E_FULL) {
            status = note_place(&n, "/unit", "", own.id);
        } else {
            *err = own;
        }
        if (status != OKO_OK) {
            return status;
        }
    }
    return json_array_size(problems) == 0 ? OKO_OK : oko_error_set(err, OKO_E_ARGUMENT, "campaign.rows", "");
}

oko_status oko_campaign_fill(const oko_cycle *c, int64_t campaign, const json_t *rows, bool check, int *ret_n,
                             json_t **ret_problems, oko_error *err)
{
    const unsigned roles =
        OKO_ROLE_BIT(OKO_ROLE_OPERATOR) | OKO_ROLE_BIT(OKO_ROLE_MUNICIPAL) | OKO_ROLE_BIT(OKO_ROLE_SCHOOL);
    oko_cycle inside;
    int n = 0;
    json_t *problems = json_array();
    oko_status status = problems != NULL ? oko_access_role(c->actor, roles, true, err) : no_memory(err);
    status = status == OKO_OK ? oko_cycle_begin(c, &inside, err) : status;
    if (status != OKO_OK) {
        json_decref(problems);
        return status;
    }
    status = fill(&inside, campaign, rows, &n, problems, err);
    const bool undo = status == OKO_OK && check;
    status = oko_cycle_end(c, undo ? OKO_E_CANCELLED : status, err);
    *ret_problems = problems;
    if (status == OKO_OK || undo) {
        *ret_n = n;
    }
    return undo ? OKO_OK : status;
}
