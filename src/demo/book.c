#include "demo/book.h"

#include "base/memory.h"
#include "demo/files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { HEADS_2020 = 10, HEADS_2021 = 9 };

/* Columns of the two layouts before the items; −1: the layout has none. */
typedef struct columns {
    int groups, login, municipality, number, code, journal, gender, klass, variant, total, items;
} columns;

static const columns layout_2020 = { .groups = 0,
                                     .login = 1,
                                     .municipality = -1,
                                     .number = 2,
                                     .code = 3,
                                     .journal = 4,
                                     .gender = 5,
                                     .klass = 6,
                                     .variant = 7,
                                     .total = 9,
                                     .items = HEADS_2020 };
static const columns layout_2021 = { .groups = -1,
                                     .login = 0,
                                     .municipality = 1,
                                     .number = 2,
                                     .code = 3,
                                     .journal = 4,
                                     .gender = 5,
                                     .klass = 6,
                                     .variant = 7,
                                     .total = 8,
                                     .items = HEADS_2021 };
static const char *const heads_2020[HEADS_2020] = { "groups", "user",  "id",    "code",  "otc",
                                                    "gender", "klass", "var-1", "var-2", "sum" };
static const char *const heads_2021[HEADS_2021] = { "логин школы",
                                                    "регион",
                                                    "номер обучающегося",
                                                    "код обучающегося",
                                                    "отметка за предыдущую четверть/триместр",
                                                    "пол",
                                                    "класс",
                                                    "вариант",
                                                    "всего баллов" };

struct demo_book {
    const oko_procedure *p;
    uint64_t seed;
    bool of_2020;
    columns at;
    int pupils_grade;   /* when they wrote: the wave of 2020 came in autumn, a year late */
    int shifted_school; /* the mark and the sex of the pupils of this school's first class changed places */
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_row_t row;
    long works;
    lxw_error failure; /* the first one */
    char part[OKO_DEMO_PATH_BYTES], path[OKO_DEMO_PATH_BYTES];
};

static void put_text(demo_book *b, int column, const char *text)
{
    if (text[0] != '\0') {
        lxw_error e = worksheet_write_string(b->sheet, b->row, (lxw_col_t)column, text, NULL);
        b->failure = b->failure == LXW_NO_ERROR ? e : b->failure;
    }
}

static void put_number(demo_book *b, int column, double value)
{
    lxw_error e = worksheet_write_number(b->sheet, b->row, (lxw_col_t)column, value, NULL);
    b->failure = b->failure == LXW_NO_ERROR ? e : b->failure;
}

/* A whole number, which the layouts keep now as a number, now as text. */
static void put_whole(demo_book *b, int column, long value, bool as_text)
{
    if (!as_text) {
        put_number(b, column, (double)value);
        return;
    }
    char text[24];
    (void)snprintf(text, sizeof text, "%ld", value);
    put_text(b, column, text);
}

static void put_head(demo_book *b)
{
    for (int i = 0; i < b->at.items; i++) {
        put_text(b, i, b->of_2020 ? heads_2020[i] : heads_2021[i]);
    }
    for (int j = 0; j < b->p->n_items; j++) {
        char head[64];
        (void)snprintf(head, sizeof head, b->of_2020 ? "a-%d-grade" : "балл за %d", j + 1);
        put_text(b, b->at.items + j, head);
    }
}

oko_status demo_book_open(const char *dir, const oko_procedure *p, uint64_t seed, demo_book **ret_book, oko_error *err)
{
    OKO_CLEANUP(oko_freep) demo_book *b = calloc(1, sizeof *b);
    if (b == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", p->code);
    }
    int n = snprintf(b->path, sizeof b->path, "%s/%s.xlsx", dir, p->code);
    int m = snprintf(b->part, sizeof b->part, "%s/%s.xlsx" OKO_DEMO_PART, dir, p->code);
    if (n < 0 || m < 0 || (size_t)n >= sizeof b->path || (size_t)m >= sizeof b->part) {
        return oko_error_set(err, OKO_E_LIMIT, "", p->code);
    }
    b->p = p;
    b->seed = seed ^ (uint64_t)p->year << 32 ^ (uint64_t)p->grade << 24 ^ (uint64_t)(unsigned char)p->subject[0] << 48;
    b->of_2020 = p->year == 2020;
    b->at = b->of_2020 ? layout_2020 : layout_2021;
    b->pupils_grade = b->of_2020 ? p->grade + 1 : p->grade;
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };
    b->workbook = workbook_new_opt(b->part, &options);
    b->sheet = b->workbook != NULL ? workbook_add_worksheet(b->workbook, b->of_2020 ? "Sheet1" : "Sheet") : NULL;
    if (b->sheet == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", p->code);
    }
    /* The time of making would make the same region differ from one run to the next. */
    lxw_doc_properties made = { .created = 1600000000 };
    b->failure = workbook_set_properties(b->workbook, &made);
    b->shifted_school = (int)(oko_rng_make(b->seed, 0).s[0] % 40);
    put_head(b);
    *ret_book = b;
    b = NULL;
    return OKO_OK;
}

