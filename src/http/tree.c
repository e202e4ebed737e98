#include "http/tree.h"

#include "base/memory.h"
#include "http/request.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_UNITS = 2000000, FRESH_MS = 1000 };

struct oko_tree_cache {
    pthread_mutex_t lock;
    pthread_cond_t fresh;
    oko_tree *current;
    bool changed, reading;
    int64_t read_at;
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void register_free(oko_tree *r)
{
    if (r == NULL)
        return;
    free(r->units);
    free(r->end);
    free(r->by_order);
    free(r->by_id);
    for (size_t i = 0; i < r->n; i++) {
        if (r->row != NULL)
            free(r->row[i]);
        if (r->folded != NULL)
            free(r->folded[i]);
    }
    free(r->row);
    free(r->folded);
    free(r);
}

typedef struct reading {
    oko_unit *units;
    size_t n, cap;
} reading;

static oko_status add_unit(void *ctx, const oko_unit *u)
{
    reading *r = ctx;
    if (u->level == OKO_LEVEL_CLASS)
        return OKO_OK;
    oko_status status = oko_grow(&r->units, &r->cap, r->n + 1, sizeof *r->units, MAX_UNITS);
    if (status == OKO_OK)
        r->units[r->n++] = *u;
    return status;
}

/* Level, code: the order of the store's walk; kept by index. */
typedef struct placed {
    size_t from; /* index in the order of the walk of the store */
    int64_t parent, id;
} placed;

static int by_parent(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->parent != y->parent)
        return x->parent < y->parent ? -1 : 1;
    return x->from < y->from ? -1 : x->from > y->from;
}

typedef struct planting {
    const oko_unit *units;
    const placed *sorted;
    size_t n;
    oko_tree *r;
    size_t *position; /* store order → place in the tree */
} planting;

