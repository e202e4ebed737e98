/* oko simulate --into: changes planted into the classes of a real wide table. */
#ifndef OKO_CLI_CMD_SIMULATE_H
#define OKO_CLI_CMD_SIMULATE_H

#include "cli/cli.h"

#include <oko/simulate.h>

/*
 * Writes `dir`/planted.csv (the table with changed answers, everything else as it was) and `dir`/truth.csv; kinds,
 * strengths, share and seed are those of the world's options. Columns come from --class, --school, --items, --total;
 * cut-offs from --cutoffs. Errors of oko_container_read; OKO_E_ARGUMENT cli.into_needs, cli.bad_cutoffs;
 * OKO_E_NOT_FOUND pairs.no_column; OKO_E_FORMAT pairs.no_items; OKO_E_LIMIT; those of writing.
 */
oko_status simulate_into(oko_cli *cli, const char *path, const char *dir, const oko_world_options *o,
                         oko_error *err) OKO_WARN_UNUSED;

#endif
