#include "cycle/search.h"

#include "cycle/body.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char all_kinds[] = "event,note,recommendation,measure,form,campaign,indicator,case,observation,recheck,"
                                "roadmap-row";

typedef struct finding {
    const oko_cycle *c;
    json_t *items;
    oko_error *err;
} finding;

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

static oko_status take(void *ctx, const oko_entry *e)
{
    finding *f = ctx;
    const oko_record *h = &e->head;
    oko_unit u = { .id = 0 };
    oko_status status = h->unit != 0 ? oko_store_unit_get(f->c->store, h->unit, &u, f->err) : OKO_OK;
    if (status != OKO_OK) {
        return status;
    }
    json_t *o = json_pack("{s:I, s:s, s:s, s:s, s:I, s:s, s:s, s:i, s:s}", "id", (json_int_t)h->id, "kind", h->kind,
                          "title", h->title, "state", h->state, "unit", (json_int_t)h->unit, "unit_code", u.code,
                          "unit_name", u.name, "year", h->year, "date", h->updated);
    return oko_body_append(f->items, o, f->err);
}

static oko_status search_kind(finding *f, const char *kind, const char *words, int year, int limit, int64_t *total)
{
    const oko_flow *flow = oko_flow_find(f->c->flows, kind);
    int64_t n = 0;
    if (flow == NULL) {
        return oko_error_set(f->err, OKO_E_ARGUMENT, "cycle.kind", kind);
    }
    if (oko_access_role(f->c->actor, flow->read.roles, false, NULL) != OKO_OK) {
        return OKO_OK;
    }
    const oko_record_query q = {
        .kind = kind, .search = words, .year = year, .sort = OKO_SORT_UPDATED, .descending = true, .limit = limit
    };
    oko_status status = oko_cycle_list(f->c, &q, take, f, &n, f->err);
    *total += n;
    return status;
}

static int newest_first(const void *a, const void *b)
{
    const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
    const int order = strcmp(oko_body_str(y, "date"), oko_body_str(x, "date"));
    const int64_t i = oko_body_int(x, "id"), k = oko_body_int(y, "id");
    return order != 0 ? order : (i < k) - (i > k);
}

static json_t *newest(const json_t *items, int limit)
{
    const size_t n = json_array_size(items);
    json_t **at = calloc(n > 0 ? n : 1, sizeof(json_t *)), *list = json_array();
    for (size_t i = 0; at != NULL && i < n; i++) {
        at[i] = json_array_get(items, i);
    }
    if (at != NULL) {
        qsort(at, n, sizeof(json_t *), newest_first);
    }
    for (size_t i = 0; at != NULL && i < n && i < (size_t)limit; i++) {
        (void)json_array_append(list, at[i]);
    }
    if (at == NULL) {
        json_decref(list);
        list = NULL;
    }
    free(at);
    return list;
}

oko_status oko_cycle_search(const oko_cycle *c, const char *kinds, const char *words, int year, int limit,
                            json_t **ret_json, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *items = json_array();
    finding f = { .c = c, .items = items, .err = err };
    int64_t total = 0;
    limit = limit < 1 ? 1 : limit > OKO_SEARCH_LIMIT ? OKO_SEARCH_LIMIT : limit;
    oko_status status = items != NULL ? OKO_OK : no_memory(err);
    const char *at = kinds != NULL && *kinds != '\0' ? kinds : all_kinds;
    while (status == OKO_OK && *at != '\0') {
        char kind[OKO_RECORD_KIND_BYTES];
        const size_t n = strcspn(at, ",");
        (void)snprintf(kind, sizeof kind, "%.*s", (int)n, at);
        status = search_kind(&f, kind, words, year, limit, &total);
        at += n + (at[n] == ',');
    }
    if (status != OKO_OK) {
        return status;
    }
    json_t *list = newest(items, limit);
    *ret_json = list != NULL ? json_pack("{s:o, s:I}", "items", list, "total", (json_int_t)total) : NULL;
    return *ret_json != NULL ? OKO_OK : no_memory(err);
}
