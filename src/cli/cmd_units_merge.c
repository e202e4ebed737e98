/* oko units merge FROM INTO: one school that stands in the register twice becomes one unit. */
#include "cli/cli.h"

static oko_status tell(oko_cli *cli, const oko_unit *from, const oko_unit *into, const oko_unit_merge *moved, bool dry,
                       oko_error *err)
{
    if (cli->json) {
        json_t *o = json_object();
        oko_put_str(o, "from", from->code);
        oko_put_str(o, "into", into->code);
        oko_put_int(o, "sheets", moved->sheets);
        oko_put_int(o, "aggregates", moved->aggregates);
        oko_put_int(o, "externals", moved->externals);
        oko_put_int(o, "findings", moved->findings);
        oko_put_int(o, "units", moved->units);
        oko_put_int(o, "aliases", moved->aliases);
        oko_put(o, "revision", dry ? json_null() : json_integer((json_int_t)moved->revision));
        oko_put_bool(o, "dry_run", dry);
        return oko_cli_json(cli, o, err);
    }
    OKO_CLI_SAY(cli, stdout, "cli.merge.done", OKO_S("from", from->code), OKO_S("from_name", from->name),
                OKO_S("into", into->code), OKO_S("into_name", into->name));
    OKO_CLI_SAY(cli, stdout, "cli.merge.moved", OKO_I("sheets", moved->sheets), OKO_I("aggregates", moved->aggregates),
                OKO_I("externals", moved->externals), OKO_I("findings", moved->findings), OKO_I("units", moved->units),
                OKO_I("aliases", moved->aliases));
    if (dry)
        oko_cli_say(cli, stdout, "cli.merge.dry_run");
    else if (!cli->quiet)
        oko_cli_say(cli, stderr, "cli.merge.next");
    return OKO_OK;
}

/* A trial is the whole merge, rolled back. */
static oko_status merge(oko_store *store, int64_t from, int64_t into, bool dry, oko_unit_merge *ret_moved,
                        oko_error *err)
{
    oko_status status = oko_store_begin(store, err);
    if (status == OKO_OK)
        status = oko_store_unit_merge(store, from, into, ret_moved, err);
    if (status == OKO_OK && !dry)
        return oko_store_commit(store, err);
    oko_store_rollback(store);
    return status;
}

oko_status oko_cmd_units_merge(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_unit from, into;
    oko_unit_merge moved = { 0 };
    bool dry = oko_cli_option(cli, "dry-run") != NULL;
    oko_status status = oko_cli_store(cli, false, false, &store, err);
    if (status == OKO_OK)
        status = oko_cli_unit(cli, store, cli->argv[0], &from, err);
    if (status == OKO_OK)
        status = oko_cli_unit(cli, store, cli->argv[1], &into, err);
    if (status == OKO_OK)
        status = merge(store, from.id, into.id, dry, &moved, err);
    return status == OKO_OK ? tell(cli, &from, &into, &moved, dry, err) : status;
}
