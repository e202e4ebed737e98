#include "cli/cmd_simulate.h"

#include "base/memory.h"
#include "base/random.h"
#include "intake/container.h"
#include "report/output.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_COLUMNS = 4000, MAX_CUTOFFS = 8, MAX_SCORE = 100, NO_COLUMN = -1 };

/* The table as text, in the arena; rows in the order of the file. */
typedef struct sheet {
    oko_cli *cli;
    bool first_done;
    int n_cols;
    const char **head;  /* [n_cols] "" when empty */
    const char ***cell; /* [n][n_cols] "" when empty */
    size_t n, cap;
    int class_col, school_col, total_col;
    int n_items;
    int item[OKO_PLANT_MAX_ITEMS]; /* columns */
    int16_t item_max[OKO_PLANT_MAX_ITEMS];
    int n_cutoffs;
    int16_t cutoffs[MAX_CUTOFFS];
    size_t *order; /* [n] rows, class by class */
} sheet;

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* ---- reading ---- */

static oko_status take_worksheet(void *ctx, const char *name, size_t index, oko_error *err)
{
    (void)name;
    (void)err;
    ((sheet *)ctx)->first_done = index > 0;
    return OKO_OK;
}

static oko_status take_row(void *ctx, uint32_t row, const oko_cell *cells, size_t n, oko_error *err)
{
    sheet *s = ctx;
    (void)row;
    if (s->first_done)
        return OKO_OK;
    bool heads = s->head == NULL;
    if (heads && cells[n - 1].col >= MAX_COLUMNS)
        return oko_error_set(err, OKO_E_LIMIT, "pairs.too_many_items", "");
    s->n_cols = heads ? (int)cells[n - 1].col + 1 : s->n_cols;
    const char **text = oko_arena_alloc(s->cli->arena, (size_t)s->n_cols * sizeof *text);
    if (text == NULL)
        return no_memory(err);
    for (int c = 0; c < s->n_cols; c++)
        text[c] = "";
    for (size_t k = 0; k < n && cells[k].col < (uint32_t)s->n_cols; k++) {
        text[cells[k].col] = oko_arena_str(s->cli->arena, oko_str_trim(cells[k].text));
        if (text[cells[k].col] == NULL)
            return no_memory(err);
    }
    if (heads) {
        s->head = text;
        return OKO_OK;
    }
    if (s->n == s->cap) {
        size_t cap = s->cap > 0 ? 2 * s->cap : 1024;
        const char ***grown = realloc(s->cell, cap * sizeof(const char **));
        if (grown == NULL)
            return no_memory(err);
        s->cell = grown;
        s->cap = cap;
    }
    s->cell[s->n++] = text;
    return OKO_OK;
}

/* ---- columns ---- */

static oko_status find_column(const sheet *s, const char *head, int *ret, oko_error *err)
{
    for (int c = 0; c < s->n_cols; c++) {
        if (strcmp(s->head[c], head) == 0) {
            *ret = c;
            return OKO_OK;
        }
    }
    (void)oko_error_set(err, OKO_E_NOT_FOUND, "pairs.no_column", "");
    oko_error_arg(err, "%s", head);
    return OKO_E_NOT_FOUND;
}

static oko_status optional_column(const sheet *s, const char *option, int *ret, oko_error *err)
{
    const char *head = oko_cli_option(s->cli, option);
    *ret = NO_COLUMN;
    return head != NULL ? find_column(s, head, ret, err) : OKO_OK;
}

