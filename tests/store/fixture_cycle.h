/* Samples of the cycle for the store's tests: users, records, what a walk of records saw. */
#ifndef OKO_TEST_STORE_FIXTURE_CYCLE_H
#define OKO_TEST_STORE_FIXTURE_CYCLE_H

#include "fixture.h"

#include "store/people.h"
#include "store/records.h"

static inline oko_record sample_record(const char *kind, int64_t unit, const char *title)
{
    oko_record r = { .unit = unit, .year = 2021, .state = "new", .body = "{}", .body_len = 2 };
    (void)snprintf(r.kind, sizeof r.kind, "%s", kind);
    (void)snprintf(r.title, sizeof r.title, "%s", title);
    return r;
}

static inline oko_record put_record(bench *b, const oko_record *r)
{
    oko_record stored = { .id = 0 };
    must(b, oko_store_record_put(b->store, r, &stored, &b->err));
    return stored;
}

static inline void set_body(oko_record *r, const char *body)
{
    r->body = body;
    r->body_len = strlen(body);
}

/* "title" of each record. */
static inline oko_status see_record(void *ctx, const oko_record *r)
{
    return see(ctx, r->title);
}

static inline const char *records_of(bench *b, seen *s, const oko_record_query *query, int64_t *ret_total)
{
    memset(s, 0, sizeof *s);
    must(b, oko_store_record_walk(b->store, query, see_record, s, ret_total, &b->err));
    return s->text;
}

#endif
