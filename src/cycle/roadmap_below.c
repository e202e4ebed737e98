/* One row of the roadmap at the units below: who has done it, who is at it, who has not begun. */
#include "cycle/roadmap.h"

#include "analysis/register.h"
#include "base/memory.h"
#include "cycle/body.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 1000 };

typedef struct listing {
    const oko_cycle *c;
    const oko_roadmap_below *which;
    const oko_entry *roadmap;
    const json_t *row;
    oko_unit top;
    oko_register reg;
    json_t *known; /* records of the row by id of the unit, as text */
    json_t *items;
    int64_t total;
    oko_error *err;
} listing;

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* ---- the records that are there ---- */

static oko_status take_record(void *ctx, const oko_entry *e)
{
    listing *l = ctx;
    char unit[24];
    const oko_place *p = oko_register_find(&l->reg, e->head.unit);
    (void)snprintf(unit, sizeof unit, "%lld", (long long)(p != NULL ? p->id : e->head.unit));
    const bool over = strcmp(e->head.state, "done") == 0 || strcmp(e->head.state, "not-applicable") == 0;
    json_t *o = json_pack("{s:I, s:I, s:s, s:s, s:b, s:s, s:s}", "id", (json_int_t)e->head.id, "version",
                          (json_int_t)e->head.version, "state", e->head.state, "due", e->head.due, "overdue",
                          (int)(!over && e->head.due[0] != '\0' && strcmp(e->head.due, l->c->today) < 0), "responsible",
                          oko_body_str(e->body, "responsible"), "summary", oko_body_str(e->body, "summary"));
    return json_object_set_new(l->known, unit, o) == 0 ? OKO_OK : no_memory(l->err);
}

static oko_status load_records(listing *l)
{
    char prefix[OKO_RECORD_KEY_BYTES];
    int64_t total = 1;
    (void)snprintf(prefix, sizeof prefix, "%.100s/%d/", l->roadmap->head.key, l->which->no);
    oko_record_query q = {
        .kind = "roadmap-row", .key_prefix = prefix, .unit = l->top.id, .subtree = true, .limit = PAGE
    };
    oko_status status = OKO_OK;
    for (; status == OKO_OK && q.offset < total; q.offset += PAGE) {
        status = oko_cycle_list(l->c, &q, take_record, l, &total, l->err);
    }
    return status;
}

/* ---- the units ---- */

static bool has_words(const oko_unit *u, const char *words)
{
    char text[512], folded[512], wanted[256];
    (void)snprintf(text, sizeof text, "%s %s", u->code, u->name);
    (void)oko_str_fold(folded, sizeof folded, oko_str_of(text));
    (void)oko_str_fold(wanted, sizeof wanted, oko_str_of(words));
    return strstr(folded, wanted) != NULL;
}

static json_t *untouched(const listing *l)
{
    const char *due = oko_body_str(l->row, "due");
    return json_pack("{s:I, s:I, s:s, s:s, s:b, s:s, s:s}", "id", (json_int_t)0, "version", (json_int_t)0, "state",
                     "planned", "due", due, "overdue", (int)(*due != '\0' && strcmp(due, l->c->today) < 0),
                     "responsible", "", "summary", "");
}

static bool fits(const listing *l, const oko_place *p)
{
    const oko_level level = l->which->level;
    const oko_place *above = oko_register_above(&l->reg, p->id, l->top.level);
    return p->id != l->top.id && above != NULL && above->id == l->top.id &&
           (level == OKO_LEVEL_COUNT || p->level == level) && oko_roadmap_planned(l->row, p->level) != NULL;
}

static oko_status count_link(void *ctx, const oko_record_link *link)
{
    *(int64_t *)ctx += strcmp(link->relation, "evidence") == 0;
    return OKO_OK;
}

