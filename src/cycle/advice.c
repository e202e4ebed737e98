/* The base of recommendations and the catalogue of measures: from the built-in lists to records that the region edits;
 * what the base says to a case. */
#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/letters.h"
#include "cycle/nouns.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* ---- hooks: keys ---- */

static oko_status keep_advice(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    static const char *const needed[] = { "sign", "cause", "text" };
    (void)c;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (*oko_body_str(e->body, needed[i]) == '\0') {
            return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", needed[i]);
        }
    }
    return OKO_OK; /* without a key: the region may have several pieces of advice to one sign and cause */
}

static oko_status keep_measure(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    const char *code = oko_body_str(e->body, "code");
    (void)c;
    if (*code == '\0') {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "code");
    }
    oko_str_copy(e->head.key, sizeof e->head.key, oko_str_of(code));
    return OKO_OK;
}

const oko_noun oko_noun_advice = { .kind = "advice", .creating = keep_advice, .changing = keep_advice };
const oko_noun oko_noun_catalogue_measure = { .kind = "catalogue-measure",
                                              .creating = keep_measure,
                                              .changing = keep_measure };

/* ---- starter set ---- */

static oko_status nothing(void *ctx, const oko_record *r)
{
    (void)ctx;
    (void)r;
    return OKO_OK;
}

/* Makes it unless its key is taken, also by one that was taken back. Takes over body. */
static oko_status add(const oko_cycle *c, const char *kind, const char *key, const char *title, json_t *body, int *n,
                      oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *owned = body;
    if (body == NULL) {
        return no_memory(err);
    }
    oko_status status = oko_store_record_find(c->store, kind, key, nothing, NULL, err);
    if (status != OKO_E_NOT_FOUND) {
        return status;
    }
    oko_error_clear(err);
    const oko_draft d = { .title = title, .key = key, .body = body };
    status = oko_cycle_create(c, kind, &d, NULL, err);
    *n += status == OKO_OK;
    return status;
}

/* Bodies of records from the built-in lists; NULL when memory is out. */
static json_t *advice_body(const json_t *a)
{
    return json_pack("{s:s, s:s, s:s, s:O}", "sign", oko_body_str(a, "sign"), "cause", oko_body_str(a, "cause"), "text",
                     oko_body_str(a, "text_ru"), "measures", json_object_get(a, "measures"));
}

static json_t *measure_body(const json_t *m)
{
    json_t *body =
        json_pack("{s:s, s:s, s:s, s:O, s:s, s:I}", "code", oko_body_str(m, "code"), "group", oko_body_str(m, "group"),
                  "name_en", oko_body_str(m, "en"), "levels", json_object_get(m, "levels"), "evidence",
                  oko_body_str(m, "evidence_ru"), "days", (json_int_t)oko_body_int(m, "days"));
    const char *indicator = oko_body_str(m, "indicator");
    if (body != NULL && *indicator != '\0' && json_object_set_new(body, "indicator", json_string(indicator)) != 0) {
        json_decref(body);
        body = NULL;
    }
    return body;
}

static oko_status seed_advice(const oko_cycle *c, const json_t *a, int *n, oko_error *err)
{
    char key[OKO_RECORD_KEY_BYTES];
    (void)snprintf(key, sizeof key, "%s/%s", oko_body_str(a, "sign"), oko_body_str(a, "cause"));
    return add(c, "advice", key, key, advice_body(a), n, err);
}

static oko_status seed_measure(const oko_cycle *c, const json_t *m, int *n, oko_error *err)
{
    return add(c, "catalogue-measure", oko_body_str(m, "code"), oko_body_str(m, "ru"), measure_body(m), n, err);
}

static oko_status built_in(const oko_cycle *c, const char *code, oko_entry *ret_entry, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *file = NULL;
    oko_status status = oko_cycle_reference("measures.json", &file, err);
    const json_t *list = json_object_get(file, "measures");
    for (size_t i = 0; status == OKO_OK && i < json_array_size(list); i++) {
        const json_t *m = json_array_get(list, i);
        if (strcmp(oko_body_str(m, "code"), code) == 0) {
            *ret_entry = (oko_entry){ .head = { .kind = "catalogue-measure", .state = "active" },
                                      .flow = oko_flow_find(c->flows, "catalogue-measure"),
                                      .body = measure_body(m) };
            oko_str_copy(ret_entry->head.title, sizeof ret_entry->head.title, oko_str_of(oko_body_str(m, "ru")));
            return ret_entry->body != NULL ? OKO_OK : no_memory(err);
        }
    }
    return status == OKO_OK ? oko_error_set(err, OKO_E_NOT_FOUND, "measure.code", code) : status;
}

oko_status oko_catalogue_find(const oko_cycle *c, const char *code, oko_entry *ret_entry, oko_error *err)
{
    oko_status status = oko_cycle_find(c, "catalogue-measure", code, ret_entry, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        return built_in(c, code, ret_entry, err);
    }
    return status;
}

