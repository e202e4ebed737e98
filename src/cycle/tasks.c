#include "cycle/tasks.h"

#include "cycle/body.h"

#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct gathering {
    const oko_cycle *c;
    const char *code, *action;
    oko_level level; /* OKO_LEVEL_COUNT: any */
    int64_t shown, overdue;
    json_t *items;
    oko_error *err;
} gathering;

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* ---- records that wait ---- */

static oko_status take(void *ctx, const oko_entry *e)
{
    gathering *g = ctx;
    oko_unit u = { .id = 0 };
    const oko_record *h = &e->head;
    const oko_flow_action *a = oko_flow_action_find(e->flow, g->action);
    if (a == NULL || oko_cycle_may(g->c, e, a, NULL) != OKO_OK) {
        return OKO_OK;
    }
    if (h->unit != 0) {
        oko_status status = oko_store_unit_get(g->c->store, h->unit, &u, g->err);
        if (status != OKO_OK || (g->level != OKO_LEVEL_COUNT && u.level != g->level)) {
            return status;
        }
    }
    const bool overdue = h->due[0] != '\0' && strcmp(h->due, g->c->today) < 0;
    json_t *o = json_pack("{s:s, s:s, s:I, s:I, s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:I}", "code", g->code, "kind",
                          h->kind, "id", (json_int_t)h->id, "unit", (json_int_t)h->unit, "unit_code", u.code,
                          "unit_name", u.name, "title", h->title, "state", h->state, "due", h->due, "overdue",
                          (int)overdue, "action", g->action, "version", (json_int_t)h->version);
    g->shown++;
    g->overdue += overdue;
    return json_array_append_new(g->items, o) == 0 ? OKO_OK : no_memory(g->err);
}

static bool for_role(const json_t *task, oko_role role)
{
    size_t i;
    json_t *name;
    json_array_foreach(json_object_get(task, "roles"), i, name)
    {
        const char *s = json_string_value(name);
        if (s != NULL && strcmp(s, oko_role_name(role)) == 0) {
            return true;
        }
    }
    return false;
}

/* Whose records: false when the actor has none of that reach. */
static bool narrow(const oko_actor *a, const char *reach, oko_record_query *q)
{
    if (strcmp(reach, "assigned") == 0) {
        q->assignee = a->user;
        return a->user != 0;
    }
    if (strcmp(reach, "any") != 0 && a->unit != 0) {
        q->unit = a->unit;
        q->subtree = strcmp(reach, "below") == 0;
    }
    return true;
}

static oko_status gather(const oko_cycle *c, const json_t *task, json_t *items, json_t *groups, int64_t *overdue,
                         oko_error *err)
{
    gathering g = { .c = c,
                    .code = oko_body_str(task, "code"),
                    .action = oko_body_str(task, "action"),
                    .level = OKO_LEVEL_COUNT,
                    .items = items,
                    .err = err };
    oko_record_query q = { .kind = oko_body_str(task, "kind"),
                           .states = oko_body_str(task, "states"),
                           .sort = OKO_SORT_DUE,
                           .limit = OKO_TASKS_EACH };
    int64_t total = 0;
    (void)oko_level_parse(oko_str_of(oko_body_str(task, "level")), &g.level);
    if (!narrow(c->actor, oko_body_str(task, "reach"), &q)) {
        return OKO_OK;
    }
    oko_status status = oko_cycle_list(c, &q, take, &g, &total, err);
    if (status != OKO_OK || g.shown == 0) {
        return status;
    }
    *overdue += g.overdue;
    json_t *o = json_pack("{s:s, s:I, s:I}", "code", g.code, "total", (json_int_t)total, "shown", (json_int_t)g.shown);
    return json_array_append_new(groups, o) == 0 ? OKO_OK : no_memory(err);
}

/* ---- order ---- */

static int by_urgency(const void *a, const void *b)
{
    const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
    const char *due[2] = { oko_body_str(x, "due"), oko_body_str(y, "due") };
    if ((*due[0] == '\0') != (*due[1] == '\0')) {
        return *due[0] == '\0' ? 1 : -1;
    }
    const int order = strcmp(due[0], due[1]);
    const json_int_t i = json_integer_value(json_object_get(x, "id")), k = json_integer_value(json_object_get(y, "id"));
    return order != 0 ? order : (i > k) - (i < k);
}

static json_t *most_urgent(const json_t *items)
{
    const size_t n = json_array_size(items);
    json_t **at = calloc(n > 0 ? n : 1, sizeof(json_t *)), *list = json_array();
    if (at == NULL || list == NULL) {
        free(at);
        json_decref(list);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        at[i] = json_array_get(items, i);
    }
    qsort(at, n, sizeof(json_t *), by_urgency);
    for (size_t i = 0; i < n && i < OKO_TASKS_LIMIT; i++) {
        (void)json_array_append(list, at[i]);
    }
    free(at);
    return list;
}

