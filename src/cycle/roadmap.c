/* Roadmaps and their rows at units: the built-in one, copies for other years, and what a record of a row must be. */
#include "cycle/roadmap.h"

#include "analysis/register.h"
#include "cycle/body.h"
#include "cycle/nouns.h"
#include "domain/date.h"
#include "reference/json.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

const char *oko_roadmap_planned(const json_t *row, oko_level level)
{
    const char *text = oko_body_str(row, oko_level_name(level));
    return *text == '\0' || strcmp(text, "-") == 0 || strcmp(text, "—") == 0 ? NULL : text;
}

/* ---- finding ---- */

static oko_status remember(void *ctx, const oko_record *r)
{
    *(int64_t *)ctx = r->id;
    return OKO_OK;
}

static oko_status find(const oko_cycle *c, const char *kind, const char *key, oko_entry *ret_entry, oko_error *err)
{
    int64_t id = 0;
    oko_status status = oko_store_record_find(c->store, kind, key, remember, &id, err);
    return status == OKO_OK ? oko_cycle_get(c, kind, id, ret_entry, err) : status;
}

oko_status oko_roadmap_get(const oko_cycle *c, const char *code, oko_entry *ret_roadmap, oko_error *err)
{
    oko_status status = find(c, "roadmap", code, ret_roadmap, err);
    return status == OKO_E_NOT_FOUND ? oko_error_set(err, status, "roadmap.unknown", code) : status;
}

oko_status oko_roadmap_unit(const oko_cycle *c, int64_t unit, oko_unit *ret_unit, oko_error *err)
{
    oko_status status = OKO_OK;
    unit = unit != 0 ? unit : c->actor->unit;
    if (unit == 0) {
        oko_register reg = { 0 };
        status = oko_register_load(c->store, 0, &reg, err);
        unit = reg.only_region;
        oko_register_clear(&reg);
    }
    if (status == OKO_OK && unit == 0) {
        return oko_error_set(err, OKO_E_ARGUMENT, "roadmap.unit", "unit");
    }
    status = status == OKO_OK ? oko_access_unit(c->store, c->actor, unit, OKO_SCOPE_SUBTREE, err) : status;
    return status == OKO_OK ? oko_store_unit_get(c->store, unit, ret_unit, err) : status;
}

/* ---- hooks of a roadmap ---- */

static bool code_fits(const char *code)
{
    size_t n = 0;
    for (; code[n] != '\0'; n++) {
        if (!isalnum((unsigned char)code[n]) && strchr("-_.", code[n]) == NULL) {
            return false;
        }
    }
    return n > 0 && n <= 32;
}

static bool twice(const json_t *rows, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if ((int)oko_body_int(json_array_get(rows, i), "no") == (int)oko_body_int(json_array_get(rows, at), "no")) {
            return true;
        }
    }
    return false;
}

static oko_status check_rows(const oko_entry *e, oko_error *err)
{
    const json_t *rows = json_object_get(e->body, "rows");
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)(uintptr_t)rows, i, row)
    {
        const char *due = oko_body_str(row, "due");
        char place[32];
        (void)snprintf(place, sizeof place, "rows/%zu", i);
        const char *fault = (int)oko_body_int(row, "no") < 1 || twice(rows, i) ? "roadmap.row_number"
                            : (int)oko_body_int(row, "year") < (int)oko_body_int(e->body, "first_year") ||
                                    (int)oko_body_int(row, "year") > (int)oko_body_int(e->body, "last_year")
                                ? "roadmap.row_year"
                            : *due != '\0' && !oko_date_valid(due) ? "cycle.date"
                                                                   : NULL;
        if (fault != NULL) {
            return oko_error_set(err, OKO_E_ARGUMENT, fault, place);
        }
    }
    return OKO_OK;
}

