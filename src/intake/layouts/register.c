/* Register of units: level; code; name; parent; type; place; cluster; valid_from; valid_to; login; oge; ege. */
#include "intake/layouts/layouts.h"

#include <string.h>

typedef enum field {
    F_LEVEL,
    F_CODE,
    F_NAME,
    F_PARENT,
    F_TYPE,
    F_PLACE,
    F_CLUSTER,
    F_FROM,
    F_TO,
    F_LOGIN,
    F_OGE,
    F_EGE,
    F_COUNT
} field;

static const struct {
    const char *en, *ru;
} heads[F_COUNT] = { { "level", "уровень" },   { "code", "код" },          { "name", "название" },
                     { "parent", "родитель" }, { "type", "тип" },          { "place", "местность" },
                     { "cluster", "кластер" }, { "valid from", "с года" }, { "valid to", "по год" },
                     { "login", "логин" },     { "oge", "код огэ" },       { "ege", "код егэ" } };

typedef struct register_state {
    int col[F_COUNT];
} register_state;

static int column(const intake_row *row, field f)
{
    int col = head_equal(row, heads[f].en);
    if (col < 0)
        col = head_equal(row, heads[f].ru);
    if (col < 0 && f == F_NAME)
        col = head_equal(row, "наименование");
    if (col < 0 && f == F_LOGIN)
        col = head_equal(row, "логины");
    if (col < 0 && f == F_PARENT)
        col = head_equal(row, "вышестоящая единица");
    return col;
}

static bool recognise(const intake_head *head)
{
    return column(head->row, F_LEVEL) >= 0 && column(head->row, F_CODE) >= 0 && column(head->row, F_PARENT) >= 0;
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    (void)err;
    register_state *s = r->state = oko_arena_alloc(r->arena, sizeof *s);
    if (s == NULL)
        return OKO_E_MEMORY;
    for (int i = 0; i < F_COUNT; i++)
        s->col[i] = column(head->row, (field)i);
    return OKO_OK;
}

/* A level in English or Russian. */
static bool parse_level(oko_str text, oko_level *ret_level)
{
    static const struct {
        const char *start;
        oko_level level;
    } words[] = { { "стран", OKO_LEVEL_COUNTRY },   { "регион", OKO_LEVEL_REGION },
                  { "субъект", OKO_LEVEL_REGION },  { "муниципал", OKO_LEVEL_MUNICIPALITY },
                  { "мо", OKO_LEVEL_MUNICIPALITY }, { "район", OKO_LEVEL_MUNICIPALITY },
                  { "школа", OKO_LEVEL_SCHOOL },    { "оо", OKO_LEVEL_SCHOOL },
                  { "класс", OKO_LEVEL_CLASS } };
    char buffer[64];
    oko_str key = { buffer, oko_str_fold(buffer, sizeof buffer, text) };
    if (oko_level_parse(key, ret_level))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!oko_str_starts(key, oko_str_of(words[i].start)))
            continue;
        *ret_level = words[i].level;
        return true;
    }
    return false;
}

static void parse_place(oko_str text, char place[16])
{
    char buffer[64];
    oko_str key = { buffer, oko_str_fold(buffer, sizeof buffer, text) };
    place[0] = '\0';
    if (oko_str_starts(key, OKO_STR("town")) || oko_str_starts(key, OKO_STR("город")) ||
        oko_str_starts(key, OKO_STR("гор")))
        oko_str_copy(place, 16, OKO_STR("town"));
    else if (oko_str_starts(key, OKO_STR("village")) || oko_str_starts(key, OKO_STR("сел")))
        oko_str_copy(place, 16, OKO_STR("village"));
}

/* The kinds that the program knows have one word in both languages; any other text stays as it is written. */
static void parse_type(oko_str text, char type[32])
{
    static const struct {
        const char *start, *type;
    } words[] = { { "гимнази", "gymnasium" },
                  { "лице", "lyceum" },
                  { "коррекц", "correctional" },
                  { "вечерн", "evening" },
                  { "школа", "school" } };
    char buffer[64];
    oko_str key = { buffer, oko_str_fold(buffer, sizeof buffer, text) };
    oko_str_copy(type, 32, text);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        bool whole = strcmp(words[i].type, "school") == 0; /* «школа-интернат» is not just a school */
        if (whole ? oko_str_equal(key, oko_str_of(words[i].start)) : oko_str_starts(key, oko_str_of(words[i].start))) {
            oko_str_copy(type, 32, oko_str_of(words[i].type));
            return;
        }
    }
}

