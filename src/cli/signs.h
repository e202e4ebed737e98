/* Rows of evidence as `oko signs` and `oko show unit` tell them: one per unit (or class) and procedure. */
#ifndef OKO_CLI_SIGNS_H
#define OKO_CLI_SIGNS_H

#include "cli/cli.h"
#include "explain/row.h"

/* The contract's columns: procedure, municipality, school, class, n, p_level, p_threshold, p_roster, p_pattern, p_time,
 * p, q, evidence, effect_marks. */
#define OKO_SIGNS_HEAD                                                                                                 \
    "procedure,municipality,school,class,n,p_level,p_threshold,p_roster,p_pattern,p_time,p,q,evidence,effect_marks"
void oko_sign_row_csv(const oko_sign_row *row, oko_buffer *out);  /* with a line end */
json_t *oko_sign_row_object(const oko_sign_row *row);             /* the same keys, as a tree */
void oko_sign_row_json(const oko_sign_row *row, oko_buffer *out); /* an object on one line, without a line end */

/* Sentences on every sign of a unit, and the ordinary reasons, most likely first. procedure NULL: all. */
oko_status oko_signs_explain(oko_cli *cli, oko_store *store, const oko_run *run, const oko_unit *unit,
                             const char *procedure, oko_error *err) OKO_WARN_UNUSED;

#endif
