#include "cycle/map.h"

#include "base/memory.h"
#include "base/text_view.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_MUNICIPALITIES = 2000, FOLDED_BYTES = 400 };

/* ---- records ---- */
static oko_status keep_head(void *ctx, const oko_record *r)
{
    oko_record *head = ctx;
    *head = *r;
    head->body = NULL;
    return OKO_OK;
}

/* The next version of a record of one key. */
static oko_status keep(oko_store *store, int64_t user, const char *key, const char *body, bool removed, int64_t *ret_id,
                       oko_error *err)
{
    oko_record r = { .id = 0 }, kept;
    oko_error none = { .code = OKO_OK };
    (void)!oko_store_record_find(store, OKO_MAP_KIND, key, keep_head, &r, &none);
    (void)snprintf(r.kind, sizeof r.kind, "%s", OKO_MAP_KIND);
    (void)snprintf(r.key, sizeof r.key, "%s", key);
    (void)snprintf(r.state, sizeof r.state, "kept");
    (void)snprintf(r.title, sizeof r.title, "%s", key);
    r.updated_by = user;
    r.removed = removed;
    r.body = body;
    r.body_len = strlen(body);
    oko_status status = oko_store_record_put(store, &r, &kept, err);
    if (status == OKO_OK)
        *ret_id = kept.id;
    return status;
}

oko_status oko_map_keep_shapes(oko_store *store, int64_t user, const char *text, int64_t *ret_id, oko_error *err)
{
    return keep(store, user, OKO_MAP_SHAPES, text, false, ret_id, err);
}

oko_status oko_map_drop_shapes(oko_store *store, int64_t user, int64_t *ret_id, oko_error *err)
{
    oko_record r = { .id = 0 };
    oko_error none = { .code = OKO_OK };
    oko_status status = oko_store_record_find(store, OKO_MAP_KIND, OKO_MAP_SHAPES, keep_head, &r, &none);
    if (status != OKO_OK || r.removed) {
        *ret_id = r.id;
        return OKO_OK;
    }
    return keep(store, user, OKO_MAP_SHAPES, "{}", true, ret_id, err);
}

typedef struct kept_record {
    json_t *body; /* NULL: none */
    char updated[OKO_TIME_BYTES];
} kept_record;

static oko_status keep_body(void *ctx, const oko_record *r)
{
    kept_record *k = ctx;
    if (r->removed)
        return OKO_OK;
    (void)snprintf(k->updated, sizeof k->updated, "%s", r->updated);
    k->body = json_loadb(r->body, r->body_len, 0, NULL);
    return k->body != NULL ? OKO_OK : OKO_E_MEMORY;
}

static oko_status load(oko_store *store, const char *key, kept_record *ret, oko_error *err)
{
    oko_status status = oko_store_record_find(store, OKO_MAP_KIND, key, keep_body, ret, err);
    if (status != OKO_E_NOT_FOUND)
        return status;
    oko_error_clear(err);
    return OKO_OK;
}

/* ---- municipalities ---- */
typedef struct town {
    int64_t unit;
    char code[sizeof((oko_unit *)NULL)->code], name[sizeof((oko_unit *)NULL)->name];
    char folded[2][FOLDED_BYTES]; /* code, name */
    int column, row;              /* −1: no place yet */
    bool shown;                   /* has a shape */
} town;

typedef struct towns {
    size_t n, cap;
    town *at; /* by code */
} towns;

static oko_status add_town(void *ctx, const oko_unit *u)
{
    towns *t = ctx;
    oko_status status = oko_grow(&t->at, &t->cap, t->n + 1, sizeof *t->at, MAX_MUNICIPALITIES);
    if (status != OKO_OK)
        return status;
    town *made = &t->at[t->n++];
    *made = (town){ .unit = u->id, .column = -1, .row = -1 };
    (void)snprintf(made->code, sizeof made->code, "%s", u->code);
    (void)snprintf(made->name, sizeof made->name, "%s", u->name);
    (void)oko_str_fold(made->folded[0], FOLDED_BYTES, oko_str_of(u->code));
    (void)oko_str_fold(made->folded[1], FOLDED_BYTES, oko_str_of(u->name));
    return OKO_OK;
}

static town *find_unit(const towns *t, int64_t unit)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->at[i].unit == unit)
            return &t->at[i];
    return NULL;
}

static town *find_text(const towns *t, const char *text)
{
    char folded[FOLDED_BYTES];
    (void)oko_str_fold(folded, sizeof folded, oko_str_of(text));
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->at[i].folded[0], folded) == 0 || strcmp(t->at[i].folded[1], folded) == 0)
            return &t->at[i];
    return NULL;
}

