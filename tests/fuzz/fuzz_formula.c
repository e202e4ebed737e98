/* Formulas: whatever the check accepts, the computation must take too, with a trace that is JSON and a number that is
 * finite or missing. */
#include "cycle/formula.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool known(void *ctx, const char *name)
{
    (void)ctx;
    return name[0] != 'x';
}

static oko_status value_of(void *ctx, const char *name, oko_value *ret_value)
{
    (void)ctx;
    const bool missing = name[0] == 'm';
    *ret_value = (oko_value){ .v = missing ? NAN : (double)strlen(name) - 2, .missing = missing };
    if (missing) {
        (void)snprintf(ret_value->why, sizeof ret_value->why, "indicator.no_form");
    }
    ret_value->source = json_pack("{s:s}", "counted", name);
    return OKO_OK;
}

static void demand(bool good)
{
    if (!good) {
        abort();
    }
}

static void compute(const char *text)
{
    oko_value v = { 0 };
    oko_error err = { .code = OKO_OK };
    json_t *trace = NULL;
    oko_status status = oko_formula_compute(text, value_of, NULL, &v, &trace, &err);
    demand(status == OKO_OK || ((status == OKO_E_FORMAT || status == OKO_E_LIMIT) && err.code == status));
    if (status == OKO_OK) {
        demand(v.missing == isnan(v.v) && v.missing == (v.why[0] != '\0') && !isinf(v.v));
        char *written = json_dumps(trace, JSON_COMPACT);
        demand(written != NULL && json_is_null(json_object_get(trace, "value")) == v.missing);
        free(written);
    } else {
        demand(trace == NULL);
    }
    json_decref(trace);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    oko_error err = { .code = OKO_OK };
    oko_formula_names names = { 0 };
    if (text == NULL) {
        return 0;
    }
    memcpy(text, data, size);
    text[size] = '\0';
    oko_status status = oko_formula_check(text, known, NULL, &names, &err);
    demand(status == OKO_OK || err.code == status);
    demand(names.n >= 0 && names.n <= OKO_FORMULA_VARIABLES);
    if (status == OKO_OK) {
        compute(text);
    } else if (status == OKO_E_FORMAT && strlen(text) > 0) {
        unsigned line = 0, column = 0;
        demand(sscanf(err.field, "%u:%u", &line, &column) == 2 && line >= 1 && column >= 1);
    }
    free(text);
    return 0;
}
