/* Published values as rows of a table, and the table as CSV. */
#include "cycle/publish.h"

#include "analysis/register.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct making {
    const oko_cycle *c;
    const oko_text *text;
    oko_register reg;
    json_t *definitions; /* of indicators, by id: the body with its title */
    json_t *names;       /* of units, by id */
    json_t *rows;
    oko_error *err;
} making;

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

static const json_t *definition(making *m, int64_t indicator)
{
    char id[24];
    (void)snprintf(id, sizeof id, "%lld", (long long)indicator);
    if (json_object_get(m->definitions, id) == NULL) {
        OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
        if (oko_cycle_get(m->c, "indicator", indicator, &e, NULL) == OKO_OK) {
            const char *english = json_string_value(json_object_get(e.body, "name_en"));
            const bool en = strcmp(oko_text_lang(m->text), "en") == 0 && english != NULL;
            (void)json_object_set_new(e.body, "title", json_string(en ? english : e.head.title));
            (void)json_object_set(m->definitions, id, e.body);
        }
    }
    return json_object_get(m->definitions, id);
}

static const char *name_of(making *m, int64_t unit)
{
    char id[24];
    oko_unit u;
    (void)snprintf(id, sizeof id, "%lld", (long long)unit);
    if (json_object_get(m->names, id) == NULL && oko_store_unit_get(m->c->store, unit, &u, NULL) == OKO_OK) {
        (void)json_object_set_new(m->names, id, json_string(u.name));
    }
    const char *name = json_string_value(json_object_get(m->names, id));
    return name != NULL ? name : "";
}

/* The own unit, what lies below it, and what lies above it. */
static bool in_sight(const making *m, int64_t unit)
{
    const int64_t own = m->c->actor->unit;
    const oko_place *p = oko_register_find(&m->reg, unit);
    if (m->c->actor->owner || own == 0) {
        return true;
    }
    for (int step = 0; p != NULL && step < OKO_LEVEL_COUNT; step++) {
        if (p->id == own) {
            return true;
        }
        p = p->parent != 0 ? oko_register_find(&m->reg, p->parent) : NULL;
    }
    p = oko_register_find(&m->reg, own);
    for (int step = 0; p != NULL && step < OKO_LEVEL_COUNT; step++) {
        if (p->id == unit) {
            return true;
        }
        p = p->parent != 0 ? oko_register_find(&m->reg, p->parent) : NULL;
    }
    return false;
}

static const char *text_of(const json_t *body, const char *name, const char *other)
{
    const char *text = json_string_value(json_object_get(body, name));
    return text != NULL ? text : other;
}

static const char *word(const making *m, const char *what, const char *name)
{
    char key[64];
    (void)snprintf(key, sizeof key, "indicator.%s.%s", what, name);
    return oko_text_has(m->text, key) ? oko_text_get(m->text, key) : name;
}

static oko_status add_row(making *m, const oko_published *p)
{
    const oko_indicator_value *v = &p->v;
    const json_t *body = definition(m, v->indicator);
    const oko_place *place = oko_register_find(&m->reg, v->unit);
    const double value = p->hidden ? NAN : v->value;
    const char *level = place != NULL ? oko_level_name(place->level) : "", *standing = oko_value_standing(value, body);
    json_t *target = json_object_get(body, "target");
    json_t *row =
        json_pack("{s:I, s:s, s:s, s:s, s:I, s:s, s:s, s:s, s:s, s:i, s:o, s:s, s:s, s:b, s:o, s:s, s:O, s:s, s:s}",
                  "id", (json_int_t)v->id, "code", v->code, "title", text_of(body, "title", v->code), "group",
                  text_of(body, "group", ""), "unit", (json_int_t)v->unit, "unit_code",
                  place != NULL ? place->code : "", "unit_name", name_of(m, v->unit), "level", level, "level_text",
                  word(m, "level", level), "year", v->year, "value", isnan(value) ? json_null() : json_real(value),
                  "why", p->why, "why_text", p->why[0] != '\0' ? oko_text_get(m->text, p->why) : "", "suppressed",
                  (int)p->hidden, "n", p->hidden || v->n < 0 ? json_null() : json_integer((json_int_t)v->n), "measure",
                  text_of(body, "unit", ""), "target", target != NULL ? target : json_null(), "standing", standing,
                  "standing_text", word(m, "standing", standing));
    return row != NULL && json_array_append_new(m->rows, row) == 0 ? OKO_OK : no_memory(m->err);
}

