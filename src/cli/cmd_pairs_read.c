/* oko pairs: a wide table of answers, its key, its groups. */
#include "cli/cmd_pairs.h"

#include "intake/container.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_VALUES = OKO_RESPONSES_MAX_OPTIONS, MAX_TEXT = 64, MISSING = -1, MAX_HEAD = 400, MIN_FAMILY = 5 };
static const uint32_t NO_COLUMN = UINT32_MAX;

/* A column that may be an item: the different texts met in it. */
typedef struct item_column {
    uint32_t col;
    const char *head;
    int n_values;
    const char *value[MAX_VALUES]; /* in the order of appearance */
    bool not_item;                 /* too many or unfit values */
} item_column;

typedef struct reader {
    oko_cli *cli;
    const pairs_plan *plan;
    pairs_data *data;
    bool first_sheet_done, heads_read;
    size_t n_cols;
    char **head; /* [n_cols] of the arena, NULL when empty */
    uint32_t id_col, group_col;
    bool *is_answer;   /* [n_cols] of a numbered family of heads; NULL = the heads have no such families */
    item_column *item; /* candidates */
    size_t n_items;
    int *item_of_col;   /* [n_cols] candidate, −1 */
    int8_t *code;       /* [rows × n_items] order of appearance, MISSING */
    const char **id;    /* [rows] */
    const char **group; /* [rows] */
    size_t rows, code_cap, id_cap, group_cap;
    const char **key; /* [n_items] text of the right answer, NULL = unknown */
} reader;

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

static oko_status refuse(oko_error *err, oko_status status, const char *key, const char *arg)
{
    (void)oko_error_set(err, status, key, "");
    oko_error_arg(err, "%s", arg);
    return status;
}

/* ---- heads ---- */

/* Heads that name a person; such columns are never read. */
static bool is_personal(const char *head)
{
    static const char *const starts[] = { "фио", "ф.и.о", "фамилия", "имя", "отчество", "адрес", "name" };
    static const char *const holds[] = { "паспорт",   "снилс",      "телефон",  "почта",      "рождения",
                                         "surname",   "last name",  "lastname", "first name", "firstname",
                                         "full name", "patronymic", "phone",    "e-mail",     "email",
                                         "birth",     "address",    "passport", "snils" };
    char folded[MAX_HEAD];
    oko_str key = { folded, oko_str_fold(folded, sizeof folded, oko_str_of(head)) };
    for (size_t k = 0; k < sizeof starts / sizeof starts[0]; k++) {
        if (oko_str_starts(key, oko_str_of(starts[k])))
            return true;
    }
    for (size_t k = 0; k < sizeof holds / sizeof holds[0]; k++) {
        if (oko_str_contains(key, oko_str_of(holds[k])))
            return true;
    }
    return false;
}

static bool same_text(const char *a, const char *b)
{
    char x[MAX_HEAD], y[MAX_HEAD];
    oko_str_fold(x, sizeof x, oko_str_of(a));
    oko_str_fold(y, sizeof y, oko_str_of(b));
    return strcmp(x, y) == 0;
}

static oko_status find_column(const reader *r, const char *head, uint32_t *ret_col, oko_error *err)
{
    for (size_t c = 0; c < r->n_cols; c++) {
        if (r->head[c] != NULL && same_text(r->head[c], head)) {
            *ret_col = (uint32_t)c;
            return OKO_OK;
        }
    }
    return refuse(err, OKO_E_NOT_FOUND, "pairs.no_column", head);
}

static void drop(pairs_data *data, const char *head)
{
    if (data->n_dropped < PAIRS_MAX_DROPPED)
        data->dropped[data->n_dropped++] = head;
    else
        data->n_more++;
}

/* Columns from…to of "A..B"; everything when the plan has no such range. */
static oko_status item_range(const reader *r, uint32_t *from, uint32_t *to, oko_error *err)
{
    const char *items = r->plan->items;
    const char *dots = items != NULL ? strstr(items, "..") : NULL;
    *from = 0;
    *to = (uint32_t)r->n_cols - 1;
    if (dots == NULL)
        return OKO_OK;
    char *first = oko_arena_str(r->cli->arena, (oko_str){ items, (size_t)(dots - items) });
    if (first == NULL)
        return no_memory(err);
    oko_status status = find_column(r, first, from, err);
    return status == OKO_OK ? find_column(r, dots + 2, to, err) : status;
}

