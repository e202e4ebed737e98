/* The region's map: shapes that somebody gave, tiles where there are none. */
#include "http/routes/routes.h"

#include "cycle/map.h"
#include "http/service.h"
#include "intake/geojson.h"

#include <stdlib.h>

static oko_status answer(oko_request *rq, oko_reply *reply, int64_t id, oko_error *err)
{
    json_t *map = NULL;
    oko_status status = oko_map_show(rq->store, &map, err);
    if (status == OKO_OK && id != 0)
        oko_reply_about(reply, OKO_MAP_KIND, id, 0);
    return status == OKO_OK ? oko_reply_json(reply, 200, map, err) : status;
}

static oko_status map_get(oko_request *rq, oko_reply *reply, oko_error *err)
{
    return answer(rq, reply, 0, err);
}

static oko_status map_put(oko_request *rq, oko_reply *reply, oko_error *err)
{
    json_t *map = NULL;
    int64_t id = 0;
    oko_status status = oko_geojson_read(rq->body, &map, err);
    if (status != OKO_OK)
        return status;
    char *text = oko_geojson_text(map);
    json_decref(map);
    status = text != NULL ? oko_map_keep_shapes(rq->store, rq->actor.user, text, &id, err)
                          : oko_error_set(err, OKO_E_MEMORY, "", "");
    free(text);
    return status == OKO_OK ? answer(rq, reply, id, err) : status;
}

static oko_status map_remove(oko_request *rq, oko_reply *reply, oko_error *err)
{
    int64_t id = 0;
    oko_status status = oko_map_drop_shapes(rq->store, rq->actor.user, &id, err);
    return status == OKO_OK ? answer(rq, reply, id, err) : status;
}

static oko_status map_tiles(oko_request *rq, oko_reply *reply, oko_error *err)
{
    int64_t id = 0;
    oko_status status = oko_map_keep_tiles(rq->store, rq->actor.user, json_object_get(rq->body, "tiles"), &id, err);
    return status == OKO_OK ? answer(rq, reply, id, err) : status;
}

const oko_route oko_routes_map[] = {
    { "map.get", map_get },     { "map.put", map_put }, { "map.remove", map_remove },
    { "map.tiles", map_tiles }, { NULL, NULL },
};
