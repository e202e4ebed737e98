/* Wide tables: reading, and which column is what. */
#include "cli/wide.h"

#include "base/memory.h"
#include "base/text_view.h"
#include "intake/container.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT = 1 << 30, FOLDED = 256 };

typedef struct reading {
    oko_wide *wide;
    size_t cap_rows, cap_cells;
    oko_buffer text;
    uint32_t letter[128]; /* where texts of one byte stand: most cells are 0 or 1 */
    bool later_sheet;
} reading;

void oko_wide_free(oko_wide *wide)
{
    if (wide != NULL) {
        free(wide->head);
        free(wide->row);
        free(wide->cell);
        free(wide->text);
        free(wide);
    }
}

void oko_wide_freep(oko_wide **wide)
{
    oko_wide_free(*wide);
    *wide = NULL;
}

/* Puts a text behind the others; *ret_at 0 for an empty one. */
static oko_status keep_text(reading *r, oko_str s, uint32_t *ret_at)
{
    s = oko_str_trim(s);
    bool letter = s.len == 1 && (unsigned char)s.ptr[0] < 128;
    *ret_at = letter ? r->letter[(unsigned char)s.ptr[0]] : 0;
    if (s.len == 0 || *ret_at != 0)
        return OKO_OK;
    *ret_at = (uint32_t)r->text.len;
    oko_buffer_view(&r->text, s);
    oko_buffer_char(&r->text, '\0');
    if (letter)
        r->letter[(unsigned char)s.ptr[0]] = *ret_at;
    return oko_buffer_status(&r->text);
}

static oko_status sheet(void *ctx, const char *name, size_t index, oko_error *err)
{
    (void)name;
    (void)err;
    ((reading *)ctx)->later_sheet = index > 0;
    return OKO_OK;
}

static oko_status read_heads(reading *r, const oko_cell *cells, size_t n)
{
    oko_wide *w = r->wide;
    w->n_cols = n > 0 ? (size_t)cells[n - 1].col + 1 : 0;
    w->head = oko_calloc_array(w->n_cols, sizeof *w->head);
    oko_status status = w->head == NULL ? OKO_E_MEMORY : OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < n; i++)
        status = keep_text(r, cells[i].text, &w->head[cells[i].col]);
    return status;
}

static oko_status no_head(uint32_t row, const oko_cell *cell, oko_error *err)
{
    oko_status status = oko_error_set(err, OKO_E_FORMAT, "persons.table.no_head", "");
    oko_error_arg(err, "%u", row);
    oko_error_arg(err, "%u", cell->col + 1);
    return status;
}

static oko_status one_row(void *ctx, uint32_t row, const oko_cell *cells, size_t n, oko_error *err)
{
    reading *r = ctx;
    oko_wide *w = r->wide;
    if (r->later_sheet)
        return OKO_OK;
    if (w->n_cols == 0)
        return read_heads(r, cells, n);
    size_t first = w->n_rows * w->n_cols;
    oko_status status = oko_grow(&w->row, &r->cap_rows, w->n_rows + 1, sizeof *w->row, OKO_WIDE_MAX_CELLS);
    if (status == OKO_OK)
        status = oko_grow(&w->cell, &r->cap_cells, first + w->n_cols, sizeof *w->cell, OKO_WIDE_MAX_CELLS);
    if (status == OKO_E_LIMIT)
        return oko_error_set(err, OKO_E_LIMIT, "persons.table.large", "");
    if (status != OKO_OK)
        return status;
    memset(w->cell + first, 0, w->n_cols * sizeof *w->cell);
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        if (cells[i].col >= w->n_cols)
            return no_head(row, &cells[i], err);
        status = keep_text(r, cells[i].text, &w->cell[first + cells[i].col]);
    }
    w->row[w->n_rows++] = row;
    return status;
}

oko_status oko_wide_read(const char *path, const oko_progress *progress, oko_wide **ret, oko_error *err)
{
    OKO_CLEANUP(oko_wide_freep) oko_wide *wide = oko_calloc_array(1, sizeof *wide);
    OKO_CLEANUP(oko_buffer_free) oko_buffer text;
    oko_buffer_init(&text, MAX_TEXT);
    if (wide == NULL)
        return OKO_E_MEMORY;
    reading r = { .wide = wide, .text = text };
    oko_buffer_char(&r.text, '\0'); /* offset 0 is the empty text */
    oko_rows_sink sink = { .worksheet = sheet, .row = one_row, .ctx = &r };
    oko_status status = oko_container_read(path, &sink, progress, NULL, err);
    text = r.text;
    if (status == OKO_OK)
        status = oko_buffer_status(&text);
    if (status != OKO_OK)
        return status;
    if (wide->n_rows == 0)
        return oko_error_set(err, OKO_E_FORMAT, "persons.table.no_rows", "");
    wide->text = text.ptr;
    oko_buffer_init(&text, MAX_TEXT);
    *ret = wide;
    wide = NULL;
    return OKO_OK;
}

const char *oko_wide_head(const oko_wide *wide, size_t col)
{
    return wide->text + wide->head[col];
}

const char *oko_wide_cell(const oko_wide *wide, size_t row, size_t col)
{
    return wide->text + wide->cell[row * wide->n_cols + col];
}

