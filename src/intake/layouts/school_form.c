/* «Форма сбора результатов» that a school fills in: worksheets «Протокол», «Служебный», «Порядковый номер класса». */
#include "intake/layouts/layouts.h"

#include <string.h>

static const intake_word words[] = { { "код участника", WORD_STARTS, ROLE_CODE },
                                     { "вариант", WORD_EQUAL, ROLE_VARIANT },
                                     { "вариант", WORD_STARTS, ROLE_VARIANT_2 },
                                     { "порядковый номер класса", WORD_STARTS, ROLE_CLASS_NUMBER },
                                     { "отметка за пред", WORD_STARTS, ROLE_JOURNAL },
                                     { "итого баллов", WORD_STARTS, ROLE_TOTAL },
                                     { NULL, WORD_EQUAL, ROLE_NONE } };

static const char unnamed[] = "?"; /* stands for the school until the end of the file */

static bool recognise(const intake_head *head)
{
    return head_starts(head->row, "код участника") >= 0 && head_starts(head->row, "порядковый номер класса") >= 0 &&
           head_starts(head->row, "итого баллов") >= 0;
}

static bool place(intake_reader *r, const oko_str *field, batch_place_key *ret_key)
{
    (void)r;
    (void)field;
    *ret_key = (batch_place_key){ .level = OKO_LEVEL_SCHOOL, .login = oko_str_of(unnamed) };
    return true;
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    r->works.place = place;
    oko_status status = works_begin(
        r, head, &(works_options){ .words = words, .by_label = true, .prefilled = true, .inside = true }, err);
    return status;
}

/* A login like edu203389 anywhere in the name of the file. */
static oko_str login_in(oko_str name)
{
    for (size_t i = 0; i + 9 <= name.len; i++) {
        oko_str part = { name.ptr + i, 9 };
        bool digit_after = i + 9 < name.len && name.ptr[i + 9] >= '0' && name.ptr[i + 9] <= '9';
        if (is_login(part) && login_region(part).len > 0 && !digit_after)
            return part;
    }
    return (oko_str){ "", 0 };
}

static oko_status finish(intake_reader *r, oko_error *err)
{
    intake_batch *b = r->batch;
    if (b->rows == 0)
        return oko_error_set(err, OKO_E_FORMAT, "intake.empty_form", r->file);
    oko_str login = oko_str_of(r->options->school);
    if (login.len == 0)
        login = oko_str_of(r->service_login);
    if (login.len == 0)
        login = login_in(oko_str_of(r->file));
    if (login.len == 0)
        return oko_error_set(err, OKO_E_UNDECIDED, "intake.school_needed", r->file);
    for (size_t i = 0; i < b->n_places; i++) {
        if (strcmp(b->places[i].login, unnamed) != 0)
            continue;
        b->places[i].login = batch_text(b, login);
        b->places[i].region = batch_text(b, login_region(login));
        if (b->places[i].login == NULL || b->places[i].region == NULL)
            return OKO_E_MEMORY;
    }
    return OKO_OK;
}

const intake_layout layout_school_form = {
    .name = "school-form", .recognise = recognise, .begin = begin, .row = works_row, .end = works_end, .finish = finish
};