oko_status oko_base_seed(const oko_cycle *c, int *ret_n, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *advice = NULL;
    OKO_CLEANUP(oko_json_freep) json_t *measures = NULL;
    oko_cycle inside;
    int n = 0;
    oko_status status = oko_cycle_reference("advice.json", &advice, err);
    status = status == OKO_OK ? oko_cycle_reference("measures.json", &measures, err) : status;
    status = status == OKO_OK ? oko_cycle_begin(c, &inside, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(measures, "measures"), i, one)
    {
        status = status == OKO_OK ? seed_measure(&inside, one, &n, err) : status;
    }
    json_array_foreach(json_object_get(advice, "advice"), i, one)
    {
        status = status == OKO_OK ? seed_advice(&inside, one, &n, err) : status;
    }
    status = oko_cycle_end(c, status, err);
    if (status == OKO_OK) {
        *ret_n = n;
    }
    return status;
}

/* ---- advice for a case ---- */

typedef struct advising {
    const char *sign, *cause;
    size_t seen;        /* pieces of advice in the records, retired ones too */
    json_t *fitting[3]; /* exact; of the cause with any sign; of the sign with another cause */
    oko_error *err;
} advising;

static int fit(const advising *a, const json_t *body)
{
    const char *sign = oko_body_str(body, "sign"), *cause = oko_body_str(body, "cause");
    const bool same_sign = strcmp(sign, a->sign) == 0, any = strcmp(sign, "any") == 0;
    if (*a->cause != '\0' && strcmp(cause, a->cause) == 0) {
        return same_sign ? 0 : any ? 1 : -1;
    }
    return same_sign ? 2 : -1;
}

static oko_status take_body(advising *a, int64_t id, const json_t *body)
{
    const int at = fit(a, body);
    if (at < 0) {
        return OKO_OK;
    }
    json_t *measures = json_object_get(body, "measures");
    json_t *o = json_pack("{s:I, s:s, s:s, s:s, s:o, s:b}", "id", (json_int_t)id, "sign", oko_body_str(body, "sign"),
                          "cause", oko_body_str(body, "cause"), "text", oko_body_str(body, "text"), "measures",
                          measures != NULL ? json_incref(measures) : json_array(), "exact", at == 0);
    return oko_body_append(a->fitting[at], o, a->err);
}

static oko_status take_advice(void *ctx, const oko_entry *e)
{
    advising *a = ctx;
    a->seen++;
    return strcmp(e->head.state, "active") == 0 ? take_body(a, e->head.id, e->body) : OKO_OK;
}

static oko_status take_built_in(advising *a)
{
    OKO_CLEANUP(oko_json_freep) json_t *file = NULL;
    oko_status status = oko_cycle_reference("advice.json", &file, a->err);
    const json_t *list = json_object_get(file, "advice");
    for (size_t i = 0; status == OKO_OK && i < json_array_size(list); i++) {
        OKO_CLEANUP(oko_json_freep) json_t *body = advice_body(json_array_get(list, i));
        status = body != NULL ? take_body(a, 0, body) : no_memory(a->err);
    }
    return status;
}

/* One text and one list of measures of several pieces of advice. */
static oko_status join(const json_t *advice, oko_buffer *text, json_t *measures, oko_error *err)
{
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < json_array_size(advice); i++) {
        const json_t *a = json_array_get(advice, i), *codes = json_object_get(a, "measures");
        oko_buffer_printf(text, "%s%s", text->len > 0 ? "\n" : "", oko_body_str(a, "text"));
        for (size_t k = 0; status == OKO_OK && k < json_array_size(codes); k++) {
            json_t *code = json_array_get(codes, k);
            bool there = false;
            for (size_t j = 0; j < json_array_size(measures); j++) {
                there = there || json_equal(code, json_array_get(measures, j));
            }
            status = there ? OKO_OK : oko_body_append(measures, json_incref(code), err);
        }
    }
    return status;
}

static oko_status put_together(advising *a, json_t **ret, oko_error *err)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer text = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *measures = json_array();
    oko_buffer_init(&text, 200000);
    /* What fits best; advice for another cause only when there is nothing better. */
    json_t *advice = a->fitting[0];
    if (json_array_extend(advice, a->fitting[1]) != 0 ||
        (json_array_size(advice) == 0 && json_array_extend(advice, a->fitting[2]) != 0) || measures == NULL) {
        return no_memory(err);
    }
    oko_status status = join(advice, &text, measures, err);
    if (status == OKO_OK) {
        *ret = json_pack("{s:s, s:s, s:O, s:s, s:O}", "sign", a->sign, "cause", a->cause, "advice", advice, "text",
                         text.ptr != NULL ? text.ptr : "", "measures", measures);
        status = *ret != NULL ? OKO_OK : no_memory(err);
    }
    return status;
}

oko_status oko_advice_for_case(const oko_cycle *c, int64_t id, json_t **ret_suggestion, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_cycle_get(c, "case", id, &e, err);
    if (status != OKO_OK) {
        return status;
    }
    advising a = { .sign = oko_body_str(e.body, "sign"), .cause = oko_body_str(e.body, "cause"), .err = err };
    for (int i = 0; i < 3; i++) {
        a.fitting[i] = json_array();
        status = a.fitting[i] == NULL ? no_memory(err) : status;
    }
    const oko_record_query q = { .kind = "advice" };
    status = status == OKO_OK ? oko_cycle_each(c, &q, take_advice, &a, err) : status;
    status = status == OKO_OK && a.seen == 0 ? take_built_in(&a) : status;
    status = status == OKO_OK ? put_together(&a, ret_suggestion, err) : status;
    for (int i = 0; i < 3; i++) {
        json_decref(a.fitting[i]);
    }
    return status;
}