/* --items PREFIX or A..B. */
static oko_status find_items(sheet *s, const char *items, oko_error *err)
{
    int from = 0, to = s->n_cols - 1;
    const char *dots = strstr(items, "..");
    if (dots != NULL) {
        const char *first = oko_arena_str(s->cli->arena, (oko_str){ items, (size_t)(dots - items) });
        if (first == NULL)
            return no_memory(err);
        oko_status status = find_column(s, first, &from, err);
        status = status == OKO_OK ? find_column(s, dots + 2, &to, err) : status;
        if (status != OKO_OK)
            return status;
    }
    for (int c = from; c <= to; c++) {
        bool other = c == s->class_col || c == s->school_col || c == s->total_col;
        if (other || (dots == NULL && strncmp(s->head[c], items, strlen(items)) != 0))
            continue;
        if (s->n_items == OKO_PLANT_MAX_ITEMS)
            return oko_error_set(err, OKO_E_LIMIT, "pairs.too_many_items", "");
        s->item[s->n_items++] = c;
    }
    return s->n_items > 0 ? OKO_OK : oko_error_set(err, OKO_E_FORMAT, "pairs.no_items", "");
}

static oko_status read_cutoffs(sheet *s, oko_error *err)
{
    const char *at = oko_cli_option(s->cli, "cutoffs");
    while (at != NULL) {
        size_t len = strcspn(at, ",");
        int64_t value;
        bool good = oko_str_to_int((oko_str){ at, len }, &value) && s->n_cutoffs < MAX_CUTOFFS && value < 1000 &&
                    value > (s->n_cutoffs > 0 ? s->cutoffs[s->n_cutoffs - 1] : 0);
        if (!good)
            return oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_cutoffs", "cutoffs");
        s->cutoffs[s->n_cutoffs++] = (int16_t)value;
        at = at[len] == ',' ? at + len + 1 : NULL;
    }
    return OKO_OK;
}

/* A cell as the plants see it: a mark, an answer that is no mark, or nothing. */
static int8_t score_of(const char *cell)
{
    int64_t value;
    if (cell[0] == '\0')
        return OKO_PLANT_NOT_GIVEN;
    bool mark = oko_str_to_int(oko_str_of(cell), &value) && value >= 0 && value <= MAX_SCORE;
    return mark ? (int8_t)value : OKO_PLANT_NOT_TRIED;
}

static oko_status find_columns(sheet *s, oko_error *err)
{
    const char *class_head = oko_cli_option(s->cli, "class"), *items = oko_cli_option(s->cli, "items");
    if (class_head == NULL || items == NULL)
        return oko_error_set(err, OKO_E_ARGUMENT, "cli.into_needs", class_head == NULL ? "class" : "items");
    if (s->head == NULL)
        return oko_error_set(err, OKO_E_FORMAT, "pairs.no_items", "");
    oko_status status = find_column(s, class_head, &s->class_col, err);
    status = status == OKO_OK ? optional_column(s, "school", &s->school_col, err) : status;
    status = status == OKO_OK ? optional_column(s, "total", &s->total_col, err) : status;
    status = status == OKO_OK ? find_items(s, items, err) : status;
    status = status == OKO_OK ? read_cutoffs(s, err) : status;
    for (int j = 0; j < s->n_items && status == OKO_OK; j++) {
        s->item_max[j] = 1;
        for (size_t i = 0; i < s->n; i++) {
            int score = score_of(s->cell[i][s->item[j]]);
            s->item_max[j] = score > s->item_max[j] ? (int16_t)score : s->item_max[j];
        }
    }
    return status;
}

/* ---- classes ---- */

static const char *school_of(const sheet *s, size_t row)
{
    return s->school_col == NO_COLUMN ? "" : s->cell[row][s->school_col];
}

typedef struct placed {
    const char *school, *class;
    size_t row;
} placed;

