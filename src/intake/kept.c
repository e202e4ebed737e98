#include "intake/kept.h"

#include "intake/tape.h"

#include <string.h>

enum { LETTERS = 2, VALUE_CHARS = 24, CLASS_CHARS = 12 };

static bool is_letter(uint32_t cp)
{
    return (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || (cp >= 0xC0 && cp < 0x250) ||
           (cp >= 0x400 && cp < 0x530);
}

/* Words that stand in columns of numbers and say nothing of a person. */
static bool is_known_word(oko_str text)
{
    static const char *const words[] = { "нет",   "не пройд",          "не прист",
                                         "отсут", "кол-во участников", "количество участников" };
    char key[80];
    oko_str folded = { key, oko_str_fold(key, sizeof key, text) };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (oko_str_starts(folded, oko_str_of(words[i])))
            return true;
    return clean_is_absent(text);
}

/* Short, and no more than two letters in a row: a score, a mark, a code, an «Х». */
static bool is_value(oko_str text, size_t longest)
{
    size_t chars = 0, letters = 0;
    for (size_t at = 0; at < text.len; chars++) {
        letters = is_letter(oko_utf8_next(text, &at)) ? letters + 1 : 0;
        if (letters > LETTERS)
            return false;
    }
    return chars <= longest;
}

static oko_str harmless(intake_role role, oko_str text)
{
    const bool named = role >= ROLE_GROUPS && role <= ROLE_NAME; /* of schools and places */
    if (named || role == ROLE_PROCEDURE || is_value(text, role == ROLE_CLASS ? CLASS_CHARS : VALUE_CHARS) ||
        is_known_word(text))
        return text;
    return role == ROLE_MASK_1 || role == ROLE_MASK_2 || role == ROLE_MASK_3 ? text : OKO_STR(KEPT_HIDDEN);
}

oko_status kept_row(intake_reader *r, uint32_t row, const oko_cell *cells, size_t n)
{
    const intake_works *w = &r->works;
    oko_cell kept[OKO_IMPORT_MAX_COLUMNS];
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].col >= w->n_cols || w->cols[cells[i].col].role == ROLE_NONE)
            continue;
        kept[m] = cells[i];
        kept[m++].text = harmless((intake_role)w->cols[cells[i].col].role, cells[i].text);
    }
    return tape_add(r->batch->tape, r->sheet, row, TAPE_ROW, kept, m);
}

/* Cells of a kept row that pass; NULL `works`: of a row above the head, only what names the procedure. */
static oko_status add_kept(intake_reader *r, const intake_row *row, tape_kind kind)
{
    const intake_works *w = &r->works;
    oko_cell kept[OKO_IMPORT_MAX_COLUMNS];
    size_t m = 0;
    for (size_t i = 0; i < row->n; i++) {
        intake_inside inside = { 0 }, none = { 0 };
        oko_str text = oko_str_of(row->text[i]);
        if (kind == TAPE_ABOVE)
            intake_inside_read(r->catalog, text, &inside);
        bool passes = kind == TAPE_HEAD ? i < w->n_cols && w->cols[i].role != ROLE_NONE
                                        : memcmp(&inside, &none, sizeof none) != 0;
        if (text.len > 0 && passes)
            kept[m++] = (oko_cell){ .text = text, .col = (uint32_t)i };
    }
    return m > 0 ? tape_add(r->batch->tape, r->sheet, row->row, kind, kept, m) : OKO_OK;
}

oko_status kept_head(intake_reader *r, const intake_row *head)
{
    oko_status status = OKO_OK;
    for (size_t i = 0; i < r->n_above && status == OKO_OK; i++)
        status = add_kept(r, &r->above[i], TAPE_ABOVE);
    return status == OKO_OK ? add_kept(r, head, TAPE_HEAD) : status;
}
