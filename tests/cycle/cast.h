/* A small region with people of every role, in a store of its own, for tests of the cycle. */
#ifndef OKO_TESTS_CYCLE_CAST_H
#define OKO_TESTS_CYCLE_CAST_H

#include "cycle/cycle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct cast {
    char path[64];
    oko_store *store;
    oko_flows *flows;
    int64_t region, municipality[2], school[4]; /* schools 0, 1 in municipality 0; 2, 3 in 1 */
    oko_actor operator, head, municipal[2], school_user[4], observer, auditor, admin;
} cast;

static inline void must_be(oko_status got, oko_status wanted, const oko_error *err, const char *what, int line)
{
    if (got != wanted) {
        (void)fprintf(stderr, "line %d: %s: status %d (%s, %s), wanted %d\n", line, what, got,
                      err != NULL ? err->id : "", err != NULL ? err->field : "", wanted);
        abort();
    }
}
#define MUST(call) must_be((call), OKO_OK, &err, #call, __LINE__)
#define GIVES(status, call) must_be((call), (status), &err, #call, __LINE__)

static inline int64_t cast_unit(cast *c, oko_level level, const char *code, int64_t parent)
{
    oko_error err = { 0 };
    oko_unit u = { .level = level, .parent = parent, .confirmed = true };
    int64_t id = 0;
    (void)snprintf(u.code, sizeof u.code, "%s", code);
    (void)snprintf(u.name, sizeof u.name, "%s", code);
    MUST(oko_store_unit_put(c->store, &u, &id, &err));
    return id;
}

static inline oko_actor cast_person(cast *c, const char *login, oko_role role, int64_t unit)
{
    oko_error err = { 0 };
    oko_user u = { .role = role, .unit = unit, .state = OKO_USER_ACTIVE, .lang = "ru" };
    oko_user now;
    (void)snprintf(u.login, sizeof u.login, "%s", login);
    (void)snprintf(u.name, sizeof u.name, "%s", login);
    MUST(oko_store_user_put(c->store, &u, &now, &err));
    return oko_actor_of_user(&now);
}

static inline void cast_open(cast *c)
{
    oko_error err = { 0 };
    *c = (cast){ .path = "/tmp/oko_cycle_XXXXXX" };
    const int fd = mkstemp(c->path);
    (void)close(fd);
    (void)unlink(c->path);
    const oko_store_options options = OKO_STORE_OPTIONS_INIT;
    MUST(oko_store_open(c->path, &options, &c->store, &err));
    MUST(oko_flows_open(&c->flows, &err));
    c->region = cast_unit(c, OKO_LEVEL_REGION, "R", 0);
    for (int m = 0; m < 2; m++) {
        char code[16], login[24];
        (void)snprintf(code, sizeof code, "M%d", m);
        c->municipality[m] = cast_unit(c, OKO_LEVEL_MUNICIPALITY, code, c->region);
        (void)snprintf(login, sizeof login, "mun%d", m);
        c->municipal[m] = cast_person(c, login, OKO_ROLE_MUNICIPAL, c->municipality[m]);
        for (int s = 2 * m; s < 2 * m + 2; s++) {
            (void)snprintf(code, sizeof code, "S%d", s);
            c->school[s] = cast_unit(c, OKO_LEVEL_SCHOOL, code, c->municipality[m]);
            (void)snprintf(login, sizeof login, "school%d", s);
            c->school_user[s] = cast_person(c, login, OKO_ROLE_SCHOOL, c->school[s]);
        }
    }
    c->operator= cast_person(c, "operator", OKO_ROLE_OPERATOR, c->region);
    c->head = cast_person(c, "head", OKO_ROLE_HEAD, c->region);
    c->observer = cast_person(c, "observer", OKO_ROLE_OBSERVER, c->municipality[0]);
    c->auditor = cast_person(c, "auditor", OKO_ROLE_AUDITOR, c->region);
    c->admin = cast_person(c, "admin", OKO_ROLE_ADMIN, 0);
}

static inline void cast_close(cast *c)
{
    char beside[80];
    oko_store_close(c->store);
    oko_flows_free(c->flows);
    (void)unlink(c->path);
    (void)snprintf(beside, sizeof beside, "%s-wal", c->path);
    (void)unlink(beside);
    (void)snprintf(beside, sizeof beside, "%s-shm", c->path);
    (void)unlink(beside);
}

