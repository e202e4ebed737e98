/* Regional export of 2021: логин школы | регион | номер обучающегося | код обучающегося | отметка … | балл за 1 … */
#include "intake/layouts/layouts.h"

/* «регион» holds the municipality; the region is in the login. */
static const intake_word words[] = { { "логин школы", WORD_EQUAL, ROLE_LOGIN },
                                     { "логин", WORD_EQUAL, ROLE_LOGIN },
                                     { "регион", WORD_EQUAL, ROLE_MUNICIPALITY },
                                     { "номер обучающегося", WORD_STARTS, ROLE_KNOWN },
                                     { "код обучающегося", WORD_STARTS, ROLE_CODE },
                                     { "отметка за пред", WORD_STARTS, ROLE_JOURNAL },
                                     { "класс", WORD_EQUAL, ROLE_CLASS },
                                     { "вариант", WORD_EQUAL, ROLE_VARIANT },
                                     { "вариант", WORD_STARTS, ROLE_VARIANT_2 },
                                     { "всего баллов", WORD_STARTS, ROLE_TOTAL },
                                     { "учебник", WORD_CONTAINS, ROLE_KNOWN },
                                     { NULL, WORD_EQUAL, ROLE_NONE } };

static bool recognise(const intake_head *head)
{
    return head_starts(head->row, "логин") >= 0 && head_starts(head->row, "код обучающегося") >= 0 &&
           head_starts(head->row, "всего баллов") >= 0;
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    return works_begin(r, head, &(works_options){ .words = words }, err);
}

const intake_layout layout_regional_2021 = {
    .name = "regional-2021", .recognise = recognise, .begin = begin, .row = works_row, .end = works_end
};