/* By code or name, else by an alias. */
static town *find_known(oko_store *store, const towns *t, const char *text)
{
    town *found = find_text(t, text);
    for (int kind = 0; found == NULL && kind < OKO_ALIAS_KIND_COUNT; kind++) {
        char folded[FOLDED_BYTES];
        int64_t unit = 0;
        oko_error none = { .code = OKO_OK };
        (void)oko_str_fold(folded, sizeof folded, oko_str_of(text));
        const char *alias = kind == OKO_ALIAS_NAME ? folded : text; /* names are kept folded */
        if (oko_store_alias_find(store, OKO_LEVEL_MUNICIPALITY, (oko_alias_kind)kind, alias, &unit, &none) == OKO_OK)
            found = find_unit(t, unit);
    }
    return found;
}

/* ---- shapes ---- */

/* How many shapes a property names a municipality of. */
static json_t *count_names(const towns *t, const json_t *features)
{
    json_t *counts = json_object(), *feature, *value;
    const char *key;
    size_t i;
    json_array_foreach((json_t *)(uintptr_t)features, i, feature)
    {
        json_object_foreach(json_object_get(feature, "properties"), key, value)
        {
            json_int_t n = json_integer_value(json_object_get(counts, key));
            if (find_text(t, json_string_value(value)) != NULL)
                (void)json_object_set_new(counts, key, json_integer(n + 1));
        }
    }
    return counts;
}

static const char *best_of(const json_t *counts)
{
    const char *key, *best = NULL;
    json_int_t most = 0;
    json_t *n;
    json_object_foreach((json_t *)(uintptr_t)counts, key, n)
    {
        if (json_integer_value(n) > most) {
            most = json_integer_value(n);
            best = key;
        }
    }
    return best;
}

/* What a shape is called where it belongs to nobody: the property that names, else the first one. */
static const char *label_of(const json_t *properties, const char *best)
{
    const char *text = best != NULL ? json_string_value(json_object_get(properties, best)) : NULL;
    void *first = json_object_iter((json_t *)(uintptr_t)properties);
    return text != NULL ? text : first != NULL ? json_string_value(json_object_iter_value(first)) : "";
}

static json_t *shape_json(const json_t *feature, const town *owner, const char *label)
{
    return json_pack("{s:s,s:{s:o,s:s},s:O}", "type", "Feature", "properties", "unit",
                     owner != NULL ? json_integer(owner->unit) : json_null(), "name",
                     owner != NULL ? owner->name : label, "geometry", json_object_get(feature, "geometry"));
}

static void put_shapes(oko_store *store, const towns *t, const json_t *map, json_t *out)
{
    const json_t *features = json_object_get(map, "features");
    json_t *counts = count_names(t, features), *shapes = json_array(), *over = json_array(), *feature;
    const char *best = best_of(counts);
    size_t i;
    json_array_foreach((json_t *)(uintptr_t)features, i, feature)
    {
        const char *label = label_of(json_object_get(feature, "properties"), best);
        town *owner = label[0] != '\0' ? find_known(store, t, label) : NULL;
        if (owner != NULL)
            owner->shown = true;
        else
            (void)json_array_append_new(over, json_string(label));
        (void)json_array_append_new(shapes, shape_json(feature, owner, label));
    }
    (void)json_object_set_new(out, "property", best != NULL ? json_string(best) : json_null());
    (void)json_object_set_new(out, "shapes", json_pack("{s:s,s:o}", "type", "FeatureCollection", "features", shapes));
    (void)json_object_set_new(out, "unmatched_shapes", over);
    json_decref(counts);
}

static json_t *town_json(const town *t)
{
    return json_pack("{s:I,s:s,s:s}", "unit", (json_int_t)t->unit, "code", t->code, "name", t->name);
}

/* Municipalities without a shape; none of them is missing where there is no map. */
static void put_missing(const towns *t, bool has_map, json_t *out)
{
    json_t *list = json_array();
    for (size_t i = 0; has_map && i < t->n; i++)
        if (!t->at[i].shown)
            (void)json_array_append_new(list, town_json(&t->at[i]));
    (void)json_object_set_new(out, "unmatched_units", list);
}

/* ---- tiles ---- */
static bool taken(const towns *t, int column, int row)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->at[i].column == column && t->at[i].row == row)
            return true;
    return false;
}

