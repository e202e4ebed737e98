/*
 * A server as the tests see it: a fresh database with a small register (a region, two municipalities, two schools each)
 * and a person of every role with a token, served on a free port of the loopback.
 */
#ifndef OKO_TEST_HTTP_HOUSE_H
#define OKO_TEST_HTTP_HOUSE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "cycle/people.h"
#include "http/server.h"

#include "http/client.h"

#include "reference/procedures.h"

#include <jansson.h>
#include <math.h>
#include <signal.h>

#define HOUSE_PASSWORD "four wet umbrellas"
#define HOUSE_PROCEDURE "2021-05-MA"

typedef struct house {
    char folder[64], db[96];
    oko_service *service;
    oko_server *server;
    int port;
    int64_t region, municipality[2], school[4]; /* schools 0, 1 of the first municipality, 2, 3 of the second */
    int64_t run[2];                             /* one of each method, about all schools */
    oko_user user[OKO_ROLE_COUNT];              /* municipal: of the first municipality; school: school 0 */
    oko_user other;                             /* the municipal coordinator of the second */
    char token[OKO_ROLE_COUNT][OKO_SECRET_HEX], other_token[OKO_SECRET_HEX], reader[OKO_SECRET_HEX];
} house;

static oko_error house_err;
#define MUST(call_)                                                                                                    \
    do {                                                                                                               \
        oko_status must_status = (call_);                                                                              \
        if (must_status != OKO_OK)                                                                                     \
            fail_msg("%s: %s (%s)", #call_, house_err.id, oko_status_describe(must_status)->name);                     \
    } while (0)

static inline int64_t house_unit(oko_store *store, oko_level level, int64_t parent, const char *code, const char *name)
{
    oko_unit u = { .level = level, .parent = parent, .confirmed = true };
    int64_t id = 0;
    (void)snprintf(u.code, sizeof u.code, "%s", code);
    (void)snprintf(u.name, sizeof u.name, "%s", name);
    MUST(oko_store_unit_put(store, &u, &id, &house_err));
    return id;
}

static inline oko_user house_user(oko_store *store, const char *login, oko_role role, int64_t unit, const char *hash)
{
    oko_actor owner = oko_actor_owner();
    oko_user u = { .role = role, .unit = unit, .state = OKO_USER_ACTIVE, .lang = "ru" };
    (void)snprintf(u.login, sizeof u.login, "%s", login);
    (void)snprintf(u.name, sizeof u.name, "%s", login);
    (void)snprintf(u.password, sizeof u.password, "%s", hash);
    MUST(oko_people_put(store, &owner, &u, &u, &house_err));
    return u;
}

static inline void house_token(oko_store *store, const oko_user *u, bool write, char secret[OKO_SECRET_HEX])
{
    oko_actor actor = oko_actor_of_user(u);
    oko_secret token;
    MUST(oko_people_token(store, &actor, "test", write, 30, time(NULL), secret, &token, &house_err));
}

/* One procedure with works of every school, and a run of each method that speaks of them. */
static inline oko_result house_result(int64_t unit, const char *rule, double p, const char *details)
{
    oko_result r = {
        .unit = unit, .n = 20, .observed = 9, .expected = 8, .effect = 1, .effect_lo = .5, .effect_hi = 1.5
    };
    (void)snprintf(r.procedure, sizeof r.procedure, "%s", HOUSE_PROCEDURE);
    (void)snprintf(r.rule, sizeof r.rule, "%s", rule);
    r.p = p;
    r.log_p = log(p);
    r.q = p;
    r.marked = p < .01;
    r.details = (char *)(uintptr_t)details;
    return r;
}

static inline oko_status house_procedure(void *ctx, const oko_procedure *p)
{
    if (strcmp(p->code, HOUSE_PROCEDURE) == 0)
        *(oko_procedure *)ctx = *p;
    return OKO_OK;
}

static inline void house_works(oko_store *s, house *h, const oko_procedure *p, int64_t import)
{
    oko_change change;
    for (int k = 0; k < 4; k++) {
        oko_sheet *sheet = NULL;
        MUST(oko_sheet_new(20, p->n_items, &sheet));
        sheet->procedure = p->id;
        sheet->school = h->school[k];
        (void)snprintf(sheet->class_label, sizeof sheet->class_label, "А");
        for (size_t i = 0; i < sheet->n; i++) {
            int total = 0;
            sheet->code[i] = 1000 * (uint64_t)(k + 1) + i;
            for (int j = 0; j < p->n_items; j++) {
                sheet->items[i * (size_t)p->n_items + (size_t)j] = (int8_t)((i * 7 + (size_t)j * 3 + (size_t)k) % 2);
                total += sheet->items[i * (size_t)p->n_items + (size_t)j];
            }
            sheet->total[i] = (int16_t)total;
        }
        MUST(oko_store_sheet_put(s, import, sheet, &change, &house_err));
        oko_sheet_free(sheet);
    }
}

static inline void house_runs(oko_store *s, house *h)
{
    static const char *const details =
        "{\"evidence\":\"signs\",\"reliability\":\"fair\",\"family\":\"threshold\",\"cohort\":2016,\"absent_n\":1,"
        "\"families\":{\"threshold\":{\"p\":0.001,\"log_p\":-6.9,\"top\":\"bunching\"}},\"lifted\":[3,1,5],"
        "\"pair\":{\"codes\":[\"1000\",\"1002\"],\"same\":12,\"expected\":7.5}}";
    static const char *const of_class =
        "{\"class\":\"А\",\"evidence\":\"attention\",\"reliability\":\"low\",\"family\":\"level\",\"cohort\":2016,"
        "\"families\":{\"level\":{\"p\":0.02,\"log_p\":-3.9,\"top\":\"level\"}}}";
    oko_procedure p = { .id = 0 };
    oko_change change;
    oko_import import = { .rows = 80, .summary = NULL };
    int64_t id = 0, file = 0;
    MUST(oko_procedures_builtin(house_procedure, &p, &house_err));
    MUST(oko_store_procedure_put(s, &p, &id, &change, &house_err));
    p.id = id;
    (void)snprintf(import.file, sizeof import.file, "works.csv");
    MUST(oko_store_import_add(s, &import, &file, &house_err));
    house_works(s, h, &p, file);
    oko_result rows[2][9];
    for (int k = 0; k < 4; k++) {
        rows[0][k] = house_result(h->school[k], "oko/threshold", .001 * (k + 1), "{}");
        rows[1][2 * k] = house_result(h->school[k], "oko/evidence", .001 * (k + 1), details);
        rows[1][2 * k + 1] = house_result(h->school[k], "oko/evidence-class", .02, of_class);
    }
    rows[1][8] = house_result(h->region, "oko/evidence", .3, details);
    for (int r = 0; r < 2; r++) {
        oko_run run = { .seed = 1,
                        .params = (char *)(uintptr_t)(r == 0 ? "{\"replicates\":400}" : "{\"replicates\":24}") };
        (void)snprintf(run.method, sizeof run.method, r == 0 ? "oko-methods 1" : "oko-evidence 3");
        MUST(oko_store_revision(s, &run.revision, &house_err));
        MUST(oko_store_snapshot(s, 0, run.snapshot, &house_err));
        (void)snprintf(run.result_hash, sizeof run.result_hash, "%064d", r);
        MUST(oko_store_run_save(s, &run, rows[r], r == 0 ? 4 : 9, &h->run[r], &house_err));
    }
}

static inline void house_fill(house *h)
{
    oko_store *s = NULL;
    oko_store_options options = OKO_STORE_OPTIONS_INIT;
    char hash[OKO_PASSWORD_HASH_BYTES];
    MUST(oko_store_open(h->db, &options, &s, &house_err));
    h->region = house_unit(s, OKO_LEVEL_REGION, 0, "20", "Край");
    for (int m = 0; m < 2; m++) {
        char code[32];
        (void)snprintf(code, sizeof code, "mun%d", m);
        h->municipality[m] = house_unit(s, OKO_LEVEL_MUNICIPALITY, h->region, code, m == 0 ? "Первый" : "Второй");
        for (int k = 0; k < 2; k++) {
            (void)snprintf(code, sizeof code, "sch%d", 2 * m + k);
            h->school[2 * m + k] = house_unit(s, OKO_LEVEL_SCHOOL, h->municipality[m], code, code);
        }
    }
    MUST(oko_password_hash(HOUSE_PASSWORD, hash));
    for (int r = 0; r < OKO_ROLE_COUNT; r++) {
        int64_t unit = r == OKO_ROLE_MUNICIPAL || r == OKO_ROLE_OBSERVER ? h->municipality[0]
                       : r == OKO_ROLE_SCHOOL                            ? h->school[0]
                                                                         : 0;
        h->user[r] = house_user(s, oko_role_name((oko_role)r), (oko_role)r, unit, hash);
        house_token(s, &h->user[r], true, h->token[r]);
    }
    h->other = house_user(s, "other", OKO_ROLE_MUNICIPAL, h->municipality[1], hash);
    house_token(s, &h->other, true, h->other_token);
    house_token(s, &h->user[OKO_ROLE_OPERATOR], false, h->reader);
    house_runs(s, h);
    oko_store_close(s);
}

static inline void house_serve(house *h, const oko_server_options *options)
{
    oko_service_options shared = { .db = h->db, .log = false, .background = true };
    oko_server_options o = options != NULL ? *options : (oko_server_options){ .listen = NULL };
    o.listen = "127.0.0.1:0";
    MUST(oko_service_open(&shared, &h->service, &house_err));
    MUST(oko_server_start(h->service, &o, &h->server, &house_err));
    h->port = oko_server_port(h->server);
}

static inline void house_close(house *h)
{
    oko_service_stop(h->service);
    oko_server_stop(h->server, 5);
    oko_service_close(h->service);
    h->service = NULL;
}

static inline void house_open(house *h, const oko_server_options *options)
{
    (void)signal(SIGPIPE, SIG_IGN);
    *h = (house){ .folder = "/tmp/oko-http-XXXXXX" };
    assert_non_null(mkdtemp(h->folder));
    (void)snprintf(h->db, sizeof h->db, "%s/oko.db", h->folder);
    house_fill(h);
    house_serve(h, options);
}

static inline void house_drop(house *h)
{
    char command[128];
    house_close(h);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", h->folder);
    assert_int_equal(system(command), 0);
}

/* A call with a token (NULL: nobody). */
static inline answer house_call(const house *h, const char *token, const char *method, const char *target,
                                const char *headers, const char *body)
{
    char all[1024];
    (void)snprintf(all, sizeof all, "%s%s%s%s", token != NULL ? "Authorization: Bearer " : "",
                   token != NULL ? token : "", token != NULL ? "\r\n" : "", headers);
    return client_call(h->port, method, target, all, body);
}

/* The status of a call. */
static inline int house_status(const house *h, const char *token, const char *method, const char *target,
                               const char *headers, const char *body)
{
    answer a = house_call(h, token, method, target, headers, body);
    client_free(&a);
    return a.status;
}

/* The same as JSON, checked against the contract. Decref it. */
static inline json_t *house_json(const house *h, const char *token, const char *method, const char *target,
                                 const char *headers, const char *body, int status)
{
    answer a = house_call(h, token, method, target, headers, body);
    if (a.status != status)
        fail_msg("%s %s: %d instead of %d: %s", method, target, a.status, status, a.body);
    json_t *json = json_loads(a.body, 0, NULL);
    client_free(&a);
    return json;
}

/* GET of a target below /api/v1, written as printf does, as the person of a role. */
static inline json_t *house_get(const house *h, oko_role role, int status, const char *form, ...)
{
    char target[300] = "/api/v1";
    va_list args;
    va_start(args, form);
    (void)vsnprintf(target + 7, sizeof target - 7, form, args);
    va_end(args);
    return house_json(h, h->token[role], "GET", target, "", NULL, status);
}

/* What is answered is what the contract says that it answers. */
static inline void house_conforms(const oko_operation *op, int status, const json_t *json)
{
    const oko_answer_form *form = NULL;
    oko_violations found = { .n = 0 };
    /* A refusal is a problem also where an operation has an answer of its own for this status. */
    bool problem = json_is_integer(json_object_get(json, "status")) && json_is_string(json_object_get(json, "title"));
    for (size_t i = 0; i < op->n_answers; i++) {
        if ((op->answers[i].status == status && !(problem && status >= 400)) ||
            (op->answers[i].status == 0 && status >= 400 && form == NULL))
            form = &op->answers[i];
    }
    if (form == NULL)
        fail_msg("%s: the contract does not know the answer %d", op->id, status);
    else if (form->schema != NULL && json == NULL)
        fail_msg("%s: the answer %d is no JSON", op->id, status);
    else if (form->schema != NULL && !oko_schema_check(form->schema, json, &found))
        fail_msg("%s: the answer %d is not as the contract says: %s %s %s", op->id, status, found.item[0].pointer,
                 found.item[0].key, found.item[0].arg);
}

#endif
