/* Handlers of the contract's operations: one file a noun, a table each; routes.c lists the tables. */
#ifndef OKO_HTTP_ROUTES_ROUTES_H
#define OKO_HTTP_ROUTES_ROUTES_H

#include "cycle/cycle.h"
#include "domain/unit.h"
#include "http/request.h"

extern const oko_route *const oko_routes[]; /* NULL at the end */

extern const oko_route oko_routes_system[], oko_routes_session[], oko_routes_users[], oko_routes_units[],
    oko_routes_imports[], oko_routes_jobs[], oko_routes_files[], oko_routes_audit[], oko_routes_records[],
    oko_routes_indicators[], oko_routes_values[], oko_routes_campaigns[], oko_routes_cases[], oko_routes_roadmap[],
    oko_routes_runs[], oko_routes_explain[], oko_routes_data[], oko_routes_register[], oko_routes_matching[],
    oko_routes_backups[], oko_routes_letters[], oko_routes_distribution[], oko_routes_tables[], oko_routes_map[],
    oko_routes_trial[], oko_routes_reports[], oko_routes_setup[], oko_routes_people_list[], oko_routes_search[],
    oko_routes_pictures[], oko_routes_how[], oko_routes_items[], oko_routes_coverage[], oko_routes_unit_pages[],
    oko_routes_packs[];

/* The addressee's first look at a letter marks it as read; others change nothing (letters.c). */
oko_status oko_letter_seen(oko_request *rq, int64_t id, oko_error *err) OKO_WARN_UNUSED;

/* A record as the contract shows it, with its links as a list, and as an answer (records.c). */
json_t *oko_record_json(oko_request *rq, const oko_cycle *c, const oko_entry *e);
oko_status oko_record_links(oko_request *rq, const oko_cycle *c, int64_t id, json_t **ret_items,
                            oko_error *err) OKO_WARN_UNUSED;
oko_status oko_record_reply(oko_request *rq, oko_reply *reply, const oko_cycle *c, int status, const oko_entry *e,
                            oko_error *err) OKO_WARN_UNUSED;

/* Files (files.c): keeps the upload for a unit; all bytes of a file (malloc); may the caller see it? */
oko_status oko_file_keep(oko_request *rq, int64_t unit, oko_file *ret_file, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_file_bytes(oko_store *store, const oko_file *file, char **ret_bytes, oko_error *err) OKO_WARN_UNUSED;
oko_status oko_file_sees(const oko_request *rq, int64_t id, oko_error *err) OKO_WARN_UNUSED;

/* ETag of a unit: what a change of it repeats (register.c). */
void oko_unit_version(oko_reply *reply, const oko_unit *u);

/* Checks a new password and hashes it, before the writer is taken, at most two at a time (session.c). */
oko_status oko_session_hash(oko_request *rq, const char *password, const char *login,
                            char ret_hash[OKO_PASSWORD_HASH_BYTES], oko_error *err) OKO_WARN_UNUSED;

/* The person as Me of the contract (session.c) and as User (users.c). */
json_t *oko_me_json(const oko_user *user);
json_t *oko_user_json(const oko_user *user);

#endif
