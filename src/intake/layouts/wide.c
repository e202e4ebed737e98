/* Generic wide table, one pupil a row: documented in docs/formats/wide.md. */
#include "intake/layouts/layouts.h"

#include <string.h>

static const intake_word words[] = { { "procedure", WORD_EQUAL, ROLE_PROCEDURE },
                                     { "процедура", WORD_EQUAL, ROLE_PROCEDURE },
                                     { "код процедуры", WORD_EQUAL, ROLE_PROCEDURE },
                                     { "region", WORD_EQUAL, ROLE_REGION_CODE },
                                     { "регион", WORD_EQUAL, ROLE_REGION_CODE },
                                     { "код региона", WORD_EQUAL, ROLE_REGION_CODE },
                                     { "municipality", WORD_EQUAL, ROLE_MUNICIPALITY },
                                     { "district", WORD_EQUAL, ROLE_MUNICIPALITY },
                                     { "муниципалитет", WORD_EQUAL, ROLE_MUNICIPALITY },
                                     { "мо", WORD_EQUAL, ROLE_MUNICIPALITY },
                                     { "school", WORD_EQUAL, ROLE_SCHOOL },
                                     { "school_id", WORD_EQUAL, ROLE_SCHOOL },
                                     { "школа", WORD_EQUAL, ROLE_SCHOOL },
                                     { "оо", WORD_EQUAL, ROLE_SCHOOL },
                                     { "login", WORD_EQUAL, ROLE_LOGIN },
                                     { "логин", WORD_EQUAL, ROLE_LOGIN },
                                     { "логин школы", WORD_EQUAL, ROLE_LOGIN },
                                     { "логин оо", WORD_EQUAL, ROLE_LOGIN },
                                     { "school name", WORD_EQUAL, ROLE_NAME },
                                     { "название оо", WORD_EQUAL, ROLE_NAME },
                                     { "наименование оо", WORD_EQUAL, ROLE_NAME },
                                     { "class", WORD_EQUAL, ROLE_CLASS },
                                     { "class_id", WORD_EQUAL, ROLE_CLASS },
                                     { "класс", WORD_EQUAL, ROLE_CLASS },
                                     { "code", WORD_EQUAL, ROLE_CODE },
                                     { "pupil", WORD_EQUAL, ROLE_CODE },
                                     { "pupil_id", WORD_EQUAL, ROLE_CODE },
                                     { "student", WORD_EQUAL, ROLE_CODE },
                                     { "student_id", WORD_EQUAL, ROLE_CODE },
                                     { "id", WORD_EQUAL, ROLE_CODE },
                                     { "код", WORD_EQUAL, ROLE_CODE },
                                     { "код участника", WORD_EQUAL, ROLE_CODE },
                                     { "код обучающегося", WORD_EQUAL, ROLE_CODE },
                                     { "variant", WORD_EQUAL, ROLE_VARIANT },
                                     { "вариант", WORD_EQUAL, ROLE_VARIANT },
                                     { "journal", WORD_EQUAL, ROLE_JOURNAL },
                                     { "отметка по журналу", WORD_EQUAL, ROLE_JOURNAL },
                                     { "журнал", WORD_EQUAL, ROLE_JOURNAL },
                                     { "mark", WORD_EQUAL, ROLE_KNOWN },
                                     { "отметка", WORD_EQUAL, ROLE_KNOWN },
                                     { "total", WORD_EQUAL, ROLE_TOTAL },
                                     { "итого", WORD_EQUAL, ROLE_TOTAL },
                                     { "итого баллов", WORD_EQUAL, ROLE_TOTAL },
                                     { "первичный балл", WORD_EQUAL, ROLE_TOTAL },
                                     { "балл", WORD_EQUAL, ROLE_TOTAL },
                                     { "сумма", WORD_EQUAL, ROLE_TOTAL },
                                     { NULL, WORD_EQUAL, ROLE_NONE } };

static bool has_role(const intake_row *row, intake_role role)
{
    for (const intake_word *w = words; w->key != NULL; w++)
        if (w->role == role && head_equal(row, w->key) >= 0)
            return true;
    return false;
}

/* The number of an item's head when it is 1, 2 or 3, alone or before a letter; else 0. */
static int first_items(const char *label)
{
    bool one_digit =
        label[0] >= '1' && label[0] <= '3' && strchr(".,0123456789", label[1] != '\0' ? label[1] : ' ') == NULL;
    return one_digit ? label[0] - '0' : 0;
}

/* Heads of items enough to be a table of works though it has no column of totals: items 1, 2 and 3 are there, which
 * the numbers in a row of another table hardly are. */
static bool has_items(const intake_row *row)
{
    bool seen[4] = { false };
    for (size_t i = 0; i < row->n; i++) {
        item_head item;
        if (item_head_parse(oko_str_of(row->text[i]), &item))
            seen[first_items(item.label)] = true;
    }
    return seen[1] && seen[2] && seen[3];
}

static bool recognise(const intake_head *head)
{
    bool school = has_role(head->row, ROLE_SCHOOL) || has_role(head->row, ROLE_LOGIN);
    return school && (has_role(head->row, ROLE_TOTAL) || has_items(head->row));
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    oko_status status = works_begin(r, head, &(works_options){ .words = words, .by_label = true, .inside = true }, err);
    if (status != OKO_OK || r->works.col_of[ROLE_TOTAL] != 0)
        return status;
    return reader_problem(r, (clean_fault){ OKO_PROBLEM_NOTE, "", "problem.total.summed" }, head->row->row, 0, NULL,
                          NULL);
}

const intake_layout layout_wide = {
    .name = "wide", .recognise = recognise, .begin = begin, .row = works_row, .end = works_end
};