/* ---- which columns are the items, when nobody says ---- */

/* Heads «P1», «P2»…, «iresp.1»…, «1», «2К1»…: what stands before the first digit is the family, the rest the number. */
static size_t stem_of(const char *head)
{
    return strcspn(head, "0123456789");
}

static bool same_stem(const char *a, const char *b)
{
    size_t n = stem_of(a);
    return n == stem_of(b) && strncmp(a, b, n) == 0;
}

static bool of_group(const reader *r, size_t c)
{
    return r->plan->group != NULL && c == r->group_col;
}

static bool is_candidate(const reader *r, size_t c)
{
    return r->head[c] != NULL && c != r->id_col && !of_group(r, c) && r->head[c][stem_of(r->head[c])] != '\0' &&
           !is_personal(r->head[c]);
}

/* Columns of the family of column c; *ret_known: those whose numbers an accepted family has as well. */
static size_t count_family(const reader *r, size_t c, size_t *ret_known)
{
    size_t n = 0;
    *ret_known = 0;
    for (size_t k = 0; k < r->n_cols; k++) {
        if (!is_candidate(r, k) || !same_stem(r->head[k], r->head[c]))
            continue;
        const char *number = r->head[k] + stem_of(r->head[k]);
        bool known = false;
        for (size_t m = 0; m < r->n_cols && !known; m++)
            known = r->is_answer[m] && strcmp(r->head[m] + stem_of(r->head[m]), number) == 0;
        n++;
        *ret_known += known;
    }
    return n;
}

/* Answers are the columns of numbered families of at least MIN_FAMILY; a second family with the numbers of the first
 * (marks or seconds beside options) is another measure of the same items and left out. Without any, all columns. */
static oko_status find_families(reader *r, oko_error *err)
{
    r->is_answer = oko_calloc_array(r->n_cols, sizeof *r->is_answer);
    OKO_CLEANUP(oko_freep) bool *seen = oko_calloc_array(r->n_cols, sizeof *seen);
    if (r->is_answer == NULL || seen == NULL)
        return no_memory(err);
    bool any = false;
    for (size_t c = 0; c < r->n_cols; c++) {
        if (seen[c] || !is_candidate(r, c))
            continue;
        size_t known = 0, n = count_family(r, c, &known);
        bool taken = n >= MIN_FAMILY && 2 * known < n;
        any = any || taken;
        for (size_t k = c; k < r->n_cols; k++) {
            bool member = is_candidate(r, k) && same_stem(r->head[k], r->head[c]);
            seen[k] = seen[k] || member;
            r->is_answer[k] = r->is_answer[k] || (member && taken);
        }
    }
    if (!any) {
        free(r->is_answer);
        r->is_answer = NULL;
    }
    return OKO_OK;
}

static bool wanted(const reader *r, uint32_t c)
{
    const char *items = r->plan->items;
    if (r->head[c] == NULL || c == r->id_col || of_group(r, c))
        return false;
    if (items == NULL)
        return r->is_answer == NULL || r->is_answer[c];
    if (strstr(items, "..") != NULL)
        return true;
    return strncmp(r->head[c], items, strlen(items)) == 0;
}

static oko_status choose_items(reader *r, oko_error *err)
{
    uint32_t from, to;
    oko_status status = item_range(r, &from, &to, err);
    if (status == OKO_OK && r->plan->items == NULL)
        status = find_families(r, err);
    if (status != OKO_OK)
        return status;
    r->item = oko_calloc_array(r->n_cols, sizeof *r->item);
    r->item_of_col = oko_alloc_array(r->n_cols, sizeof *r->item_of_col);
    if (r->item == NULL || r->item_of_col == NULL)
        return no_memory(err);
    for (uint32_t c = 0; c < r->n_cols; c++) {
        bool personal = r->head[c] != NULL && is_personal(r->head[c]);
        r->item_of_col[c] = -1;
        if (personal && c != r->id_col && !of_group(r, c)) {
            drop(r->data, r->head[c]);
            r->data->n_personal = r->data->n_dropped;
        } else if (c >= from && c <= to && wanted(r, c)) {
            r->item_of_col[c] = (int)r->n_items;
            r->item[r->n_items++] = (item_column){ .col = c, .head = r->head[c] };
        }
    }
    for (uint32_t c = 0; c < r->n_cols && r->plan->items == NULL; c++) {
        bool other = r->head[c] != NULL && c != r->id_col && !of_group(r, c) && !is_personal(r->head[c]);
        if (other && r->item_of_col[c] < 0)
            drop(r->data, r->head[c]);
    }
    return r->n_items > 0 ? OKO_OK : oko_error_set(err, OKO_E_FORMAT, "pairs.no_items", "");
}

