/* Rows of an earlier import, read once more with cells put right: inner door between commit.c and again.c. */
#ifndef OKO_INTAKE_AGAIN_H
#define OKO_INTAKE_AGAIN_H

#include "intake/batch.h"

/* How the file was read, as JSON that again.c understands. malloc. */
oko_status import_options_text(const oko_import_options *options, const intake_batch *batch,
                               char **ret_text) OKO_WARN_UNUSED;

#endif
