/* The door to indicator values: checks what callers give, then calls the engine. */
#include "store/values.h"

#include "store/arguments.h"
#include "store/engine.h"

#include <math.h>

enum { DEFAULT_LIMIT = 1000, MAX_LIMIT = 100000, MAX_TRACE = 256 * 1024 };

oko_status oko_store_value_add(oko_store *store, const oko_indicator_value *v, oko_error *err)
{
    const char *trace = v->trace != NULL ? v->trace : "";
    const char *fault = v->indicator < 1                                             ? "indicator"
                        : v->indicator_version < 1                                   ? "indicator_version"
                        : !oko_store_text_ok(v->code, sizeof v->code) || !v->code[0] ? "code"
                        : v->year < 1900 || v->year > 9999                           ? "year"
                        : v->unit < 1                                                ? "unit"
                        : v->campaign < 0                                            ? "campaign"
                        : isinf(v->value)                                            ? "value"
                        : !oko_store_text_ok(v->why, sizeof v->why)                  ? "why"
                        : isnan(v->value) != (v->why[0] != '\0')                     ? "why"
                        : v->n < -1                                                  ? "n"
                        : !oko_store_bytes_ok(trace, strlen(trace), MAX_TRACE)       ? "trace"
                                                                                     : NULL;
    if (fault != NULL) {
        return oko_store_bad(err, fault);
    }
    oko_indicator_value w = *v;
    w.trace = trace;
    return store->engine->value->add(store, &w, err);
}

oko_status oko_store_value_walk(oko_store *store, const oko_value_query *query, oko_indicator_value_fn fn, void *ctx,
                                int64_t *ret_total, oko_error *err)
{
    const char *fault = query->unit < 0                                ? "unit"
                        : query->campaign < 0                          ? "campaign"
                        : query->until < 0                             ? "until"
                        : query->offset < 0                            ? "offset"
                        : query->limit < 0 || query->limit > MAX_LIMIT ? "limit"
                        : (unsigned)query->level > OKO_LEVEL_COUNT     ? "level"
                                                                       : NULL;
    if (fault != NULL) {
        return oko_store_bad(err, fault);
    }
    oko_value_query q = *query;
    q.limit = q.limit == 0 ? DEFAULT_LIMIT : q.limit;
    return store->engine->value->walk(store, &q, fn, ctx, ret_total, err);
}