/* The column of the codes: the named one, no column for "row", else the first that is not personal. */
static oko_status choose_id(reader *r, const oko_cell *cells, size_t n, oko_error *err)
{
    r->id_col = NO_COLUMN;
    if (r->plan->id != NULL)
        return strcmp(r->plan->id, "row") == 0 ? OKO_OK : find_column(r, r->plan->id, &r->id_col, err);
    for (size_t k = 0; k < n && r->id_col == NO_COLUMN; k++) {
        if (r->head[cells[k].col] != NULL && !is_personal(r->head[cells[k].col]))
            r->id_col = cells[k].col;
    }
    return OKO_OK;
}

static oko_status read_heads(reader *r, const oko_cell *cells, size_t n, oko_error *err)
{
    r->heads_read = true;
    r->n_cols = (size_t)cells[n - 1].col + 1;
    if (r->n_cols > PAIRS_MAX_COLUMNS)
        return oko_error_set(err, OKO_E_LIMIT, "pairs.too_many_items", "");
    r->head = oko_arena_alloc(r->cli->arena, r->n_cols * sizeof *r->head);
    if (r->head == NULL)
        return no_memory(err);
    for (size_t k = 0; k < n; k++) {
        r->head[cells[k].col] = oko_arena_str(r->cli->arena, oko_str_trim(cells[k].text));
        if (r->head[cells[k].col] == NULL)
            return no_memory(err);
    }
    oko_status status = choose_id(r, cells, n, err);
    if (status == OKO_OK && r->plan->group != NULL)
        status = find_column(r, r->plan->group, &r->group_col, err);
    return status == OKO_OK ? choose_items(r, err) : status;
}

/* ---- rows ---- */

static bool is_missing(oko_str s)
{
    static const char *const words[] = { "", "-", "–", "—", ".", "*", "na", "n/a", "nan", "null", "нет", "н/д" };
    char folded[MAX_TEXT];
    oko_str key = { folded, oko_str_fold(folded, sizeof folded, s) };
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++) {
        if (oko_str_equal(key, oko_str_of(words[k])))
            return true;
    }
    return false;
}

/* The text of an answer as it is compared: whole numbers without ".0", else as written. */
static const char *canonical(reader *r, oko_str s)
{
    int64_t number;
    if (oko_str_to_int(s, &number))
        return oko_arena_printf(r->cli->arena, "%lld", (long long)number);
    return oko_arena_str(r->cli->arena, s);
}

/* «b» is «B», «3.0» is «3», Latin «A» in Cyrillic text «А». */
static bool same_answer(const char *value, oko_str s)
{
    int64_t a, b;
    char x[2 * MAX_TEXT], y[2 * MAX_TEXT];
    if (oko_str_equal(oko_str_of(value), s))
        return true;
    if (oko_str_to_int(oko_str_of(value), &a) || oko_str_to_int(s, &b))
        return oko_str_to_int(oko_str_of(value), &a) && oko_str_to_int(s, &b) && a == b;
    if (s.len > MAX_TEXT)
        return false;
    oko_str_fold(x, sizeof x, oko_str_of(value));
    oko_str_fold(y, sizeof y, s);
    return strcmp(x, y) == 0;
}