/* The rest of what a page shows is asked for the units of the page only. */
static oko_status put_item(listing *l, const oko_unit *u, json_t *record)
{
    int64_t evidence = 0;
    const int64_t id = oko_body_int(record, "id");
    oko_status status =
        id == 0 ? OKO_OK
                : oko_store_link_walk(l->c->store, id, OKO_LINK_TARGET_COUNT, 0, count_link, &evidence, l->err);
    json_t *unit = json_pack("{s:I, s:s, s:s, s:s}", "id", (json_int_t)u->id, "code", u->code, "name", u->name, "level",
                             oko_level_name(u->level));
    json_t *o = json_pack("{s:o, s:I}", "unit", unit, "evidence", (json_int_t)evidence);
    const bool made = o != NULL && json_object_update(o, record) == 0 && json_array_append(l->items, o) == 0;
    json_decref(o);
    return status != OKO_OK ? status : made ? OKO_OK : no_memory(l->err);
}

static oko_status add_place(listing *l, const oko_place *p)
{
    oko_unit u;
    char key[24];
    const oko_roadmap_below *w = l->which;
    (void)snprintf(key, sizeof key, "%lld", (long long)p->id);
    json_t *known = json_object_get(l->known, key);
    OKO_CLEANUP(oko_json_freep) json_t *record = known != NULL ? json_incref(known) : untouched(l);
    if (record == NULL) {
        return no_memory(l->err);
    }
    if (w->state != NULL && *w->state != '\0' && strcmp(oko_body_str(record, "state"), w->state) != 0) {
        return OKO_OK;
    }
    const bool search = w->search != NULL && *w->search != '\0';
    const bool shown = l->total >= w->offset && l->total < w->offset + w->limit;
    if (!search && !shown) {
        l->total++;
        return OKO_OK;
    }
    oko_status status = oko_store_unit_get(l->c->store, p->id, &u, l->err);
    if (status != OKO_OK || (search && !has_words(&u, w->search))) {
        return status;
    }
    l->total++;
    return shown ? put_item(l, &u, record) : OKO_OK;
}

static int by_code(const void *a, const void *b)
{
    return oko_place_compare(*(const oko_place *const *)a, *(const oko_place *const *)b);
}

static oko_status walk_places(listing *l)
{
    size_t n = 0;
    OKO_CLEANUP(oko_freep) const oko_place **at = oko_calloc_array(l->reg.n + 1, sizeof *at);
    if (at == NULL) {
        return no_memory(l->err);
    }
    for (size_t i = 0; i < l->reg.n; i++) {
        if (fits(l, &l->reg.places[i])) {
            at[n++] = &l->reg.places[i];
        }
    }
    qsort(at, n, sizeof *at, by_code);
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        status = add_place(l, at[i]);
    }
    return status;
}

static oko_status fill(listing *l)
{
    oko_status status = oko_register_load(l->c->store, 0, &l->reg, l->err);
    status = status == OKO_OK ? load_records(l) : status;
    return status == OKO_OK ? walk_places(l) : status;
}

oko_status oko_roadmap_units(const oko_cycle *c, const char *code, const oko_roadmap_below *which, json_t **ret_page,
                             oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry roadmap = { 0 };
    oko_roadmap_below w = *which;
    w.limit = w.limit < 1 ? 50 : w.limit > OKO_ROADMAP_UNITS_LIMIT ? OKO_ROADMAP_UNITS_LIMIT : w.limit;
    listing l = { .c = c, .which = &w, .roadmap = &roadmap, .known = json_object(), .items = json_array(), .err = err };
    oko_status status = l.known != NULL && l.items != NULL ? OKO_OK : no_memory(err);
    status = status == OKO_OK ? oko_roadmap_get(c, code, &roadmap, err) : status;
    l.row = status == OKO_OK ? oko_roadmap_row(&roadmap, w.no) : NULL;
    if (status == OKO_OK && l.row == NULL) {
        status = oko_error_set(err, OKO_E_NOT_FOUND, "roadmap.no_row", "no");
    }
    status = status == OKO_OK ? oko_roadmap_unit(c, w.unit, &l.top, err) : status;
    status = status == OKO_OK ? fill(&l) : status;
    oko_register_clear(&l.reg);
    json_decref(l.known);
    json_t *out = status == OKO_OK ? json_pack("{s:O, s:I}", "items", l.items, "total", (json_int_t)l.total) : NULL;
    json_decref(l.items);
    if (status != OKO_OK || out == NULL) {
        return status != OKO_OK ? status : no_memory(err);
    }
    *ret_page = out;
    return OKO_OK;
}
