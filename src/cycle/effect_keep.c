/* The report of effects as something that can be shown again: what it was computed from, its hash, its record. */
#include "analysis/runs.h"
#include "base/hash.h"
#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/effect_world.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what it was computed from ---- */

static void hash_line(oko_hasher *h, const char *line, int n)
{
    oko_hasher_add(h, line, n > 0 ? (size_t)n : 0);
}

static void hash_measures(oko_hasher *h, const effect_world *w)
{
    char line[256];
    for (size_t i = 0; i < w->n_measures; i++) {
        const effect_measure *m = &w->measures[i];
        hash_line(h, line,
                  snprintf(line, sizeof line, "m %lld %lld %s %s %d\n", (long long)m->id, (long long)m->unit, m->code,
                           m->indicator, (int)m->accepted));
    }
}

/* A missing value is no number: it has no digits. */
static void hash_value(oko_hasher *h, double value)
{
    char text[40] = " -";
    const int n = isfinite(value) ? snprintf(text, sizeof text, " %.17g", value) : 2;
    hash_line(h, text, n);
}

static void hash_number(oko_hasher *h, const effect_world *w, const effect_number *number)
{
    char line[256];
    hash_line(h, line, snprintf(line, sizeof line, "n %s %d\n", number->name, number->better));
    for (size_t i = 0; i < w->reg.n; i++) {
        const oko_place *p = &w->reg.places[i];
        if (isfinite(number->before[i]) || isfinite(number->after[i]) || number->touched[i] != 0) {
            hash_line(h, line,
                      snprintf(line, sizeof line, "%d %s %s %d", (int)p->level, p->code, w->type[i],
                               (int)number->touched[i]));
            hash_value(h, number->before[i]);
            hash_value(h, number->after[i]);
            hash_line(h, "\n", 1);
        }
    }
}

static oko_status inputs_of(const effect_world *w, json_t *report)
{
    char hex[OKO_HASH_HEX];
    oko_hasher *h = NULL;
    if (oko_hasher_new(&h) != OKO_OK) {
        return oko_error_set(w->err, OKO_E_MEMORY, "", "");
    }
    hash_measures(h, w);
    for (size_t i = 0; i < w->n_numbers; i++) {
        hash_number(h, w, &w->numbers[i]);
    }
    oko_hasher_finish(h, hex);
    return oko_body_set(report, "inputs", json_string(hex), w->err);
}

/* The evidence run that the signs of cases were looked up in. */
static oko_status run_of(const effect_world *w, json_t *report)
{
    oko_run run = { 0 };
    if (w->evidence == 0) {
        return oko_body_set(report, "run", json_null(), w->err);
    }
    oko_status status = oko_store_run_get(w->c->store, w->evidence, &run, w->err);
    if (status == OKO_OK) {
        status = oko_body_set(report, "run",
                              json_pack("{s:I, s:s, s:s, s:I, s:s, s:s}", "id", (json_int_t)run.id, "method",
                                        run.method, "snapshot", run.snapshot, "seed", (json_int_t)run.seed, "created",
                                        run.created, "result_hash", run.result_hash),
                              w->err);
    }
    oko_run_clear(&run);
    return status;
}

static oko_status hash_of(const json_t *report, char ret_hex[OKO_HASH_HEX], oko_error *err)
{
    OKO_CLEANUP(oko_freep) char *text = json_dumps(report, JSON_COMPACT | JSON_SORT_KEYS);
    if (text == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    oko_hash_bytes(text, strlen(text), ret_hex);
    return OKO_OK;
}

oko_status effect_seal(const effect_world *w, json_t *report)
{
    char hex[OKO_HASH_HEX];
    oko_status status = inputs_of(w, report);
    status = status == OKO_OK ? run_of(w, report) : status;
    status = status == OKO_OK ? hash_of(report, hex, w->err) : status;
    return status == OKO_OK ? oko_body_set(report, "sha256", json_string(hex), w->err) : status;
}

/* ---- the record ---- */

typedef struct newest {
    int64_t id, n;
    char sha256[OKO_HASH_HEX];
} newest;

static oko_status take_kept(void *ctx, const oko_entry *e)
{
    newest *k = ctx;
    k->n++;
    k->id = e->head.id;
    (void)oko_str_copy(k->sha256, sizeof k->sha256, oko_str_of(oko_body_str(e->body, "sha256")));
    return OKO_OK;
}

static json_t *body_of(const json_t *report)
{
    static const char *const members[] = { "method", "next", "inputs", "sha256", "run", "counts" };
    json_t *body = json_pack("{s:O}", "report", report);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (body != NULL && json_object_set(body, members[i], json_object_get(report, members[i])) != 0) {
            json_decref(body);
            body = NULL;
        }
    }
    return body;
}

oko_status effect_keep(const effect_world *w, const json_t *report, int64_t *ret_id)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    newest k = { 0 };
    const oko_record_query q = { .kind = "effect-report", .year = w->year };
    oko_status status = oko_cycle_each(w->c, &q, take_kept, &k, w->err);
    *ret_id = k.id;
    if (status != OKO_OK || (k.id != 0 && strcmp(k.sha256, oko_body_str(report, "sha256")) == 0)) {
        return status;
    }
    e.head = (oko_record){ .kind = "effect-report", .state = "kept", .unit = w->c->actor->unit, .year = w->year };
    (void)snprintf(e.head.key, sizeof e.head.key, "%d/%lld", w->year, (long long)k.n + 1);
    e.body = body_of(report);
    if (e.body == NULL) {
        return oko_error_set(w->err, OKO_E_MEMORY, "", "");
    }
    status = oko_cycle_put(w->c, &e, "keep", w->err);
    *ret_id = e.head.id;
    return status;
}