/* Code of an answer: its text's order of appearance in the column; MISSING, also for what is no mark. */
static oko_status code_of(reader *r, item_column *item, oko_str s, int8_t *ret_code, oko_error *err)
{
    int64_t mark;
    *ret_code = MISSING;
    if (item->not_item || is_missing(s))
        return OKO_OK;
    if (r->plan->marks && !oko_str_to_int(s, &mark))
        return OKO_OK;
    if (r->plan->marks) {
        item->not_item = mark < 0 || mark >= MAX_VALUES;
        *ret_code = item->not_item ? MISSING : (int8_t)mark;
        item->n_values = *ret_code >= item->n_values ? *ret_code + 1 : item->n_values;
        return OKO_OK;
    }
    for (int v = 0; v < item->n_values; v++) {
        if (same_answer(item->value[v], s)) {
            *ret_code = (int8_t)v;
            return OKO_OK;
        }
    }
    if (item->n_values == MAX_VALUES || s.len > MAX_TEXT) {
        item->not_item = true;
        return OKO_OK;
    }
    item->value[item->n_values] = canonical(r, s);
    *ret_code = (int8_t)item->n_values++;
    return item->value[*ret_code] != NULL ? OKO_OK : no_memory(err);
}

static oko_status new_row(reader *r, uint32_t row, oko_error *err)
{
    size_t need = r->rows + 1;
    const char *number = oko_arena_printf(r->cli->arena, "#%u", row);
    oko_status status = oko_grow(&r->id, &r->id_cap, need, sizeof *r->id, OKO_RESPONSES_MAX_PERSONS);
    if (status == OKO_OK)
        status = oko_grow(&r->group, &r->group_cap, need, sizeof *r->group, OKO_RESPONSES_MAX_PERSONS);
    if (status == OKO_OK)
        status = oko_grow(&r->code, &r->code_cap, need * r->n_items, sizeof *r->code,
                          (size_t)OKO_RESPONSES_MAX_PERSONS * PAIRS_MAX_COLUMNS);
    if (status == OKO_E_LIMIT)
        return oko_error_set(err, status, "pairs.too_many_persons", "");
    if (status != OKO_OK || number == NULL)
        return no_memory(err);
    r->id[r->rows] = number;
    r->group[r->rows] = NULL;
    memset(r->code + r->rows * r->n_items, MISSING, r->n_items);
    return OKO_OK;
}

static bool is_key_row(const reader *r, const char *id)
{
    return r->plan->key != NULL && strcmp(r->plan->key, "row") == 0 && (same_text(id, "key") || same_text(id, "ключ"));
}

static oko_status read_answers(reader *r, uint32_t row, const oko_cell *cells, size_t n, oko_error *err)
{
    oko_status status = new_row(r, row, err);
    for (size_t k = 0; k < n && status == OKO_OK; k++) {
        uint32_t c = cells[k].col;
        oko_str text = oko_str_trim(cells[k].text);
        int item = c < r->n_cols ? r->item_of_col[c] : -1;
        const char **to = NULL;
        if (c == r->id_col)
            to = &r->id[r->rows];
        else if (r->plan->group != NULL && c == r->group_col)
            to = &r->group[r->rows];
        if (to != NULL && text.len > 0) {
            *to = oko_arena_str(r->cli->arena, text);
            status = *to != NULL ? OKO_OK : no_memory(err);
        } else if (item >= 0) {
            status = code_of(r, &r->item[item], text, &r->code[r->rows * r->n_items + (size_t)item], err);
        }
    }
    return status;
}

/* The row of the key: its answers become the key, and it is no person. */
static oko_status take_key_row(reader *r, oko_error *err)
{
    r->key = oko_arena_alloc(r->cli->arena, r->n_items * sizeof *r->key);
    if (r->key == NULL)
        return no_memory(err);
    for (size_t j = 0; j < r->n_items && !r->plan->marks; j++) {
        int8_t code = r->code[r->rows * r->n_items + j];
        r->key[j] = code >= 0 ? r->item[j].value[code] : NULL;
    }
    return OKO_OK;
}

static oko_status take_row(void *ctx, uint32_t row, const oko_cell *cells, size_t n, oko_error *err)
{
    reader *r = ctx;
    if (r->first_sheet_done || n == 0)
        return OKO_OK;
    if (!r->heads_read)
        return read_heads(r, cells, n, err);
    oko_status status = read_answers(r, row, cells, n, err);
    if (status != OKO_OK)
        return status;
    if (is_key_row(r, r->id[r->rows]))
        return take_key_row(r, err);
    r->rows++;
    return OKO_OK;
}

