/* Regional export of 2022, worksheet «Протокол»: Пользователь | Код региона | … | Код | Вариант | 1 (1б) … */
#include "intake/layouts/layouts.h"

static const intake_word words[] = { { "пользователь", WORD_EQUAL, ROLE_LOGIN },
                                     { "код региона", WORD_EQUAL, ROLE_REGION_CODE },
                                     { "регион", WORD_EQUAL, ROLE_REGION_NAME },
                                     { "муниципалитет", WORD_STARTS, ROLE_MUNICIPALITY },
                                     { "школа", WORD_EQUAL, ROLE_SCHOOL },
                                     { "дата загрузки", WORD_STARTS, ROLE_KNOWN },
                                     { "код", WORD_EQUAL, ROLE_CODE },
                                     { "код участника", WORD_EQUAL, ROLE_CODE },
                                     { "вариант", WORD_EQUAL, ROLE_VARIANT },
                                     { "вариант", WORD_STARTS, ROLE_VARIANT_2 },
                                     { "наименование класса", WORD_STARTS, ROLE_CLASS },
                                     { "порядковый номер класса", WORD_STARTS, ROLE_KNOWN },
                                     { "отметка", WORD_STARTS, ROLE_JOURNAL },
                                     { "итого баллов", WORD_STARTS, ROLE_TOTAL },
                                     { "учебник", WORD_CONTAINS, ROLE_KNOWN },
                                     { NULL, WORD_EQUAL, ROLE_NONE } };

static bool recognise(const intake_head *head)
{
    return head_equal(head->row, "пользователь") >= 0 && head_equal(head->row, "код региона") >= 0 &&
           head_starts(head->row, "итого баллов") >= 0;
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    return works_begin(r, head, &(works_options){ .words = words, .by_label = true, .inside = true }, err);
}

const intake_layout layout_regional_2022 = {
    .name = "regional-2022", .recognise = recognise, .begin = begin, .row = works_row, .end = works_end
};
