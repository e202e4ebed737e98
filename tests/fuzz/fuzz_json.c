/* The JSON door and the reader of procedure files behind it; what is accepted must be written and read back equal. */
#include "reference/procedures.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct kept {
    oko_procedure first;
    int n;
} kept;

static oko_status keep(void *ctx, const oko_procedure *p)
{
    kept *k = ctx;
    if (k->n++ == 0) {
        k->first = *p;
    }
    return OKO_OK;
}

static void read_back(const oko_procedure *p)
{
    json_t *one = oko_procedure_to_json(p);
    json_t *file = one != NULL ? json_pack("{s:[o]}", "procedures", one) : NULL;
    kept *again = calloc(1, sizeof *again);
    oko_error err;
    if (file != NULL && again != NULL) {
        oko_status status = oko_procedures_read(file, keep, again, &err);
        if (status != OKO_OK || memcmp(&again->first, p, sizeof *p) != 0) {
            abort();
        }
    }
    free(again);
    json_decref(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    json_t *json = NULL;
    oko_error err = { .code = OKO_OK };
    oko_status status = oko_json_parse((oko_str){ (const char *)data, size }, "fuzz", &json, &err);
    if (status != OKO_OK) {
        if (json != NULL || err.code != status) {
            abort();
        }
        return 0;
    }
    kept *k = calloc(1, sizeof *k);
    if (k != NULL && oko_procedures_read(json, keep, k, &err) == OKO_OK && k->n > 0) {
        read_back(&k->first);
    }
    free(k);
    json_decref(json);
    return 0;
}