static oko_status check(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    const char *code = oko_body_str(e->body, "code");
    const int first = (int)oko_body_int(e->body, "first_year"), last = (int)oko_body_int(e->body, "last_year");
    (void)c;
    if (!code_fits(code) || (e->head.id != 0 && strcmp(code, e->head.key) != 0)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "roadmap.code", "code");
    }
    if (first < 1990 || last < first || last > 2100) {
        return oko_error_set(err, OKO_E_ARGUMENT, "roadmap.years", "first_year");
    }
    (void)snprintf(e->head.key, sizeof e->head.key, "%s", code);
    e->head.year = first;
    return check_rows(e, err);
}

static oko_status acting(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    (void)c;
    (void)input;
    const bool empty = json_array_size(json_object_get(e->body, "rows")) == 0;
    return empty && strcmp(a->name, "activate") == 0 ? oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "rows")
                                                     : OKO_OK;
}

const oko_noun oko_noun_roadmap = { .kind = "roadmap", .creating = check, .changing = check, .acting = acting };

/* ---- hooks of a row ---- */

const json_t *oko_roadmap_row(const oko_entry *roadmap, int no)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(roadmap->body, "rows"), i, row)
    {
        if ((int)oko_body_int(row, "no") == no) {
            return row;
        }
    }
    return NULL;
}

static oko_status fill_row(oko_entry *e, const oko_entry *roadmap, const oko_unit *u, oko_error *err)
{
    const int no = (int)oko_body_int(e->body, "no");
    const json_t *row = oko_roadmap_row(roadmap, no);
    const char *text = row != NULL ? oko_roadmap_planned(row, u->level) : NULL;
    if (text == NULL) {
        return oko_error_set(err, OKO_E_ARGUMENT, row == NULL ? "roadmap.no_row" : "roadmap.not_planned", "no");
    }
    (void)snprintf(e->head.key, sizeof e->head.key, "%.100s/%d/%lld", roadmap->head.key, no, (long long)u->id);
    (void)oko_str_copy(e->head.title, sizeof e->head.title, oko_str_of(text));
    e->head.year = (int)oko_body_int(row, "year");
    if (e->head.due[0] == '\0') {
        (void)snprintf(e->head.due, sizeof e->head.due, "%s", oko_body_str(row, "due"));
    }
    const bool set = json_object_set_new(e->body, "level", json_string(oko_level_name(u->level))) == 0;
    return set ? OKO_OK : no_memory(err);
}

