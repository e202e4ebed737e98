#include "reference/procedures.h"

#include "base/memory.h"
#include "reference/embedded.h"
#include "reference/procedure_read.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PROCEDURES = 2000 };

/* Procedures read so far; they are handed out only when all of them are good. */
typedef struct list {
    oko_procedure *at;
    size_t n, cap;
} list;

static void list_free(list *l)
{
    free(l->at);
}

static oko_status add(void *ctx, const oko_procedure *p)
{
    list *l = ctx;
    oko_status status = oko_grow(&l->at, &l->cap, l->n + 1, sizeof *l->at, MAX_PROCEDURES);
    if (status == OKO_OK) {
        l->at[l->n++] = *p;
    }
    return status;
}

/* Two descriptions with one code: which of them is meant can't be known. */
static oko_status refuse_twins(const list *l, oko_error *err)
{
    for (size_t i = 0; i < l->n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(l->at[i].code, l->at[k].code) == 0) {
                return oko_error_set(err, OKO_E_CONFLICT, "reference.procedure_twice", l->at[i].code);
            }
        }
    }
    return OKO_OK;
}

static oko_status read_list(const json_t *json, list *l, oko_error *err)
{
    const json_t *entries = json_is_object(json) ? json_object_get(json, "procedures") : NULL;
    if (!json_is_array(entries)) {
        return oko_error_set(err, OKO_E_FORMAT, "reference.procedure_file", "procedures");
    }
    OKO_CLEANUP(oko_freep) oko_procedure *p = malloc(sizeof *p);
    if (p == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "procedures");
    }
    for (size_t i = 0; i < json_array_size(entries); i++) {
        oko_status status = oko_procedure_read_entry(json_array_get(entries, i), i, p, err);
        if (status != OKO_OK) {
            return status;
        }
        status = add(l, p);
        if (status != OKO_OK) {
            return oko_error_set(err, status, "reference.procedure_many", "procedures");
        }
    }
    return refuse_twins(l, err);
}

static oko_status hand_out(const list *l, oko_reference_procedure_fn fn, void *ctx)
{
    for (size_t i = 0; i < l->n; i++) {
        oko_status status = fn(ctx, &l->at[i]);
        if (status != OKO_OK) {
            return status;
        }
    }
    return OKO_OK;
}

oko_status oko_procedures_read(const json_t *json, oko_reference_procedure_fn fn, void *ctx, oko_error *err)
{
    OKO_CLEANUP(list_free) list l = { 0 };
    oko_status status = read_list(json, &l, err);
    if (status != OKO_OK) {
        return status;
    }
    status = hand_out(&l, fn, ctx);
    return status == OKO_OK || (err != NULL && err->code == status) ? status : oko_error_set(err, status, "", "");
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const oko_procedure *)a)->code, ((const oko_procedure *)b)->code);
}

oko_status oko_procedures_builtin(oko_reference_procedure_fn fn, void *ctx, oko_error *err)
{
    OKO_CLEANUP(list_free) list l = { 0 };
    const oko_embedded *file = NULL;
    for (size_t i = 0; (file = oko_embedded_at(i)) != NULL; i++) {
        oko_str path = oko_str_of(file->path);
        if (!oko_str_starts(path, OKO_STR("procedures/")) || !oko_str_ends(path, OKO_STR(".json"))) {
            continue;
        }
        OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
        oko_status status = oko_json_parse(file->bytes, file->path, &json, err);
        if (status == OKO_OK) {
            status = read_list(json, &l, err);
        }
        if (status != OKO_OK) {
            return status;
        }
    }
    if (l.n > 0) {
        qsort(l.at, l.n, sizeof *l.at, by_code);
    }
    oko_status status = hand_out(&l, fn, ctx);
    return status == OKO_OK || (err != NULL && err->code == status) ? status : oko_error_set(err, status, "", "");
}
