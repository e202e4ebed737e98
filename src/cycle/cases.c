/* Cases made from signals; cases looked at together. */
#include "cycle/cases.h"

#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/procedure_name.h"
#include "cycle/signals.h"
#include "explain/explain.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* ---- ordinary reasons ---- */

/* What is needed to explain rows of one evidence run; opened when the first signal asks. */
typedef struct explaining {
    int64_t run, revision;
    bool open;
    oko_text *text[2]; /* Russian, English */
    oko_explain *explain[2];
    oko_arena *arena;
    oko_peers peers;
} explaining;

static const struct {
    const char *language, *statement, *explanations;
} tongues[2] = { { "ru", "statement", "explanations" }, { "en", "statement_en", "explanations_en" } };

static void explaining_clear(explaining *x)
{
    oko_peers_clear(&x->peers);
    for (size_t i = 0; i < 2; i++) {
        oko_explain_free(x->explain[i]);
        oko_text_free(x->text[i]);
    }
    oko_arena_free(x->arena);
}

static oko_status explaining_open(explaining *x, oko_store *store, oko_error *err)
{
    if (x->open) {
        return OKO_OK;
    }
    x->open = true;
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < 2; i++) {
        status = oko_text_open(tongues[i].language, &x->text[i], err);
        status = status == OKO_OK ? oko_explain_open(x->text[i], &x->explain[i], err) : status;
    }
    status = status == OKO_OK ? oko_arena_new(64 * 1024 * 1024, &x->arena) : status;
    status = status == OKO_OK ? oko_peers_load(store, x->run, &x->peers, err) : status;
    return status;
}

/* The sentence of the leading statistic and the ordinary reasons of one row, in one language, into the origin. */
static oko_status explain_in(explaining *x, size_t tongue, const oko_sign_row *row, const double *facts, json_t *origin,
                             oko_error *err)
{
    const char *reasons[OKO_EXPLAIN_REASONS];
    json_t *list = json_array();
    const char *said = oko_explain_sentence(x->text[tongue], x->arena, row, oko_body_str(origin, "statistic"), false);
    const int n = oko_explain_reasons(x->explain[tongue], x->arena, row, facts, reasons);
    for (int i = 0; i < n; i++) {
        (void)json_array_append_new(list, json_string(reasons[i]));
    }
    oko_status status = oko_body_set(origin, tongues[tongue].explanations, list, err);
    return status == OKO_OK && said != NULL ? oko_body_set(origin, tongues[tongue].statement, json_string(said), err)
                                            : status;
}

static oko_status explain_row(explaining *x, const oko_sign_row *row, const oko_fact_sources *sources, json_t *origin,
                              oko_error *err)
{
    double facts[OKO_FACT_COUNT];
    oko_facts_of(row, sources, facts);
    oko_status status = explain_in(x, 0, row, facts, origin, err);
    return status == OKO_OK ? explain_in(x, 1, row, facts, origin, err) : status;
}

static oko_status explain(explaining *x, const oko_cycle *c, const oko_signal *s, oko_error *err)
{
    oko_sign_rows rows = { 0 };
    oko_unit u;
    oko_procedure p;
    int variants = 0;
    oko_status status = explaining_open(x, c->store, err);
    status = status == OKO_OK ? oko_sign_rows_load(c->store, x->run, s->unit, true, NULL, &rows, err) : status;
    status = status == OKO_OK ? oko_store_unit_get(c->store, s->unit, &u, err) : status;
    status = status == OKO_OK ? oko_store_procedure_get(c->store, s->procedure, x->revision, &p, err) : status;
    if (status == OKO_OK) {
        status = oko_fact_variants(c->store, p.id, x->revision, s->unit, NULL, &variants, err);
    }
    const oko_fact_sources sources = {
        .rows = rows.at, .n = rows.n, .peers = &x->peers, .type = u.type, .variants = variants
    };
    for (size_t i = 0; status == OKO_OK && i < rows.n; i++) {
        if (!rows.at[i].of_class && strcmp(rows.at[i].result->procedure, s->procedure) == 0) {
            status = explain_row(x, &rows.at[i], &sources, s->origin, err);
            break;
        }
    }
    oko_sign_rows_clear(&rows);
    return status;
}

/* ---- making ---- */

typedef struct making {
    const oko_cycle *c;
    const oko_signal_options *o;
    explaining x;
    json_t *items;
    int made, existing, repeats;
    oko_error *err;
} making;

