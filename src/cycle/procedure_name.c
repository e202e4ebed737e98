#include "cycle/procedure_name.h"

oko_status oko_procedure_name(const oko_cycle *c, const char *code, char ret[OKO_PROCEDURE_NAME_BYTES], oko_error *err)
{
    oko_procedure p = { .id = 0 };
    (void)oko_str_copy(ret, OKO_PROCEDURE_NAME_BYTES, oko_str_of(code));
    oko_status status = *code != '\0' ? oko_store_procedure_get(c->store, code, 0, &p, err) : OKO_OK;
    if (status == OKO_E_NOT_FOUND || status == OKO_E_UNDECIDED) {
        oko_error_clear(err);
        return OKO_OK;
    }
    if (status == OKO_OK && p.title[0] != '\0') {
        (void)oko_str_copy(ret, OKO_PROCEDURE_NAME_BYTES, oko_str_of(p.title));
    }
    return status;
}
