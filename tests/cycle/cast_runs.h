/* Runs with results made by hand, for tests of what is made of runs. */
#ifndef OKO_TESTS_CYCLE_CAST_RUNS_H
#define OKO_TESTS_CYCLE_CAST_RUNS_H

#include "cast.h"

#include "analysis/evidence.h"

#include <math.h>

/* One row of evidence of a school. */
typedef struct cast_row {
    int64_t unit;
    const char *procedure, *evidence, *family;
    double effect, p;
} cast_row;

static inline void cast_procedure(const cast *c, const char *code)
{
    oko_error err = { 0 };
    oko_procedure p = {
        .kind = OKO_KIND_VPR, .max_total = 20, .n_cutoffs = 3, .cutoffs = { 6, 10, 15 }, .first_mark = 2
    };
    size_t len;
    int64_t id;
    oko_change change;
    (void)snprintf(p.code, sizeof p.code, "%s", code);
    (void)snprintf(p.title, sizeof p.title, "%s", code);
    if (!oko_procedure_code_parse(oko_str_of(code), &p.year, &p.grade, p.subject, &len)) {
        abort();
    }
    MUST(oko_store_procedure_put(c->store, &p, &id, &change, &err));
}

/* Saves an evidence run of these rows; returns its number. */
static inline int64_t cast_evidence(const cast *c, const cast_row *rows, size_t n)
{
    oko_error err = { 0 };
    static char params[] = "{}";
    oko_run run = { .method = OKO_EVIDENCE_VERSION, .program = "test", .seed = 7, .params = params };
    oko_result *results = calloc(n, sizeof *results);
    int64_t id;
    char hash[] = "0000000000000000000000000000000000000000000000000000000000000000";
    memcpy(run.snapshot, hash, sizeof hash);
    memcpy(run.result_hash, hash, sizeof hash);
    for (size_t i = 0; i < n; i++) {
        oko_result *r = &results[i];
        char details[600];
        (void)snprintf(
            details, sizeof details,
            "{\"evidence\":\"%s\",\"reliability\":\"good\",\"family\":\"%s\",\"families\":{\"%s\":{\"p\":%.17g,"
            "\"log_p\":%.17g,\"top\":\"threshold\"}},\"statistics\":{},\"marks\":[%.4f,0,1],"
            "\"lifted\":[3,1,5],\"absent\":[null,null,null],\"cutoff\":4,\"good\":[],\"bad\":[],\"pair\":null,"
            "\"of_max\":0.6,\"cohort\":2017,\"absent_n\":0}",
            rows[i].evidence, rows[i].family, rows[i].family, rows[i].p, log(rows[i].p), rows[i].effect);
        *r = (oko_result){ .unit = rows[i].unit,
                           .state = OKO_RESULT_OK,
                           .n = 60,
                           .observed = 12,
                           .expected = 12 - rows[i].effect,
                           .effect = rows[i].effect,
                           .effect_lo = rows[i].effect - .1,
                           .effect_hi = rows[i].effect + .1,
                           .p = rows[i].p,
                           .log_p = log(rows[i].p),
                           .q = rows[i].p };
        (void)snprintf(r->procedure, sizeof r->procedure, "%s", rows[i].procedure);
        (void)snprintf(r->rule, sizeof r->rule, "%s", OKO_RULE_EVIDENCE);
        r->marked = strcmp(rows[i].evidence, "signs") == 0 || strcmp(rows[i].evidence, "strong") == 0;
        r->details = strdup(details);
    }
    MUST(oko_store_run_save(c->store, &run, results, n, &id, &err));
    for (size_t i = 0; i < n; i++) {
        oko_result_clear(&results[i]);
    }
    free(results);
    return id;
}

static inline void cast_external(const cast *c, const char *list, int year, int64_t unit, const char *procedure)
{
    oko_error err = { 0 };
    oko_import import = { .file = "list.csv", .layout = "external" };
    oko_external e = { .year = year, .unit = unit };
    oko_change change;
    (void)snprintf(e.list, sizeof e.list, "%s", list);
    (void)snprintf(e.procedure, sizeof e.procedure, "%s", procedure);
    oko_hash_bytes(list, strlen(list), import.sha256);
    MUST(oko_store_begin(c->store, &err));
    MUST(oko_store_import_add(c->store, &import, &import.id, &err));
    MUST(oko_store_external_put(c->store, import.id, &e, &change, &err));
    MUST(oko_store_commit(c->store, &err));
}

#endif
