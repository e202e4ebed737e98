/* The table of facts: its variables from the reference lists, addition up the register, and its values. */
#include "cycle/tally_table.h"

#include "base/memory.h"
#include "reference/embedded.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static oko_status open_list(const char *path, json_t **ret_json, oko_error *err)
{
    oko_str text;
    if (!oko_embedded_find(path, &text)) {
        return oko_error_set(err, OKO_E_INTERNAL, "", path);
    }
    return oko_json_parse(text, path, ret_json, err);
}

static void add_variable(oko_tally *f, const char *prefix, const char *code, const char *suffix, const char *from,
                         int of)
{
    if (f->n < OKO_TALLY_VARIABLES && code != NULL && from != NULL) {
        (void)snprintf(f->name[f->n], sizeof f->name[0], "%s%s%s", prefix, code, suffix);
        f->from[f->n] = from;
        f->why[f->n] = "indicator.no_data";
        f->of[f->n] = of;
        f->answered[f->n] = suffix[0] != '\0';
        f->n++;
    }
}

static oko_status open_variables(oko_tally *f, oko_error *err)
{
    oko_status status = open_list("cycle/variables.json", &f->variables, err);
    status = status == OKO_OK ? open_list("cycle/form-fields.json", &f->fields, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    size_t i;
    json_t *v;
    json_array_foreach(json_object_get(f->variables, "variables"), i, v)
    {
        add_variable(f, "", json_string_value(json_object_get(v, "code")), "",
                     json_string_value(json_object_get(v, "source")), -1);
        f->pupils[f->n - 1] = json_is_true(json_object_get(v, "pupils"));
    }
    json_array_foreach(json_object_get(f->fields, "fields"), i, v)
    {
        const char *code = json_string_value(json_object_get(v, "code"));
        add_variable(f, "form_", code, "", "form", (int)i);
        add_variable(f, "form_", code, "_n", "form", (int)i);
    }
    return f->n < OKO_TALLY_VARIABLES ? OKO_OK : oko_error_set(err, OKO_E_INTERNAL, "", "variables.json");
}

int oko_tally_find(const oko_tally *f, const char *name)
{
    for (int i = 0; i < f->n; i++) {
        if (strcmp(f->name[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

static double *cell(oko_tally *f, int64_t unit, int variable)
{
    const oko_place *p = oko_register_find(&f->reg, unit);
    return p == NULL || variable < 0 ? NULL : &f->value[(size_t)(p - f->reg.places) * (size_t)f->n + (size_t)variable];
}

void oko_tally_add(oko_tally *f, int64_t unit, const char *name, double x)
{
    const int variable = oko_tally_find(f, name);
    for (int step = 0; unit != 0 && step < OKO_LEVEL_COUNT; step++) {
        double *at = cell(f, unit, variable);
        if (at == NULL) {
            return;
        }
        *at = isnan(*at) ? x : *at + x;
        unit = oko_register_find(&f->reg, unit)->parent;
    }
}

void oko_tally_add_own(oko_tally *f, int64_t unit, const char *name, double x)
{
    double *at = cell(f, unit, oko_tally_find(f, name));
    if (at != NULL) {
        *at = isnan(*at) ? x : *at + x;
    }
}

void oko_tally_zero(oko_tally *f, const char *name)
{
    const int variable = oko_tally_find(f, name);
    for (size_t i = 0; variable >= 0 && i < f->reg.n; i++) {
        double *at = &f->value[i * (size_t)f->n + (size_t)variable];
        *at = isnan(*at) ? 0 : *at;
    }
}

void oko_tally_why(oko_tally *f, const char *from, const char *why)
{
    for (int i = 0; i < f->n; i++) {
        if (strcmp(f->from[i], from) == 0) {
            f->why[i] = why;
        }
    }
}

/* ---- life ---- */

static oko_status make_table(oko_tally *f, oko_error *err)
{
    const size_t cells = f->reg.n * (size_t)f->n;
    f->value = oko_alloc_array(cells > 0 ? cells : 1, sizeof *f->value);
    if (f->value == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    for (size_t i = 0; i < cells; i++) {
        f->value[i] = NAN;
    }
    return OKO_OK;
}

oko_status oko_tally_load(oko_store *store, const oko_tally_query *query, oko_tally **ret_facts, oko_error *err)
{
    OKO_CLEANUP(oko_tally_freep) oko_tally *f = calloc(1, sizeof *f);
    if (f == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    f->query = *query;
    oko_status status = oko_register_load(store, 0, &f->reg, err);
    status = status == OKO_OK ? open_variables(f, err) : status;
    status = status == OKO_OK ? make_table(f, err) : status;
    status = status == OKO_OK ? oko_tally_of_runs(f, store, err) : status;
    status = status == OKO_OK ? oko_tally_of_lists(f, store, err) : status;
    status = status == OKO_OK ? oko_tally_of_records(f, store, err) : status;
    f->query.procedures = NULL;
    if (status == OKO_OK) {
        *ret_facts = f;
        f = NULL;
    }
    return status;
}

void oko_tally_free(oko_tally *facts)
{
    if (facts != NULL) {
        oko_register_clear(&facts->reg);
        json_decref(facts->variables);
        json_decref(facts->fields);
        free(facts->value);
        free(facts->procedures);
        free(facts);
    }
}

void oko_tally_freep(oko_tally **facts)
{
    oko_tally_free(*facts);
}

/* ---- values ---- */

static json_t *source_of(const oko_tally *f, int variable)
{
    const char *from = f->from[variable];
    if (strcmp(from, "evidence") == 0) {
        return json_pack("{s:s, s:I, s:I}", "from", from, "run", (json_int_t)f->evidence, "revision",
                         (json_int_t)f->revision);
    }
    if (strcmp(from, "run") != 0) {
        return json_pack("{s:s, s:i, s:I}", "from", from, "year", f->query.year, "campaign",
                         (json_int_t)f->query.campaign);
    }
    json_t *codes = json_array();
    for (size_t i = 0; codes != NULL && i < f->n_procedures; i++) {
        (void)json_array_append_new(codes, json_string(f->procedures[i]));
    }
    return json_pack("{s:s, s:I, s:I, s:o}", "from", from, "run", (json_int_t)f->run, "revision",
                     (json_int_t)f->revision, "procedures", codes);
}

oko_status oko_tally_value(const oko_tally *facts, int64_t unit, const char *variable, oko_value *ret_value)
{
    const int at = oko_tally_find(facts, variable);
    const oko_place *p = oko_register_find(&facts->reg, unit);
    if (at < 0 || p == NULL) {
        return OKO_E_NOT_FOUND;
    }
    const double v = facts->value[(size_t)(p - facts->reg.places) * (size_t)facts->n + (size_t)at];
    *ret_value = (oko_value){ .v = v, .missing = isnan(v), .source = source_of(facts, at) };
    (void)snprintf(ret_value->why, sizeof ret_value->why, "%s", isnan(v) ? facts->why[at] : "");
    return OKO_OK;
}

static double value_at(const oko_tally *f, int64_t unit, int variable)
{
    const oko_place *p = oko_register_find(&f->reg, unit);
    return p == NULL || variable < 0 ? NAN : f->value[(size_t)(p - f->reg.places) * (size_t)f->n + (size_t)variable];
}

double oko_tally_pupils(const oko_tally *facts, int64_t unit, const char *variable)
{
    const int at = oko_tally_find(facts, variable);
    const double v = value_at(facts, unit, at);
    if (isnan(v) || !facts->pupils[at]) {
        return -1;
    }
    const double pupils = value_at(facts, unit, oko_tally_find(facts, "pupils"));
    const bool of_works = strcmp(facts->from[at], "run") == 0 || strcmp(facts->from[at], "recheck") == 0;
    return of_works && !isnan(pupils) ? fmin(v, pupils) : v;
}

int64_t oko_tally_run(const oko_tally *facts)
{
    return facts->run;
}

int64_t oko_tally_evidence(const oko_tally *facts)
{
    return facts->evidence;
}

int64_t oko_tally_revision(const oko_tally *facts)
{
    return facts->revision;
}

oko_status oko_variables_open(oko_tally **ret_variables, oko_error *err)
{
    OKO_CLEANUP(oko_tally_freep) oko_tally *f = calloc(1, sizeof *f);
    if (f == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    oko_status status = open_variables(f, err);
    if (status == OKO_OK) {
        *ret_variables = f;
        f = NULL;
    }
    return status;
}

bool oko_variable_known(void *variables, const char *name)
{
    return oko_tally_find(variables, name) >= 0;
}

/* The words in their frame ("… %s"); without one, as they are. */
static json_t *framed(const char *frame, const char *words)
{
    char text[600];
    const char *place = frame != NULL ? strstr(frame, "%s") : NULL;
    if (place == NULL) {
        return json_string(words);
    }
    (void)snprintf(text, sizeof text, "%.*s%s%s", (int)(place - frame), frame, words, place + 2);
    return json_string(text);
}

/* A variable as the list shows it: from the reference list as it is, of a form's field with the field's words. */
static json_t *variable_json(const oko_tally *f, int at)
{
    const char *name = f->name[at], *kind = f->answered[at] ? "answered" : "";
    if (f->of[at] < 0) {
        return json_incref(json_array_get(json_object_get(f->variables, "variables"), (size_t)at));
    }
    const json_t *field = json_array_get(json_object_get(f->fields, "fields"), (size_t)f->of[at]);
    const char *level = json_string_value(json_object_get(field, "level"));
    json_t *o = json_pack("{s:s, s:s, s:[s, s]}", "code", name, "source", "form", "levels", "region", "municipality");
    if (o != NULL && level != NULL && strcmp(level, "school") == 0) {
        (void)json_array_append_new(json_object_get(o, "levels"), json_string(level));
    }
    static const char *const languages[] = { "ru", "en" };
    for (size_t i = 0; o != NULL && i < 2; i++) {
        const char *words = json_string_value(json_object_get(field, languages[i]));
        const char *frame = json_string_value(json_object_get(json_object_get(f->variables, kind), languages[i]));
        (void)json_object_set_new(o, languages[i], framed(frame, words != NULL ? words : name));
    }
    return o;
}

oko_status oko_variables_list(json_t **ret_list, oko_error *err)
{
    OKO_CLEANUP(oko_tally_freep) oko_tally *f = NULL;
    oko_status status = oko_variables_open(&f, err);
    if (status != OKO_OK) {
        return status;
    }
    json_t *items = json_array();
    for (int i = 0; items != NULL && i < f->n; i++) {
        if (json_array_append_new(items, variable_json(f, i)) != 0) {
            json_decref(items);
            items = NULL;
        }
    }
    *ret_list = items == NULL
                    ? NULL
                    : json_pack("{s:o, s:O}", "items", items, "functions", json_object_get(f->variables, "functions"));
    return *ret_list != NULL ? OKO_OK : oko_error_set(err, OKO_E_MEMORY, "", "");
}
