/* An import is taken back, or tried to be. */
#include "http/routes/imports.h"

#include "http/service.h"

#include <stdio.h>

static json_t *undo_json(const oko_import_undo *u, bool dry)
{
    json_t *o = json_object();
    oko_json_set_int_or_null(o, "import", dry ? 0 : u->import);
    oko_json_set_int_or_null(o, "revision", dry ? 0 : u->revision);
    oko_json_set_int(o, "sheets_ended", u->sheets_ended);
    oko_json_set_int(o, "sheets_back", u->sheets_back);
    oko_json_set_int(o, "others_ended", u->others_ended);
    oko_json_set_int(o, "others_back", u->others_back);
    oko_json_set_int(o, "units_gone", u->units_gone);
    oko_json_set_int(o, "units_kept", u->units_kept);
    oko_json_set_bool(o, "dry_run", dry);
    return o;
}

/* A trial is the whole undo, rolled back. Takes the writer itself, so that it can be. */
oko_status oko_imports_undo(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_store *store = NULL;
    oko_import_undo undo = { 0 };
    const int64_t id = oko_request_int(rq, "id", 0);
    const bool dry = json_is_true(json_object_get(rq->body, "dry_run"));
    oko_status status = oko_service_write(rq->service, &store, err);
    if (status != OKO_OK)
        return status;
    status = oko_store_import_undo(store, id, rq->actor.user, &undo, err);
    if (status == OKO_OK && !dry) {
        char object[64], detail[64];
        (void)snprintf(object, sizeof object, "import/%lld", (long long)id);
        (void)snprintf(detail, sizeof detail, "{\"undo\":%lld}", (long long)undo.import);
        status = oko_audit_note(store, &rq->actor, rq->op->id, object, 0, detail, err);
    }
    if (status == OKO_OK && dry) {
        (void)!oko_service_write_quick(rq->service, OKO_E_CANCELLED, err); /* rolled back */
    } else {
        status = oko_service_write_end(rq->service, status, err);
        oko_tree_changed(rq->service->trees);
    }
    return status == OKO_OK ? oko_reply_json(reply, 200, undo_json(&undo, dry), err) : status;
}
