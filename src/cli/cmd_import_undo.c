/* oko import undo IMPORT: a loaded file is taken back. */
#include "cli/cli.h"

#include "cycle/access.h"

#include <stdio.h>

static oko_status import_id(oko_cli *cli, int64_t *ret_id, oko_error *err)
{
    if (oko_str_to_int(oko_str_of(cli->argv[0]), ret_id) && *ret_id > 0)
        return OKO_OK;
    oko_status bad = oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_import", "");
    oko_error_arg(err, "%s", cli->argv[0]);
    return bad;
}

/* A trial is the whole undo, rolled back. */
static oko_status undo(oko_store *store, int64_t id, bool dry, oko_import_undo *ret_undo, oko_error *err)
{
    oko_actor owner = oko_actor_owner();
    char object[64], detail[64];
    oko_status status = oko_store_begin(store, err);
    if (status == OKO_OK)
        status = oko_store_import_undo(store, id, 0, ret_undo, err);
    (void)snprintf(object, sizeof object, "import/%lld", (long long)id);
    (void)snprintf(detail, sizeof detail, "{\"undo\":%lld}", (long long)ret_undo->import);
    if (status == OKO_OK)
        status = oko_audit_note(store, &owner, "imports.undo", object, 0, detail, err);
    if (status == OKO_OK && !dry)
        return oko_store_commit(store, err);
    oko_store_rollback(store);
    return status;
}

static oko_status tell(oko_cli *cli, const oko_import *import, const oko_import_undo *u, bool dry, oko_error *err)
{
    if (cli->json) {
        json_t *o = json_object();
        oko_put_int(o, "undoes", import->id);
        oko_put(o, "import", dry ? json_null() : json_integer((json_int_t)u->import));
        oko_put(o, "revision", dry ? json_null() : json_integer((json_int_t)u->revision));
        oko_put_int(o, "sheets_ended", u->sheets_ended);
        oko_put_int(o, "sheets_back", u->sheets_back);
        oko_put_int(o, "others_ended", u->others_ended);
        oko_put_int(o, "others_back", u->others_back);
        oko_put_int(o, "units_gone", u->units_gone);
        oko_put_int(o, "units_kept", u->units_kept);
        oko_put_bool(o, "dry_run", dry);
        return oko_cli_json(cli, o, err);
    }
    OKO_CLI_SAY(cli, stdout, "cli.undo.done", OKO_S("import", oko_cli_id(cli, import->id)),
                OKO_S("file", import->file));
    OKO_CLI_SAY(cli, stdout, "cli.undo.counts", OKO_I("sheets_ended", u->sheets_ended),
                OKO_I("sheets_back", u->sheets_back), OKO_I("others_ended", u->others_ended),
                OKO_I("others_back", u->others_back), OKO_I("units_gone", u->units_gone));
    if (u->units_kept > 0)
        OKO_CLI_SAY(cli, stdout, "cli.undo.kept", OKO_I("n", u->units_kept));
    if (dry)
        oko_cli_say(cli, stdout, "cli.undo.dry_run");
    else if (!cli->quiet)
        oko_cli_say(cli, stderr, "cli.undo.next");
    return OKO_OK;
}

oko_status oko_cmd_import_undo(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_import import = { .id = 0 };
    oko_import_undo done = { 0 };
    int64_t id = 0;
    const bool dry = oko_cli_option(cli, "dry-run") != NULL;
    oko_status status = import_id(cli, &id, err);
    if (status == OKO_OK)
        status = oko_cli_store(cli, false, false, &store, err);
    if (status == OKO_OK)
        status = oko_store_import_get(store, id, &import, err);
    if (status == OKO_OK)
        status = undo(store, id, dry, &done, err);
    if (status == OKO_OK)
        status = tell(cli, &import, &done, dry, err);
    oko_import_clear(&import);
    return status;
}