static oko_status take_sheet(void *ctx, const char *name, size_t index, oko_error *err)
{
    reader *r = ctx;
    (void)name;
    (void)index;
    (void)err;
    r->first_sheet_done = r->heads_read; /* tables on later worksheets are not ours */
    return OKO_OK;
}

/* ---- the key of another file ---- */

typedef struct key_file {
    reader *r;
    bool heads_read;
    uint32_t key_col; /* column «key» of a long table */
    bool is_long;
    int *item_of_col; /* wide table: candidate of each column; [PAIRS_MAX_COLUMNS] */
    bool any;
    size_t rows;
} key_file;

static int item_by_name(const reader *r, oko_str name)
{
    int64_t number;
    for (size_t j = 0; j < r->n_items; j++) {
        if (oko_str_equal(oko_str_of(r->item[j].head), name))
            return (int)j;
    }
    bool counts = oko_str_to_int(name, &number) && number >= 1 && number <= (int64_t)r->n_items;
    return counts ? (int)number - 1 : -1;
}

static oko_status set_key(key_file *k, int item, oko_str text, oko_error *err)
{
    if (item < 0 || is_missing(text))
        return OKO_OK;
    k->r->key[item] = canonical(k->r, text);
    k->any = true;
    return k->r->key[item] != NULL ? OKO_OK : no_memory(err);
}

static void key_heads(key_file *k, const oko_cell *cells, size_t n)
{
    k->heads_read = true;
    for (size_t c = 0; c < n; c++) {
        char *head = oko_arena_str(k->r->cli->arena, oko_str_trim(cells[c].text));
        if (head != NULL && (same_text(head, "key") || same_text(head, "ключ") || same_text(head, "ответ"))) {
            k->is_long = true;
            k->key_col = cells[c].col;
        }
        if (head != NULL && cells[c].col < PAIRS_MAX_COLUMNS)
            k->item_of_col[cells[c].col] = item_by_name(k->r, oko_str_of(head));
    }
}

static oko_status key_row(void *ctx, uint32_t row, const oko_cell *cells, size_t n, oko_error *err)
{
    key_file *k = ctx;
    (void)row;
    if (n == 0)
        return OKO_OK;
    if (!k->heads_read) {
        key_heads(k, cells, n);
        return OKO_OK;
    }
    oko_status status = OKO_OK;
    k->rows++;
    int item = item_by_name(k->r, oko_str_trim(cells[0].text));
    for (size_t c = 0; c < n && status == OKO_OK; c++) {
        oko_str text = oko_str_trim(cells[c].text);
        if (k->is_long && cells[c].col == k->key_col)
            status = set_key(k, item, text, err);
        else if (!k->is_long && cells[c].col < PAIRS_MAX_COLUMNS)
            status = set_key(k, k->item_of_col[cells[c].col], text, err);
    }
    return status;
}

static oko_status read_key_file(reader *r, oko_error *err)
{
    OKO_CLEANUP(oko_freep) int *item_of_col = oko_alloc_array(PAIRS_MAX_COLUMNS, sizeof *item_of_col);
    r->key = oko_arena_alloc(r->cli->arena, r->n_items * sizeof *r->key);
    if (item_of_col == NULL || r->key == NULL)
        return no_memory(err);
    for (size_t c = 0; c < PAIRS_MAX_COLUMNS; c++)
        item_of_col[c] = -1;
    key_file k = { .r = r, .item_of_col = item_of_col };
    oko_rows_sink sink = { .row = key_row, .ctx = &k };
    r->cli->subject = r->plan->key;
    oko_status status = oko_container_read(r->plan->key, &sink, NULL, NULL, err);
    if (status == OKO_OK && (!k.any || (!k.is_long && k.rows != 1)))
        status = refuse(err, OKO_E_FORMAT, "pairs.bad_key", r->plan->key);
    return status;
}

/* ---- from what was read to what is compared ---- */

static int8_t key_code(const item_column *item, const char *text)
{
    for (int v = 0; text != NULL && v < item->n_values; v++) {
        if (same_answer(item->value[v], oko_str_of(text)))
            return (int8_t)v;
    }
    return -1;
}

