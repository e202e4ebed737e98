/* The roadmap as one unit sees it: its rows, how far they are, and where the units below it stand. */
#include "cycle/roadmap.h"

#include "analysis/runs.h"
#include "base/memory.h"
#include "cycle/deeds.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { YEARS = 16, ROWS = 200, PAGE = 1000 };

typedef struct table {
    const oko_cycle *c;
    const oko_entry *roadmap;
    oko_unit unit;
    oko_register reg;
    size_t place; /* of the unit */
    int n_years;
    oko_deeds deeds[YEARS];
    bool run[YEARS]; /* a run speaks of procedures of that year */
    json_t *own;     /* records of the unit by number of the row, as text: envelope members */
    json_t *rows;
    oko_error *err;
} table;

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

static int year_of(const json_t *row)
{
    return (int)json_integer_value(json_object_get(row, "year"));
}

static int index_of(const table *t, int year)
{
    for (int i = 0; i < t->n_years; i++) {
        if (t->deeds[i].year == year) {
            return i;
        }
    }
    return -1;
}

static oko_status load_deeds(table *t)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(t->roadmap->body, "rows"), i, row)
    {
        if (index_of(t, year_of(row)) >= 0) {
            continue;
        }
        if (t->n_years == YEARS) {
            return oko_error_set(t->err, OKO_E_LIMIT, "roadmap.many_years", "rows");
        }
        oko_status status = oko_deeds_load(t->c, &t->reg, year_of(row), &t->deeds[t->n_years], t->err);
        if (status != OKO_OK) {
            return status;
        }
        t->n_years++;
    }
    return OKO_OK;
}

/* ---- which years a run speaks of ---- */

typedef struct procedures {
    size_t n, cap;
    struct {
        char code[OKO_CODE_BYTES];
        int year;
    } * at;
} procedures;

static oko_status add_procedure(void *ctx, const oko_procedure *p)
{
    procedures *all = ctx;
    oko_status status = oko_grow(&all->at, &all->cap, all->n + 1, sizeof *all->at, 100000);
    if (status == OKO_OK) {
        memcpy(all->at[all->n].code, p->code, sizeof p->code);
        all->at[all->n++].year = p->year;
    }
    return status;
}

typedef struct covering {
    table *t;
    procedures *all;
} covering;

static oko_status cover(void *ctx, const oko_result *r)
{
    covering *c = ctx;
    for (size_t i = 0; i < c->all->n; i++) {
        if (strcmp(c->all->at[i].code, r->procedure) == 0) {
            const int at = index_of(c->t, c->all->at[i].year);
            if (at >= 0) {
                c->t->run[at] = true;
            }
            return OKO_OK;
        }
    }
    return OKO_OK;
}

static oko_status load_runs(table *t)
{
    oko_run run = { 0 };
    oko_status status = oko_run_find(t->c->store, 0, OKO_METHODS_MAIN, &run, t->err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(t->err);
        return OKO_OK;
    }
    procedures all = { 0 };
    covering c = { .t = t, .all = &all };
    const oko_result_query q = { .run = run.id, .unit = t->unit.id, .level = OKO_LEVEL_COUNT, .with_merged = true };
    status = status == OKO_OK ? oko_store_procedure_walk(t->c->store, 0, add_procedure, &all, t->err) : status;
    status = status == OKO_OK ? oko_store_result_walk(t->c->store, &q, cover, &c, t->err) : status;
    free(all.at);
    oko_run_clear(&run);
    return status;
}

/* ---- the unit's own records ---- */

