/* Tables of works: binding of columns, and whether a procedure fits them. */
#include "intake/works.h"

#include <stdio.h>
#include <string.h>

/* Heads of personal data in any layout, folded. */
static const intake_word personal[] = { { "фио", WORD_STARTS, ROLE_PERSONAL },
                                        { "ф.и.о", WORD_STARTS, ROLE_PERSONAL },
                                        { "фамилия", WORD_STARTS, ROLE_PERSONAL },
                                        { "имя", WORD_STARTS, ROLE_PERSONAL },
                                        { "отчество", WORD_STARTS, ROLE_PERSONAL },
                                        { "паспорт", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "серия", WORD_STARTS, ROLE_PERSONAL },
                                        { "номер документа", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "снилс", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "телефон", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "e-mail", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "email", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "электронная почта", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "дата рождения", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "адрес", WORD_STARTS, ROLE_PERSONAL },
                                        { "surname", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "lastname", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "last name", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "firstname", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "first name", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "secondname", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "patronymic", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "document", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "passport", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "phone", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "birth", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "address", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "snils", WORD_CONTAINS, ROLE_PERSONAL },
                                        { "пол", WORD_EQUAL, ROLE_PERSONAL },
                                        { "gender", WORD_EQUAL, ROLE_PERSONAL },
                                        { "sex", WORD_EQUAL, ROLE_PERSONAL },
                                        { NULL, WORD_EQUAL, ROLE_NONE } };

static intake_role role_of(const intake_word *words, oko_str key)
{
    for (const intake_word *w = words; w->key != NULL; w++) {
        oko_str word = oko_str_of(w->key);
        if ((w->match == WORD_EQUAL && oko_str_equal(key, word)) ||
            (w->match == WORD_STARTS && oko_str_starts(key, word)) ||
            (w->match == WORD_CONTAINS && oko_str_contains(key, word)))
            return w->role;
    }
    return ROLE_NONE;
}

bool head_is_personal(oko_str key)
{
    return role_of(personal, key) == ROLE_PERSONAL;
}

static oko_status add_item(intake_works *w, size_t col, const item_head *item, oko_error *err)
{
    if (w->n_items == OKO_MAX_ITEMS)
        return oko_error_set(err, OKO_E_LIMIT, "intake.too_many_items", w->cols[col].head);
    w->cols[col].role = ROLE_ITEM;
    w->cols[col].item = (int16_t)w->n_items;
    w->item_col[w->n_items] = (uint32_t)col;
    w->item[w->n_items++] = *item;
    return OKO_OK;
}

static oko_status ignored(intake_reader *r, const intake_head *head, size_t col)
{
    return reader_problem(r, (clean_fault){ OKO_PROBLEM_NOTE, "", "problem.column.ignored" }, head->row->row,
                          (uint32_t)col + 1, r->works.cols[col].head, r->works.cols[col].head);
}

static oko_status bind_column(intake_reader *r, const intake_head *head, const intake_word *words, size_t col,
                              oko_error *err)
{
    intake_works *w = &r->works;
    oko_str key = oko_str_of(head->row->key[col]);
    if (key.len == 0)
        return OKO_OK;
    intake_role role = role_of(words, key);
    if (role == ROLE_NONE)
        role = role_of(personal, key);
    item_head item = { 0 };
    if (role == ROLE_NONE && item_head_parse(oko_str_of(head->row->text[col]), &item))
        return add_item(w, col, &item, err);
    if (role == ROLE_PERSONAL)
        return batch_drop(r->batch, oko_str_of(head->row->text[col]));
    if (role == ROLE_NONE || (role != ROLE_KNOWN && w->col_of[role] != 0))
        return ignored(r, head, col);
    w->cols[col].role = (uint8_t)role;
    if (w->col_of[role] == 0)
        w->col_of[role] = (uint32_t)col + 1;
    return OKO_OK;
}

