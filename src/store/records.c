/* The door to records, links and files: checks what callers give, then calls the engine. */
#include "store/records.h"

#include "domain/date.h"
#include "store/arguments.h"
#include "store/engine.h"

/* ---- arguments ---- */

/* NULL when the record may be stored, else the name of the member that may not. */
static const char *record_fault(const oko_record *r)
{
    return !oko_store_text_ok(r->kind, sizeof r->kind) || !r->kind[0]               ? "kind"
           : r->id < 0                                                              ? "id"
           : r->id > 0 && r->version < 1                                            ? "version"
           : r->unit < 0                                                            ? "unit"
           : r->year != 0 && (r->year < 1900 || r->year > 9999)                     ? "year"
           : !oko_store_text_ok(r->state, sizeof r->state) || strchr(r->state, ',') ? "state"
           : r->due[0] != '\0' && !oko_date_valid(r->due)                           ? "due"
           : r->assignee < 0                                                        ? "assignee"
           : !oko_store_text_ok(r->key, sizeof r->key)                              ? "key"
           : !oko_store_text_ok(r->title, sizeof r->title)                          ? "title"
           : r->created_by < 0                                                      ? "created_by"
           : r->updated_by < 0                                                      ? "updated_by"
           : !oko_store_bytes_ok(r->body, r->body_len, OKO_RECORD_MAX_BODY)         ? "body"
                                                                                    : NULL;
}

static bool text_or_null(const char *text)
{
    return text == NULL || oko_utf8_valid(oko_str_of(text));
}

static bool date_or_none(const char *date)
{
    return date == NULL || date[0] == '\0' || oko_date_valid(date);
}