typedef struct seeking {
    const oko_signal *s;
    int64_t same;    /* this school, sign and year */
    int64_t earlier; /* the newest of an earlier year */
    int earlier_year;
} seeking;

static oko_status look(void *ctx, const oko_entry *e)
{
    seeking *k = ctx;
    const bool other_list = strcmp(k->s->source, "list") == 0 && strcmp(e->head.key, k->s->key) != 0;
    if (e->head.year == k->s->year && !other_list) {
        k->same = e->head.id;
    } else if (e->head.year < k->s->year && e->head.year >= k->earlier_year && !e->head.removed &&
               strcmp(e->head.state, "dismissed") != 0) {
        k->earlier = e->head.id;
        k->earlier_year = e->head.year;
    }
    return OKO_OK;
}

/* Is there a case of it? A case that was taken back is one: it is not made again. */
static oko_status seek(const making *m, const oko_signal *s, seeking *ret)
{
    *ret = (seeking){ .s = s };
    const oko_record_query q = {
        .kind = "case", .unit = s->unit, .body_path = "sign", .body_value = s->sign, .with_removed = true
    };
    return oko_cycle_each(m->c, &q, look, ret, m->err);
}

static oko_status title_of(const making *m, const oko_signal *s, char ret[OKO_RECORD_TITLE_BYTES])
{
    char key[96], procedure[OKO_PROCEDURE_NAME_BYTES];
    (void)snprintf(key, sizeof key, "evidence.family.%s", s->sign);
    const char *words = s->about[0] != '\0'                                       ? s->about
                        : m->x.text[0] != NULL && oko_text_has(m->x.text[0], key) ? oko_text_get(m->x.text[0], key)
                                                                                  : s->sign;
    oko_status status = oko_procedure_name(m->c, s->procedure, procedure, m->err);
    (void)snprintf(ret, OKO_RECORD_TITLE_BYTES, "%s%s%s — %s", words, procedure[0] != '\0' ? ", " : "", procedure,
                   s->name[0] != '\0' ? s->name : s->code);
    return status;
}

/* A case that waits for its effect, or was closed, has come back. */
static oko_status mark_repeated(const oko_cycle *c, int64_t earlier, int64_t next, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *input = json_pack("{s:I}", "repeated_by", (json_int_t)next);
    if (input == NULL) {
        return no_memory(err);
    }
    oko_status status = oko_cycle_load(c, "case", earlier, &e, err);
    if (status == OKO_OK && (strcmp(e.head.state, "effect") == 0 || strcmp(e.head.state, "closed") == 0)) {
        oko_str_copy(e.head.state, sizeof e.head.state, oko_str_of("repeated"));
        e.head.due[0] = '\0';
        status = oko_cycle_step(c, &e, "repeat", input, err);
    }
    status = status == OKO_OK ? oko_body_set(e.body, "repeated_by", json_integer(next), err) : status;
    return status == OKO_OK ? oko_cycle_put(c, &e, "repeat", err) : status;
}

static oko_status link_run(const oko_cycle *c, int64_t id, const json_t *origin, oko_error *err)
{
    int64_t link;
    const oko_record_link l = {
        .record = id, .relation = "origin", .target = OKO_LINK_RUN, .target_id = oko_body_int(origin, "run")
    };
    return l.target_id != 0 ? oko_store_link_put(c->store, &l, &link, err) : OKO_OK;
}

static oko_status make_one(making *m, const oko_signal *s, int64_t earlier, int64_t *ret_id)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    e.head = (oko_record){ .kind = "case", .state = "signal", .unit = s->unit, .year = s->year };
    oko_str_copy(e.head.key, sizeof e.head.key, oko_str_of(s->key));
    oko_status status = strcmp(s->source, "sign") == 0 ? explain(&m->x, m->c, s, m->err) : OKO_OK;
    status = status == OKO_OK ? title_of(m, s, e.head.title) : status;
    e.body = json_pack("{s:O, s:s}", "origin", s->origin, "sign", s->sign);
    if (status == OKO_OK && e.body == NULL) {
        status = no_memory(m->err);
    }
    if (status == OKO_OK && s->procedure[0] != '\0') {
        status = oko_body_set(e.body, "procedure", json_string(s->procedure), m->err);
    }
    if (status == OKO_OK) {
        status =
            earlier != 0 ? oko_case_link_repeat(m->c, &e, earlier, m->err) : oko_cycle_put(m->c, &e, "create", m->err);
    }
    status = status == OKO_OK ? link_run(m->c, e.head.id, s->origin, m->err) : status;
    if (status == OKO_OK && earlier != 0) {
        status = mark_repeated(m->c, earlier, e.head.id, m->err);
    }
    *ret_id = e.head.id;
    return status;
}