size_t oko_wide_find(const oko_wide *wide, const char *head)
{
    for (size_t c = 0; c < wide->n_cols; c++)
        if (strcmp(oko_wide_head(wide, c), head) == 0)
            return c;
    return OKO_WIDE_NONE;
}

bool oko_wide_missing(const char *cell)
{
    static const char *const words[] = { "", "NA", "N/A", "NaN", ".", "-", "na", "nan" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(cell, words[i]) == 0)
            return true;
    return false;
}

bool oko_wide_personal(const char *head)
{
    static const char *const starts[] = { "фио",
                                          "ф.и.о",
                                          "фамилия",
                                          "имя",
                                          "отчество",
                                          "паспорт",
                                          "снилс",
                                          "дата рожд",
                                          "телефон",
                                          "адрес",
                                          "электронная почта",
                                          "name",
                                          "surname",
                                          "first name",
                                          "last name",
                                          "full name",
                                          "birth",
                                          "passport",
                                          "phone",
                                          "address",
                                          "email",
                                          "e-mail" };
    char folded[FOLDED], word[FOLDED];
    oko_str_fold(folded, sizeof folded, oko_str_of(head));
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t n = oko_str_fold(word, sizeof word, oko_str_of(starts[i]));
        if (strncmp(folded, word, n) == 0)
            return true;
    }
    return false;
}

void oko_wide_columns_clear(oko_wide_columns *columns)
{
    free(columns->item);
    free(columns->personal);
    *columns = (oko_wide_columns){ .id = OKO_WIDE_NONE };
}

/* Takes a column as an item, once; not the id, not a personal one. */
static void take(const oko_wide *wide, oko_wide_columns *c, size_t col)
{
    bool taken = col == c->id || oko_wide_personal(oko_wide_head(wide, col));
    for (size_t i = 0; i < c->n_items; i++)
        taken = taken || c->item[i] == col;
    if (!taken)
        c->item[c->n_items++] = col;
}

/* Columns of one part of the specification: a head, A..B, or a prefix. False when there is none. */
static bool take_part(const oko_wide *wide, oko_wide_columns *c, const char *part)
{
    size_t before = c->n_items, from = oko_wide_find(wide, part), to = from;
    const char *dots = strstr(part, "..");
    if (from == OKO_WIDE_NONE && dots != NULL) {
        char left[FOLDED];
        (void)oko_str_copy(left, sizeof left, (oko_str){ part, (size_t)(dots - part) });
        from = oko_wide_find(wide, left);
        to = oko_wide_find(wide, dots + 2);
    }
    if (from != OKO_WIDE_NONE && to != OKO_WIDE_NONE) {
        for (size_t col = from; col <= to; col++)
            take(wide, c, col);
    } else {
        for (size_t col = 0; col < wide->n_cols; col++)
            if (part[0] != '\0' && strncmp(oko_wide_head(wide, col), part, strlen(part)) == 0)
                take(wide, c, col);
    }
    return c->n_items > before;
}

static oko_status refuse(oko_error *err, const char *key, const char *field, const char *what)
{
    oko_status status = oko_error_set(err, OKO_E_ARGUMENT, key, field);
    oko_error_arg(err, "%s", what);
    return status;
}

static oko_status choose_id(const oko_wide *wide, const char *id, oko_wide_columns *c, oko_error *err)
{
    c->id = id != NULL ? oko_wide_find(wide, id) : 0;
    if (c->id == OKO_WIDE_NONE)
        return refuse(err, "persons.table.no_id", "id", id);
    if (oko_wide_personal(oko_wide_head(wide, c->id))) {
        if (id != NULL)
            return refuse(err, "persons.table.personal_id", "id", id);
        c->id = OKO_WIDE_NONE;
    }
    return OKO_OK;
}

static oko_status choose_items(const oko_wide *wide, const char *items, oko_wide_columns *c, oko_error *err)
{
    for (size_t col = 0; items == NULL && col < wide->n_cols; col++)
        take(wide, c, col);
    while (items != NULL && *items != '\0') {
        char part[FOLDED];
        size_t n = strcspn(items, ",");
        (void)oko_str_copy(part, sizeof part, oko_str_trim((oko_str){ items, n }));
        if (!take_part(wide, c, part))
            return refuse(err, "persons.table.no_items", "items", part);
        items += n + (items[n] == ',');
    }
    return c->n_items > 0 ? OKO_OK : refuse(err, "persons.table.no_items", "items", "");
}

oko_status oko_wide_choose(const oko_wide *wide, const char *id, const char *items, oko_wide_columns *ret,
                           oko_error *err)
{
    OKO_CLEANUP(oko_wide_columns_clear) oko_wide_columns c = { .id = OKO_WIDE_NONE };
    c.item = oko_alloc_array(wide->n_cols, sizeof *c.item);
    c.personal = oko_alloc_array(wide->n_cols, sizeof *c.personal);
    if (c.item == NULL || c.personal == NULL)
        return OKO_E_MEMORY;
    for (size_t col = 0; col < wide->n_cols; col++)
        if (oko_wide_personal(oko_wide_head(wide, col)))
            c.personal[c.n_personal++] = col;
    oko_status status = choose_id(wide, id, &c, err);
    if (status == OKO_OK)
        status = choose_items(wide, items, &c, err);
    if (status != OKO_OK)
        return status;
    *ret = c;
    c = (oko_wide_columns){ .id = OKO_WIDE_NONE };
    return OKO_OK;
}
