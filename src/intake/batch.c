#include "intake/batch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_ARENA_BYTES = 1 << 28 };

oko_status intake_batch_new(intake_batch **ret_batch)
{
    OKO_CLEANUP(intake_batch_freep) intake_batch *batch = oko_calloc_array(1, sizeof *batch);
    if (batch == NULL)
        return OKO_E_MEMORY;
    batch->layout = "";
    oko_status status = oko_arena_new(BATCH_ARENA_BYTES, &batch->arena);
    if (status != OKO_OK)
        return status;
    *ret_batch = batch;
    batch = NULL;
    return OKO_OK;
}

static void test_clear(batch_test *test)
{
    for (size_t i = 0; i < test->n_chunks; i++)
        free(test->chunks[i]);
    free(test->chunks);
    free(test->procedure);
}

void intake_batch_free(intake_batch *batch)
{
    if (batch == NULL)
        return;
    for (size_t i = 0; i < batch->n_tests; i++)
        test_clear(&batch->tests[i]);
    free(batch->places);
    free(batch->groups);
    free(batch->aggregates);
    free(batch->externals);
    free(batch->findings);
    free(batch->units);
    keymap_free(&batch->place_keys);
    keymap_free(&batch->group_keys);
    problem_log_free(&batch->problems);
    tape_free(batch->tape);
    oko_arena_free(batch->arena);
    free(batch);
}

void intake_batch_freep(intake_batch **batch)
{
    intake_batch_free(*batch);
    *batch = NULL;
}

const char *batch_text(intake_batch *batch, oko_str s)
{
    return s.len == 0 ? "" : oko_arena_str(batch->arena, s);
}

/* What makes two places the same: a login or code alone, else municipality and name. Separator: U+001F. */
static bool place_key(char *dst, size_t size, const batch_place_key *key, oko_str *ret_key)
{
    const oko_str whole[] = { key->region, key->region_name, key->municipality, key->municipality_login, key->name };
    const oko_str *parts = whole;
    size_t n_parts = sizeof whole / sizeof whole[0];
    char kind = 'n';
    if (key->login.len > 0 || key->oge.len > 0 || key->ege.len > 0) {
        kind = key->login.len > 0 ? 'l' : (key->oge.len > 0 ? 'o' : 'e');
        parts = key->login.len > 0 ? &key->login : (key->oge.len > 0 ? &key->oge : &key->ege);
        n_parts = 1;
    }
    size_t n = 0;
    dst[n++] = (char)('0' + (int)key->level);
    dst[n++] = kind;
    for (size_t i = 0; i < n_parts; i++) {
        if (n + parts[i].len + 1 > size)
            return false;
        if (parts[i].len > 0)
            memcpy(dst + n, parts[i].ptr, parts[i].len);
        n += parts[i].len;
        dst[n++] = '\x1f';
    }
    *ret_key = (oko_str){ dst, n };
    return true;
}

static oko_status place_append(intake_batch *batch, const batch_place_key *key, uint16_t sheet, uint32_t row)
{
    oko_status status =
        oko_grow(&batch->places, &batch->cap_places, batch->n_places + 1, sizeof *batch->places, BATCH_MAX_PLACES);
    if (status != OKO_OK)
        return status;
    batch_place p = { .level = key->level,
                      .region = batch_text(batch, key->region),
                      .region_name = batch_text(batch, key->region_name),
                      .municipality = batch_text(batch, key->municipality),
                      .municipality_login = batch_text(batch, key->municipality_login),
                      .login = batch_text(batch, key->login),
                      .oge = batch_text(batch, key->oge),
                      .ege = batch_text(batch, key->ege),
                      .name = batch_text(batch, key->name),
                      .sheet = sheet,
                      .row = row };
    if (p.region == NULL || p.region_name == NULL || p.municipality == NULL || p.municipality_login == NULL ||
        p.login == NULL || p.oge == NULL || p.ege == NULL || p.name == NULL)
        return OKO_E_MEMORY;
    batch->places[batch->n_places++] = p;
    return OKO_OK;
}

oko_status batch_place_put(intake_batch *batch, const batch_place_key *key, uint16_t sheet, uint32_t row,
                           uint32_t *ret_place)
{
    char buffer[4096];
    oko_str text = { 0 };
    if (!place_key(buffer, sizeof buffer, key, &text))
        return OKO_E_LIMIT;
    if (keymap_find(&batch->place_keys, text, ret_place))
        return OKO_OK;
    oko_status status = place_append(batch, key, sheet, row);
    if (status != OKO_OK)
        return status;
    uint32_t place = (uint32_t)(batch->n_places - 1);
    status = keymap_add(&batch->place_keys, batch->arena, text, place);
    if (status == OKO_OK)
        *ret_place = place;
    return status;
}

oko_status batch_test_put(intake_batch *batch, const oko_procedure *procedure, uint32_t *ret_test)
{
    for (size_t i = 0; i < batch->n_tests; i++) {
        if (strcmp(batch->tests[i].procedure->code, procedure->code) == 0) {
            *ret_test = (uint32_t)i;
            return OKO_OK;
        }
    }
    if (batch->n_tests == BATCH_MAX_TESTS)
        return OKO_E_LIMIT;
    batch_test test = { .stride = sizeof(batch_work) + (size_t)procedure->n_items, .code_column = "" };
    test.per_chunk = BATCH_CHUNK_BYTES / test.stride;
    test.procedure = oko_alloc_array(1, sizeof *test.procedure);
    if (test.procedure == NULL)
        return OKO_E_MEMORY;
    *test.procedure = *procedure;
    batch->tests[batch->n_tests] = test;
    *ret_test = (uint32_t)batch->n_tests++;
    return OKO_OK;
}

