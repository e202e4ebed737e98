/* Inner door between the files about imports: imports.c, import_problems.c, import_undo.c. */
#ifndef OKO_HTTP_ROUTES_IMPORTS_H
#define OKO_HTTP_ROUTES_IMPORTS_H

#include "http/request.h"
#include "store/store.h"

oko_status oko_imports_problems(oko_request *rq, oko_reply *reply, oko_error *err);
oko_status oko_imports_problems_file(oko_request *rq, oko_reply *reply, oko_error *err);
oko_status oko_imports_rows(oko_request *rq, oko_reply *reply, oko_error *err);
oko_status oko_imports_undo(oko_request *rq, oko_reply *reply, oko_error *err);

/* Are rows of the import kept? */
oko_status oko_import_is_kept(oko_store *store, int64_t import, bool *ret_kept, oko_error *err) OKO_WARN_UNUSED;
/* {id, file, created} */
json_t *oko_import_name_json(const oko_import *i);
/* A reason in words, for a count of places: no single one is named. */
const char *oko_problem_kind_text(const oko_request *rq, const char *reason);

#endif
