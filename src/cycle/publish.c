/* Published values: what is hidden, and rows for files. */
#include "cycle/publish.h"

#include "analysis/register.h"
#include "base/memory.h"
#include "cycle/settings.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 100000, MAX_VALUES = 4000000 };

struct oko_publication {
    oko_register reg;
    int min; /* pupils of the smallest group that is shown */
    size_t n, cap;
    oko_published *at;
    oko_error *err;
};

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* ---- which values are hidden ---- */

typedef struct family {
    size_t hidden;
    int64_t pupils; /* behind the hidden ones */
    int smallest;   /* of the visible parts; −1: none */
} family;

static family family_of(const oko_part *part, size_t n, int head)
{
    family f = { .smallest = -1 };
    for (size_t i = 0; i < n; i++) {
        if (part[i].parent != head || part[i].n < 0) {
            continue;
        }
        if (part[i].hidden) {
            f.hidden++;
            f.pupils += part[i].n;
        } else if (f.smallest < 0 || part[i].n < part[f.smallest].n) {
            f.smallest = (int)i;
        }
    }
    return f;
}

/*
 * A total and its parts make one equation: it must hold two unknown numbers or none, and the unknown parts of a known
 * total must be `min` pupils together. Returns whether one more had to be hidden.
 */
static bool hide_one(oko_part *part, size_t n, int head, int min)
{
    const family f = family_of(part, n, head);
    const bool told =
        !part[head].hidden ? f.hidden > 0 && (f.hidden == 1 || f.pupils < min) : f.hidden == 0 && f.smallest >= 0;
    if (told) {
        part[f.smallest >= 0 ? f.smallest : head].hidden = true;
    }
    return told;
}

void oko_publish_protect(oko_part *part, size_t n, int min)
{
    bool again = true;
    for (size_t i = 0; i < n; i++) {
        part[i].hidden = part[i].n >= 0 && part[i].n < min;
    }
    while (again) { /* each pass hides one more at least, so it ends */
        again = false;
        int last = -1;
        for (size_t i = 0; i < n; i++) { /* heads: parts of one total stand together, mostly */
            const int head = part[i].parent;
            if (head >= 0 && head != last && part[head].n >= 0 && hide_one(part, n, head, min)) {
                again = true;
            }
            last = head;
        }
    }
}

/* ---- loading ---- */

typedef struct group {
    int *slot; /* [places]: index of the unit's value in the group, +1; 0: none */
    oko_part *part;
} group;

static size_t place_of(const oko_publication *p, int64_t unit)
{
    const oko_place *place = oko_register_find(&p->reg, unit);
    return place != NULL ? (size_t)(place - p->reg.places) : SIZE_MAX;
}

/* The nearest unit above that has a value, too. */
static int parent_of(const oko_publication *p, const group *g, int64_t unit)
{
    const oko_place *place = oko_register_find(&p->reg, unit);
    for (int step = 0; place != NULL && place->parent != 0 && step < OKO_LEVEL_COUNT; step++) {
        const size_t at = place_of(p, place->parent);
        if (at == SIZE_MAX) {
            return -1;
        }
        if (g->slot[at] != 0) {
            return g->slot[at] - 1;
        }
        place = &p->reg.places[at];
    }
    return -1;
}

/* Values from … to − 1 are of one indicator and year. */
static void protect_group(oko_publication *p, group *g, size_t from, size_t to)
{
    memset(g->slot, 0, p->reg.n * sizeof *g->slot);
    for (size_t i = from; i < to; i++) {
        const size_t at = place_of(p, p->at[i].v.unit);
        if (at != SIZE_MAX) {
            g->slot[at] = (int)(i - from) + 1;
        }
    }
    for (size_t i = from; i < to; i++) {
        const oko_indicator_value *v = &p->at[i].v;
        g->part[i - from] = (oko_part){ .n = isnan(v->value) ? -1 : v->n, .parent = parent_of(p, g, v->unit) };
    }
    oko_publish_protect(g->part, to - from, p->min);
    for (size_t i = from; i < to; i++) {
        const oko_part *part = &g->part[i - from];
        p->at[i].hidden = part->hidden;
        p->at[i].why = !part->hidden      ? p->at[i].v.why
                       : part->n < p->min ? "indicator.small_group"
                                          : "indicator.protects";
    }
}

