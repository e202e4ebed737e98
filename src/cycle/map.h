/*
 * Where municipalities stand in a picture of the region: shapes of a map that somebody gave, and tiles, one for each
 * municipality, where there are no shapes. Both are records of kind OKO_MAP_KIND: every version of them stays.
 */
#ifndef OKO_CYCLE_MAP_H
#define OKO_CYCLE_MAP_H

#include "store/records.h"

#include <jansson.h>

#define OKO_MAP_KIND "map"
#define OKO_MAP_SHAPES "shapes"
#define OKO_MAP_TILES "tiles"

enum { OKO_MAP_CELLS = 200 /* columns and rows of tiles */ };

/* In the writer's transaction. text: the map as oko_geojson_text wrote it. ret_id: of the record. */
oko_status oko_map_keep_shapes(oko_store *store, int64_t user, const char *text, int64_t *ret_id,
                               oko_error *err) OKO_WARN_UNUSED;
/* The map is taken back: tiles stand in its place. Nothing happens when there is none. */
oko_status oko_map_drop_shapes(oko_store *store, int64_t user, int64_t *ret_id, oko_error *err) OKO_WARN_UNUSED;
/* tiles: [{"unit", "column", "row"}]; an empty list: by code again. OKO_E_CONFLICT "map.tile_twice", OKO_E_ARGUMENT
 * "map.tile_unit" (no municipality). */
oko_status oko_map_keep_tiles(oko_store *store, int64_t user, const json_t *tiles, int64_t *ret_id,
                              oko_error *err) OKO_WARN_UNUSED;

/*
 * The contract's RegionMap: shapes, each with the municipality that it is of (the property that names most of them
 * decides: by code, name or alias), which of both are left over, and the tiles of all municipalities: as kept, the
 * others in the first free places by code. OKO_E_MEMORY, or the store's status.
 */
oko_status oko_map_show(oko_store *store, json_t **ret_map, oko_error *err) OKO_WARN_UNUSED;

#endif
