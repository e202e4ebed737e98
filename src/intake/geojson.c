#include "intake/geojson.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RING_MIN = 4, DIGITS = 9 };

typedef struct reading {
    oko_error *err;
    size_t feature; /* the one being read */
    size_t points;  /* of all so far */
} reading;

static oko_status fault(const reading *r, oko_status status, const char *key)
{
    char place[64];
    (void)snprintf(place, sizeof place, "features[%zu].geometry", r->feature);
    return oko_error_set(r->err, status, key, place);
}

/* ---- geometry ---- */

/* Degrees, five decimals; a number without a value is refused before. */
static double rounded(double degrees)
{
    double value = round(degrees * 1e5) / 1e5;
    return value == 0 ? 0 : value;
}

static bool degrees(const json_t *value, double least, double most, double *ret)
{
    double v = json_is_number(value) ? json_number_value(value) : NAN;
    if (!isfinite(v) || v < least || v > most)
        return false;
    *ret = rounded(v);
    return true;
}

static oko_status read_position(reading *r, const json_t *json, double ret[2])
{
    if (json_array_size(json) < 2 || json_array_size(json) > 4)
        return fault(r, OKO_E_FORMAT, "geojson.position");
    /* 360: shapes on both sides of the 180th meridian may go on eastwards */
    if (!degrees(json_array_get(json, 0), -180, 360, &ret[0]) || !degrees(json_array_get(json, 1), -90, 90, &ret[1]))
        return fault(r, OKO_E_FORMAT, "geojson.degrees");
    return ++r->points <= OKO_GEOJSON_POINTS ? OKO_OK : fault(r, OKO_E_LIMIT, "geojson.many_points");
}

static bool add_position(json_t *ring, const double at[2])
{
    return json_array_append_new(ring, json_pack("[f,f]", at[0], at[1])) == 0;
}

static oko_status fill_ring(reading *r, const json_t *json, json_t *ring)
{
    double at[2] = { 0 }, first[2] = { 0 };
    size_t i;
    json_t *position;
    json_array_foreach((json_t *)(uintptr_t)json, i, position)
    {
        oko_status status = read_position(r, position, at);
        if (status != OKO_OK)
            return status;
        if (i == 0)
            memcpy(first, at, sizeof first);
        if (!add_position(ring, at))
            return OKO_E_MEMORY;
    }
    bool closed = memcmp(first, at, sizeof at) == 0;
    if (!closed && !add_position(ring, first))
        return OKO_E_MEMORY;
    return json_array_size(ring) >= RING_MIN ? OKO_OK : fault(r, OKO_E_FORMAT, "geojson.ring");
}

static oko_status fill_polygon(reading *r, const json_t *json, json_t *polygon)
{
    size_t i;
    json_t *ring;
    json_array_foreach((json_t *)(uintptr_t)json, i, ring)
    {
        json_t *made = json_array();
        if (made == NULL || json_array_append_new(polygon, made) != 0)
            return OKO_E_MEMORY;
        oko_status status = json_is_array(ring) ? fill_ring(r, ring, made) : fault(r, OKO_E_FORMAT, "geojson.ring");
        if (status != OKO_OK)
            return status;
    }
    return i > 0 ? OKO_OK : fault(r, OKO_E_FORMAT, "geojson.ring");
}

static oko_status fill_polygons(reading *r, const json_t *json, json_t *polygons)
{
    size_t i;
    json_t *polygon;
    json_array_foreach((json_t *)(uintptr_t)json, i, polygon)
    {
        json_t *made = json_array();
        if (made == NULL || json_array_append_new(polygons, made) != 0)
            return OKO_E_MEMORY;
        oko_status status = fill_polygon(r, polygon, made);
        if (status != OKO_OK)
            return status;
    }
    return i > 0 ? OKO_OK : fault(r, OKO_E_FORMAT, "geojson.ring");
}

