/* Maps: whatever the reader lets in is within its limits, and comes out unchanged when it comes again. */
#include "intake/geojson.h"

#include "reference/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool good)
{
    if (!good)
        abort();
}

/* As it is kept: written and read back. */
static void again(const json_t *map)
{
    json_t *same = NULL, *back = NULL;
    oko_error err = { .code = OKO_OK };
    char *text = oko_geojson_text(map);
    demand(text != NULL && strlen(text) <= OKO_GEOJSON_BYTES);
    demand(oko_json_parse(oko_str_of(text), "map", &back, &err) == OKO_OK);
    demand(oko_geojson_read(back, &same, &err) == OKO_OK);
    char *second = oko_geojson_text(same);
    demand(second != NULL && strcmp(text, second) == 0);
    free(second);
    free(text);
    json_decref(same);
    json_decref(back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    json_t *json = NULL, *map = NULL;
    oko_error err = { .code = OKO_OK };
    if (oko_json_parse((oko_str){ (const char *)data, size }, "map", &json, &err) != OKO_OK)
        return 0;
    oko_status status = oko_geojson_read(json, &map, &err);
    demand(status == OKO_OK ? map != NULL : map == NULL && err.code == status);
    if (status == OKO_OK) {
        demand(json_array_size(json_object_get(map, "features")) <= OKO_GEOJSON_FEATURES);
        again(map);
    }
    json_decref(map);
    json_decref(json);
    return 0;
}