static void take_tiles(towns *t, const json_t *tiles)
{
    size_t i;
    json_t *tile;
    json_array_foreach((json_t *)(uintptr_t)tiles, i, tile)
    {
        town *owner = find_unit(t, json_integer_value(json_object_get(tile, "unit")));
        if (owner == NULL)
            continue; /* gone from the register */
        owner->column = (int)json_integer_value(json_object_get(tile, "column"));
        owner->row = (int)json_integer_value(json_object_get(tile, "row"));
    }
}

/* A block half as wide again as high; by code into the first free places. */
static void place_rest(towns *t)
{
    int columns = (int)ceil(sqrt(1.5 * (double)t->n)), at = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (t->at[i].column >= 0)
            continue;
        while (taken(t, at % columns, at / columns))
            at++;
        t->at[i].column = at % columns;
        t->at[i].row = at / columns;
    }
}

static void put_tiles(towns *t, const json_t *kept, json_t *out)
{
    json_t *list = json_array();
    take_tiles(t, json_object_get(kept, "tiles"));
    place_rest(t);
    for (size_t i = 0; i < t->n; i++) {
        json_t *tile = town_json(&t->at[i]);
        (void)json_object_set_new(tile, "column", json_integer(t->at[i].column));
        (void)json_object_set_new(tile, "row", json_integer(t->at[i].row));
        (void)json_array_append_new(list, tile);
    }
    (void)json_object_set_new(out, "tiles", list);
}

static oko_status check_tiles(const towns *t, const json_t *tiles, oko_error *err)
{
    json_t *a, *b;
    size_t i, k;
    json_array_foreach((json_t *)(uintptr_t)tiles, i, a)
    {
        if (find_unit(t, json_integer_value(json_object_get(a, "unit"))) == NULL)
            return oko_error_set(err, OKO_E_ARGUMENT, "map.tile_unit", "tiles");
        for (k = 0; k < i; k++) {
            b = json_array_get(tiles, k);
            bool same = json_equal(json_object_get(a, "column"), json_object_get(b, "column")) &&
                        json_equal(json_object_get(a, "row"), json_object_get(b, "row"));
            if (same || json_equal(json_object_get(a, "unit"), json_object_get(b, "unit")))
                return oko_error_set(err, OKO_E_CONFLICT, "map.tile_twice", "tiles");
        }
    }
    return OKO_OK;
}

oko_status oko_map_keep_tiles(oko_store *store, int64_t user, const json_t *tiles, int64_t *ret_id, oko_error *err)
{
    towns t = { 0 };
    OKO_CLEANUP(oko_freep) char *body = NULL;
    OKO_CLEANUP(oko_json_freep) json_t *json = json_pack("{s:O}", "tiles", tiles);
    oko_status status = oko_store_unit_walk(store, 0, OKO_LEVEL_MUNICIPALITY, add_town, &t, err);
    if (status == OKO_OK)
        status = check_tiles(&t, tiles, err);
    free(t.at);
    body = json != NULL ? json_dumps(json, JSON_COMPACT) : NULL;
    if (status == OKO_OK && body == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    return status == OKO_OK ? keep(store, user, OKO_MAP_TILES, body, false, ret_id, err) : status;
}

/* ---- all of it ---- */
static json_t *show(oko_store *store, towns *t, const kept_record *shapes, const kept_record *tiles)
{
    json_t *out = json_object();
    if (shapes->body != NULL) {
        put_shapes(store, t, shapes->body, out);
    } else {
        (void)json_object_set_new(out, "property", json_null());
        (void)json_object_set_new(out, "shapes", json_null());
        (void)json_object_set_new(out, "unmatched_shapes", json_array());
    }
    (void)json_object_set_new(out, "updated", shapes->body != NULL ? json_string(shapes->updated) : json_null());
    put_missing(t, shapes->body != NULL, out);
    put_tiles(t, tiles->body, out);
    return out;
}

oko_status oko_map_show(oko_store *store, json_t **ret_map, oko_error *err)
{
    towns t = { 0 };
    kept_record shapes = { .body = NULL }, tiles = { .body = NULL };
    oko_status status = oko_store_unit_walk(store, 0, OKO_LEVEL_MUNICIPALITY, add_town, &t, err);
    if (status == OKO_OK)
        status = load(store, OKO_MAP_SHAPES, &shapes, err);
    if (status == OKO_OK)
        status = load(store, OKO_MAP_TILES, &tiles, err);
    if (status == OKO_OK)
        *ret_map = show(store, &t, &shapes, &tiles);
    json_decref(shapes.body);
    json_decref(tiles.body);
    free(t.at);
    return status;
}
