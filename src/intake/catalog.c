#include "intake/catalog.h"

#include "reference/embedded.h"
#include "reference/procedures.h"

#include <stdlib.h>
#include <string.h>

void intake_catalog_freep(intake_catalog **catalog)
{
    if (*catalog == NULL)
        return;
    free((*catalog)->procedures);
    free((*catalog)->subjects);
    free(*catalog);
    *catalog = NULL;
}

static oko_status take(intake_catalog *catalog, const oko_procedure *p, bool built_in)
{
    if (built_in)
        for (size_t i = 0; i < catalog->n; i++)
            if (strcmp(catalog->procedures[i].code, p->code) == 0)
                return OKO_OK;
    oko_status status = oko_grow(&catalog->procedures, &catalog->cap, catalog->n + 1, sizeof *catalog->procedures,
                                 CATALOG_MAX_PROCEDURES);
    if (status != OKO_OK)
        return status;
    catalog->procedures[catalog->n] = *p;
    if (built_in)
        catalog->procedures[catalog->n].id = 0;
    catalog->n++;
    return OKO_OK;
}

static oko_status take_stored(void *ctx, const oko_procedure *p)
{
    return take(ctx, p, false);
}

static oko_status take_built_in(void *ctx, const oko_procedure *p)
{
    return take(ctx, p, true);
}

static oko_status subject_add(intake_catalog *catalog, const char *code, const char *name)
{
    oko_status status = oko_grow(&catalog->subjects, &catalog->cap_subjects, catalog->n_subjects + 1,
                                 sizeof *catalog->subjects, CATALOG_MAX_SUBJECTS);
    if (status != OKO_OK)
        return status;
    intake_subject subject = { 0 };
    if (!oko_str_copy(subject.code, sizeof subject.code, oko_str_of(code)))
        return OKO_E_LIMIT;
    oko_str_fold(subject.name, sizeof subject.name, oko_str_of(name));
    catalog->subjects[catalog->n_subjects++] = subject;
    return OKO_OK;
}

/* reference/intake/subjects.json: {"RU": ["русский язык", …], …} */
static oko_status subjects_load(intake_catalog *catalog, oko_error *err)
{
    oko_str bytes = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *json = NULL;
    if (!oko_embedded_find("intake/subjects.json", &bytes))
        return OKO_E_INTERNAL;
    oko_status status = oko_json_parse(bytes, "subjects.json", &json, err);
    if (status != OKO_OK)
        return status;
    for (void *it = json_object_iter(json); it != NULL; it = json_object_iter_next(json, it)) {
        const json_t *names = json_object_iter_value(it);
        for (size_t i = 0; i < json_array_size(names); i++) {
            const char *name = json_string_value(json_array_get(names, i));
            status = name == NULL ? OKO_E_FORMAT : subject_add(catalog, json_object_iter_key(it), name);
            if (status != OKO_OK)
                return status;
        }
    }
    return OKO_OK;
}

oko_status intake_catalog_load(oko_store *store, intake_catalog **ret_catalog, oko_error *err)
{
    OKO_CLEANUP(intake_catalog_freep) intake_catalog *catalog = oko_calloc_array(1, sizeof *catalog);
    if (catalog == NULL)
        return OKO_E_MEMORY;
    oko_status status = OKO_OK;
    if (store != NULL)
        status = oko_store_procedure_walk(store, 0, take_stored, catalog, err);
    if (status == OKO_OK)
        status = oko_procedures_builtin(take_built_in, catalog, err);
    if (status == OKO_OK)
        status = subjects_load(catalog, err);
    if (status != OKO_OK)
        return status;
    *ret_catalog = catalog;
    catalog = NULL;
    return OKO_OK;
}

static bool same_folded(oko_str key, const char *text)
{
    char buffer[2 * OKO_CODE_BYTES];
    size_t n = oko_str_fold(buffer, sizeof buffer, oko_str_of(text));
    return oko_str_equal(key, (oko_str){ buffer, n });
}

const oko_procedure *intake_catalog_find(const intake_catalog *catalog, oko_str code)
{
    char buffer[2 * OKO_CODE_BYTES];
    oko_str key = { buffer, oko_str_fold(buffer, sizeof buffer, code) };
    if (key.len == 0)
        return NULL;
    for (size_t i = 0; i < catalog->n; i++)
        if (same_folded(key, catalog->procedures[i].code))
            return &catalog->procedures[i];
    for (size_t i = 0; i < catalog->n; i++)
        for (int a = 0; a < catalog->procedures[i].n_aliases; a++)
            if (same_folded(key, catalog->procedures[i].aliases[a]))
                return &catalog->procedures[i];
    return NULL;
}

/* First whole number in `s` from *at on; false when there is none. */
static bool next_number(oko_str s, size_t *at, int64_t *ret_value, size_t *ret_digits)
{
    size_t i = *at;
    while (i < s.len && (s.ptr[i] < '0' || s.ptr[i] > '9'))
        i++;
    size_t start = i;
    int64_t value = 0;
    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
        if (i - start < 9)
            value = value * 10 + (s.ptr[i] - '0');
    *at = i;
    *ret_value = value;
    *ret_digits = i - start;
    return i > start;
}

void intake_inside_read(const intake_catalog *catalog, oko_str text, intake_inside *inside)
{
    char buffer[512];
    oko_str key = { buffer, oko_str_fold(buffer, sizeof buffer, text) };
    size_t at = 0, digits = 0;
    int64_t value = 0;
    while (next_number(key, &at, &value, &digits)) {
        oko_str rest = oko_str_trim((oko_str){ key.ptr + at, key.len - at });
        if (inside->year == 0 && digits == 4 && value >= 1990 && value <= 2100)
            inside->year = (int)value;
        else if (inside->grade == 0 && digits <= 2 && value >= 1 && value <= 12 &&
                 (oko_str_starts(rest, OKO_STR("класс")) || oko_str_starts(rest, OKO_STR("кл."))))
            inside->grade = (int)value;
    }
    size_t longest = 0;
    for (size_t i = 0; inside->subject[0] == '\0' && i < catalog->n_subjects; i++) {
        oko_str name = oko_str_of(catalog->subjects[i].name);
        longest = name.len > longest && oko_str_contains(key, name) ? name.len : longest;
    }
    for (size_t i = 0; longest > 0 && i < catalog->n_subjects; i++) {
        oko_str name = oko_str_of(catalog->subjects[i].name);
        if (name.len == longest && oko_str_contains(key, name)) {
            memcpy(inside->subject, catalog->subjects[i].code, sizeof inside->subject);
            return;
        }
    }
}

bool intake_inside_complete(const intake_inside *inside)
{
    return inside->year != 0 && inside->grade != 0 && inside->subject[0] != '\0';
}

bool intake_subject_code(const intake_catalog *catalog, oko_str name, char ret_code[16])
{
    char buffer[128];
    oko_str key = { buffer, oko_str_fold(buffer, sizeof buffer, name) };
    for (size_t i = 0; i < catalog->n_subjects; i++) {
        if (oko_str_equal(key, oko_str_of(catalog->subjects[i].name)) || same_folded(key, catalog->subjects[i].code)) {
            memcpy(ret_code, catalog->subjects[i].code, 16);
            return true;
        }
    }
    return false;
}
