/*
 * kill -9 at random moments while records and lines of the log are written, a change and its line in one transaction.
 * Whatever the moment: the check is clean, the chain holds, each version of a record has exactly its line, and what was
 * acknowledged is there.
 */
#include "fixture_cycle.h"

#include "base/random.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

enum { KILLS = 30, MAX_ACKNOWLEDGED = 8, MAX_WAIT_US = 12000 };

/* One change of the record and its line; returns the version it made. */
static oko_status change(oko_store *store, oko_record *r)
{
    char body[64];
    oko_audit line = { .action = "event.change", .object = "event/1" };
    oko_status status = oko_store_begin(store, NULL);
    (void)snprintf(body, sizeof body, "{\"n\": %lld}", (long long)r->version + 1);
    r->body = body;
    r->body_len = strlen(body);
    if (status == OKO_OK) {
        status = oko_store_record_put(store, r, r, NULL);
    }
    line.detail = body;
    if (status == OKO_OK) {
        status = oko_store_audit_add(store, &line, NULL);
    }
    return status == OKO_OK ? oko_store_commit(store, NULL) : status;
}

static oko_status take(void *ctx, const oko_record *r)
{
    *(oko_record *)ctx = *r;
    return OKO_OK;
}

static void child(const char *place, int pipe_end)
{
    oko_store *store = NULL;
    oko_record r = { .id = 0 };
    oko_status status = oko_store_open(place, NULL, &store, NULL);
    if (status == OKO_OK) {
        status = oko_store_record_get(store, 1, 0, take, &r, NULL);
    }
    while (status == OKO_OK) {
        status = change(store, &r);
        if (status == OKO_OK && write(pipe_end, &r.version, sizeof r.version) != (ssize_t)sizeof r.version) {
            break;
        }
    }
    _exit(3); /* only SIGKILL ends it in a good run */
}

static int64_t run_and_kill(const char *place, int64_t before, oko_rng *rng)
{
    const uint32_t wait_for = oko_rng_below(rng, MAX_ACKNOWLEDGED);
    int64_t acknowledged = before, version;
    int ends[2], how = 0;
    assert_int_equal(pipe(ends), 0);
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)close(ends[0]);
        child(place, ends[1]);
    }
    (void)close(ends[1]);
    for (uint32_t i = 0; i < wait_for && read(ends[0], &version, sizeof version) == (ssize_t)sizeof version; i++) {
        acknowledged = version;
    }
    const struct timespec wait = { .tv_nsec = (long)oko_rng_below(rng, MAX_WAIT_US) * 1000 };
    (void)nanosleep(&wait, NULL);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFSIGNALED(how));
    while (read(ends[0], &version, sizeof version) == (ssize_t)sizeof version) {
        acknowledged = version;
    }
    (void)close(ends[0]);
    return acknowledged;
}

static oko_status see_number(void *ctx, const oko_record *r)
{
    char body[64];
    int64_t *version = ctx;
    (void)snprintf(body, sizeof body, "{\"n\": %lld}", (long long)++*version);
    assert_int_equal(r->version, *version);
    assert_string_equal(r->body, body);
    return OKO_OK;
}

static void a_change_and_its_line_survive_together(void **state)
{
    bench *b = *state;
    oko_rng rng = oko_rng_make((uint64_t)getpid(), (uint64_t)time(NULL));
    oko_record r = sample_record("event", 0, "x");
    int64_t last = 1;
    assert_int_equal(change(b->store, &r), OKO_OK);
    oko_store_close(b->store);
    b->store = NULL;
    for (int i = 0; i < KILLS; i++) {
        int64_t lines = -1, versions = 0;
        char head[65];
        const int64_t acknowledged = run_and_kill(b->place, last, &rng);
        must(b, oko_store_open(b->place, NULL, &b->store, &b->err));
        assert_clean(b);
        must(b, oko_store_audit_verify(b->store, &lines, head, &b->err));
        must(b, oko_store_record_history(b->store, 1, see_number, &versions, &b->err));
        assert_int_equal(lines, versions);
        assert_true(versions >= acknowledged);
        last = versions;
        oko_store_close(b->store);
        b->store = NULL;
    }
    print_message("%d kills, %lld changes\n", KILLS, (long long)last);
    assert_true(last > KILLS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_change_and_its_line_survive_together, set_up, tear_down),
    };
    return cmocka_run_group_tests_name(engine->name, tests, NULL, NULL);
}