static oko_status add_link(void *ctx, const oko_record_link *link)
{
    static const char *const targets[] = { "record", "file", "run", "import", "unit", "url" };
    json_t *list = ctx;
    if (strcmp(link->relation, "evidence") != 0) {
        return OKO_OK;
    }
    json_t *o = json_pack("{s:s, s:I, s:s}", "target", targets[link->target], "id", (json_int_t)link->target_id, "note",
                          link->note);
    return json_array_append_new(list, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

static oko_status take_own(void *ctx, const oko_entry *e)
{
    table *t = ctx;
    const oko_record *h = &e->head;
    char no[24];
    json_t *links = json_array();
    oko_status status = oko_store_link_walk(t->c->store, h->id, OKO_LINK_TARGET_COUNT, 0, add_link, links, t->err);
    const bool final = strcmp(h->state, "done") == 0 || strcmp(h->state, "not-applicable") == 0;
    json_t *o = json_pack("{s:I, s:I, s:s, s:s, s:b, s:O*, s:O*, s:O*, s:o}", "id", (json_int_t)h->id, "version",
                          (json_int_t)h->version, "state", h->state, "due", h->due, "overdue",
                          (int)(!final && h->due[0] != '\0' && strcmp(h->due, t->c->today) < 0), "responsible",
                          json_object_get(e->body, "responsible"), "plan", json_object_get(e->body, "plan"), "summary",
                          json_object_get(e->body, "summary"), "evidence", links);
    (void)snprintf(no, sizeof no, "%lld", (long long)json_integer_value(json_object_get(e->body, "no")));
    if (status != OKO_OK) {
        json_decref(o);
        return status;
    }
    return json_object_set_new(t->own, no, o) == 0 ? OKO_OK : no_memory(t->err);
}

static oko_status load_own(table *t)
{
    char prefix[OKO_RECORD_KEY_BYTES];
    (void)snprintf(prefix, sizeof prefix, "%.100s/", t->roadmap->head.key);
    const oko_record_query q = { .kind = "roadmap-row", .key_prefix = prefix, .unit = t->unit.id, .limit = PAGE };
    return oko_cycle_list(t->c, &q, take_own, t, NULL, t->err);
}

/* ---- the units below ---- */

typedef struct rollup {
    const table *t;
    oko_level level;
    json_t *states;
    int64_t known; /* units that have a record */
} rollup;

static oko_status take_state(void *ctx, int64_t unit, const char *state, int64_t n)
{
    rollup *r = ctx;
    const oko_place *p = oko_register_find(&r->t->reg, unit);
    if (p == NULL || p->level != r->level) {
        return OKO_OK;
    }
    const json_int_t now = json_integer_value(json_object_get(r->states, state));
    r->known += n;
    return json_object_set_new(r->states, state, json_integer(now + n)) == 0 ? OKO_OK : OKO_E_MEMORY;
}

/* Units of the level below: all, those that began (something was done, by what the program counts), those complete. */
static oko_status count_places(const table *t, oko_level level, const char *step, int year, int64_t ret_n[3])
{
    for (size_t i = 0; i < t->reg.n; i++) {
        if (t->reg.places[i].level != level || i == t->place) {
            continue;
        }
        const oko_place *above = oko_register_above(&t->reg, t->reg.places[i].id, t->unit.level);
        if (above == NULL || above->id != t->unit.id) {
            continue;
        }
        json_t *p = oko_deeds_progress(&t->deeds[year], i, step, t->run[year]);
        if (p == NULL) {
            return OKO_E_MEMORY;
        }
        const bool counts_run = strcmp(step, "analysis") == 0 && t->run[year];
        ret_n[0]++;
        ret_n[1] += json_integer_value(json_object_get(p, "done")) > (counts_run ? 1 : 0);
        ret_n[2] += json_is_true(json_object_get(p, "complete"));
        json_decref(p);
    }
    return OKO_OK;
}

static oko_status add_level(const table *t, const json_t *row, oko_level level, json_t *below)
{
    char prefix[OKO_RECORD_KEY_BYTES];
    int64_t n[3] = { 0, 0, 0 };
    if (oko_roadmap_planned(row, level) == NULL) {
        return OKO_OK;
    }
    rollup r = { .t = t, .level = level, .states = json_object() };
    (void)snprintf(prefix, sizeof prefix, "%.100s/%lld/", t->roadmap->head.key,
                   (long long)json_integer_value(json_object_get(row, "no")));
    const oko_record_query q = { .kind = "roadmap-row", .key_prefix = prefix, .unit = t->unit.id, .subtree = true };
    oko_status status = oko_store_record_counts(t->c->store, &q, true, take_state, &r, t->err);
    const char *step = json_string_value(json_object_get(row, "step"));
    status = status == OKO_OK ? count_places(t, level, step != NULL ? step : "", index_of(t, year_of(row)), n) : status;
    if (status == OKO_OK && n[0] > r.known) { /* no record yet: nothing was begun */
        const json_int_t now = json_integer_value(json_object_get(r.states, "planned"));
        (void)json_object_set_new(r.states, "planned", json_integer(now + n[0] - r.known));
    }
    if (status != OKO_OK) {
        json_decref(r.states);
        return status;
    }
    json_t *o = json_pack("{s:I, s:o, s:I, s:I}", "units", (json_int_t)n[0], "states", r.states, "started",
                          (json_int_t)n[1], "complete", (json_int_t)n[2]);
    return json_object_set_new(below, oko_level_name(level), o) == 0 ? OKO_OK : no_memory(t->err);
}

static oko_status below_of(const table *t, const json_t *row, json_t **ret_below)
{
    json_t *below = json_object();
    oko_status status = below != NULL ? OKO_OK : no_memory(t->err);
    for (int level = (int)t->unit.level + 1; status == OKO_OK && level <= OKO_LEVEL_SCHOOL; level++) {
        status = level >= OKO_LEVEL_MUNICIPALITY ? add_level(t, row, (oko_level)level, below) : OKO_OK;
    }
    if (status != OKO_OK) {
        json_decref(below);
        return status;
    }
    *ret_below = below;
    return OKO_OK;
}

/* ---- rows ---- */

/* What the row is before anybody worked on it. */
static json_t *untouched(const table *t, const json_t *row, bool planned)
{
    const char *due = json_string_value(json_object_get(row, "due"));
    due = due != NULL ? due : "";
    return json_pack("{s:I, s:I, s:s, s:s, s:b, s:[]}", "id", (json_int_t)0, "version", (json_int_t)0, "state",
                     planned ? "planned" : "", "due", due, "overdue",
                     (int)(planned && *due != '\0' && strcmp(due, t->c->today) < 0), "evidence");
}

static oko_status add_row(table *t, const json_t *row)
{
    char no[24];
    json_t *below = NULL;
    const bool planned = oko_roadmap_planned(row, t->unit.level) != NULL;
    const char *step = json_string_value(json_object_get(row, "step"));
    const int year = index_of(t, year_of(row));
    (void)snprintf(no, sizeof no, "%lld", (long long)json_integer_value(json_object_get(row, "no")));
    oko_status status = below_of(t, row, &below);
    if (status != OKO_OK) {
        return status;
    }
    json_t *own = json_object_get(t->own, no);
    own = own != NULL ? json_incref(own) : untouched(t, row, planned);
    json_t *texts = json_pack("{s:O*, s:O*, s:O*}", "region", json_object_get(row, "region"), "municipality",
                              json_object_get(row, "municipality"), "school", json_object_get(row, "school"));
    json_t *progress =
        planned ? oko_deeds_progress(&t->deeds[year], t->place, step != NULL ? step : "", t->run[year]) : json_null();
    json_t *out = json_pack("{s:O, s:O, s:O, s:o, s:b, s:o, s:o}", "no", json_object_get(row, "no"), "year",
                            json_object_get(row, "year"), "step", json_object_get(row, "step"), "texts", texts,
                            "planned", (int)planned, "progress", progress, "below", below);
    const bool made = out != NULL && own != NULL && json_object_update(out, own) == 0;
    json_decref(own);
    if (!made) {
        json_decref(out);
        return no_memory(t->err);
    }
    return json_array_append_new(t->rows, out) == 0 ? OKO_OK : no_memory(t->err);
}

static oko_status fill(table *t)
{
    oko_status status = oko_register_load(t->c->store, 0, &t->reg, t->err);
    const oko_place *p = status == OKO_OK ? oko_register_find(&t->reg, t->unit.id) : NULL;
    if (status == OKO_OK && p == NULL) {
        return oko_error_set(t->err, OKO_E_ARGUMENT, "roadmap.unit", "unit");
    }
    t->place = status == OKO_OK ? (size_t)(p - t->reg.places) : 0;
    status = status == OKO_OK ? load_deeds(t) : status;
    status = status == OKO_OK ? load_runs(t) : status;
    status = status == OKO_OK ? load_own(t) : status;
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(t->roadmap->body, "rows"), i, row)
    {
        status = status == OKO_OK ? add_row(t, row) : status;
    }
    return status;
}

static json_t *head(const table *t)
{
    const json_t *b = t->roadmap->body;
    json_t *unit = json_pack("{s:I, s:s, s:s, s:s}", "id", (json_int_t)t->unit.id, "code", t->unit.code, "name",
                             t->unit.name, "level", oko_level_name(t->unit.level));
    return json_pack("{s:s, s:s, s:s, s:O, s:O, s:O*, s:o, s:O}", "code", t->roadmap->head.key, "title",
                     t->roadmap->head.title, "state", t->roadmap->head.state, "first_year",
                     json_object_get(b, "first_year"), "last_year", json_object_get(b, "last_year"), "columns",
                     json_object_get(b, "columns"), "unit", unit, "rows", t->rows);
}

oko_status oko_roadmap_table(const oko_cycle *c, const char *code, int64_t unit, json_t **ret_table, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry roadmap = { 0 };
    table t = { .c = c, .roadmap = &roadmap, .own = json_object(), .rows = json_array(), .err = err };
    oko_status status = t.own != NULL && t.rows != NULL ? OKO_OK : no_memory(err);
    status = status == OKO_OK ? oko_roadmap_get(c, code, &roadmap, err) : status;
    status = status == OKO_OK ? oko_roadmap_unit(c, unit, &t.unit, err) : status;
    status = status == OKO_OK ? fill(&t) : status;
    json_t *out = status == OKO_OK ? head(&t) : NULL;
    if (status == OKO_OK && out == NULL) {
        status = no_memory(err);
    }
    for (int i = 0; i < t.n_years; i++) {
        oko_deeds_clear(&t.deeds[i]);
    }
    oko_register_clear(&t.reg);
    json_decref(t.own);
    json_decref(t.rows);
    if (status == OKO_OK) {
        *ret_table = out;
    }
    return status;
}