static oko_status add_rows(making *m, const oko_publication *p, const char *code)
{
    oko_status status = oko_register_load(m->c->store, 0, &m->reg, m->err);
    for (size_t i = 0; status == OKO_OK && i < oko_publication_count(p); i++) {
        const oko_published *at = oko_publication_at(p, i);
        if ((code == NULL || strcmp(code, at->v.code) == 0) && in_sight(m, at->v.unit)) {
            status = add_row(m, at);
        }
    }
    return status;
}

oko_status oko_publication_rows(const oko_cycle *c, const oko_publication *p, const oko_text *text, const char *code,
                                json_t **ret_rows, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *definitions = json_object();
    OKO_CLEANUP(oko_json_freep) json_t *names = json_object();
    making m = { .c = c, .text = text, .definitions = definitions, .names = names, .rows = json_array(), .err = err };
    oko_status status = definitions != NULL && names != NULL && m.rows != NULL ? add_rows(&m, p, code) : no_memory(err);
    oko_register_clear(&m.reg);
    if (status != OKO_OK) {
        json_decref(m.rows);
        return status;
    }
    *ret_rows = m.rows;
    return OKO_OK;
}

/* ---- CSV ---- */

const oko_published_column oko_published_columns[] = {
    { "code", 22 },          { "title", 50 },    { "level_text", 16 }, { "unit_code", 14 }, { "unit_name", 40 },
    { "year", 8 },           { "value", 12 },    { "measure", 10 },    { "n", 12 },         { "target", 12 },
    { "standing_text", 20 }, { "why_text", 50 }, { NULL, 0 },
};

static void put_text(oko_buffer *out, const char *text)
{
    /* A text is never a formula for a spreadsheet. */
    const char *guard = strchr("=+-@\t\r", text[0]) != NULL && text[0] != '\0' ? "'" : "";
    oko_buffer_char(out, '"');
    oko_buffer_str(out, guard);
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            oko_buffer_char(out, '"');
        }
        oko_buffer_char(out, *text);
    }
    oko_buffer_char(out, '"');
}

static void put_cell(oko_buffer *out, const json_t *value)
{
    char digits[64];
    if (json_is_string(value)) {
        put_text(out, json_string_value(value));
    } else if (json_is_number(value)) {
        (void)snprintf(digits, sizeof digits, json_is_integer(value) ? "%.0f" : "%.17g", json_number_value(value));
        char *comma = strchr(digits, ',');
        if (comma != NULL) {
            *comma = '.';
        }
        oko_buffer_str(out, digits);
    }
}

oko_status oko_publication_csv(const json_t *rows, const oko_text *text, oko_buffer *out, oko_error *err)
{
    char key[64];
    oko_buffer_str(out, "\xEF\xBB\xBF");
    for (const oko_published_column *column = oko_published_columns; column->name != NULL; column++) {
        (void)snprintf(key, sizeof key, "indicator.column.%s", column->name);
        oko_buffer_str(out, column == oko_published_columns ? "" : ",");
        put_text(out, oko_text_get(text, key));
    }
    oko_buffer_str(out, "\r\n");
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)(uintptr_t)rows, i, row)
    {
        for (const oko_published_column *column = oko_published_columns; column->name != NULL; column++) {
            oko_buffer_str(out, column == oko_published_columns ? "" : ",");
            put_cell(out, json_object_get(row, column->name));
        }
        oko_buffer_str(out, "\r\n");
    }
    oko_status status = oko_buffer_status(out);
    return status == OKO_OK ? OKO_OK : oko_error_set(err, status, "", "");
}