static oko_status tell(making *m, const oko_signal *s, const seeking *k, int64_t id)
{
    const json_t *o = s->origin;
    json_t *item = json_pack("{s:I, s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "unit", (json_int_t)s->unit,
                             "code", s->code, "name", s->name, "year", s->year, "sign", s->sign, "source", s->source,
                             "key", s->key, "procedure", s->procedure, "state", k->same != 0 ? "existing" : "new",
                             "case", id != 0 ? json_integer(id) : json_null(), "repeats",
                             k->earlier != 0 ? json_integer(k->earlier) : json_null());
    static const char *const numbers[] = { "n", "effect", "p", "q", "evidence", "reliability" };
    oko_status status = oko_body_append(m->items, item, m->err);
    for (size_t i = 0; status == OKO_OK && i < sizeof numbers / sizeof *numbers; i++) {
        json_t *v = json_object_get(o, numbers[i]);
        status = oko_body_set(item, numbers[i], v != NULL ? json_incref(v) : json_null(), m->err);
    }
    return status;
}

static oko_status make(making *m, const oko_signal *s)
{
    seeking k;
    oko_status status = seek(m, s, &k);
    int64_t id = k.same;
    if (status == OKO_OK && k.same == 0) {
        m->made++;
        m->repeats += k.earlier != 0;
        status = m->o->preview ? OKO_OK : make_one(m, s, k.earlier, &id);
    }
    m->existing += k.same != 0;
    return status == OKO_OK ? tell(m, s, &k, id) : status;
}

static oko_status make_all(making *m, const oko_signals *s)
{
    oko_run run = { 0 };
    oko_status status = OKO_OK;
    if (s->evidence != 0) {
        status = oko_store_run_get(m->c->store, s->evidence, &run, m->err);
        m->x.run = s->evidence;
        m->x.revision = run.revision;
        oko_run_clear(&run);
    }
    for (size_t i = 0; status == OKO_OK && i < s->n; i++) {
        status = make(m, &s->at[i]);
    }
    return status;
}

static oko_status may_make(const oko_cycle *c, const oko_signal_options *o, oko_error *err)
{
    const oko_flow *flow = oko_flow_find(c->flows, "case");
    oko_status status = oko_access_role(c->actor, flow->create.roles, !o->preview, err);
    return status == OKO_OK && o->unit != 0 ? oko_access_unit(c->store, c->actor, o->unit, flow->create.scope, err)
                                            : status;
}

oko_status oko_cases_make(const oko_cycle *c, const oko_signal_options *options, json_t **ret_report, oko_error *err)
{
    oko_signals s = { 0 };
    oko_cycle inside;
    oko_status status = may_make(c, options, err);
    if (status == OKO_OK) {
        status = options->preview ? OKO_OK : oko_cycle_begin(c, &inside, err);
    }
    if (status != OKO_OK) {
        return status;
    }
    making m = { .c = options->preview ? c : &inside, .o = options, .items = json_array(), .err = err };
    status = m.items != NULL ? oko_signals_gather(m.c, options, &s, err) : no_memory(err);
    if (status == OKO_OK && s.evidence == 0 && s.run == 0 && !s.lists) {
        status = oko_error_set(err, OKO_E_NO_DATA, "case.nothing", "");
    }
    status = status == OKO_OK ? make_all(&m, &s) : status;
    status = options->preview ? status : oko_cycle_end(c, status, err);
    explaining_clear(&m.x);
    json_t *report = status == OKO_OK
                         ? json_pack("{s:I, s:I, s:b, s:i, s:i, s:i, s:O}", "evidence", (json_int_t)s.evidence, "run",
                                     (json_int_t)s.run, "preview", (int)options->preview, "made", m.made, "existing",
                                     m.existing, "repeats", m.repeats, "items", m.items)
                         : NULL;
    json_decref(m.items);
    oko_signals_clear(&s);
    if (status == OKO_OK && report == NULL) {
        return no_memory(err);
    }
    if (status == OKO_OK) {
        *ret_report = report;
    }
    return status;
}

oko_status oko_cases_from_run(const oko_cycle *c, int64_t evidence, oko_evidence threshold, json_t **ret_report,
                              oko_error *err)
{
    const oko_signal_options o = { .evidence = evidence, .threshold = threshold, .no_lists = true };
    return oko_cases_make(c, &o, ret_report, err);
}