oko_status batch_group_put(intake_batch *batch, uint32_t test, uint32_t place, const char label[16], oko_str written,
                           uint32_t *ret_group)
{
    char buffer[8 + 16];
    memcpy(buffer, &test, 4);
    memcpy(buffer + 4, &place, 4);
    size_t n = strnlen(label, 15);
    memcpy(buffer + 8, label, n);
    oko_str key = { buffer, 8 + n };
    if (keymap_find(&batch->group_keys, key, ret_group))
        return OKO_OK;
    oko_status status =
        oko_grow(&batch->groups, &batch->cap_groups, batch->n_groups + 1, sizeof *batch->groups, BATCH_MAX_GROUPS);
    if (status == OKO_OK)
        status = keymap_add(&batch->group_keys, batch->arena, key, (uint32_t)batch->n_groups);
    if (status != OKO_OK)
        return status;
    batch_group group = { .test = test, .place = place, .written = batch_text(batch, written) };
    if (group.written == NULL)
        return OKO_E_MEMORY;
    memcpy(group.label, label, n);
    batch->groups[batch->n_groups] = group;
    *ret_group = (uint32_t)batch->n_groups++;
    return OKO_OK;
}

static oko_status chunk_add(batch_test *test)
{
    oko_status status =
        oko_grow(&test->chunks, &test->cap_chunks, test->n_chunks + 1, sizeof *test->chunks, (size_t)1 << 20);
    if (status != OKO_OK)
        return status;
    unsigned char *chunk = oko_alloc_array(test->per_chunk, test->stride);
    if (chunk == NULL)
        return OKO_E_MEMORY;
    test->chunks[test->n_chunks++] = chunk;
    return OKO_OK;
}

oko_status batch_work_add(intake_batch *batch, uint32_t test_index, const batch_work *work, const int8_t *items)
{
    batch_test *test = &batch->tests[test_index];
    size_t chunk = test->n_works / test->per_chunk;
    if (chunk == test->n_chunks) {
        oko_status status = chunk_add(test);
        if (status != OKO_OK)
            return status;
    }
    unsigned char *at = test->chunks[chunk] + (test->n_works % test->per_chunk) * test->stride;
    memcpy(at, work, sizeof *work);
    if (test->procedure->n_items > 0)
        memcpy(at + sizeof *work, items, (size_t)test->procedure->n_items);
    test->n_works++;
    batch->groups[work->group].n++;
    return OKO_OK;
}

void batch_work_at(const batch_test *test, size_t i, batch_work *ret_work, const int8_t **ret_items)
{
    const unsigned char *at = test->chunks[i / test->per_chunk] + (i % test->per_chunk) * test->stride;
    memcpy(ret_work, at, sizeof *ret_work);
    *ret_items = (const int8_t *)(at + sizeof *ret_work);
}

oko_status batch_aggregate_add(intake_batch *batch, const batch_aggregate *aggregate, double **ret_values)
{
    if (aggregate->n_values < 1 || aggregate->n_values > OKO_MAX_TOTAL + 1)
        return OKO_E_LIMIT;
    oko_status status = oko_grow(&batch->aggregates, &batch->cap_aggregates, batch->n_aggregates + 1,
                                 sizeof *batch->aggregates, BATCH_MAX_PLACES);
    if (status != OKO_OK)
        return status;
    batch_aggregate copy = *aggregate;
    copy.values = oko_arena_alloc(batch->arena, (size_t)copy.n_values * sizeof *copy.values);
    if (copy.values == NULL)
        return OKO_E_MEMORY;
    for (int i = 0; i < copy.n_values; i++)
        copy.values[i] = NAN;
    batch->aggregates[batch->n_aggregates++] = copy;
    *ret_values = copy.values;
    return OKO_OK;
}

oko_status batch_external_add(intake_batch *batch, const batch_external *external)
{
    oko_status status = oko_grow(&batch->externals, &batch->cap_externals, batch->n_externals + 1,
                                 sizeof *batch->externals, BATCH_MAX_PLACES);
    if (status == OKO_OK)
        batch->externals[batch->n_externals++] = *external;
    return status;
}

oko_status batch_finding_add(intake_batch *batch, const batch_finding *record)
{
    oko_status status = oko_grow(&batch->findings, &batch->cap_findings, batch->n_findings + 1, sizeof *batch->findings,
                                 BATCH_MAX_RECORDS);
    if (status == OKO_OK)
        batch->findings[batch->n_findings++] = *record;
    return status;
}

oko_status batch_unit_add(intake_batch *batch, const batch_unit *unit)
{
    oko_status status =
        oko_grow(&batch->units, &batch->cap_units, batch->n_units + 1, sizeof *batch->units, BATCH_MAX_PLACES);
    if (status == OKO_OK)
        batch->units[batch->n_units++] = *unit;
    return status;
}

oko_status batch_drop(intake_batch *batch, oko_str head)
{
    for (size_t i = 0; i < batch->n_dropped; i++)
        if (oko_str_equal(oko_str_of(batch->dropped[i]), head))
            return OKO_OK;
    if (batch->n_dropped == BATCH_MAX_DROPPED)
        return OKO_OK;
    const char *copy = batch_text(batch, head);
    if (copy == NULL)
        return OKO_E_MEMORY;
    batch->dropped[batch->n_dropped++] = copy;
    return OKO_OK;
}