static oko_status protect_all(oko_publication *p, oko_error *err)
{
    OKO_CLEANUP(oko_freep) int *slot = oko_alloc_array(p->reg.n + 1, sizeof *slot);
    OKO_CLEANUP(oko_freep) oko_part *part = oko_alloc_array(p->n + 1, sizeof *part);
    if (slot == NULL || part == NULL) {
        return no_memory(err);
    }
    group g = { .slot = slot, .part = part };
    for (size_t from = 0, to = 0; from < p->n; from = to) {
        while (to < p->n && strcmp(p->at[to].v.code, p->at[from].v.code) == 0 &&
               p->at[to].v.year == p->at[from].v.year) {
            to++;
        }
        protect_group(p, &g, from, to);
    }
    return OKO_OK;
}

static oko_status take(void *ctx, const oko_indicator_value *v)
{
    oko_publication *p = ctx;
    oko_status status = oko_grow(&p->at, &p->cap, p->n + 1, sizeof *p->at, MAX_VALUES);
    if (status != OKO_OK) {
        return oko_error_set(p->err, status, "", "");
    }
    p->at[p->n] = (oko_published){ .v = *v };
    p->at[p->n++].v.trace = "";
    return OKO_OK;
}

static oko_status read_values(const oko_cycle *c, oko_value_query *q, oko_publication *p, oko_error *err)
{
    int64_t total = 0;
    oko_status status;
    p->err = err;
    q->limit = PAGE;
    do {
        status = oko_store_value_walk(c->store, q, take, p, &total, err);
        q->offset += PAGE;
    } while (status == OKO_OK && q->offset < total);
    return status;
}

oko_status oko_publication_load(const oko_cycle *c, int year, int64_t campaign, oko_publication **ret_publication,
                                oko_error *err)
{
    OKO_CLEANUP(oko_publication_freep) oko_publication *p = calloc(1, sizeof *p);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_value_query q = { .year = year, .campaign = campaign, .level = OKO_LEVEL_COUNT };
    oko_settings settings;
    if (p == NULL) {
        return no_memory(err);
    }
    oko_status status = oko_settings_get(c->store, &settings, err);
    if (status == OKO_OK) {
        p->min = settings.published_min;
    }
    status = status == OKO_OK && campaign != 0 ? oko_cycle_get(c, "campaign", campaign, &e, err) : status;
    if (status == OKO_OK && e.body != NULL) {
        q.until = json_integer_value(json_object_get(json_object_get(e.body, "published"), "last"));
    }
    status = status == OKO_OK ? oko_register_load(c->store, 0, &p->reg, err) : status;
    status = status == OKO_OK ? read_values(c, &q, p, err) : status;
    status = status == OKO_OK ? protect_all(p, err) : status;
    if (status == OKO_OK) {
        *ret_publication = p;
        p = NULL;
    }
    return status;
}

void oko_publication_free(oko_publication *p)
{
    if (p != NULL) {
        oko_register_clear(&p->reg);
        free(p->at);
        free(p);
    }
}

void oko_publication_freep(oko_publication **p)
{
    oko_publication_free(*p);
}

size_t oko_publication_count(const oko_publication *p)
{
    return p->n;
}

const oko_published *oko_publication_at(const oko_publication *p, size_t i)
{
    return i < p->n ? &p->at[i] : NULL;
}

const oko_published *oko_publication_find(const oko_publication *p, int64_t value)
{
    for (size_t i = 0; i < p->n; i++) {
        if (p->at[i].v.id == value) {
            return &p->at[i];
        }
    }
    return NULL;
}

typedef struct last {
    int64_t id, n;
} last;

static oko_status see_last(void *ctx, const oko_indicator_value *v)
{
    last *l = ctx;
    l->id = v->id > l->id ? v->id : l->id;
    l->n++;
    return OKO_OK;
}

oko_status oko_campaign_last_value(oko_store *store, int64_t campaign, int64_t *ret_last, int64_t *ret_n,
                                   oko_error *err)
{
    last l = { 0 };
    int64_t total = 0;
    oko_value_query q = { .campaign = campaign, .level = OKO_LEVEL_COUNT, .limit = PAGE };
    oko_status status;
    do {
        status = oko_store_value_walk(store, &q, see_last, &l, &total, err);
        q.offset += PAGE;
    } while (status == OKO_OK && q.offset < total);
    *ret_last = l.id;
    *ret_n = l.n;
    return status;
}