static size_t first_child(const planting *p, int64_t parent)
{
    size_t lo = 0, hi = p->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (p->sorted[mid].parent < parent)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static void plant(planting *p, int64_t parent, int depth)
{
    for (size_t i = first_child(p, parent); i < p->n && p->sorted[i].parent == parent && depth < 8; i++) {
        size_t at = p->r->n++;
        p->r->units[at] = p->units[p->sorted[i].from];
        p->position[p->sorted[i].from] = at;
        plant(p, p->sorted[i].id, depth + 1);
        p->r->end[at] = p->r->n;
    }
}

static int by_number(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static oko_status order_by_id(oko_tree *r, placed *room)
{
    r->by_id = oko_calloc_array(r->n + 1, sizeof *r->by_id);
    if (r->by_id == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < r->n; i++)
        room[i] = (placed){ .from = i, .id = r->units[i].id };
    if (r->n > 0)
        qsort(room, r->n, sizeof *room, by_number);
    for (size_t i = 0; i < r->n; i++)
        r->by_id[i] = room[i].from;
    return OKO_OK;
}

static oko_status arrange(reading *in, oko_tree *r)
{
    size_t n = in->n;
    OKO_CLEANUP(oko_freep) placed *sorted = oko_calloc_array(n + 1, sizeof *sorted);
    r->units = oko_calloc_array(n + 1, sizeof *r->units);
    r->end = oko_calloc_array(n + 1, sizeof *r->end);
    r->by_order = oko_calloc_array(n + 1, sizeof *r->by_order);
    if (sorted == NULL || r->units == NULL || r->end == NULL || r->by_order == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < n; i++)
        sorted[i] = (placed){ .from = i, .parent = in->units[i].parent, .id = in->units[i].id };
    if (n > 0)
        qsort(sorted, n, sizeof *sorted, by_parent);
    planting p = { .units = in->units, .sorted = sorted, .n = n, .r = r, .position = r->by_order };
    plant(&p, 0, 0);
    return r->n == n ? order_by_id(r, sorted) : OKO_E_STORE;
}

size_t oko_unit_fold(const oko_unit *u, char ret_folded[512])
{
    size_t n = oko_str_fold(ret_folded, 128, oko_str_of(u->code));
    ret_folded[n++] = '\n';
    return n + oko_str_fold(ret_folded + n, 512 - n, oko_str_of(u->name));
}

json_t *oko_unit_json(const oko_unit *u)
{
    json_t *o = json_object();
    oko_json_set_int(o, "id", u->id);
    oko_json_set_int_or_null(o, "parent", u->parent);
    oko_json_set_str(o, "level", oko_level_name(u->level));
    oko_json_set_str(o, "code", u->code);
    oko_json_set_str(o, "name", u->name);
    oko_json_set_str(o, "type", u->type);
    oko_json_set_str(o, "place", u->place);
    oko_json_set_str(o, "cluster", u->cluster);
    oko_json_set_bool(o, "confirmed", u->confirmed);
    oko_json_set_int_or_null(o, "valid_from", u->valid_from);
    oko_json_set_int_or_null(o, "valid_to", u->valid_to);
    return o;
}

static oko_status write_rows(oko_tree *r)
{
    r->row = oko_calloc_array(r->n + 1, sizeof *r->row);
    r->folded = oko_calloc_array(r->n + 1, sizeof *r->folded);
    for (size_t i = 0; r->row != NULL && r->folded != NULL && i < r->n; i++) {
        char folded[512];
        size_t n = oko_unit_fold(&r->units[i], folded);
        json_t *json = oko_unit_json(&r->units[i]);
        r->row[i] = json_dumps(json, JSON_COMPACT);
        r->folded[i] = oko_str_dup((oko_str){ folded, n });
        json_decref(json);
        if (r->row[i] == NULL || r->folded[i] == NULL)
            return OKO_E_MEMORY;
    }
    return r->row != NULL && r->folded != NULL ? OKO_OK : OKO_E_MEMORY;
}

static oko_status read_tree(oko_store *store, oko_tree **ret, oko_error *err)
{
    reading in = { .n = 0 };
    oko_tree *r = oko_calloc_array(1, sizeof *r);
    oko_status status = r != NULL ? oko_store_unit_walk(store, 0, OKO_LEVEL_COUNT, add_unit, &in, err) : OKO_E_MEMORY;
    if (status == OKO_OK)
        status = arrange(&in, r);
    if (status == OKO_OK)
        status = write_rows(r);
    free(in.units);
    if (status != OKO_OK) {
        register_free(r);
        return err != NULL && err->code == status ? status : oko_error_set(err, status, "", "");
    }
    r->users = 1;
    *ret = r;
    return OKO_OK;
}

oko_status oko_tree_cache_new(oko_tree_cache **ret_cache)
{
    oko_tree_cache *c = oko_calloc_array(1, sizeof *c);
    if (c == NULL)
        return OKO_E_MEMORY;
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->fresh, NULL);
    *ret_cache = c;
    return OKO_OK;
}

void oko_tree_cache_free(oko_tree_cache *cache)
{
    if (cache == NULL)
        return;
    register_free(cache->current);
    pthread_cond_destroy(&cache->fresh);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

void oko_tree_changed(oko_tree_cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    cache->changed = true;
    pthread_mutex_unlock(&cache->lock);
}

static void drop(oko_tree *r)
{
    if (r != NULL && --r->users == 0)
        register_free(r);
}

/* Does anything of the register look otherwise? */
static bool same(const oko_tree *a, const oko_tree *b)
{
    if (a == NULL || a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        if (a->end[i] != b->end[i] || a->by_order[i] != b->by_order[i] || strcmp(a->row[i], b->row[i]) != 0)
            return false;
    }
    return true;
}

/* Reads it anew with the lock given up, so that the others go on with what there is. */
static oko_status refresh(oko_tree_cache *cache, oko_store *store, oko_error *err)
{
    oko_tree *fresh = NULL;
    cache->reading = true;
    cache->changed = false;
    pthread_mutex_unlock(&cache->lock);
    oko_status status = read_tree(store, &fresh, err);
    pthread_mutex_lock(&cache->lock);
    cache->reading = false;
    if (status == OKO_OK && same(cache->current, fresh)) {
        register_free(fresh);
        cache->read_at = now_ms();
    } else if (status == OKO_OK) {
        fresh->generation = cache->current != NULL ? cache->current->generation + 1 : 1;
        drop(cache->current);
        cache->current = fresh;
        cache->read_at = now_ms();
    }
    pthread_cond_broadcast(&cache->fresh);
    return status;
}

oko_status oko_tree_get(oko_tree_cache *cache, oko_store *store, const oko_tree **ret_tree, oko_error *err)
{
    oko_status status = OKO_OK;
    pthread_mutex_lock(&cache->lock);
    while (cache->current == NULL && cache->reading)
        pthread_cond_wait(&cache->fresh, &cache->lock);
    bool stale = cache->current == NULL || cache->changed || now_ms() - cache->read_at > FRESH_MS;
    if (stale && !cache->reading)
        status = refresh(cache, store, err);
    if (status == OKO_OK) {
        cache->current->users++;
        *ret_tree = cache->current;
    }
    pthread_mutex_unlock(&cache->lock);
    return status;
}

void oko_tree_back(oko_tree_cache *cache, const oko_tree *reg)
{
    pthread_mutex_lock(&cache->lock);
    drop((oko_tree *)(uintptr_t)reg);
    pthread_mutex_unlock(&cache->lock);
}

size_t oko_tree_find(const oko_tree *reg, int64_t id)
{
    size_t lo = 0, hi = reg->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (reg->units[reg->by_id[mid]].id < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < reg->n && reg->units[reg->by_id[lo]].id == id ? reg->by_id[lo] : reg->n;
}
