/* From a confirmed record to a finding of the data; observers' visits as lists. */
#include "cycle/inspections.h"

#include "base/hash.h"
#include "cycle/body.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- findings ---- */

static oko_status finish_import(oko_store *store, oko_import *import, oko_error *err)
{
    char summary[] = "{\"findings\":1}";
    import->rows = 1;
    import->summary = summary;
    oko_status status = oko_store_revision(store, &import->revision, err);
    return status == OKO_OK ? oko_store_import_finish(store, import, err) : status;
}

oko_status oko_inspection_finding(const oko_cycle *c, const oko_entry *e, const oko_finding *finding,
                                  int64_t *ret_import, oko_error *err)
{
    oko_import import = { .layout = "cycle" };
    oko_change change = OKO_UNCHANGED;
    const char *fault = oko_finding_fault(finding);
    if (fault != NULL) {
        return oko_error_set(err, OKO_E_ARGUMENT, "inspection.finding", fault);
    }
    (void)snprintf(import.file, sizeof import.file, "%s/%lld", e->head.kind, (long long)e->head.id);
    oko_str_copy(import.procedure, sizeof import.procedure, oko_str_of(finding->procedure));
    char name[320];
    (void)snprintf(name, sizeof name, "%s/%lld", import.file, (long long)e->head.version);
    oko_hash_bytes(name, strlen(name), import.sha256);
    oko_status status = oko_store_import_add(c->store, &import, &import.id, err);
    status = status == OKO_OK ? oko_store_finding_put(c->store, import.id, finding, &change, err) : status;
    if (status == OKO_OK && change != OKO_UNCHANGED) {
        status = finish_import(c->store, &import, err);
    }
    if (status == OKO_OK) {
        *ret_import = change != OKO_UNCHANGED ? import.id : 0;
    }
    return status;
}

/* ---- schedule ---- */

typedef struct visit {
    char date[OKO_DATE_BYTES];
    int64_t observer, id;
    json_t *json;
} visit;

typedef struct scheduling {
    const oko_cycle *c;
    const char *from, *until;
    visit *at;
    size_t n, cap;
    oko_error *err;
} scheduling;

/* Is the observer at home there? "school", "municipality" (of the school), or "". */
static const char *conflict_of(const oko_user *user, const oko_unit *u)
{
    return user->id == 0 || user->unit == 0 ? ""
           : user->unit == u->id            ? "school"
           : user->unit == u->parent        ? "municipality"
                                            : "";
}

static json_t *visit_json(const oko_entry *e, const oko_unit *u, const oko_user *user)
{
    return json_pack("{s:I, s:I, s:s, s:s, s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "observation",
                     (json_int_t)e->head.id, "observer", (json_int_t)e->head.assignee, "login", user->login,
                     "observer_name", user->name, "conflict", conflict_of(user, u), "unit", (json_int_t)e->head.unit,
                     "code", u->code, "name", u->name, "date", oko_body_str(e->body, "date"), "begin",
                     oko_body_str(e->body, "begin"), "end", oko_body_str(e->body, "end"), "procedure",
                     oko_body_str(e->body, "procedure"), "stage", oko_body_str(e->body, "stage"), "state",
                     e->head.state);
}

static oko_status take_visit(void *ctx, const oko_entry *e)
{
    scheduling *s = ctx;
    oko_unit u;
    oko_user user = { 0 };
    const char *date = oko_body_str(e->body, "date");
    if (*date == '\0' || strcmp(e->head.state, "cancelled") == 0 || (s->from != NULL && strcmp(date, s->from) < 0) ||
        (s->until != NULL && strcmp(date, s->until) > 0)) {
        return OKO_OK;
    }
    oko_status status = oko_store_unit_get(s->c->store, e->head.unit, &u, s->err);
    if (status == OKO_OK && e->head.assignee != 0) {
        status = oko_store_user_get(s->c->store, e->head.assignee, &user, s->err);
    }
    status = status == OKO_OK ? oko_grow(&s->at, &s->cap, s->n + 1, sizeof *s->at, 1000000) : status;
    if (status != OKO_OK) {
        return status;
    }
    visit *v = &s->at[s->n++];
    *v = (visit){ .observer = e->head.assignee, .id = e->head.id, .json = visit_json(e, &u, &user) };
    oko_str_copy(v->date, sizeof v->date, oko_str_of(date));
    return v->json != NULL ? OKO_OK : oko_error_set(s->err, OKO_E_MEMORY, "", "");
}

static int by_day(const void *x, const void *y)
{
    const visit *a = x, *b = y;
    const int day = strcmp(a->date, b->date);
    if (day != 0 || a->observer == b->observer) {
        return day != 0 ? day : (a->id > b->id) - (a->id < b->id);
    }
    return a->observer > b->observer ? 1 : -1;
}

oko_status oko_observations_schedule(const oko_cycle *c, const char *from, const char *until, int64_t unit,
                                     json_t **ret_items, oko_error *err)
{
    scheduling s = { .c = c, .from = from, .until = until, .err = err };
    oko_record_query q = { .kind = "observation", .unit = unit, .subtree = true };
    oko_reach_space space;
    bool nothing;
    json_t *items = json_array();
    oko_status status = oko_cycle_reach(c, oko_flow_find(c->flows, "observation"), &q, &space, &nothing, err);
    status = status == OKO_OK && !nothing ? oko_cycle_each(c, &q, take_visit, &s, err) : status;
    if (s.n > 1) {
        qsort(s.at, s.n, sizeof *s.at, by_day);
    }
    for (size_t i = 0; i < s.n; i++) { /* the list takes each of them over */
        if (json_array_append_new(items, s.at[i].json) != 0 && status == OKO_OK) {
            status = oko_error_set(err, OKO_E_MEMORY, "", "");
        }
    }
    free(s.at);
    if (status == OKO_OK) {
        *ret_items = items;
        return OKO_OK;
    }
    json_decref(items);
    return status;
}

/* ---- reference list ---- */

typedef struct listing {
    const oko_cycle *c;
    oko_buffer *csv;
    oko_error *err;
} listing;

static oko_status take_clean(void *ctx, const oko_entry *e)
{
    listing *l = ctx;
    oko_unit u;
    const json_t *protocol = json_object_get(e->body, "protocol");
    const char *procedure = oko_body_str(e->body, "procedure"), *label = oko_body_str(e->body, "class");
    if (!oko_body_true(protocol, "none") || !oko_body_true(protocol, "independent") || *procedure == '\0') {
        return OKO_OK;
    }
    oko_status status = oko_store_unit_get(l->c->store, e->head.unit, &u, l->err);
    if (status == OKO_OK) {
        oko_buffer_printf(l->csv, "%s;%s;%s;наблюдатель\n", u.code, procedure, label);
    }
    return status;
}

oko_status oko_observations_reference(const oko_cycle *c, int year, oko_buffer *ret_csv, oko_error *err)
{
    listing l = { .c = c, .csv = ret_csv, .err = err };
    oko_record_query q = {
        .kind = "observation", .year = year, .states = "confirmed", .subtree = true, .sort = OKO_SORT_UNIT
    };
    oko_reach_space space;
    bool nothing;
    oko_buffer_str(ret_csv, "логин;процедура;класс;вид контроля\n");
    oko_status status = oko_cycle_reach(c, oko_flow_find(c->flows, "observation"), &q, &space, &nothing, err);
    status = status == OKO_OK && !nothing ? oko_cycle_each(c, &q, take_clean, &l, err) : status;
    return status == OKO_OK ? oko_buffer_status(ret_csv) : status;
}