/* A member's name goes into a JSON path. */
static bool member_ok(const char *name)
{
    if (strlen(name) > 64) {
        return false;
    }
    for (; *name != '\0'; name++) {
        const bool letter = (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z');
        if (!letter && (*name < '0' || *name > '9') && *name != '_' && *name != '-') {
            return false;
        }
    }
    return true;
}

static const char *condition_fault(const oko_record_query *q)
{
    const bool by_body = q->body_path != NULL && q->body_path[0] != '\0';
    return !text_or_null(q->kind)                                                                        ? "kind"
           : !text_or_null(q->key_prefix)                                                                ? "key_prefix"
           : q->unit < 0                                                                                 ? "unit"
           : !text_or_null(q->states) || (q->states && strlen(q->states) >= OKO_RECORD_QUERY_TEXT_BYTES) ? "states"
           : q->assignee < 0                                                                             ? "assignee"
           : q->created_by < 0                                                                           ? "created_by"
           : !date_or_none(q->due_from)                                                                  ? "due_from"
           : !date_or_none(q->due_until)                                                                 ? "due_until"
           : !text_or_null(q->search) || (q->search && strlen(q->search) >= OKO_RECORD_QUERY_TEXT_BYTES) ? "search"
           : !text_or_null(q->link_relation)                                    ? "link_relation"
           : (unsigned)q->link_target >= OKO_LINK_TARGET_COUNT                  ? "link_target"
           : q->link_id < 0                                                     ? "link_id"
           : by_body && !member_ok(q->body_path)                                ? "body_path"
           : by_body && (q->body_value == NULL || !text_or_null(q->body_value)) ? "body_value"
                                                                                : NULL;
}

static const char *page_fault(const oko_record_query *q)
{
    return (unsigned)q->sort >= OKO_SORT_COUNT                 ? "sort"
           : q->offset < 0                                     ? "offset"
           : q->limit < 0 || q->limit > OKO_RECORD_QUERY_LIMIT ? "limit"
                                                               : NULL;
}

static const char *link_fault(const oko_record_link *l)
{
    const bool url = l->target == OKO_LINK_URL;
    const bool target_ok = url ? l->target_id == 0 : l->target_id > 0;
    return l->record <= 0                                                               ? "record"
           : !oko_store_text_ok(l->relation, sizeof l->relation) || !l->relation[0]     ? "relation"
           : (unsigned)l->target >= OKO_LINK_TARGET_COUNT                               ? "target"
           : !target_ok                                                                 ? "target_id"
           : !oko_store_text_ok(l->note, sizeof l->note) || (url && l->note[0] == '\0') ? "note"
           : l->created_by < 0                                                          ? "created_by"
                                                                                        : NULL;
}

static const char *file_fault(const oko_file *f)
{
    return !oko_store_text_ok(f->name, sizeof f->name) || !f->name[0] || strpbrk(f->name, "/\\") != NULL ? "name"
           : !oko_store_text_ok(f->type, sizeof f->type)                                                 ? "type"
           : f->unit < 0                                                                                 ? "unit"
           : f->created_by < 0                                                                           ? "created_by"
                                                                                                         : NULL;
}

/* ---- records ---- */

oko_status oko_store_record_put(oko_store *store, const oko_record *r, oko_record *ret_record, oko_error *err)
{
    const char *fault = record_fault(r);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->record->put(store, r, ret_record, err);
}

oko_status oko_store_record_get(oko_store *store, int64_t id, int64_t version, oko_record_fn fn, void *ctx,
                                oko_error *err)
{
    return version < 0 ? oko_store_bad(err, "version") : store->engine->record->get(store, id, version, fn, ctx, err);
}

oko_status oko_store_record_find(oko_store *store, const char *kind, const char *key, oko_record_fn fn, void *ctx,
                                 oko_error *err)
{
    return store->engine->record->find(store, kind, key, fn, ctx, err);
}

oko_status oko_store_record_history(oko_store *store, int64_t id, oko_record_fn fn, void *ctx, oko_error *err)
{
    return store->engine->record->history(store, id, fn, ctx, err);
}

oko_status oko_store_record_walk(oko_store *store, const oko_record_query *query, oko_record_fn fn, void *ctx,
                                 int64_t *ret_total, oko_error *err)
{
    oko_record_query q = *query;
    const char *fault = condition_fault(&q);
    if (fault == NULL) {
        fault = page_fault(&q);
    }
    if (q.limit == 0) {
        q.limit = 50;
    }
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->record->walk(store, &q, fn, ctx, ret_total, err);
}

oko_status oko_store_record_counts(oko_store *store, const oko_record_query *query, bool by_unit,
                                   oko_record_count_fn fn, void *ctx, oko_error *err)
{
    const char *fault = condition_fault(query);
    return fault != NULL ? oko_store_bad(err, fault)
                         : store->engine->record->counts(store, query, by_unit, fn, ctx, err);
}

/* ---- links ---- */

oko_status oko_store_link_put(oko_store *store, const oko_record_link *link, int64_t *ret_id, oko_error *err)
{
    const char *fault = link_fault(link);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->link->put(store, link, ret_id, err);
}

oko_status oko_store_link_remove(oko_store *store, int64_t record, int64_t link, oko_error *err)
{
    return store->engine->link->remove(store, record, link, err);
}

oko_status oko_store_link_walk(oko_store *store, int64_t record, oko_link_target target, int64_t target_id,
                               oko_link_fn fn, void *ctx, oko_error *err)
{
    const bool ok = record > 0 || (record == 0 && (unsigned)target < OKO_LINK_TARGET_COUNT);
    return !ok ? oko_store_bad(err, record < 0 ? "record" : "target")
               : store->engine->link->walk(store, record, target, target_id, fn, ctx, err);
}

/* ---- files ---- */

oko_status oko_store_file_put(oko_store *store, const oko_file *file, const char *path, oko_file *ret_file,
                              oko_error *err)
{
    const char *fault = path == NULL || path[0] == '\0' ? "path" : file_fault(file);
    return fault != NULL ? oko_store_bad(err, fault) : store->engine->file->put(store, file, path, ret_file, err);
}

oko_status oko_store_file_get(oko_store *store, int64_t id, oko_file *ret_file, oko_error *err)
{
    return store->engine->file->get(store, id, ret_file, err);
}

oko_status oko_store_file_walk(oko_store *store, int64_t limit, oko_file_fn fn, void *ctx, oko_error *err)
{
    return limit < 1 ? oko_store_bad(err, "limit") : store->engine->file->walk(store, limit, fn, ctx, err);
}

oko_status oko_store_file_read(oko_store *store, int64_t id, int64_t offset, void *bytes, size_t cap, size_t *ret_n,
                               oko_error *err)
{
    return offset < 0 ? oko_store_bad(err, "offset")
                      : store->engine->file->read(store, id, offset, bytes, cap, ret_n, err);
}
