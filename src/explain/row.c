#include "explain/row.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SPEAKS (-2.995732273553991) /* log .05 */

static double member(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static const char *word(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static const char *label_above(const oko_register *reg, int64_t unit, oko_level level)
{
    return reg != NULL ? oko_place_label(reg, oko_register_above(reg, unit, level)) : "";
}

void oko_sign_row_read(const oko_result *result, const oko_register *reg, oko_sign_row *ret_row)
{
    json_t *details = result->details != NULL ? json_loads(result->details, 0, NULL) : NULL;
    const char *label = word(details, "class"), *written = word(details, "written"),
               *evidence = word(details, "evidence");
    const char *reliability = word(details, "reliability");
    const json_t *families = json_object_get(details, "families");
    *ret_row = (oko_sign_row){ .result = result,
                               .municipality = label_above(reg, result->unit, OKO_LEVEL_MUNICIPALITY),
                               .school = label_above(reg, result->unit, OKO_LEVEL_SCHOOL),
                               .class_label = written != NULL ? written
                                              : label != NULL ? label
                                                              : "",
                               .class_key = label != NULL ? label : "",
                               .of_class = label != NULL,
                               .evidence = OKO_EVIDENCE_NO_DATA,
                               .reliability = reliability != NULL ? reliability : "none",
                               .family = word(details, "family"),
                               .cohort = (int)json_integer_value(json_object_get(details, "cohort")),
                               .absent_n = member(details, "absent_n"),
                               .details = details };
    if (evidence != NULL)
        (void)oko_evidence_parse(evidence, &ret_row->evidence);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        const json_t *family = json_object_get(families, oko_family_name((oko_family)f));
        ret_row->p[f] = member(family, "p");
        ret_row->log_p[f] = member(family, "log_p");
        ret_row->top[f] = word(family, "top");
    }
}

void oko_sign_row_clear(oko_sign_row *row)
{
    json_decref(row->details);
    *row = (oko_sign_row){ 0 };
}

bool oko_sign_speaks(const oko_sign_row *row, int family)
{
    return row->log_p[family] < SPEAKS && row->top[family] != NULL;
}

double oko_sign_number(const oko_sign_row *row, const char *key)
{
    return member(row->details, key);
}

oko_sign_effect oko_sign_effect_of(const oko_sign_row *row, const char *key)
{
    return oko_sign_effect_in(row->details, key);
}

oko_sign_effect oko_sign_effect_in(const json_t *object, const char *key)
{
    const json_t *list = json_object_get(object, key);
    double at[3];
    for (size_t i = 0; i < 3; i++) {
        const json_t *value = json_array_get(list, i);
        at[i] = json_is_number(value) ? json_number_value(value) : NAN;
    }
    return (oko_sign_effect){ at[0], at[1], at[2] };
}

/* ---- all rows of a unit ---- */

void oko_sign_rows_clear(oko_sign_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->at != NULL)
            oko_sign_row_clear(&rows->at[i]);
        oko_result_clear(&rows->results[i]);
    }
    free(rows->at);
    free(rows->results);
    *rows = (oko_sign_rows){ 0 };
}

static oko_status keep(void *ctx, const oko_result *r)
{
    oko_sign_rows *rows = ctx;
    if (strcmp(r->rule, OKO_RULE_EVIDENCE) != 0 && strcmp(r->rule, OKO_RULE_EVIDENCE_CLASS) != 0)
        return OKO_OK; /* other results of the same run */
    oko_status status = oko_grow(&rows->results, &rows->cap, rows->n + 1, sizeof *rows->results, OKO_SIGN_ROWS_MAX);
    if (status != OKO_OK)
        return status;
    status = oko_result_copy(r, &rows->results[rows->n]);
    rows->n += status == OKO_OK;
    return status;
}

oko_status oko_sign_rows_load(oko_store *store, int64_t run, int64_t unit, bool with_merged, const oko_register *reg,
                              oko_sign_rows *ret_rows, oko_error *err)
{
    oko_sign_rows rows = { 0 };
    const oko_result_query query = { .run = run, .unit = unit, .level = OKO_LEVEL_COUNT, .with_merged = with_merged };
    oko_status status = oko_store_result_walk(store, &query, keep, &rows, err);
    if (status == OKO_OK) {
        rows.at = oko_calloc_array(rows.n + 1, sizeof *rows.at);
        status = rows.at != NULL ? OKO_OK : oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    if (status != OKO_OK) {
        oko_sign_rows_clear(&rows);
        return status;
    }
    for (size_t i = 0; i < rows.n; i++)
        oko_sign_row_read(&rows.results[i], reg, &rows.at[i]);
    *ret_rows = rows;
    return OKO_OK;
}