/* The cycle in the hands of one person, on a day. */
static inline oko_cycle cast_as(const cast *c, const oko_actor *actor, const char *today)
{
    oko_cycle cycle = { .store = c->store, .flows = c->flows, .actor = actor };
    (void)snprintf(cycle.today, sizeof cycle.today, "%s", today);
    return cycle;
}

/* Makes a record from a body in JSON; returns its id. */
static inline int64_t cast_make(const cast *c, const oko_actor *who, const char *today, const char *kind, int64_t unit,
                                const char *body)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, who, today);
    oko_entry e = { 0 };
    const int year = strcmp(kind, "indicator") == 0 ? (int)strtol(today, NULL, 10) : 0; /* the others find it out */
    const oko_draft d = { .unit = unit, .year = year, .body = json_loads(body, 0, NULL) };
    MUST(oko_cycle_create(&cycle, kind, &d, &e, &err));
    const int64_t id = e.head.id;
    oko_entry_clear(&e);
    json_decref(d.body);
    return id;
}

/* Takes an action on the record as it stands now. */
static inline oko_status cast_act(const cast *c, const oko_actor *who, const char *today, const char *kind, int64_t id,
                                  const char *action, const char *input, oko_error *err)
{
    const oko_cycle cycle = cast_as(c, who, today);
    oko_entry e = { 0 };
    json_t *in = json_loads(input, 0, NULL);
    oko_error_clear(err);
    oko_status status = oko_cycle_load(&cycle, kind, id, &e, err);
    status = status == OKO_OK ? oko_cycle_act(&cycle, kind, id, e.head.version, action, in, NULL, err) : status;
    json_decref(in);
    oko_entry_clear(&e);
    return status;
}

/* The record as it stands; clear it. */
static inline oko_entry cast_get(const cast *c, const char *kind, int64_t id)
{
    oko_error err = { 0 };
    const oko_cycle cycle = cast_as(c, &c->operator, "2021-01-01");
    oko_entry e = { 0 };
    MUST(oko_cycle_load(&cycle, kind, id, &e, &err));
    return e;
}

/* A letter about a case, approved by the head. */
static inline int64_t cast_letter(const cast *c, const char *today, int64_t unit, int64_t about)
{
    oko_error err = { 0 };
    char body[160];
    (void)snprintf(body, sizeof body, "{\"cases\": [%lld], \"text\": \"Согласовать критерии.\"}", (long long)about);
    const int64_t id = cast_make(c, &c->operator, today, "recommendation", unit, body);
    MUST(cast_act(c, &c->operator, today, "recommendation", id, "submit", "{}", &err));
    MUST(cast_act(c, &c->head, today, "recommendation", id, "approve", "{}", &err));
    return id;
}

/* A record as the program itself puts it; the caller's transaction when there is one. */
static inline int64_t cast_put(const cast *c, bool inside, const char *kind, const char *state, int64_t unit, int year,
                               const char *due)
{
    oko_error err = { 0 };
    oko_cycle cycle = cast_as(c, &c->operator, "2021-01-01");
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { .head = { .unit = unit, .year = year }, .body = json_object() };
    cycle.in_transaction = inside;
    (void)snprintf(e.head.kind, sizeof e.head.kind, "%s", kind);
    (void)snprintf(e.head.state, sizeof e.head.state, "%s", state);
    (void)snprintf(e.head.due, sizeof e.head.due, "%.10s", due);
    (void)snprintf(e.head.title, sizeof e.head.title, "%s", state);
    MUST(oko_cycle_put(&cycle, &e, "test", &err));
    return e.head.id;
}

/* CPU time of this thread. */
static inline double cast_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* A thousand schools more, in both municipalities by turns. */
static inline void cast_thousand(cast *c, int64_t ret_school[1000])
{
    for (int i = 0; i < 1000; i++) {
        char code[24];
        (void)snprintf(code, sizeof code, "X%04d", i);
        ret_school[i] = cast_unit(c, OKO_LEVEL_SCHOOL, code, c->municipality[i % 2]);
    }
}

/* Takes an action; *version moves on when it works. */
static inline oko_status cast_step(const cast *c, const oko_actor *who, const char *today, const char *kind, int64_t id,
                                   int64_t *version, const char *action, const char *input, oko_error *err)
{
    const oko_cycle cycle = cast_as(c, who, today);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    json_t *in = json_loads(input, 0, NULL);
    oko_status status = oko_cycle_act(&cycle, kind, id, *version, action, in, &e, err);
    json_decref(in);
    *version = status == OKO_OK ? e.head.version : *version;
    return status;
}

#endif
