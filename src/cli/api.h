/* Operations of the contract called in the process, for commands that read and change records of the cycle: the same
 * checks, rights and audit lines as over the network. */
#ifndef OKO_CLI_API_H
#define OKO_CLI_API_H

#include "cli/cli.h"
#include "http/service.h"

typedef struct oko_cli_api {
    oko_cli *cli;
    oko_service *service;
    oko_actor actor; /* of --as, else the owner of the database */
} oko_cli_api;

/* Opens the database (once for writing, so that built-in procedures are in it) and finds who acts. */
oko_status oko_cli_api_open(oko_cli *cli, oko_cli_api *api, oko_error *err) OKO_WARN_UNUSED;
void oko_cli_api_close(oko_cli_api *api); /* for OKO_CLEANUP */

/* Header of a call that the options give: --if-match, --key, the language. */
const char *oko_cli_api_header(void *ctx, const char *name);
/* Makes the request that every call begins with. path: below the root of the contract, or with it. */
oko_request oko_cli_api_request(oko_cli_api *api, const char *method, const char *path);

/* An answer of 400 or more as a status; the problem itself is in the reply. */
oko_status oko_cli_api_status(const oko_reply *reply, oko_error *err) OKO_WARN_UNUSED;

/* Calls and gives the answer (new reference, NULL: it has no JSON). A refusal was told when it returns, in the words of
 * the problem; bytes (may be NULL): takes a body that is not JSON. */
oko_status oko_cli_api_call(oko_cli_api *api, const char *method, const char *path, const json_t *body,
                            json_t **ret_answer, oko_buffer *bytes, oko_error *err) OKO_WARN_UNUSED;
/* Reads the record's version first and sends it along. */
oko_status oko_cli_api_change(oko_cli_api *api, const char *method, const char *record, const char *rest,
                              const json_t *body, json_t **ret_answer, oko_error *err) OKO_WARN_UNUSED;

typedef struct oko_cli_column {
    const char *head;   /* message key */
    const char *member; /* of an item; "body/code": of its body */
    bool numeric;
    const char *words; /* prefix of message keys for its values, or NULL */
} oko_cli_column;
/* Items as a table; with --json the answer itself. Steals answer. */
oko_status oko_cli_api_list(oko_cli *cli, json_t *answer, const oko_cli_column *columns, int n,
                            oko_error *err) OKO_WARN_UNUSED;
/* A list option "a,b" as a JSON array (new reference); an empty one when it was not given. */
json_t *oko_cli_names(oko_cli *cli, const char *option);

#endif
