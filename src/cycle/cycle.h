/*
 * The yearly cycle: what can be done with records, whoever asks — the command line or the server. Every call checks
 * role, reach and state against the flow of the kind, changes the record, notes the step and the audit line, all in one
 * transaction. What is particular to a kind is a hook of its noun (nouns.h).
 *
 * Members of a body that only the program writes: "steps" (what was done: action, at, by, input) and what hooks add;
 * the contract marks them readOnly. The input of an action is noted in its step, and its members become members of the
 * body, so that the newest explanation, cause, report … is at hand.
 */
#ifndef OKO_CYCLE_CYCLE_H
#define OKO_CYCLE_CYCLE_H

#include "cycle/flow.h"

enum { OKO_CYCLE_MAX_STEPS = 500 };

/*
 * Checks a body against a schema of the contract. client: members that only the program writes are refused.
 * OKO_E_FORMAT with the place of the fault in err->field.
 */
typedef oko_status (*oko_body_check_fn)(void *ctx, const char *schema, const json_t *body, bool client, oko_error *err);

typedef struct oko_cycle {
    oko_store *store;
    const oko_flows *flows;
    const oko_actor *actor;
    char today[OKO_DATE_BYTES]; /* yyyy-mm-dd: deadlines are counted from it */
    char now[OKO_TIME_BYTES];   /* when it is done, UTC; "": the store's own clock */
    bool in_transaction;        /* the caller began one and commits it */
    oko_body_check_fn check;    /* NULL: bodies are not checked */
    void *check_ctx;
} oko_cycle;

/* A record with its body as JSON. Clear with oko_entry_clear. */
typedef struct oko_entry {
    oko_record head; /* head.body is not used: body below */
    const oko_flow *flow;
    json_t *body; /* object, owned */
} oko_entry;
void oko_entry_clear(oko_entry *e); /* {0} is fine; for OKO_CLEANUP */

/* What a client sends to make or change a record; a NULL member is left as it is (a new record: empty). */
typedef struct oko_draft {
    const char *title, *due, *key;
    int64_t unit; /* of a new record; ignored by a change */
    int year;     /* 0: as it is */
    const int64_t *assignee;
    json_t *body; /* members to set; a JSON null takes a member away. Borrowed */
} oko_draft;

/* ---- reading ---- */
/* kind NULL: any. OKO_E_NOT_FOUND also when it is out of the actor's sight. The edge logs looks at restricted kinds
 * (oko_audit_note). */
oko_status oko_cycle_get(const oko_cycle *c, const char *kind, int64_t id, oko_entry *ret_entry,
                         oko_error *err) OKO_WARN_UNUSED;
typedef oko_status (*oko_entry_fn)(void *ctx, const oko_entry *entry);
/* One page of what the actor may see of the kind query->kind (needed); the query is cut to the actor's reach. */
oko_status oko_cycle_list(const oko_cycle *c, const oko_record_query *query, oko_entry_fn fn, void *ctx,
                          int64_t *ret_total, oko_error *err) OKO_WARN_UNUSED;
/* Narrows a query to what the actor may see; *ret_nothing: nothing can be seen at all. The texts live in `space`. */
typedef struct oko_reach_space {
    char states[OKO_FLOW_STATES * OKO_RECORD_STATE_BYTES];
} oko_reach_space;
oko_status oko_cycle_reach(const oko_cycle *c, const oko_flow *flow, oko_record_query *query, oko_reach_space *space,
                           bool *ret_nothing, oko_error *err) OKO_WARN_UNUSED;
/* Versions of a record, oldest first. */
oko_status oko_cycle_history(const oko_cycle *c, const char *kind, int64_t id, oko_entry_fn fn, void *ctx,
                             oko_error *err) OKO_WARN_UNUSED;

/* ---- writing; ret_entry may be NULL ---- */
oko_status oko_cycle_create(const oko_cycle *c, const char *kind, const oko_draft *draft, oko_entry *ret_entry,
                            oko_error *err) OKO_WARN_UNUSED;
/* version: the one that the client read; OKO_E_CONFLICT "record.changed" when it is not the current one. */
oko_status oko_cycle_change(const oko_cycle *c, const char *kind, int64_t id, int64_t version, const oko_draft *draft,
                            oko_entry *ret_entry, oko_error *err) OKO_WARN_UNUSED;
/* input: JSON object or NULL. OKO_E_CONFLICT "cycle.state" (not from this state), "cycle.same_person" (executor and
 * verifier must differ), OKO_E_ARGUMENT "cycle.required" (field: what is missing), "cycle.link_required",
 * OKO_E_PERMISSION, OKO_E_NOT_FOUND "cycle.action". */
oko_status oko_cycle_act(const oko_cycle *c, const char *kind, int64_t id, int64_t version, const char *action,
                         json_t *input, oko_entry *ret_entry, oko_error *err) OKO_WARN_UNUSED;
/* Takes a record back while it is in its first state; it stays in the history. */
oko_status oko_cycle_remove(const oko_cycle *c, const char *kind, int64_t id, int64_t version,
                            oko_error *err) OKO_WARN_UNUSED;
/* Links: who may edit the record or act on it may link. */
oko_status oko_cycle_link(const oko_cycle *c, const char *kind, int64_t id, const oko_record_link *link,
                          int64_t *ret_link, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_cycle_unlink(const oko_cycle *c, const char *kind, int64_t id, int64_t link,
                            oko_error *err) OKO_WARN_UNUSED;

/* May this actor take this action on the record now? Needs of the input are not looked at. */
oko_status oko_cycle_may(const oko_cycle *c, const oko_entry *e, const oko_flow_action *a,
                         oko_error *err) OKO_WARN_UNUSED;

/* The envelope of the contract's Record: id, kind, unit, year, state, due, overdue, assignee, key, title, version,
 * times, body, actions (names that the actor may take now). New reference; NULL when memory is out. */
json_t *oko_cycle_json(const oko_cycle *c, const oko_entry *e);

/* The program itself makes or changes records (a campaign's forms, a case from a sign): no rights are checked, the
 * audit line names the actor in whose action it happened. */
oko_status oko_cycle_put(const oko_cycle *c, oko_entry *e, const char *what, oko_error *err) OKO_WARN_UNUSED;
/* Notes a step in the body; put by the caller. input: JSON object, borrowed. */
oko_status oko_cycle_step(const oko_cycle *c, oko_entry *e, const char *action, json_t *input,
                          oko_error *err) OKO_WARN_UNUSED;
/* Any record by its id or by its key, whoever asks: for rules that look further than the actor may. kind NULL: any. A
 * removed one is not found by id, and found by key. */
oko_status oko_cycle_load(const oko_cycle *c, const char *kind, int64_t id, oko_entry *ret_entry,
                          oko_error *err) OKO_WARN_UNUSED;
oko_status oko_cycle_find(const oko_cycle *c, const char *kind, const char *key, oko_entry *ret_entry,
                          oko_error *err) OKO_WARN_UNUSED;
/* Every record that fits, page by page, whoever asks; the query's offset and limit are not used. */
oko_status oko_cycle_each(const oko_cycle *c, const oko_record_query *query, oko_entry_fn fn, void *ctx,
                          oko_error *err) OKO_WARN_UNUSED;

/* Several steps as one: all of them happen in *ret_inside, or none. Nothing is begun within a transaction. */
oko_status oko_cycle_begin(const oko_cycle *c, oko_cycle *ret_inside, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_cycle_end(const oko_cycle *c, oko_status status, oko_error *err) OKO_WARN_UNUSED;

#endif
