/* «Группы участников»: Вся выборка → субъект → муниципалитет (reg20_m012) → ОО (edu203389). */
#include "intake/layouts/layouts.h"

/* A region is named in words; its code comes from the first login below it. */
static oko_status region_code(intake_reader *r, groups_state *state, oko_str login)
{
    oko_str code = login_region(login);
    if (state->region == 0 || code.len == 0)
        return OKO_OK;
    batch_place *region = &r->batch->places[state->region - 1];
    if (region->region[0] != '\0')
        return OKO_OK;
    region->region = batch_text(r->batch, code);
    return region->region == NULL ? OKO_E_MEMORY : OKO_OK;
}

oko_status groups_place(intake_reader *r, groups_state *state, oko_str text, uint32_t row, bool *ret_found,
                        uint32_t *ret_place)
{
    char buffer[64];
    oko_str key_text = { buffer, oko_str_fold(buffer, sizeof buffer, text) };
    *ret_found = key_text.len > 0;
    if (!*ret_found)
        return OKO_OK;
    batch_place_key key = { .level = OKO_LEVEL_REGION, .region_name = text };
    oko_str login = { 0 }, name = { 0 };
    school_split(text, &login, &name);
    bool municipality = login.len > 6 && login_region(login).len > 0 && login.ptr[5] == '_';
    if (oko_str_starts(key_text, OKO_STR("вся выборка")))
        key = (batch_place_key){ .level = OKO_LEVEL_COUNTRY, .name = text };
    else if (municipality)
        key = (batch_place_key){ .level = OKO_LEVEL_MUNICIPALITY,
                                 .region = login_region(login),
                                 .municipality = name,
                                 .municipality_login = login };
    else if (login.len > 0)
        key =
            (batch_place_key){ .level = OKO_LEVEL_SCHOOL, .region = login_region(login), .login = login, .name = name };
    oko_status status = region_code(r, state, login);
    if (status == OKO_OK)
        status = batch_place_put(r->batch, &key, r->sheet, row, ret_place);
    if (status == OKO_OK && key.level == OKO_LEVEL_REGION)
        state->region = *ret_place + 1;
    return status;
}
