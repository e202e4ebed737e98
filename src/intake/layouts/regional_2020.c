/* Regional export of 2020: groups | user | id | code | otc | gender | klass | var-1 | var-2 | sum | a-1-grade … */
#include "intake/layouts/layouts.h"

static const intake_word words[] = { { "groups", WORD_EQUAL, ROLE_GROUPS },
                                     { "user", WORD_EQUAL, ROLE_LOGIN },
                                     { "id", WORD_EQUAL, ROLE_KNOWN },
                                     { "code", WORD_EQUAL, ROLE_CODE },
                                     { "otc", WORD_EQUAL, ROLE_JOURNAL },
                                     { "klass", WORD_EQUAL, ROLE_CLASS },
                                     { "var-1", WORD_EQUAL, ROLE_VARIANT },
                                     { "var", WORD_EQUAL, ROLE_VARIANT },
                                     { "var-2", WORD_EQUAL, ROLE_VARIANT_2 },
                                     { "sum", WORD_EQUAL, ROLE_TOTAL },
                                     { "textbook", WORD_CONTAINS, ROLE_KNOWN },
                                     { "book", WORD_CONTAINS, ROLE_KNOWN },
                                     { NULL, WORD_EQUAL, ROLE_NONE } };

static bool recognise(const intake_head *head)
{
    return head_equal(head->row, "groups") >= 0 && head_equal(head->row, "user") >= 0 &&
           head_equal(head->row, "code") >= 0 && head_equal(head->row, "sum") >= 0;
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    return works_begin(r, head, &(works_options){ .words = words }, err);
}

const intake_layout layout_regional_2020 = {
    .name = "regional-2020", .recognise = recognise, .begin = begin, .row = works_row, .end = works_end
};