static oko_status read_geometry(reading *r, const json_t *json, json_t *feature)
{
    const char *type = json_string_value(json_object_get(json, "type"));
    const json_t *coordinates = json_object_get(json, "coordinates");
    bool many = type != NULL && strcmp(type, "MultiPolygon") == 0;
    if (!many && (type == NULL || strcmp(type, "Polygon") != 0))
        return fault(r, OKO_E_FORMAT, "geojson.kind");
    json_t *made = json_array(), *geometry = json_pack("{s:s,s:o}", "type", type, "coordinates", made);
    if (geometry == NULL || json_object_set_new(feature, "geometry", geometry) != 0)
        return OKO_E_MEMORY;
    return many ? fill_polygons(r, coordinates, made) : fill_polygon(r, coordinates, made);
}

/* ---- properties ---- */
static json_t *property(const json_t *value)
{
    if (json_is_string(value) && json_string_length(value) > 0 && json_string_length(value) <= OKO_GEOJSON_TEXT)
        return json_string(json_string_value(value));
    return json_is_integer(value) ? json_sprintf("%lld", (long long)json_integer_value(value)) : NULL;
}

static oko_status read_properties(const json_t *json, json_t *feature)
{
    json_t *kept = json_object(), *value;
    const char *name;
    if (kept == NULL || json_object_set_new(feature, "properties", kept) != 0)
        return OKO_E_MEMORY;
    json_object_foreach((json_t *)(uintptr_t)json, name, value)
    {
        json_t *text = strlen(name) <= OKO_GEOJSON_TEXT ? property(value) : NULL;
        if (text != NULL && json_object_set_new(kept, name, text) != 0)
            return OKO_E_MEMORY;
        if (json_object_size(kept) == OKO_GEOJSON_PROPERTIES)
            break;
    }
    return OKO_OK;
}

/* ---- the collection ---- */
static bool is_type(const json_t *json, const char *wanted)
{
    const char *type = json_string_value(json_object_get(json, "type"));
    return type != NULL && strcmp(type, wanted) == 0;
}

static oko_status read_feature(reading *r, const json_t *json, json_t *features)
{
    json_t *feature = json_pack("{s:s}", "type", "Feature");
    if (feature == NULL || json_array_append_new(features, feature) != 0)
        return OKO_E_MEMORY;
    if (!is_type(json, "Feature"))
        return fault(r, OKO_E_FORMAT, "geojson.feature");
    oko_status status = read_properties(json_object_get(json, "properties"), feature);
    return status == OKO_OK ? read_geometry(r, json_object_get(json, "geometry"), feature) : status;
}

static oko_status read_features(reading *r, const json_t *json, json_t *features)
{
    json_t *feature;
    if (json_array_size(json) == 0)
        return oko_error_set(r->err, OKO_E_FORMAT, "geojson.empty", "features");
    if (json_array_size(json) > OKO_GEOJSON_FEATURES)
        return oko_error_set(r->err, OKO_E_LIMIT, "geojson.many_features", "features");
    json_array_foreach((json_t *)(uintptr_t)json, r->feature, feature)
    {
        oko_status status = read_feature(r, feature, features);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

char *oko_geojson_text(const json_t *map)
{
    return json_dumps(map, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS));
}

static oko_status check_size(const json_t *map, oko_error *err)
{
    char *text = oko_geojson_text(map);
    if (text == NULL)
        return OKO_E_MEMORY;
    size_t n = strlen(text);
    free(text);
    return n <= OKO_GEOJSON_BYTES ? OKO_OK : oko_error_set(err, OKO_E_LIMIT, "geojson.large", "");
}

oko_status oko_geojson_read(const json_t *json, json_t **ret_map, oko_error *err)
{
    reading r = { .err = err };
    if (!is_type(json, "FeatureCollection"))
        return oko_error_set(err, OKO_E_FORMAT, "geojson.collection", "type");
    json_t *features = json_array();
    json_t *map = json_pack("{s:s,s:o}", "type", "FeatureCollection", "features", features);
    oko_status status = map != NULL ? read_features(&r, json_object_get(json, "features"), features) : OKO_E_MEMORY;
    if (status == OKO_OK)
        status = check_size(map, err);
    if (status != OKO_OK) {
        json_decref(map);
        return status == OKO_E_MEMORY ? oko_error_set(err, status, "", "") : status;
    }
    *ret_map = map;
    return OKO_OK;
}
