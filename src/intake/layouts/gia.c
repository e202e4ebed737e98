/* Protocols of РИС ГИА: dense tables of ЕГЭ and ОГЭ, and CSV (SchoolCode; ClassCode; PrimaryMark; Mark5 …). */
#include "intake/layouts/layouts.h"

#include <string.h>

/* Names and documents stand beside the results: they are never read. */
static const intake_word words[] = { { "номер", WORD_EQUAL, ROLE_PERSONAL },
                                     { "№ документа", WORD_STARTS, ROLE_PERSONAL },
                                     { "name", WORD_EQUAL, ROLE_PERSONAL },
                                     { "participantid", WORD_EQUAL, ROLE_PERSONAL },
                                     { "код оо", WORD_STARTS, ROLE_SCHOOL },
                                     { "schoolcode", WORD_EQUAL, ROLE_SCHOOL },
                                     { "школа", WORD_EQUAL, ROLE_SCHOOL },
                                     { "оо", WORD_EQUAL, ROLE_SCHOOL },
                                     { "муниципалитет", WORD_STARTS, ROLE_MUNICIPALITY },
                                     { "код мсу", WORD_STARTS, ROLE_MUNICIPALITY },
                                     { "governmentcode", WORD_EQUAL, ROLE_MUNICIPALITY },
                                     { "regioncode", WORD_EQUAL, ROLE_REGION_CODE },
                                     { "код региона", WORD_EQUAL, ROLE_REGION_CODE },
                                     { "класс", WORD_EQUAL, ROLE_CLASS },
                                     { "classcode", WORD_EQUAL, ROLE_CLASS },
                                     { "вариант", WORD_STARTS, ROLE_VARIANT },
                                     { "variant", WORD_STARTS, ROLE_VARIANT },
                                     { "код участника", WORD_STARTS, ROLE_CODE },
                                     { "participantcode", WORD_EQUAL, ROLE_CODE },
                                     { "participant", WORD_EQUAL, ROLE_CODE },
                                     { "первичный балл", WORD_STARTS, ROLE_TOTAL },
                                     { "primarymark", WORD_EQUAL, ROLE_TOTAL },
                                     { "задания с кратким", WORD_STARTS, ROLE_MASK_1 },
                                     { "кратк", WORD_CONTAINS, ROLE_MASK_1 },
                                     { "testresulta", WORD_EQUAL, ROLE_KNOWN },
                                     { "testresultb", WORD_EQUAL, ROLE_MASK_1 },
                                     { "маска", WORD_STARTS, ROLE_MASK_1 },
                                     { "mask", WORD_STARTS, ROLE_MASK_1 },
                                     { "разверн", WORD_CONTAINS, ROLE_MASK_2 },
                                     { "testresultc", WORD_EQUAL, ROLE_MASK_2 },
                                     { "устн", WORD_CONTAINS, ROLE_MASK_3 },
                                     { "testresultd", WORD_EQUAL, ROLE_MASK_3 },
                                     { "№", WORD_STARTS, ROLE_KNOWN },
                                     { "код ппэ", WORD_STARTS, ROLE_KNOWN },
                                     { "аудитория", WORD_STARTS, ROLE_KNOWN },
                                     { "номер аудитории", WORD_STARTS, ROLE_KNOWN },
                                     { "место", WORD_STARTS, ROLE_KNOWN },
                                     { "номер места", WORD_STARTS, ROLE_KNOWN },
                                     { "итоговый балл", WORD_STARTS, ROLE_KNOWN },
                                     { "балл", WORD_EQUAL, ROLE_KNOWN },
                                     { "оценка", WORD_STARTS, ROLE_KNOWN },
                                     { "отметка", WORD_STARTS, ROLE_KNOWN },
                                     { "mark5", WORD_EQUAL, ROLE_KNOWN },
                                     { "mark100", WORD_EQUAL, ROLE_KNOWN },
                                     { NULL, WORD_EQUAL, ROLE_NONE } };

static bool recognise(const intake_head *head)
{
    bool csv = head_equal(head->row, "schoolcode") >= 0 && head_equal(head->row, "primarymark") >= 0;
    bool dense = head_starts(head->row, "код оо") >= 0 && head_starts(head->row, "первичный балл") >= 0;
    return csv || dense;
}

/* The code of the school is the ОГЭ code or the ЕГЭ code, as the procedure says (else as the head does). */
static bool place(intake_reader *r, const oko_str *field, batch_place_key *ret_key)
{
    batch_place_key key = { .level = OKO_LEVEL_SCHOOL,
                            .region = oko_str_trim(field[ROLE_REGION_CODE]),
                            .municipality = oko_str_trim(field[ROLE_MUNICIPALITY]) };
    oko_str code = oko_str_trim(field[ROLE_SCHOOL]);
    const oko_procedure *p = r->works.procedure;
    bool ege = p->kind == OKO_KIND_EGE || (p->kind != OKO_KIND_OGE && p->grade >= 10);
    if (ege)
        key.ege = code;
    else
        key.oge = code;
    *ret_key = key;
    return code.len > 0;
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    r->works.place = place;
    return works_begin(r, head, &(works_options){ .words = words, .by_label = true, .inside = true }, err);
}

/* One item of the mask at *i: '+' full marks, '-' nothing, a digit, or score(max). */
static bool mask_item(oko_str mask, size_t *i, int max, int8_t *ret_score)
{
    char c = mask.ptr[(*i)++];
    int score = c == '+' ? max : (c == '-' ? 0 : c - '0');
    if (score < 0 || score > max)
        return false;
    if (*i < mask.len && mask.ptr[*i] == '(') {
        int stated = 0;
        size_t j = *i + 1;
        for (; j < mask.len && mask.ptr[j] >= '0' && mask.ptr[j] <= '9' && j < *i + 4; j++)
            stated = stated * 10 + (mask.ptr[j] - '0');
        if (j == mask.len || mask.ptr[j] != ')' || stated != max || c == '+' || c == '-')
            return false;
        *i = j + 1;
    }
    *ret_score = (int8_t)score;
    return true;
}

bool mask_items(oko_str mask, const oko_procedure *p, int *at, int8_t *items, int64_t *ret_sum)
{
    size_t i = 0;
    while (i < mask.len) {
        if (mask.ptr[i] == ' ' || mask.ptr[i] == ',' || mask.ptr[i] == ';') {
            i++;
            continue;
        }
        int8_t score = 0;
        if (*at >= p->n_items || !mask_item(mask, &i, p->items[*at].max, &score))
            return false;
        items[(*at)++] = score;
        *ret_sum += score;
    }
    return true;
}

const intake_layout layout_gia = {
    .name = "gia", .recognise = recognise, .begin = begin, .row = works_row, .end = works_end
};