static void put_place(demo_book *b, const oko_world_class *c, uint32_t pupil)
{
    char text[48];
    b->row++;
    oko_demo_login(c->school, text);
    put_text(b, b->at.login, text);
    if (b->at.groups >= 0) {
        (void)snprintf(text, sizeof text, OKO_DEMO_REGION "-RU,МО_%02d,", c->municipality + 1);
        put_text(b, b->at.groups, text);
    } else {
        oko_demo_municipality(c->municipality, text);
        put_text(b, b->at.municipality, text);
    }
    put_whole(b, b->at.number, (long)pupil, !b->of_2020);
    put_whole(b, b->at.code, b->p->grade * 10000L + (long)pupil, false);
}

static void put_journal(demo_book *b, int mark, bool shifted, oko_rng *rng)
{
    char text[24] = "нет отметки";
    if (mark != 0) {
        (void)snprintf(text, sizeof text, "%d", mark);
    }
    put_text(b, shifted ? b->at.gender : b->at.journal, text);
    if (shifted) {
        put_text(b, b->at.journal, oko_rng_below(rng, 2) == 0 ? "ж" : "м");
    }
}

/* The total as it is shown: with the slip, or nothing for DEMO_SLIP_NO_VARIANT. */
static void put_total(demo_book *b, int total, demo_slip slip)
{
    if (slip == DEMO_SLIP_ABOVE_MAXIMUM) {
        total = b->p->max_total + 1;
    } else if (slip == DEMO_SLIP_OTHER_SUM) {
        total += total < b->p->max_total ? 1 : -1;
    }
    if (slip != DEMO_SLIP_NO_VARIANT) {
        put_whole(b, b->at.total, total, !b->of_2020);
    }
}

static void put_items(demo_book *b, const int8_t *items, oko_rng *rng)
{
    for (int j = 0; j < b->p->n_items; j++) {
        if (items[j] < 0) {
            put_text(b, b->at.items + j, demo_draw_not_tried(rng));
        } else {
            put_whole(b, b->at.items + j, items[j], true);
        }
    }
}

static void put_work(demo_book *b, const oko_world_class *c, int i, const char *label, bool shifted, oko_rng *rng)
{
    demo_slip slip = demo_slip_of(b->works++);
    put_journal(b, c->journal[i], shifted, rng);
    put_text(b, b->at.klass, label);
    put_text(b, b->at.variant, slip == DEMO_SLIP_NO_VARIANT ? "0" : oko_rng_below(rng, 2) == 0 ? "1" : "2");
    put_total(b, c->total[i], slip);
    put_items(b, c->items + (size_t)i * (size_t)b->p->n_items, rng);
}

/* lxw codes say little; errno of the failed call says the rest. */
static oko_status failure_status(const demo_book *b, lxw_error e, oko_error *err)
{
    if (e == LXW_ERROR_MEMORY_MALLOC_FAILED) {
        return oko_error_set(err, OKO_E_MEMORY, "", b->p->code);
    }
    return oko_demo_errno(b->path, err);
}

oko_status demo_book_class(demo_book *b, const oko_world_class *c, int n_classes, char ret_label[DEMO_LABEL_BYTES],
                           oko_error *err)
{
    oko_rng of_school = oko_rng_make(b->seed, (uint64_t)c->school + 1);
    demo_class_style style = demo_draw_class_style(&of_school, n_classes);
    oko_rng rng = oko_rng_make(b->seed, (uint64_t)(c->school + 1) << 8 | (uint64_t)(c->class_index + 1));
    bool shifted = c->school == b->shifted_school && c->class_index == 0;
    char label[DEMO_LABEL_BYTES] = "";
    for (int i = 0; i < c->n; i++) {
        put_place(b, c, c->pupil[i]);
        demo_class_text(style, b->pupils_grade, c->class_index, &rng, label);
        if (c->absent[i] != 0) {
            put_text(b, b->at.variant, "отсутствовал");
        } else {
            put_work(b, c, i, label, shifted, &rng);
        }
    }
    if (ret_label != NULL) {
        memcpy(ret_label, label, sizeof label);
    }
    return b->failure == LXW_NO_ERROR ? OKO_OK : failure_status(b, b->failure, err);
}

oko_status demo_book_finish(demo_book *book, oko_error *err)
{
    OKO_CLEANUP(demo_book_dropp) demo_book *b = book;
    errno = 0;
    lxw_error e = workbook_close(b->workbook);
    b->workbook = NULL;
    e = b->failure != LXW_NO_ERROR ? b->failure : e;
    if (e != LXW_NO_ERROR) {
        return failure_status(b, e, err);
    }
    return rename(b->part, b->path) == 0 ? OKO_OK : oko_demo_errno(b->path, err);
}

void demo_book_dropp(demo_book **book)
{
    demo_book *b = *book;
    if (b == NULL) {
        return;
    }
    if (b->workbook != NULL) {
        (void)workbook_close(b->workbook);
    }
    (void)unlink(b->part); /* a finished file has its own name by now */
    free(b);
    *book = NULL;
}
