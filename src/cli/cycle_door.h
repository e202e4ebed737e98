/* From a command to the cycle: whose hands (--as LOGIN, else the owner of the database), which day, bodies checked
 * against the contract. Shared by the commands of records. */
#ifndef OKO_CLI_CYCLE_DOOR_H
#define OKO_CLI_CYCLE_DOOR_H

#include "cli/cli.h"

#include "contract/contract.h"
#include "cycle/cycle.h"

typedef struct oko_cli_door {
    oko_store *store;
    oko_flows *flows;
    oko_contract *contract;
    oko_actor actor;
    oko_cycle cycle; /* speaks of the members above: the door is not copied */
} oko_cli_door;

/* The person of --as, or the owner. OKO_E_NOT_FOUND, OKO_E_PERMISSION (not active). */
oko_status oko_cli_actor(oko_cli *cli, oko_store *store, oko_actor *ret_actor, oko_error *err) OKO_WARN_UNUSED;
/* Opens for writing: a look at restricted records is a line of the log. Close also after a failure. */
oko_status oko_cli_door_open(oko_cli *cli, oko_cli_door *door, oko_error *err) OKO_WARN_UNUSED;
void oko_cli_door_close(oko_cli_door *door); /* {0} is fine; for OKO_CLEANUP */
/* Notes a look (KIND.look) at something restricted. */
oko_status oko_cli_door_look(oko_cli_door *door, const char *kind, int64_t id, oko_error *err) OKO_WARN_UNUSED;

/* "member=value" words → object: numbers, true, false, null, lists and objects as JSON, else text. New reference. */
oko_status oko_cli_members(oko_cli *cli, int from, json_t **ret_object, oko_error *err) OKO_WARN_UNUSED;
/* argv[i] as the number of a record. */
oko_status oko_cli_record_id(oko_cli *cli, int i, int64_t *ret_id, oko_error *err) OKO_WARN_UNUSED;
/* Unit of --unit; 0 when it is not given. */
oko_status oko_cli_door_unit(oko_cli *cli, oko_cli_door *door, int64_t *ret_unit, oko_error *err) OKO_WARN_UNUSED;

/* Bytes to the file of --out, else to standard output. */
oko_status oko_cli_write_out(oko_cli *cli, const char *bytes, size_t len, oko_error *err) OKO_WARN_UNUSED;

#endif