/* Items are the candidates with at least two different answers; a key that nobody chose is an option more. */
static oko_status set_items(reader *r, size_t *kept, oko_error *err)
{
    pairs_data *d = r->data;
    for (size_t j = 0; j < r->n_items; j++) {
        item_column *item = &r->item[j];
        if (item->not_item || item->n_values < 2) {
            drop(d, item->head);
            continue;
        }
        if (d->n_items == OKO_RESPONSES_MAX_ITEMS)
            return oko_error_set(err, OKO_E_LIMIT, "pairs.too_many_items", "");
        const char *key = r->key != NULL ? r->key[j] : NULL;
        if (key != NULL && key_code(item, key) < 0 && item->n_values < MAX_VALUES)
            item->value[item->n_values++] = key;
        kept[d->n_items] = j;
        d->n_options[d->n_items] = (int8_t)item->n_values;
        if (d->key != NULL)
            d->key[d->n_items] = key_code(item, key);
        d->n_items++;
    }
    return d->n_items > 0 ? OKO_OK : oko_error_set(err, OKO_E_FORMAT, "pairs.no_items", "");
}

typedef struct label {
    const char *text;
    size_t at;
} label;

static int compare_labels(const void *a, const void *b)
{
    const label *x = a, *y = b;
    int by_text = strcmp(x->text, y->text);
    return by_text != 0 ? by_text : (x->at > y->at) - (x->at < y->at);
}

/* Numbers for the groups of the kept rows; rows without a group are not compared. */
static oko_status set_within(const reader *r, const size_t *row, oko_error *err)
{
    pairs_data *d = r->data;
    OKO_CLEANUP(oko_freep) label *order = oko_alloc_array(d->n, sizeof *order);
    d->within = oko_alloc_array(d->n, sizeof *d->within);
    if (order == NULL || d->within == NULL)
        return no_memory(err);
    for (size_t i = 0; i < d->n; i++)
        order[i] = (label){ r->group[row[i]] != NULL ? r->group[row[i]] : "", i };
    qsort(order, d->n, sizeof *order, compare_labels);
    int32_t group = 0;
    for (size_t i = 0; i < d->n; i++) {
        group += i > 0 && strcmp(order[i].text, order[i - 1].text) != 0;
        d->within[order[i].at] = order[i].text[0] != '\0' ? group : -1;
    }
    return OKO_OK;
}

/* Rows whose code stood before are left out: row[i] is the row of person i. */
static oko_status leave_out_repeats(reader *r, size_t *row, oko_error *err)
{
    pairs_data *d = r->data;
    OKO_CLEANUP(oko_freep) size_t *first = oko_alloc_array(r->rows, sizeof *first);
    d->id = oko_alloc_array(r->rows, sizeof *d->id);
    d->again = oko_alloc_array(r->rows, sizeof *d->again);
    if (first == NULL || d->id == NULL || d->again == NULL)
        return no_memory(err);
    oko_status status = oko_responses_duplicates(r->rows, r->id, first, NULL);
    if (status != OKO_OK)
        return oko_error_set(err, status, "", "");
    for (size_t i = 0; i < r->rows; i++) {
        if (first[i] != i) {
            d->again[d->n_repeats++] = r->id[i];
            continue;
        }
        row[d->n] = i;
        d->id[d->n++] = r->id[i];
    }
    if (d->n_repeats > d->n && r->id_col != NO_COLUMN) /* surely not a column of codes */
        return refuse(err, OKO_E_FORMAT, "pairs.id_repeats", r->head[r->id_col]);
    return OKO_OK;
}

/* ---- options or marks, when nobody says ---- */

/* The marks that the values of an item are; false when one is none. */
static bool marks_of(const item_column *item, int8_t *ret_mark)
{
    int64_t mark;
    for (int v = 0; v < item->n_values; v++) {
        if (!oko_str_to_int(oko_str_of(item->value[v]), &mark) || mark < 0 || mark >= MAX_VALUES)
            return false;
        ret_mark[v] = (int8_t)mark;
    }
    return item->n_values > 0;
}

/* Whole numbers, with 0 in at least a tenth of the cells: options are counted from 1, and a 0 for «no answer» is rarer.
 */
static bool look_like_marks(const reader *r)
{
    size_t zeros = 0, cells = 0;
    for (size_t j = 0; j < r->n_items; j++) {
        int8_t mark[MAX_VALUES];
        if (r->item[j].not_item || r->item[j].n_values == 0)
            continue;
        if (!marks_of(&r->item[j], mark))
            return false;
        for (size_t i = 0; i < r->rows; i++) {
            int8_t code = r->code[i * r->n_items + j];
            cells += code >= 0;
            zeros += code >= 0 && mark[code] == 0;
        }
    }
    return cells > 0 && 10 * zeros >= cells;
}

