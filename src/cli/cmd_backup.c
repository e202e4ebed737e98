/* oko backup FILE, oko restore FILE */
#include "cli/cli.h"

static oko_status done(oko_cli *cli, const char *key, const char *member, const char *file, oko_error *err)
{
    if (cli->json) {
        json_t *o = json_object();
        oko_put_str(o, "db", cli->db);
        oko_put_str(o, member, file);
        return oko_cli_json(cli, o, err);
    }
    if (!cli->quiet)
        OKO_CLI_SAY(cli, stderr, key, OKO_S("db", cli->db), OKO_S("file", file));
    return OKO_OK;
}

oko_status oko_cmd_backup(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_progress progress = oko_cli_progress(cli);
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK)
        status = oko_store_backup(store, cli->argv[0], oko_cli_option(cli, "force") != NULL, &progress, err);
    oko_cli_progress_end(cli);
    return status == OKO_OK ? done(cli, "cli.backup.done", "backup", cli->argv[0], err) : status;
}

oko_status oko_cmd_restore(oko_cli *cli, oko_error *err)
{
    oko_status status = oko_store_restore(cli->argv[0], cli->db, oko_cli_option(cli, "force") != NULL, err);
    return status == OKO_OK ? done(cli, "cli.restore.done", "restored_from", cli->argv[0], err) : status;
}