static oko_status bind_columns(intake_reader *r, const intake_head *head, const intake_word *words, oko_error *err)
{
    intake_works *w = &r->works;
    w->n_cols = head->row->n;
    w->cols = oko_arena_alloc(r->batch->arena, w->n_cols * sizeof *w->cols);
    if (w->cols == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < w->n_cols; i++) {
        w->cols[i].item = -1;
        w->cols[i].head = batch_text(r->batch, oko_str_of(head->row->text[i]));
        if (w->cols[i].head == NULL)
            return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < w->n_cols; i++) {
        oko_status status = bind_column(r, head, words, i, err);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

/* ---- fit ---- */

/* Label of the procedure for a label of the file: as it stands, without blanks, «16(1)» as «16.1». */
static int find_label(const oko_procedure *p, const char *label)
{
    int item = oko_procedure_item(p, oko_str_of(label));
    char plain[24], dotted[24];
    size_t n = 0, m = 0;
    for (const char *c = label; *c != '\0' && n + 1 < sizeof plain; c++) {
        if (*c == ' ' || *c == '_')
            continue;
        plain[n++] = *c;
        if (*c != ')')
            dotted[m++] = *c == '(' || *c == ',' || *c == '/' ? '.' : *c;
    }
    if (item < 0)
        item = oko_procedure_item(p, (oko_str){ plain, n });
    if (item < 0)
        item = oko_procedure_item(p, (oko_str){ dotted, m });
    return item;
}

static oko_status wrong(oko_error *err, const char *id, const oko_procedure *p, const char *a, const char *b)
{
    oko_error_set(err, OKO_E_CONFLICT, id, "procedure");
    oko_error_arg(err, "%s", p->code);
    oko_error_arg(err, "%s", a);
    oko_error_arg(err, "%s", b);
    return OKO_E_CONFLICT;
}

static oko_status wrong_numbers(oko_error *err, const char *id, const oko_procedure *p, const char *label, int a, int b)
{
    oko_error_set(err, OKO_E_CONFLICT, id, "procedure");
    oko_error_arg(err, "%s", p->code);
    if (label != NULL)
        oko_error_arg(err, "%s", label);
    oko_error_arg(err, "%d", a);
    oko_error_arg(err, "%d", b);
    return OKO_E_CONFLICT;
}

/* Fills map by labels; returns the number of columns that found their own item. */
static size_t map_labels(const intake_works *w, const oko_procedure *p, int16_t *map)
{
    bool taken[OKO_MAX_ITEMS] = { false };
    size_t found = 0;
    for (size_t i = 0; i < w->n_items; i++) {
        int item = find_label(p, w->item[i].label);
        bool own = item >= 0 && !taken[item];
        map[i] = (int16_t)(own ? item : -1);
        if (own)
            taken[item] = true;
        found += own ? 1 : 0;
    }
    return found;
}

/* The heads give every maximum and they are the procedure's, in its order. */
static bool same_maxima(const intake_works *w, const oko_procedure *p)
{
    for (size_t i = 0; i < w->n_items; i++)
        if (w->item[i].max != p->items[i].max)
            return false;
    return true;
}

static oko_status map_by_label(const intake_works *w, const oko_procedure *p, int16_t *map, bool *ret_by_order,
                               oko_error *err)
{
    size_t found = map_labels(w, p, map);
    bool same_count = w->n_items == (size_t)p->n_items;
    if (same_count && found < w->n_items && same_maxima(w, p)) {
        for (size_t i = 0; i < w->n_items; i++)
            map[i] = (int16_t)i;
        *ret_by_order = true;
        return OKO_OK;
    }
    if (!same_count)
        return wrong_numbers(err, "intake.wrong_procedure.count", p, NULL, (int)w->n_items, p->n_items);
    for (size_t i = 0; i < w->n_items; i++) {
        if (map[i] < 0)
            return wrong(err, "intake.wrong_procedure.label", p, w->item[i].label, p->items[i].label);
        if (w->item[i].max != 0 && w->item[i].max != p->items[map[i]].max)
            return wrong_numbers(err, "intake.wrong_procedure.max", p, w->item[i].label, w->item[i].max,
                                 p->items[map[i]].max);
    }
    return OKO_OK;
}

oko_status works_fit(const intake_works *w, const oko_procedure *p, int16_t *map, bool *ret_by_order, oko_error *err)
{
    *ret_by_order = false;
    if (w->n_items == 0)
        return OKO_OK; /* totals alone */
    if (w->by_label)
        return map_by_label(w, p, map, ret_by_order, err);
    if (w->n_items != (size_t)p->n_items)
        return wrong_numbers(err, "intake.wrong_procedure.count", p, NULL, (int)w->n_items, p->n_items);
    for (size_t i = 0; i < w->n_items; i++)
        map[i] = (int16_t)i;
    return OKO_OK;
}

/* ---- begin ---- */

static oko_status notes(intake_reader *r, bool by_order, uint32_t row)
{
    intake_works *w = &r->works;
    oko_status status = OKO_OK;
    if (by_order)
        status = reader_problem(r, (clean_fault){ OKO_PROBLEM_NOTE, "", "problem.items.by_order" }, row, 0, NULL,
                                w->procedure->code);
    if (status == OKO_OK && w->n_items == 0 && w->procedure->n_items > 0 && w->col_of[ROLE_MASK_1] == 0)
        status = reader_problem(r, (clean_fault){ OKO_PROBLEM_NOTE, "", "problem.items.none" }, row, 0, NULL, NULL);
    if (status == OKO_OK && w->col_of[ROLE_CODE] == 0)
        status = reader_problem(r, (clean_fault){ OKO_PROBLEM_NOTE, "", "problem.code.no_column" }, row, 0, NULL, NULL);
    return status;
}

/* Makes `p` the procedure of the rows that follow. */
oko_status works_use(intake_reader *r, const oko_procedure *p, uint32_t row, oko_error *err)
{
    intake_works *w = &r->works;
    bool by_order = false;
    oko_status status = works_fit(w, p, w->map, &by_order, err);
    if (status == OKO_OK)
        status = batch_test_put(r->batch, p, &w->test);
    if (status != OKO_OK)
        return status;
    batch_test *test = &r->batch->tests[w->test];
    w->procedure = test->procedure;
    w->cached = false;
    if (w->col_of[ROLE_CODE] != 0) {
        test->code_col = w->col_of[ROLE_CODE];
        test->code_column = w->cols[test->code_col - 1].head;
    }
    for (int i = 0; i < p->n_items; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", (int)p->items[i].max);
        w->max_text[i] = batch_text(r->batch, oko_str_of(text));
        if (w->max_text[i] == NULL)
            return OKO_E_MEMORY;
    }
    return notes(r, by_order, row);
}

oko_status works_begin(intake_reader *r, const intake_head *head, const works_options *options, oko_error *err)
{
    intake_works *w = &r->works;
    w->by_label = options->by_label;
    w->prefilled = options->prefilled;
    oko_status status = bind_columns(r, head, options->words, err);
    if (status != OKO_OK)
        return status;
    intake_inside inside = { 0 };
    if (options->inside)
        reader_inside(r, head, &inside);
    const oko_procedure *p = NULL;
    if (w->col_of[ROLE_PROCEDURE] != 0)
        return OKO_OK; /* row by row */
    status = reader_procedure(r, &inside, &p, err);
    if (status == OKO_OK && p != NULL)
        return works_use(r, p, head->row->row, err);
    return status;
}
