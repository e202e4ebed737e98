/* What every engine must do with people: users, secrets, the audit log, answers, jobs. Speaks people.h only. */
#include "fixture_cycle.h"

#include "base/threads.h"
#include "support/failing_alloc.h"

static const char hash_a[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
static const char hash_b[] = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

static oko_user sample_user(const char *login, oko_role role, int64_t unit)
{
    oko_user u = { .role = role, .unit = unit, .state = OKO_USER_ACTIVE, .lang = "ru", .name = "Эксперт" };
    (void)snprintf(u.login, sizeof u.login, "%s", login);
    return u;
}

static oko_user put_user(bench *b, const oko_user *u)
{
    oko_user stored;
    must(b, oko_store_user_put(b->store, u, &stored, &b->err));
    return stored;
}

static int64_t add_user(bench *b, const char *login)
{
    const oko_user u = sample_user(login, OKO_ROLE_OPERATOR, 0);
    return put_user(b, &u).id;
}

/* ---- users ---- */

static oko_status see_user(void *ctx, const oko_user *u)
{
    return see(ctx, u->login);
}

static void users_change_by_versions(void **state)
{
    bench *b = *state;
    oko_user u = sample_user("expert", OKO_ROLE_OPERATOR, 0), got;
    u.must_change = true;
    (void)snprintf(u.password, sizeof u.password, "$argon2id$x");
    const oko_user first = put_user(b, &u);
    assert_true(first.id > 0 && first.version == 1 && first.must_change && first.failed == 0);
    assert_string_equal(first.password, "$argon2id$x");
    u = first;
    (void)snprintf(u.name, sizeof u.name, "Иванова");
    u = put_user(b, &u);
    assert_int_equal(u.version, 2);
    must(b, oko_store_user_find(b->store, "expert", &got, &b->err));
    assert_string_equal(got.name, "Иванова");
    assert_string_equal(got.created, first.created);
    assert_int_equal(oko_store_user_put(b->store, &first, &got, &b->err), OKO_E_CONFLICT);
    assert_string_equal(b->err.id, "user.changed");
    assert_string_equal(b->err.arg[0], "2");
    u = sample_user("expert", OKO_ROLE_HEAD, 0);
    assert_int_equal(oko_store_user_put(b->store, &u, &got, &b->err), OKO_E_CONFLICT);
    assert_string_equal(b->err.id, "user.login");
    u = sample_user("other", OKO_ROLE_HEAD, 77);
    assert_int_equal(oko_store_user_put(b->store, &u, &got, &b->err), OKO_E_NOT_FOUND);
    assert_string_equal(b->err.id, "store.unit.unknown");
    u = sample_user("Other", OKO_ROLE_HEAD, 0);
    assert_int_equal(oko_store_user_put(b->store, &u, &got, &b->err), OKO_E_ARGUMENT);
    assert_string_equal(b->err.field, "login");
    u = sample_user("", OKO_ROLE_HEAD, 0);
    assert_int_equal(oko_store_user_put(b->store, &u, &got, &b->err), OKO_E_ARGUMENT);
    assert_int_equal(oko_store_user_find(b->store, "nobody", &got, &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_user_get(b->store, 99, &got, &b->err), OKO_E_NOT_FOUND);
    assert_clean(b);
}

static void wrong_passwords_are_counted_apart(void **state)
{
    bench *b = *state;
    oko_user u = sample_user("expert", OKO_ROLE_OPERATOR, 0), got;
    u = put_user(b, &u);
    must(b, oko_store_user_attempt(b->store, u.id, 5, "2021-03-01T10:15:00Z", &b->err));
    must(b, oko_store_user_get(b->store, u.id, &got, &b->err));
    assert_true(got.failed == 5 && got.version == 1);
    assert_string_equal(got.locked_until, "2021-03-01T10:15:00Z");
    u = put_user(b, &u); /* read before the attempts: they stay */
    assert_true(u.failed == 5 && u.locked_until[0] == '2');
    must(b, oko_store_user_attempt(b->store, u.id, 0, "", &b->err));
    must(b, oko_store_user_get(b->store, u.id, &got, &b->err));
    assert_true(got.failed == 0 && got.locked_until[0] == '\0' && got.version == 2);
    assert_int_equal(oko_store_user_attempt(b->store, 99, 1, "", &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_user_attempt(b->store, u.id, 1, "tomorrow", &b->err), OKO_E_ARGUMENT);
}

static void users_are_listed_by_place_and_role(void **state)
{
    bench *b = *state;
    const int64_t mo = put_unit(b, OKO_LEVEL_MUNICIPALITY, "m", 0), school = put_unit(b, OKO_LEVEL_SCHOOL, "s", mo);
    const oko_user users[] = { sample_user("c", OKO_ROLE_SCHOOL, school), sample_user("b", OKO_ROLE_MUNICIPAL, mo),
                               sample_user("a", OKO_ROLE_OPERATOR, 0) };
    for (size_t i = 0; i < 3; i++) {
        put_user(b, &users[i]);
    }
    const struct {
        int64_t unit;
        oko_role role;
        const char *want;
    } rows[] = { { 0, OKO_ROLE_COUNT, "a b c" },
                 { mo, OKO_ROLE_COUNT, "b c" },
                 { school, OKO_ROLE_COUNT, "c" },
                 { mo, OKO_ROLE_MUNICIPAL, "b" },
                 { 0, OKO_ROLE_AUDITOR, "" } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        seen s = { .n = 0 };
        must(b, oko_store_user_walk(b->store, rows[i].unit, rows[i].role, see_user, &s, &b->err));
        assert_string_equal(s.text, rows[i].want);
    }
}

/* ---- secrets ---- */

static oko_status see_secret(void *ctx, const oko_secret *s)
{
    return see(ctx, s->title);
}

static int64_t add_secret(bench *b, oko_secret_kind kind, int64_t user, const char *title, char fill)
{
    oko_secret s = { .kind = kind,
                     .user = user,
                     .scope = "read",
                     .created = "2021-03-01T10:00:00Z",
                     .used = "2021-03-01T10:00:00Z",
                     .expires = "2021-03-01T18:00:00Z",
                     .address = "127.0.0.1" };
    int64_t id = 0;
    memset(s.hash, fill, 64);
    (void)snprintf(s.title, sizeof s.title, "%s", title);
    must(b, oko_store_secret_add(b->store, &s, &id, &b->err));
    return id;
}

static const char *secrets_of(bench *b, seen *s, int64_t user, oko_secret_kind kind)
{
    memset(s, 0, sizeof *s);
    must(b, oko_store_secret_walk(b->store, user, kind, see_secret, s, &b->err));
    return s->text;
}

static void secrets_expire(void **state)
{
    bench *b = *state;
    const int64_t user = add_user(b, "expert"), id = add_secret(b, OKO_SECRET_SESSION, user, "x", 'a');
    oko_secret got;
    must(b, oko_store_secret_find(b->store, OKO_SECRET_SESSION, hash_a, "2021-03-01T17:59:59Z", &got, &b->err));
    assert_true(got.id == id && got.user == user);
    assert_string_equal(got.address, "127.0.0.1");
    assert_int_equal(oko_store_secret_find(b->store, OKO_SECRET_SESSION, hash_a, "2021-03-01T18:00:00Z", &got, &b->err),
                     OKO_E_NOT_FOUND);
    assert_string_equal(b->err.id, "secret.unknown");
    assert_int_equal(oko_store_secret_find(b->store, OKO_SECRET_TOKEN, hash_a, "2021-03-01T10:00:00Z", &got, &b->err),
                     OKO_E_NOT_FOUND); /* a session is no token */
    assert_int_equal(oko_store_secret_find(b->store, OKO_SECRET_SESSION, hash_b, "2021-03-01T10:00:00Z", &got, &b->err),
                     OKO_E_NOT_FOUND);
    must(b, oko_store_secret_touch(b->store, id, "2021-03-01T17:00:00Z", "2021-03-02T01:00:00Z", &b->err));
    must(b, oko_store_secret_find(b->store, OKO_SECRET_SESSION, hash_a, "2021-03-01T18:00:00Z", &got, &b->err));
    assert_string_equal(got.used, "2021-03-01T17:00:00Z");
    must(b, oko_store_secret_sweep(b->store, "2021-03-02T00:59:59Z", "2021-01-01T00:00:00Z", &b->err));
    seen s;
    assert_string_equal(secrets_of(b, &s, user, OKO_SECRET_KIND_COUNT), "x");
    must(b, oko_store_secret_sweep(b->store, "2021-03-02T01:00:00Z", "2021-01-01T00:00:00Z", &b->err));
    assert_string_equal(secrets_of(b, &s, user, OKO_SECRET_KIND_COUNT), "");
    assert_int_equal(oko_store_secret_touch(b->store, id, "2021-03-01T17:00:00Z", "2021-03-02T01:00:00Z", &b->err),
                     OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_secret_remove(b->store, id, &b->err), OKO_E_NOT_FOUND);
}

static void secrets_are_taken_away(void **state)
{
    bench *b = *state;
    seen s;
    const int64_t user = add_user(b, "expert"), other = add_user(b, "other");
    const int64_t one = add_secret(b, OKO_SECRET_SESSION, user, "s1", 'a');
    const int64_t two = add_secret(b, OKO_SECRET_SESSION, user, "s2", 'b');
    add_secret(b, OKO_SECRET_TOKEN, user, "t", 'a'); /* another kind: another secret */
    add_secret(b, OKO_SECRET_SESSION, other, "o", 'c');
    assert_string_equal(secrets_of(b, &s, user, OKO_SECRET_SESSION), "s1 s2");
    must(b, oko_store_secret_remove_all(b->store, user, OKO_SECRET_SESSION, two, &b->err));
    assert_string_equal(secrets_of(b, &s, user, OKO_SECRET_KIND_COUNT), "s2 t");
    must(b, oko_store_secret_remove(b->store, two, &b->err));
    must(b, oko_store_secret_remove_all(b->store, user, OKO_SECRET_KIND_COUNT, 0, &b->err));
    assert_string_equal(secrets_of(b, &s, user, OKO_SECRET_KIND_COUNT), "");
    assert_string_equal(secrets_of(b, &s, other, OKO_SECRET_KIND_COUNT), "o");
    assert_true(add_secret(b, OKO_SECRET_SESSION, user, "s3", 'a') > two && one < two); /* a number never comes back */
    oko_secret again = {
        .kind = OKO_SECRET_SESSION, .user = user, .created = "2021-03-01T10:00:00Z", .expires = "2021-03-01T18:00:00Z"
    };
    int64_t id;
    memcpy(again.hash, hash_a, sizeof again.hash);
    assert_int_equal(oko_store_secret_add(b->store, &again, &id, &b->err), OKO_E_CONFLICT);
    again.hash[0] = 'X';
    assert_int_equal(oko_store_secret_add(b->store, &again, &id, &b->err), OKO_E_ARGUMENT);
    memcpy(again.hash, hash_b, sizeof again.hash);
    again.user = 99;
    assert_int_equal(oko_store_secret_add(b->store, &again, &id, &b->err), OKO_E_NOT_FOUND);
    again.user = user;
    again.expires[0] = '\0'; /* nothing lasts for ever */
    assert_int_equal(oko_store_secret_add(b->store, &again, &id, &b->err), OKO_E_ARGUMENT);
}

/* ---- audit log ---- */

static oko_status add_line(oko_store *store, int64_t user, const char *action, const char *object, int64_t unit,
                           oko_error *err)
{
    oko_audit line = { .user = user, .login = "expert", .unit = unit, .detail = "{\"n\": 1}", .address = "::1" };
    (void)snprintf(line.action, sizeof line.action, "%s", action);
    (void)snprintf(line.object, sizeof line.object, "%s", object);
    return oko_store_audit_add(store, &line, err);
}

static oko_status see_line(void *ctx, const oko_audit *line)
{
    char word[128];
    assert_string_equal(line->detail, "{\"n\": 1}");
    assert_int_equal(strlen(line->at), 20);
    (void)snprintf(word, sizeof word, "%lld:%s", (long long)line->id, line->action);
    return see(ctx, word);
}

static void the_log_is_kept_and_asked(void **state)
{
    bench *b = *state;
    const int64_t user = add_user(b, "expert"), mo = put_unit(b, OKO_LEVEL_MUNICIPALITY, "m", 0);
    const int64_t school = put_unit(b, OKO_LEVEL_SCHOOL, "s", mo);
    int64_t lines = -1;
    char head[65];
    must(b, oko_store_audit_verify(b->store, &lines, head, &b->err));
    assert_int_equal(lines, 0);
    assert_string_equal(head, "0000000000000000000000000000000000000000000000000000000000000000");
    must(b, add_line(b->store, user, "case.triage", "case/1", school, &b->err));
    must(b, add_line(b->store, 0, "login.failed", "", 0, &b->err));
    must(b, add_line(b->store, user, "case.close", "case/2", mo, &b->err));
    const struct {
        oko_audit_query query;
        const char *want;
    } rows[] = {
        { { .user = 0 }, "3:case.close 2:login.failed 1:case.triage" },
        { { .user = user }, "3:case.close 1:case.triage" },
        { { .unit = mo }, "3:case.close 1:case.triage" },
        { { .unit = school }, "1:case.triage" },
        { { .action = "case." }, "3:case.close 1:case.triage" },
        { { .action = "case.c" }, "3:case.close" },
        { { .object = "case/2" }, "3:case.close" },
        { { .before = 3 }, "2:login.failed 1:case.triage" },
        { { .limit = 1 }, "3:case.close" },
        { { .from = "2001-01-01T00:00:00Z", .until = "2999-01-01T00:00:00Z", .action = "login" }, "2:login.failed" },
        { { .until = "2001-01-01T00:00:00Z" }, "" },
        { { .from = "2999-01-01T00:00:00Z" }, "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        seen s = { .n = 0 };
        must(b, oko_store_audit_walk(b->store, &rows[i].query, see_line, &s, &b->err));
        assert_string_equal(s.text, rows[i].want);
    }
    must(b, oko_store_audit_verify(b->store, &lines, head, &b->err));
    assert_int_equal(lines, 3);
    assert_clean(b);
}

/* A line of the log is refused: what it was about is not committed either. */
static void a_change_and_its_line_fall_together(void **state)
{
    bench *b = *state;
    const oko_record r = sample_record("event", 0, "x");
    const oko_record_query all = { .limit = 10 };
    const struct {
        int64_t user, unit;
        const char *detail;
    } bad[] = { { 99, 0, "{}" }, { 0, 99, "{}" }, { 0, 0, "[]" } };
    seen s;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const oko_audit line = {
            .user = bad[i].user, .unit = bad[i].unit, .action = "event.new", .detail = bad[i].detail
        };
        must(b, oko_store_begin(b->store, &b->err));
        put_record(b, &r);
        assert_true(oko_store_audit_add(b->store, &line, &b->err) != OKO_OK);
        assert_true(oko_store_commit(b->store, &b->err) != OKO_OK);
        assert_string_equal(records_of(b, &s, &all, NULL), "");
    }
    must(b, oko_store_begin(b->store, &b->err));
    put_record(b, &r);
    must(b, add_line(b->store, 0, "event.new", "event/1", 0, &b->err));
    oko_store_rollback(b->store);
    const oko_audit_query any = { .limit = 10 };
    memset(&s, 0, sizeof s);
    must(b, oko_store_audit_walk(b->store, &any, see_line, &s, &b->err));
    assert_string_equal(s.text, "");
    const oko_audit none = { .action = "", .detail = "{}" };
    assert_int_equal(oko_store_audit_add(b->store, &none, &b->err), OKO_E_ARGUMENT);
    const oko_audit_query much = { .limit = OKO_PEOPLE_LIMIT + 1 };
    assert_int_equal(oko_store_audit_walk(b->store, &much, see_line, &s, &b->err), OKO_E_ARGUMENT);
    must(b, add_line(b->store, 0, "event.new", "event/1", 0, &b->err)); /* and the numbers have no gap */
    assert_clean(b);
}

/* Several writers, each with a handle: the chain does not fork. */
enum { WRITERS = 4, LINES = 25 };

static oko_status write_lines(void *ctx, size_t i, int worker)
{
    oko_store **stores = ctx;
    oko_status status = OKO_OK;
    (void)worker;
    for (int n = 0; status == OKO_OK && n < LINES; n++) {
        status = add_line(stores[i], 0, "signs.look", "", 0, NULL);
    }
    return status;
}

static void writers_do_not_fork_the_chain(void **state)
{
    bench *b = *state;
    oko_store *stores[WRITERS];
    int64_t lines = 0;
    char head[65];
    for (int i = 0; i < WRITERS; i++) {
        must(b, oko_store_open(b->place, NULL, &stores[i], &b->err));
    }
    assert_int_equal(oko_parallel_for(WRITERS, WRITERS, write_lines, stores), OKO_OK);
    must(b, oko_store_audit_verify(b->store, &lines, head, &b->err));
    assert_int_equal(lines, WRITERS * LINES);
    for (int i = 0; i < WRITERS; i++) {
        oko_store_close(stores[i]);
    }
}

/* ---- answers ---- */

static oko_status see_answer(void *ctx, const oko_answer *a)
{
    char word[256];
    (void)snprintf(word, sizeof word, "%d %s %.*s", a->status, a->headers, (int)a->body_len, a->body);
    assert_string_equal(a->request, hash_a);
    return see(ctx, word);
}

static void answers_are_kept_once(void **state)
{
    bench *b = *state;
    const int64_t user = add_user(b, "expert"), other = add_user(b, "other");
    oko_answer a = { .status = 201, .headers = "{\"ETag\": \"\\\"1\\\"\"}", .body = "{\"id\": 1}", .body_len = 9 };
    seen s = { .n = 0 };
    memcpy(a.request, hash_a, sizeof a.request);
    assert_int_equal(oko_store_answer_find(b->store, user, "k", see_answer, &s, &b->err), OKO_E_NOT_FOUND);
    must(b, oko_store_begin(b->store, &b->err));
    must(b, oko_store_answer_put(b->store, user, "k", &a, &b->err));
    assert_int_equal(oko_store_answer_put(b->store, user, "k", &a, &b->err), OKO_E_CONFLICT);
    must(b, oko_store_commit(b->store, &b->err));
    must(b, oko_store_answer_find(b->store, user, "k", see_answer, &s, &b->err));
    assert_string_equal(s.text, "201 {\"ETag\": \"\\\"1\\\"\"} {\"id\": 1}");
    assert_int_equal(oko_store_answer_find(b->store, other, "k", see_answer, &s, &b->err), OKO_E_NOT_FOUND);
    a.body_len = 0; /* 204 */
    must(b, oko_store_answer_put(b->store, other, "k", &a, &b->err));
    assert_int_equal(oko_store_answer_put(b->store, 99, "k", &a, &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_answer_put(b->store, user, "", &a, &b->err), OKO_E_ARGUMENT);
    must(b, oko_store_secret_sweep(b->store, "2001-01-01T00:00:00Z", "2001-01-01T00:00:00Z", &b->err));
    must(b, oko_store_answer_find(b->store, user, "k", see_answer, &s, &b->err));
    must(b, oko_store_secret_sweep(b->store, "2001-01-01T00:00:00Z", "2999-01-01T00:00:00Z", &b->err));
    assert_int_equal(oko_store_answer_find(b->store, user, "k", see_answer, &s, &b->err), OKO_E_NOT_FOUND);
}

/* ---- jobs ---- */

static oko_status see_job(void *ctx, const oko_job *j)
{
    char word[512];
    (void)snprintf(word, sizeof word, "%lld:%s:%s:%d%s%s%s", (long long)j->id, j->kind, oko_job_state_name(j->state),
                   j->attempts, j->cancel ? ":cancel" : "", j->result, j->error);
    assert_true((j->finished[0] != '\0') == (j->state >= OKO_JOB_DONE));
    return see(ctx, word);
}

static int64_t add_job(bench *b, const char *kind, int64_t user)
{
    oko_job j = { .user = user, .params = "{}" };
    int64_t id = 0;
    (void)snprintf(j.kind, sizeof j.kind, "%s", kind);
    must(b, oko_store_job_add(b->store, &j, &id, &b->err));
    return id;
}

static const char *job_of(bench *b, seen *s, int64_t id)
{
    memset(s, 0, sizeof *s);
    must(b, oko_store_job_get(b->store, id, see_job, s, &b->err));
    return s->text;
}

static void jobs_are_taken_in_their_order(void **state)
{
    bench *b = *state;
    const int64_t user = add_user(b, "expert");
    seen s = { .n = 0 };
    bool asked = true;
    assert_int_equal(oko_store_job_take(b->store, see_job, &s, &b->err), OKO_E_NOT_FOUND);
    assert_string_equal(b->err.id, "job.none");
    const int64_t one = add_job(b, "import", user), two = add_job(b, "report", 0), three = add_job(b, "report", user);
    must(b, oko_store_job_take(b->store, see_job, &s, &b->err));
    assert_string_equal(s.text, "1:import:running:1");
    must(b, oko_store_job_progress(b->store, one, "report.write", 3, 10, &asked, &b->err));
    assert_false(asked);
    must(b, oko_store_job_cancel(b->store, one, &b->err)); /* asked */
    must(b, oko_store_job_progress(b->store, one, "report.write", 4, 10, &asked, &b->err));
    assert_true(asked);
    assert_string_equal(job_of(b, &s, one), "1:import:running:1:cancel");
    must(b, oko_store_job_end(b->store, one, OKO_JOB_CANCELLED, NULL, NULL, &b->err));
    must(b, oko_store_job_cancel(b->store, two, &b->err)); /* at once */
    assert_string_equal(job_of(b, &s, two), "2:report:cancelled:0:cancel");
    memset(&s, 0, sizeof s);
    must(b, oko_store_job_take(b->store, see_job, &s, &b->err));
    assert_string_equal(s.text, "3:report:running:1");
    must(b, oko_store_job_end(b->store, three, OKO_JOB_DONE, "{\"a\": 1}", NULL, &b->err));
    assert_string_equal(job_of(b, &s, three), "3:report:done:1{\"a\": 1}");
    assert_int_equal(oko_store_job_end(b->store, three, OKO_JOB_FAILED, NULL, "{}", &b->err), OKO_E_CONFLICT);
    assert_string_equal(b->err.id, "job.ended");
    assert_int_equal(oko_store_job_cancel(b->store, three, &b->err), OKO_E_CONFLICT);
    assert_int_equal(oko_store_job_progress(b->store, three, "", 0, 0, &asked, &b->err), OKO_E_CONFLICT);
    assert_int_equal(oko_store_job_cancel(b->store, 99, &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_job_end(b->store, 99, OKO_JOB_DONE, NULL, NULL, &b->err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_store_job_end(b->store, one, OKO_JOB_RUNNING, NULL, NULL, &b->err), OKO_E_ARGUMENT);
    const oko_job bad = { .kind = "x", .params = "1" };
    int64_t id;
    assert_int_equal(oko_store_job_add(b->store, &bad, &id, &b->err), OKO_E_ARGUMENT);
    memset(&s, 0, sizeof s);
    must(b, oko_store_job_walk(b->store, user, "report", 10, see_job, &s, &b->err));
    assert_string_equal(s.text, "3:report:done:1{\"a\": 1}");
    memset(&s, 0, sizeof s);
    must(b, oko_store_job_walk(b->store, 0, NULL, 2, see_job, &s, &b->err));
    assert_int_equal(s.n, 2);
    assert_int_equal(oko_store_job_walk(b->store, 0, NULL, 0, see_job, &s, &b->err), OKO_E_ARGUMENT);
}

static void interrupted_jobs_are_tried_again(void **state)
{
    bench *b = *state;
    const int64_t one = add_job(b, "import", 0), two = add_job(b, "import", 0), three = add_job(b, "import", 0);
    seen s = { .n = 0 };
    int64_t n = -1;
    must(b, oko_store_job_take(b->store, see_job, &s, &b->err));
    must(b, oko_store_job_take(b->store, see_job, &s, &b->err));
    must(b, oko_store_job_cancel(b->store, two, &b->err));
    must(b, oko_store_job_recover(b->store, 2, &n, &b->err));
    assert_int_equal(n, 2);
    assert_string_equal(job_of(b, &s, one), "1:import:queued:1");
    assert_string_equal(job_of(b, &s, two), "2:import:cancelled:1:cancel");
    assert_string_equal(job_of(b, &s, three), "3:import:queued:0");
    memset(&s, 0, sizeof s);
    must(b, oko_store_job_take(b->store, see_job, &s, &b->err));
    assert_string_equal(s.text, "1:import:running:2");
    must(b, oko_store_job_recover(b->store, 2, &n, &b->err));
    assert_string_equal(job_of(b, &s, one), "1:import:failed:2{\"key\": \"job.interrupted\"}");
    must(b, oko_store_job_recover(b->store, 2, &n, &b->err));
    assert_int_equal(n, 0);
    assert_int_equal(oko_store_job_recover(b->store, 0, &n, &b->err), OKO_E_ARGUMENT);
}

enum { WORKERS = 4, JOBS = 40 };

static oko_status mark_taken(void *ctx, const oko_job *j)
{
    int *taken = ctx;
    assert_in_range(j->id, 1, JOBS);
    (void)__atomic_add_fetch(&taken[j->id], 1, __ATOMIC_RELAXED);
    return OKO_OK;
}

static oko_status take_all(void *ctx, size_t i, int worker)
{
    oko_store *store = ((void **)ctx)[1 + i];
    oko_status status = OKO_OK;
    (void)worker;
    while (status == OKO_OK) {
        status = oko_store_job_take(store, mark_taken, ((void **)ctx)[0], NULL);
    }
    return status == OKO_E_NOT_FOUND ? OKO_OK : status;
}

static void no_job_is_taken_twice(void **state)
{
    bench *b = *state;
    int taken[JOBS + 1] = { 0 };
    void *all[1 + WORKERS] = { taken };
    for (int i = 0; i < JOBS; i++) {
        add_job(b, "x", 0);
    }
    for (int i = 0; i < WORKERS; i++) {
        oko_store *store = NULL;
        must(b, oko_store_open(b->place, NULL, &store, &b->err));
        all[1 + i] = store;
    }
    assert_int_equal(oko_parallel_for(WORKERS, WORKERS, take_all, all), OKO_OK);
    for (int i = 1; i <= JOBS; i++) {
        assert_int_equal(taken[i], 1);
    }
    for (int i = 0; i < WORKERS; i++) {
        oko_store_close(all[1 + i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(users_change_by_versions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_passwords_are_counted_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(users_are_listed_by_place_and_role, set_up, tear_down),
        cmocka_unit_test_setup_teardown(secrets_expire, set_up, tear_down),
        cmocka_unit_test_setup_teardown(secrets_are_taken_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_log_is_kept_and_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_change_and_its_line_fall_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(writers_do_not_fork_the_chain, set_up, tear_down),
        cmocka_unit_test_setup_teardown(answers_are_kept_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(jobs_are_taken_in_their_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(interrupted_jobs_are_tried_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_job_is_taken_twice, set_up, tear_down),
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        engine = &engines[i];
        failed += cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
    }
    return failed;
}
