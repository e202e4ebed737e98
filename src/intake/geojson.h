/*
 * Map of a region: GeoJSON (RFC 7946) that came from outside. What is drawn and what tells whose shape it is stays,
 * everything else goes: polygons in degrees rounded to five decimals (a metre), and short properties.
 */
#ifndef OKO_INTAKE_GEOJSON_H
#define OKO_INTAKE_GEOJSON_H

#include <oko/status.h>

#include <jansson.h>

enum {
    OKO_GEOJSON_FEATURES = 1000,
    OKO_GEOJSON_POINTS = 100000, /* of all features */
    OKO_GEOJSON_PROPERTIES = 16, /* of a feature; further ones are left out */
    OKO_GEOJSON_TEXT = 200,      /* bytes of a property; a longer one is left out */
    OKO_GEOJSON_BYTES = 1900000  /* of the map as it is kept */
};

/*
 * Reads a FeatureCollection of Polygon and MultiPolygon. ret_map: a new one {"type", "features": [{"type",
 * "properties": {name: text}, "geometry"}]}; what comes out is taken unchanged when it comes again. An open ring is
 * closed; a third coordinate goes. OKO_E_FORMAT "geojson.…" (field: the place, e.g. "features[3].geometry"),
 * OKO_E_LIMIT "geojson.many_…", "geojson.large", OKO_E_MEMORY.
 */
oko_status oko_geojson_read(const json_t *json, json_t **ret_map, oko_error *err) OKO_WARN_UNUSED;

/* The map as text, the way it is kept (malloc); NULL when memory is out. */
char *oko_geojson_text(const json_t *map);

#endif
