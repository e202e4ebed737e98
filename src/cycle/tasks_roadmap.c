/* Rows of the roadmap that nobody at the actor's unit has begun: they have no record yet, and wait all the same. */
#include "cycle/roadmap.h"
#include "cycle/tasks.h"

#include "cycle/body.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROADMAPS = 50 };

typedef struct waiting {
    const oko_cycle *c;
    oko_unit unit;
    int year; /* today */
    json_t *items;
    int64_t n, overdue;
    oko_error *err;
} waiting;

static oko_status add(waiting *w, const oko_entry *roadmap, const json_t *row, const char *text)
{
    const char *due = oko_body_str(row, "due");
    const bool overdue = *due != '\0' && strcmp(due, w->c->today) < 0;
    char title[OKO_RECORD_TITLE_BYTES];
    (void)oko_str_copy(title, sizeof title, oko_str_of(text));
    w->n++;
    w->overdue += overdue;
    return oko_body_append(w->items,
                           json_pack("{s:s, s:s, s:I, s:I, s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:I, s:s, s:I}", "code",
                                     "roadmap-begin", "kind", "roadmap", "id", (json_int_t)roadmap->head.id, "unit",
                                     (json_int_t)w->unit.id, "unit_code", w->unit.code, "unit_name", w->unit.name,
                                     "title", title, "state", "planned", "due", due, "overdue", (int)overdue, "action",
                                     "start", "version", (json_int_t)0, "roadmap", roadmap->head.key, "row",
                                     (json_int_t)oko_body_int(row, "no")),
                           w->err);
}

static oko_status see(void *ctx, const oko_record *r)
{
    (void)r;
    *(bool *)ctx = true;
    return OKO_OK;
}

static oko_status add_row(waiting *w, const oko_entry *roadmap, const json_t *row)
{
    char key[OKO_RECORD_KEY_BYTES];
    bool begun = false;
    const char *text = oko_roadmap_planned(row, w->unit.level);
    if (text == NULL || oko_body_int(row, "year") > w->year) {
        return OKO_OK;
    }
    (void)snprintf(key, sizeof key, "%.100s/%lld/%lld", roadmap->head.key, (long long)oko_body_int(row, "no"),
                   (long long)w->unit.id);
    oko_status status = oko_store_record_find(w->c->store, "roadmap-row", key, see, &begun, w->err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(w->err);
        status = OKO_OK;
    }
    return status == OKO_OK && !begun ? add(w, roadmap, row, text) : status;
}

static oko_status add_roadmap(void *ctx, const oko_entry *roadmap)
{
    waiting *w = ctx;
    oko_status status = OKO_OK;
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(roadmap->body, "rows"), i, row)
    {
        status = status == OKO_OK ? add_row(w, roadmap, row) : status;
    }
    return status;
}

oko_status oko_tasks_roadmap(const oko_cycle *c, json_t *items, int64_t *ret_n, int64_t *ret_overdue, oko_error *err)
{
    const oko_flow *flow = oko_flow_find(c->flows, "roadmap-row");
    waiting w = { .c = c, .year = (int)strtol(c->today, NULL, 10), .items = items, .err = err };
    const oko_record_query q = { .kind = "roadmap", .states = "active", .limit = ROADMAPS };
    if (flow == NULL || c->actor->owner || oko_access_role(c->actor, flow->create.roles, true, NULL) != OKO_OK) {
        return OKO_OK;
    }
    oko_status status = oko_roadmap_unit(c, 0, &w.unit, err);
    if (status == OKO_E_ARGUMENT) { /* nobody's unit in particular */
        oko_error_clear(err);
        return OKO_OK;
    }
    status = status == OKO_OK ? oko_cycle_list(c, &q, add_roadmap, &w, NULL, err) : status;
    *ret_n = w.n;
    *ret_overdue = w.overdue;
    return status;
}