static int compare_placed(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    int order = strcmp(x->school, y->school);
    order = order != 0 ? order : strcmp(x->class, y->class);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static oko_status sort_rows(sheet *s, oko_error *err)
{
    OKO_CLEANUP(oko_freep) placed *at = oko_alloc_array(s->n + 1, sizeof *at);
    s->order = oko_alloc_array(s->n + 1, sizeof *s->order);
    if (at == NULL || s->order == NULL)
        return no_memory(err);
    for (size_t i = 0; i < s->n; i++)
        at[i] = (placed){ school_of(s, i), s->cell[i][s->class_col], i };
    qsort(at, s->n, sizeof *at, compare_placed);
    for (size_t i = 0; i < s->n; i++)
        s->order[i] = at[i].row;
    return OKO_OK;
}

/* FNV-1a: classes are named by what they are called, so that their order does not matter. */
static uint64_t name_hash(const char *school, const char *class)
{
    uint64_t h = UINT64_C(0xCBF29CE484222325);
    for (const char *c = school; *c != '\0'; c++)
        h = (h ^ (uint64_t)(unsigned char)*c) * UINT64_C(0x100000001B3);
    h = (h ^ UINT64_C(0xFF)) * UINT64_C(0x100000001B3);
    for (const char *c = class != NULL ? class : ""; *c != '\0'; c++)
        h = (h ^ (uint64_t)(unsigned char)*c) * UINT64_C(0x100000001B3);
    return h;
}

/* As in a made-up region: an exam is the school's (without schools: the class's), the other kinds are the class's. */
static oko_plant choose_kind(const sheet *s, const oko_world_options *o, size_t row, oko_rng *rng)
{
    oko_plant kind[OKO_PLANT_COUNT];
    int n = 0;
    for (int k = OKO_PLANT_NONE + 1; k < OKO_PLANT_EXAM; k++) {
        if (o->strength[k] > 0)
            kind[n++] = (oko_plant)k;
    }
    bool exams = o->strength[OKO_PLANT_EXAM] > 0;
    const char *school = school_of(s, row);
    const char *class = s->school_col == NO_COLUMN ? s->cell[row][s->class_col] : NULL;
    oko_rng whole = oko_rng_make(o->seed, name_hash(school, class) ^ 1);
    double share = o->planted / (n + exams > 0 ? n + exams : 1);
    bool exam = oko_rng_uniform(&whole) < share && exams;
    bool own = oko_rng_uniform(rng) < share * n;
    int drawn = n > 0 ? (int)oko_rng_below(rng, (uint32_t)n) : 0;
    return exam ? OKO_PLANT_EXAM : own ? kind[drawn] : OKO_PLANT_NONE;
}

/* Scores, totals and absence of one class, before and after. */
typedef struct room {
    int n;
    int8_t *items, *before;
    int16_t total[OKO_PLANT_MAX_PUPILS], honest[OKO_PLANT_MAX_PUPILS];
    uint8_t absent[OKO_PLANT_MAX_PUPILS];
} room;

static void fill_room(const sheet *s, const size_t *row, int n, room *r)
{
    r->n = n;
    for (int i = 0; i < n; i++) {
        int8_t *items = r->items + (size_t)i * (size_t)s->n_items;
        bool any = false;
        int sum = 0;
        for (int j = 0; j < s->n_items; j++) {
            items[j] = score_of(s->cell[row[i]][s->item[j]]);
            any = any || items[j] != OKO_PLANT_NOT_GIVEN;
            sum += items[j] > 0 ? items[j] : 0;
        }
        r->absent[i] = !any;
        r->total[i] = r->honest[i] = (int16_t)(any ? sum : -1);
    }
    memcpy(r->before, r->items, (size_t)n * (size_t)s->n_items);
}

/* Puts what changed into the table: marks; nothing at all for those who are absent now; the total moves along. */
static oko_status put_room(sheet *s, const size_t *row, const room *r, oko_error *err)
{
    for (int i = 0; i < r->n; i++) {
        bool left = r->absent[i] != 0 && r->honest[i] >= 0;
        const char **cell = s->cell[row[i]];
        for (int j = 0; j < s->n_items; j++) {
            size_t at = (size_t)i * (size_t)s->n_items + (size_t)j;
            if (left)
                cell[s->item[j]] = "";
            else if (r->items[at] != r->before[at])
                cell[s->item[j]] = oko_arena_printf(s->cli->arena, "%d", r->items[at] > 0 ? r->items[at] : 0);
            if (cell[s->item[j]] == NULL)
                return no_memory(err);
        }
        int64_t total;
        if (s->total_col != NO_COLUMN && left)
            cell[s->total_col] = "";
        else if (s->total_col != NO_COLUMN && r->total[i] != r->honest[i] &&
                 oko_str_to_int(oko_str_of(cell[s->total_col]), &total))
            cell[s->total_col] = oko_arena_printf(s->cli->arena, "%lld", (long long)total + r->total[i] - r->honest[i]);
        if (s->total_col != NO_COLUMN && cell[s->total_col] == NULL)
            return no_memory(err);
    }
    return OKO_OK;
}

/* ---- writing ---- */

static void put_cell(FILE *f, const char *text, char separator)
{
    if (strpbrk(text, ",;\"\r\n") == NULL) {
        (void)fputs(text, f);
    } else {
        (void)fputc('"', f);
        for (const char *c = text; *c != '\0'; c++) {
            if (*c == '"')
                (void)fputc('"', f);
            (void)fputc(*c, f);
        }
        (void)fputc('"', f);
    }
    (void)fputc(separator, f);
}

static void put_mean(FILE *f, const int16_t *total, int n, const char *after)
{
    double sum = 0, count = 0;
    for (int i = 0; i < n; i++) {
        sum += total[i] >= 0 ? total[i] : 0;
        count += total[i] >= 0;
    }
    if (count > 0)
        (void)fprintf(f, "%.4f", sum / count);
    (void)fputs(after, f);
}

static void put_truth(FILE *f, const sheet *s, size_t row, oko_plant kind, int changed, const room *r)
{
    int shown = 0;
    for (int i = 0; i < r->n; i++)
        shown += r->total[i] >= 0;
    put_cell(f, school_of(s, row), ';');
    put_cell(f, s->cell[row][s->class_col], ';');
    (void)fprintf(f, "%s;%d;%d;", oko_plant_name(kind), changed, shown);
    put_mean(f, r->honest, r->n, ";");
    put_mean(f, r->total, r->n, "\n");
}

static oko_status plant_classes(sheet *s, const oko_world_options *o, FILE *truth, oko_error *err)
{
    OKO_CLEANUP(oko_freep) room *r = oko_calloc_array(1, sizeof *r);
    size_t most = (size_t)OKO_PLANT_MAX_PUPILS * (size_t)s->n_items;
    OKO_CLEANUP(oko_freep) int8_t *scores = oko_alloc_array(2 * most, sizeof *scores);
    if (r == NULL || scores == NULL)
        return no_memory(err);
    r->items = scores;
    r->before = scores + most;
    (void)fputs("school;class;plant;strength;n;mean_honest;mean_shown\n", truth);
    oko_status status = OKO_OK;
    for (size_t from = 0, to; from < s->n && status == OKO_OK; from = to) {
        const size_t first = s->order[from];
        for (to = from + 1; to < s->n && strcmp(school_of(s, s->order[to]), school_of(s, first)) == 0 &&
                            strcmp(s->cell[s->order[to]][s->class_col], s->cell[first][s->class_col]) == 0;)
            to++;
        if (to - from > OKO_PLANT_MAX_PUPILS)
            return oko_error_set(err, OKO_E_LIMIT, "", s->cell[first][s->class_col]);
        fill_room(s, s->order + from, (int)(to - from), r);
        uint64_t name = name_hash(school_of(s, first), s->cell[first][s->class_col]);
        oko_rng rng = oko_rng_make(o->seed, name);
        oko_plant kind = choose_kind(s, o, first, &rng);
        const oko_plant_class c = { r->n, s->n_items, s->item_max, s->n_cutoffs, s->cutoffs,
                                    NULL, r->absent,  r->total,    r->items };
        int changed = 0;
        status = oko_plant_into(kind, o->strength[kind], o->seed ^ name, &c, &changed);
        status = status == OKO_OK ? put_room(s, s->order + from, r, err) : status;
        put_truth(truth, s, first, kind, changed, r);
    }
    return status;
}

static void write_row(FILE *f, const sheet *s, const char *const *cell)
{
    for (int c = 0; c < s->n_cols; c++)
        put_cell(f, cell[c], c + 1 < s->n_cols ? ',' : '\n');
}

/* Text that was gathered in memory becomes a file, complete or not at all. */
static oko_status put_file(const char *dir, const char *name, oko_str text, oko_cli *cli, oko_error *err)
{
    const char *path = oko_arena_printf(cli->arena, "%s/%s", dir, name);
    if (path == NULL)
        return no_memory(err);
    oko_output out = { .path = path };
    oko_status status = oko_output_open(path, &out, err);
    status = status == OKO_OK ? oko_output_fill(&out, text, err) : status;
    status = status == OKO_OK ? oko_output_commit(&out, err) : status;
    oko_output_drop(&out);
    return status;
}

static oko_status plant_and_write(sheet *s, const char *dir, const oko_world_options *o, oko_error *err)
{
    char *text[2] = { NULL, NULL };
    size_t bytes[2] = { 0 };
    FILE *truth = open_memstream(&text[0], &bytes[0]);
    FILE *table = open_memstream(&text[1], &bytes[1]);
    oko_status status = truth != NULL && table != NULL ? OKO_OK : no_memory(err);
    status = status == OKO_OK ? plant_classes(s, o, truth, err) : status;
    if (status == OKO_OK) {
        write_row(table, s, s->head);
        for (size_t i = 0; i < s->n; i++)
            write_row(table, s, s->cell[i]);
    }
    bool lost = truth != NULL && fclose(truth) != 0;
    lost = (table != NULL && fclose(table) != 0) || lost;
    status = status == OKO_OK && lost ? no_memory(err) : status;
    (void)mkdir(dir, 0777); /* what fails is told by the writing */
    status = status == OKO_OK ? put_file(dir, "planted.csv", (oko_str){ text[1], bytes[1] }, s->cli, err) : status;
    status = status == OKO_OK ? put_file(dir, "truth.csv", (oko_str){ text[0], bytes[0] }, s->cli, err) : status;
    free(text[0]);
    free(text[1]);
    return status;
}

/* Without cut-offs nothing can be lifted over them; asked for alone it is an error. */
static oko_status without_bunching(oko_world_options *o, oko_error *err)
{
    bool other = false;
    for (int k = OKO_PLANT_NONE + 1; k < OKO_PLANT_MASS; k++)
        other = other || (k != OKO_PLANT_BUNCHING && o->strength[k] > 0);
    o->strength[OKO_PLANT_BUNCHING] = 0;
    return other ? OKO_OK : oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_cutoffs", "cutoffs");
}

oko_status simulate_into(oko_cli *cli, const char *path, const char *dir, const oko_world_options *o, oko_error *err)
{
    sheet s = { .cli = cli };
    const oko_rows_sink sink = { .worksheet = take_worksheet, .row = take_row, .ctx = &s };
    oko_status status = oko_container_read(path, &sink, NULL, NULL, err);
    status = status == OKO_OK ? find_columns(&s, err) : status;
    status = status == OKO_OK ? sort_rows(&s, err) : status;
    oko_world_options kinds = *o;
    if (status == OKO_OK && s.n_cutoffs == 0)
        status = without_bunching(&kinds, err);
    status = status == OKO_OK ? plant_and_write(&s, dir, &kinds, err) : status;
    free(s.cell);
    free(s.order);
    if (status == OKO_OK && !cli->json)
        OKO_CLI_SAY(cli, stderr, "cli.simulate.into", OKO_S("dir", dir), OKO_I("rows", (int64_t)s.n),
                    OKO_I("items", s.n_items));
    return status;
}