static oko_status creating_row(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry roadmap = { 0 };
    oko_unit u;
    oko_status status = oko_roadmap_get(c, oko_body_str(e->body, "roadmap"), &roadmap, err);
    if (status == OKO_E_NOT_FOUND) {
        return oko_error_set(err, OKO_E_ARGUMENT, "roadmap.unknown", "roadmap");
    }
    if (status == OKO_OK && strcmp(roadmap.head.state, "active") != 0) {
        return oko_error_set(err, OKO_E_CONFLICT, "roadmap.not_active", "roadmap");
    }
    status = status == OKO_OK ? oko_roadmap_unit(c, e->head.unit, &u, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    e->head.unit = u.id;
    return fill_row(e, &roadmap, &u, err);
}

/* Which row it is of, and of whom, stays. */
static oko_status changing_row(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    char key[OKO_RECORD_KEY_BYTES];
    (void)c;
    (void)snprintf(key, sizeof key, "%.100s/%d/%lld", oko_body_str(e->body, "roadmap"),
                   (int)oko_body_int(e->body, "no"), (long long)e->head.unit);
    return strcmp(key, e->head.key) == 0 ? OKO_OK : oko_error_set(err, OKO_E_ARGUMENT, "roadmap.row_moved", "no");
}

/* The deadline is the row's, whatever its state. */
static oko_status acting_row(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry roadmap = { 0 };
    (void)a;
    (void)input;
    oko_status status = oko_roadmap_get(c, oko_body_str(e->body, "roadmap"), &roadmap, err);
    const json_t *row = status == OKO_OK ? oko_roadmap_row(&roadmap, (int)oko_body_int(e->body, "no")) : NULL;
    if (row != NULL) {
        (void)snprintf(e->head.due, sizeof e->head.due, "%s", oko_body_str(row, "due"));
    }
    return status;
}

const oko_noun oko_noun_roadmap_row = {
    .kind = "roadmap-row", .creating = creating_row, .changing = changing_row, .acting = acting_row
};

/* ---- the built-in one ---- */

static oko_status create(const oko_cycle *c, json_t *body, const char *title, oko_entry *ret_entry, oko_error *err)
{
    const oko_draft draft = { .title = title, .body = body };
    return oko_cycle_create(c, "roadmap", &draft, ret_entry, err);
}

oko_status oko_roadmap_seed(const oko_cycle *c, oko_entry *ret_roadmap, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *file = NULL;
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_cycle_reference("roadmap-2020-2022.json", &file, err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_roadmap_get(c, oko_body_str(file, "code"), ret_roadmap, err);
    if (status != OKO_E_NOT_FOUND) {
        return status;
    }
    oko_error_clear(err);
    OKO_CLEANUP(oko_json_freep) json_t *title = json_incref(json_object_get(file, "title"));
    (void)json_object_del(file, "title");
    status = create(c, file, json_string_value(title), &e, err);
    return status == OKO_OK ? oko_cycle_act(c, "roadmap", e.head.id, e.head.version, "activate", NULL, ret_roadmap, err)
                            : status;
}

/* ---- copies ---- */

/* The same day so many years later; 29 February becomes 28 February where it has to. */
static void shift_date(const char *date, int years, char ret_date[OKO_DATE_BYTES])
{
    int year = 0, month = 0, day = 0;
    ret_date[0] = '\0';
    if (sscanf(date, "%4d-%2d-%2d", &year, &month, &day) == 3) {
        (void)snprintf(ret_date, OKO_DATE_BYTES, "%04u-%02u-%02u", (unsigned)(year + years) % 10000U,
                       (unsigned)month % 100U, (unsigned)day % 100U);
        if (!oko_date_valid(ret_date) && day == 29) {
            memcpy(ret_date + 8, "28", 2);
        }
    }
}

static oko_status shift(json_t *body, int years, oko_error *err)
{
    size_t i;
    json_t *row;
    int failed = json_object_set_new(body, "first_year", json_integer((int)oko_body_int(body, "first_year") + years)) |
                 json_object_set_new(body, "last_year", json_integer((int)oko_body_int(body, "last_year") + years));
    json_array_foreach(json_object_get(body, "rows"), i, row)
    {
        char due[OKO_DATE_BYTES];
        failed |= json_object_set_new(row, "year", json_integer((int)oko_body_int(row, "year") + years));
        shift_date(oko_body_str(row, "due"), years, due);
        failed |= due[0] != '\0' ? json_object_set_new(row, "due", json_string(due)) : 0;
    }
    return failed == 0 ? OKO_OK : no_memory(err);
}

static const char *const of_the_program[] = { "steps", "reason", "comment", "summary" };

oko_status oko_roadmap_copy(const oko_cycle *c, const char *code, const char *to, int first_year,
                            oko_entry *ret_roadmap, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry from = { 0 };
    oko_status status = oko_roadmap_get(c, code, &from, err);
    if (status != OKO_OK) {
        return status;
    }
    OKO_CLEANUP(oko_json_freep) json_t *body = json_deep_copy(from.body);
    if (body == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < sizeof of_the_program / sizeof *of_the_program; i++) {
        (void)json_object_del(body, of_the_program[i]);
    }
    char years[32];
    status = shift(body, first_year - (int)oko_body_int(body, "first_year"), err);
    (void)snprintf(years, sizeof years, "%d-%d", (int)oko_body_int(body, "first_year"),
                   (int)oko_body_int(body, "last_year"));
    const int failed = json_object_set_new(body, "code", json_string(to != NULL ? to : years)) |
                       json_object_set_new(body, "copied_from", json_string(code));
    if (status == OKO_OK && failed != 0) {
        return no_memory(err);
    }
    return status == OKO_OK ? create(c, body, from.head.title, ret_roadmap, err) : status;
}