static void take_as_marks(reader *r)
{
    for (size_t j = 0; j < r->n_items; j++) {
        int8_t mark[MAX_VALUES];
        item_column *item = &r->item[j];
        if (item->not_item || !marks_of(item, mark))
            continue;
        int8_t most = 0;
        for (int v = 0; v < item->n_values; v++)
            most = mark[v] > most ? mark[v] : most;
        for (size_t i = 0; i < r->rows; i++) {
            int8_t *code = &r->code[i * r->n_items + j];
            *code = *code >= 0 ? mark[*code] : MISSING;
        }
        item->n_values = most + 1;
    }
    r->data->marks = true;
}

static oko_status assemble(reader *r, oko_error *err)
{
    pairs_data *d = r->data;
    if (r->rows == 0)
        return oko_error_set(err, OKO_E_FORMAT, "pairs.no_persons", "");
    OKO_CLEANUP(oko_freep) size_t *row = oko_alloc_array(r->rows, sizeof *row);
    OKO_CLEANUP(oko_freep) size_t *kept = oko_alloc_array(r->n_items, sizeof *kept);
    d->n_options = oko_alloc_array(r->n_items, sizeof *d->n_options);
    d->key = r->key != NULL && !r->plan->marks ? oko_alloc_array(r->n_items, sizeof *d->key) : NULL;
    if (row == NULL || kept == NULL || d->n_options == NULL || (r->key != NULL && !r->plan->marks && d->key == NULL))
        return no_memory(err);
    oko_status status = set_items(r, kept, err);
    if (status == OKO_OK)
        status = leave_out_repeats(r, row, err);
    if (status == OKO_OK && r->plan->group != NULL)
        status = set_within(r, row, err);
    if (status != OKO_OK)
        return status;
    d->answer = oko_alloc_array(d->n, (size_t)d->n_items);
    if (d->answer == NULL)
        return no_memory(err);
    for (size_t i = 0; i < d->n; i++) {
        for (size_t j = 0; j < (size_t)d->n_items; j++)
            d->answer[i * (size_t)d->n_items + j] = r->code[row[i] * r->n_items + kept[j]];
    }
    return OKO_OK;
}

static oko_status read_all(reader *r, const char *path, oko_error *err)
{
    oko_rows_sink sink = { .worksheet = take_sheet, .row = take_row, .ctx = r };
    oko_progress progress = oko_cli_progress(r->cli);
    oko_status status = oko_container_read(path, &sink, &progress, NULL, err);
    oko_cli_progress_end(r->cli);
    if (status != OKO_OK || r->plan->key == NULL)
        return status;
    if (strcmp(r->plan->key, "row") == 0)
        return r->key != NULL ? OKO_OK : oko_error_set(err, OKO_E_FORMAT, "pairs.no_key_row", "");
    return r->heads_read ? read_key_file(r, err) : OKO_OK;
}

oko_status pairs_read(oko_cli *cli, const char *path, const pairs_plan *plan, pairs_data *ret, oko_error *err)
{
    *ret = (pairs_data){ .marks = plan->marks };
    reader r = { .cli = cli, .plan = plan, .data = ret };
    cli->subject = path;
    oko_status status = read_all(&r, path, err);
    if (status == OKO_OK && plan->either && look_like_marks(&r))
        take_as_marks(&r);
    if (status == OKO_OK)
        status = assemble(&r, err);
    free(r.item);
    free(r.item_of_col);
    free(r.is_answer);
    free(r.code);
    free(r.id);
    free(r.group);
    return status;
}

void pairs_data_free(pairs_data *data)
{
    free(data->id);
    free(data->within);
    free(data->answer);
    free(data->n_options);
    free(data->key);
    free(data->again);
}

oko_responses pairs_responses(const pairs_data *data)
{
    return (oko_responses){ .n_persons = data->n,
                            .n_items = data->n_items,
                            .answer = data->answer,
                            .n_options = data->n_options,
                            .key = data->key,
                            .marks = data->marks };
}