static oko_status rejected(intake_reader *r, uint32_t row, int col, const char *value_class, const char *reason)
{
    return reader_problem(r, (clean_fault){ OKO_PROBLEM_REJECTED, value_class, reason }, row,
                          col < 0 ? 0 : (uint32_t)col + 1, NULL, NULL);
}

static oko_status year(intake_reader *r, uint32_t row, const oko_cell *cells, size_t n, field f, int16_t *ret_year)
{
    const register_state *s = r->state;
    oko_str text = cell_at(cells, n, s->col[f]);
    int64_t value = 0;
    if (text.len == 0)
        return OKO_OK;
    if (!oko_str_to_int(text, &value) || (value != 0 && (value < 1990 || value > 2100)))
        return rejected(r, row, s->col[f], "text", "problem.unit.year");
    *ret_year = (int16_t)value;
    return OKO_OK;
}

/* A column that the table does not have, an empty name and an empty parent say nothing. */
static unsigned told(const register_state *s, const oko_str *text)
{
    static const struct {
        field column;
        unsigned bit;
    } columns[] = { { F_TYPE, BATCH_TOLD_TYPE },
                    { F_PLACE, BATCH_TOLD_PLACE },
                    { F_CLUSTER, BATCH_TOLD_CLUSTER },
                    { F_FROM, BATCH_TOLD_FROM },
                    { F_TO, BATCH_TOLD_TO } };
    unsigned bits = (text[F_NAME].len > 0 ? BATCH_TOLD_NAME : 0U) | (text[F_PARENT].len > 0 ? BATCH_TOLD_PARENT : 0U);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        bits |= s->col[columns[i].column] >= 0 ? columns[i].bit : 0U;
    return bits;
}

static oko_status row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    (void)err;
    const register_state *s = r->state;
    oko_str text[F_COUNT];
    for (int i = 0; i < F_COUNT; i++)
        text[i] = cell_at(cells, n, s->col[i]);
    batch_unit u = { .unit = { .confirmed = true }, .sheet = r->sheet, .row = number };
    r->batch->rows++;
    if (!parse_level(text[F_LEVEL], &u.unit.level))
        return rejected(r, number, s->col[F_LEVEL], text[F_LEVEL].len == 0 ? "empty" : "text", "problem.unit.level");
    if (text[F_CODE].len == 0 || text[F_CODE].len >= sizeof u.unit.code)
        return rejected(r, number, s->col[F_CODE], text[F_CODE].len == 0 ? "empty" : "long", "problem.unit.code");
    oko_str_copy(u.unit.code, sizeof u.unit.code, text[F_CODE]);
    oko_str_copy(u.unit.name, sizeof u.unit.name, text[F_NAME].len > 0 ? text[F_NAME] : text[F_CODE]);
    parse_type(text[F_TYPE], u.unit.type);
    oko_str_copy(u.unit.cluster, sizeof u.unit.cluster, text[F_CLUSTER]);
    parse_place(text[F_PLACE], u.unit.place);
    u.told = told(s, text);
    u.parent = batch_text(r->batch, text[F_PARENT]);
    u.login = batch_text(r->batch, text[F_LOGIN]);
    u.oge = batch_text(r->batch, text[F_OGE]);
    u.ege = batch_text(r->batch, text[F_EGE]);
    if (u.parent == NULL || u.login == NULL || u.oge == NULL || u.ege == NULL)
        return OKO_E_MEMORY;
    oko_status status = year(r, number, cells, n, F_FROM, &u.unit.valid_from);
    if (status == OKO_OK)
        status = year(r, number, cells, n, F_TO, &u.unit.valid_to);
    return status == OKO_OK ? batch_unit_add(r->batch, &u) : status;
}

const intake_layout layout_register = { .name = "register", .recognise = recognise, .begin = begin, .row = row };
