/* Engine, second part: what a database has to do to stand behind records.h and people.h. One table a noun; the
 * promises are those of the headers, the arguments were checked by records.c and people.c. */
#ifndef OKO_STORE_ENGINE_CYCLE_H
#define OKO_STORE_ENGINE_CYCLE_H

#include "store/people.h"
#include "store/records.h"
#include "store/values.h"

typedef struct oko_record_engine {
    oko_status (*put)(oko_store *store, const oko_record *r, oko_record *ret_record, oko_error *err);
    oko_status (*get)(oko_store *store, int64_t id, int64_t version, oko_record_fn fn, void *ctx, oko_error *err);
    oko_status (*find)(oko_store *store, const char *kind, const char *key, oko_record_fn fn, void *ctx,
                       oko_error *err);
    oko_status (*history)(oko_store *store, int64_t id, oko_record_fn fn, void *ctx, oko_error *err);
    oko_status (*walk)(oko_store *store, const oko_record_query *query, oko_record_fn fn, void *ctx, int64_t *ret_total,
                       oko_error *err);
    oko_status (*counts)(oko_store *store, const oko_record_query *query, bool by_unit, oko_record_count_fn fn,
                         void *ctx, oko_error *err);
} oko_record_engine;

typedef struct oko_link_engine {
    oko_status (*put)(oko_store *store, const oko_record_link *link, int64_t *ret_id, oko_error *err);
    oko_status (*remove)(oko_store *store, int64_t record, int64_t link, oko_error *err);
    oko_status (*walk)(oko_store *store, int64_t record, oko_link_target target, int64_t target_id, oko_link_fn fn,
                       void *ctx, oko_error *err);
} oko_link_engine;

typedef struct oko_file_engine {
    oko_status (*put)(oko_store *store, const oko_file *file, const char *path, oko_file *ret_file, oko_error *err);
    oko_status (*get)(oko_store *store, int64_t id, oko_file *ret_file, oko_error *err);
    oko_status (*read)(oko_store *store, int64_t id, int64_t offset, void *bytes, size_t cap, size_t *ret_n,
                       oko_error *err);
    oko_status (*walk)(oko_store *store, int64_t limit, oko_file_fn fn, void *ctx, oko_error *err);
} oko_file_engine;

typedef struct oko_user_engine {
    oko_status (*put)(oko_store *store, const oko_user *user, oko_user *ret_user, oko_error *err);
    oko_status (*get)(oko_store *store, int64_t id, oko_user *ret_user, oko_error *err);
    oko_status (*find)(oko_store *store, const char *login, oko_user *ret_user, oko_error *err);
    oko_status (*walk)(oko_store *store, int64_t unit, oko_role role, oko_user_fn fn, void *ctx, oko_error *err);
    oko_status (*attempt)(oko_store *store, int64_t id, int failed, const char *locked_until, oko_error *err);
} oko_user_engine;

typedef struct oko_secret_engine {
    oko_status (*add)(oko_store *store, const oko_secret *secret, int64_t *ret_id, oko_error *err);
    oko_status (*find)(oko_store *store, oko_secret_kind kind, const char *hash, const char *now,
                       oko_secret *ret_secret, oko_error *err);
    oko_status (*touch)(oko_store *store, int64_t id, const char *used, const char *expires, oko_error *err);
    oko_status (*remove)(oko_store *store, int64_t id, oko_error *err);
    oko_status (*remove_all)(oko_store *store, int64_t user, oko_secret_kind kind, int64_t except, oko_error *err);
    oko_status (*walk)(oko_store *store, int64_t user, oko_secret_kind kind, oko_secret_fn fn, void *ctx,
                       oko_error *err);
    oko_status (*sweep)(oko_store *store, const char *now, const char *keys_before, oko_error *err);
} oko_secret_engine;

typedef struct oko_audit_engine {
    oko_status (*add)(oko_store *store, const oko_audit *line, oko_error *err);
    oko_status (*walk)(oko_store *store, const oko_audit_query *query, oko_audit_fn fn, void *ctx, oko_error *err);
    oko_status (*verify)(oko_store *store, int64_t *ret_lines, char ret_head[65], oko_error *err);
} oko_audit_engine;

typedef struct oko_answer_engine {
    oko_status (*find)(oko_store *store, int64_t user, const char *key, oko_answer_fn fn, void *ctx, oko_error *err);
    oko_status (*put)(oko_store *store, int64_t user, const char *key, const oko_answer *answer, oko_error *err);
} oko_answer_engine;

typedef struct oko_job_engine {
    oko_status (*add)(oko_store *store, const oko_job *job, int64_t *ret_id, oko_error *err);
    oko_status (*get)(oko_store *store, int64_t id, oko_job_fn fn, void *ctx, oko_error *err);
    oko_status (*walk)(oko_store *store, int64_t user, const char *kind, int64_t limit, oko_job_fn fn, void *ctx,
                       oko_error *err);
    oko_status (*take)(oko_store *store, oko_job_fn fn, void *ctx, oko_error *err);
    oko_status (*progress)(oko_store *store, int64_t id, const char *stage, uint64_t done, uint64_t total,
                           bool *ret_cancel, oko_error *err);
    oko_status (*end)(oko_store *store, int64_t id, oko_job_state state, const char *result, const char *error,
                      oko_error *err);
    oko_status (*cancel)(oko_store *store, int64_t id, oko_error *err);
    oko_status (*recover)(oko_store *store, int max_attempts, int64_t *ret_n, oko_error *err);
} oko_job_engine;

typedef struct oko_value_engine {
    oko_status (*add)(oko_store *store, const oko_indicator_value *v, oko_error *err);
    oko_status (*walk)(oko_store *store, const oko_value_query *query, oko_indicator_value_fn fn, void *ctx,
                       int64_t *ret_total, oko_error *err);
} oko_value_engine;

#endif
