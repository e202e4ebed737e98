/* Members of a body. */
#include "cycle/body.h"

#include "reference/embedded.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>

const char *oko_body_str(const json_t *o, const char *name)
{
    const char *text = json_string_value(json_object_get(o, name));
    return text != NULL ? text : "";
}

int64_t oko_body_int(const json_t *o, const char *name)
{
    return json_integer_value(json_object_get(o, name));
}

double oko_body_num(const json_t *o, const char *name)
{
    const json_t *v = json_object_get(o, name);
    return json_is_number(v) ? json_number_value(v) : NAN;
}

bool oko_body_true(const json_t *o, const char *name)
{
    return json_is_true(json_object_get(o, name));
}

bool oko_body_has(const json_t *list, int64_t value)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (json_integer_value(json_array_get(list, i)) == value) {
            return true;
        }
    }
    return false;
}

oko_status oko_body_set(json_t *o, const char *name, json_t *value, oko_error *err)
{
    return json_object_set_new(o, name, value) == 0 ? OKO_OK : oko_error_set(err, OKO_E_MEMORY, "", "");
}

oko_status oko_body_append(json_t *list, json_t *value, oko_error *err)
{
    return json_array_append_new(list, value) == 0 ? OKO_OK : oko_error_set(err, OKO_E_MEMORY, "", "");
}

json_t *oko_body_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

oko_status oko_cycle_reference(const char *name, json_t **ret_json, oko_error *err)
{
    char path[96];
    oko_str text;
    (void)snprintf(path, sizeof path, "cycle/%s", name);
    if (!oko_embedded_find(path, &text)) {
        return oko_error_set(err, OKO_E_INTERNAL, "", name);
    }
    return oko_json_parse(text, name, ret_json, err);
}
