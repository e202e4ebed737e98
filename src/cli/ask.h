/* Commands that are one operation of the contract: the same rules, rights and audit lines as over HTTP. */
#ifndef OKO_CLI_ASK_H
#define OKO_CLI_ASK_H

#include "cli/cli.h"

#include "http/request.h"

/* Runs an operation on cli->db in the name of --as (else of the database's owner). A status other than OKO_OK for an
 * answer of 400 or more: the problem is in the reply. Clear it with oko_reply_clear. */
oko_status oko_cli_ask(oko_cli *cli, const char *method, const char *path, oko_str body, oko_reply *reply,
                       oko_error *err) OKO_WARN_UNUSED;

#endif