/* ---- the first steps ---- */

static oko_status stop_at_first(void *ctx)
{
    *(bool *)ctx = true;
    return OKO_E_CANCELLED;
}

static oko_status see_unit(void *ctx, const oko_unit *u)
{
    (void)u;
    return stop_at_first(ctx);
}

/* The register itself is a file too. */
static oko_status see_import(void *ctx, const oko_import *i)
{
    return strcmp(i->layout, "register") != 0 ? stop_at_first(ctx) : OKO_OK;
}

static oko_status see_run(void *ctx, const oko_run *r)
{
    (void)r;
    return stop_at_first(ctx);
}

static oko_status see_user(void *ctx, const oko_user *u)
{
    return u->role == OKO_ROLE_MUNICIPAL || u->role == OKO_ROLE_SCHOOL ? stop_at_first(ctx) : OKO_OK;
}

static oko_status see_record(void *ctx, const oko_record *r)
{
    (void)r;
    *(bool *)ctx = true;
    return OKO_OK;
}

static oko_status look(oko_store *store, int step, bool *ret_done, oko_error *err)
{
    oko_record_query q = { .kind = step == 3 ? "indicator" : "roadmap", .limit = 1 };
    switch (step) {
    case 0:
        return oko_store_unit_walk(store, 0, OKO_LEVEL_SCHOOL, see_unit, ret_done, err);
    case 1:
        return oko_store_import_walk(store, see_import, ret_done, err);
    case 2:
        return oko_store_run_walk(store, see_run, ret_done, err);
    case 5:
        return oko_store_user_walk(store, 0, OKO_ROLE_COUNT, see_user, ret_done, err);
    default:
        return oko_store_record_walk(store, &q, see_record, ret_done, NULL, err);
    }
}

static oko_status first_steps(const oko_cycle *c, json_t *list, oko_error *err)
{
    static const char *const names[] = { "units", "files", "analysis", "indicators", "roadmap", "users" };
    const bool sets_up = c->actor->owner || c->actor->role == OKO_ROLE_OPERATOR || c->actor->role == OKO_ROLE_ADMIN;
    bool all = true;
    for (int i = 0; sets_up && i < (int)(sizeof names / sizeof *names); i++) {
        bool done = false;
        oko_status status = look(c->store, i, &done, err);
        if (status != OKO_OK && !(status == OKO_E_CANCELLED && done)) {
            return status;
        }
        oko_error_clear(err);
        all = all && done;
        if (json_array_append_new(list, json_pack("{s:s, s:b}", "code", names[i], "done", (int)done)) != 0) {
            return no_memory(err);
        }
    }
    if (all) {
        (void)json_array_clear(list); /* it is not empty any more */
    }
    return OKO_OK;
}

/* ---- all of it ---- */

static oko_status gather_rows(const oko_cycle *c, json_t *items, json_t *groups, int64_t *overdue, oko_error *err)
{
    int64_t n = 0, late = 0;
    oko_status status = oko_tasks_roadmap(c, items, &n, &late, err);
    if (status != OKO_OK || n == 0) {
        return status;
    }
    *overdue += late;
    return oko_body_append(
        groups, json_pack("{s:s, s:I, s:I}", "code", "roadmap-begin", "total", (json_int_t)n, "shown", (json_int_t)n),
        err);
}

static oko_status gather_all(const oko_cycle *c, json_t *items, json_t *groups, int64_t *overdue, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *file = NULL;
    size_t i;
    json_t *task;
    oko_status status = oko_cycle_reference("tasks.json", &file, err);
    json_array_foreach(json_object_get(file, "tasks"), i, task)
    {
        if (status == OKO_OK && (c->actor->owner || for_role(task, c->actor->role))) {
            status = gather(c, task, items, groups, overdue, err);
        }
    }
    return status == OKO_OK ? gather_rows(c, items, groups, overdue, err) : status;
}

oko_status oko_tasks(const oko_cycle *c, json_t **ret_json, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *items = json_array();
    OKO_CLEANUP(oko_json_freep) json_t *groups = json_array();
    OKO_CLEANUP(oko_json_freep) json_t *checklist = json_array();
    int64_t overdue = 0, total = 0;
    if (items == NULL || groups == NULL || checklist == NULL) {
        return no_memory(err);
    }
    oko_status status = gather_all(c, items, groups, &overdue, err);
    status = status == OKO_OK ? first_steps(c, checklist, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    size_t i;
    json_t *g;
    json_array_foreach(groups, i, g)
    {
        total += json_integer_value(json_object_get(g, "total"));
    }
    json_t *list = most_urgent(items);
    *ret_json = list == NULL ? NULL
                             : json_pack("{s:o, s:O, s:I, s:I, s:O}", "items", list, "groups", groups, "overdue",
                                         (json_int_t)overdue, "total", (json_int_t)total, "checklist", checklist);
    return *ret_json != NULL ? OKO_OK : no_memory(err);
}
