#include "reference/procedure_read.h"

#include "base/memory.h"
#include "reference/procedure_items.h"

#include <stdio.h>
#include <string.h>

/* What an error is about: "2021-04-MA: cutoffs". */
typedef struct reader {
    oko_procedure *p;
    size_t index; /* of the entry in the file */
    oko_error *err;
} reader;

/* Sets an error about a member of the entry at hand, without arguments. */
static oko_status fail(const reader *r, oko_status code, const char *id, const char *member)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer where = { 0 };
    oko_buffer_init(&where, 4096);
    if (r->p->code[0] != '\0') {
        oko_buffer_str(&where, r->p->code);
    } else {
        oko_buffer_printf(&where, "procedures[%zu]", r->index);
    }
    if (member[0] != '\0') {
        oko_buffer_printf(&where, ": %s", member);
    }
    return oko_error_set(r->err, code, id, where.ptr != NULL ? where.ptr : member);
}

static oko_status fail_type(const reader *r, const char *member, const char *expected)
{
    oko_status status = fail(r, OKO_E_FORMAT, "reference.procedure_type", member);
    oko_error_arg(r->err, "%s", expected);
    return status;
}

/* Copies a string member; a missing one leaves dst as it is. */
static oko_status read_string(const reader *r, const json_t *value, const char *member, char *dst, size_t dst_bytes)
{
    if (value == NULL) {
        return OKO_OK;
    }
    if (!json_is_string(value)) {
        return fail_type(r, member, "\"…\"");
    }
    if (!oko_str_copy(dst, dst_bytes, (oko_str){ json_string_value(value), json_string_length(value) })) {
        oko_status status = fail(r, OKO_E_LIMIT, "reference.procedure_long", member);
        oko_error_arg(r->err, "%zu", dst_bytes - 1);
        return status;
    }
    return OKO_OK;
}

/* Reads a whole number within [min, max]; a missing one leaves *value as it is. */
static oko_status read_int(const reader *r, const json_t *json, const char *member, int min, int max, int *value)
{
    if (json == NULL) {
        return OKO_OK;
    }
    if (!json_is_integer(json)) {
        return fail_type(r, member, "1, 2, 3…");
    }
    json_int_t i = json_integer_value(json);
    if (i < min || i > max) {
        oko_status status = fail(r, OKO_E_FORMAT, "reference.procedure_range", member);
        oko_error_arg(r->err, "%lld", (long long)i);
        oko_error_arg(r->err, "%d", min);
        oko_error_arg(r->err, "%d", max);
        return status;
    }
    *value = (int)i;
    return OKO_OK;
}

static oko_status read_code(reader *r, const json_t *entry)
{
    char code[OKO_CODE_BYTES] = "";
    oko_status status = read_string(r, json_object_get(entry, "code"), "code", code, sizeof code);
    if (status != OKO_OK) {
        return status;
    }
    oko_procedure *p = r->p;
    size_t len = 0;
    if (!oko_procedure_code_parse(oko_str_of(code), &p->year, &p->grade, p->subject, &len) || len != strlen(code)) {
        status = fail(r, OKO_E_FORMAT, "reference.procedure_code", "code");
        oko_error_arg(r->err, "%s", code);
        return status;
    }
    memcpy(p->code, code, sizeof code);
    return OKO_OK;
}

/* Year, grade and subject stand in the code; where they are written out too they must say the same. */
static oko_status check_repeated(const reader *r, const json_t *entry)
{
    int year = r->p->year;
    int grade = r->p->grade;
    char subject[sizeof r->p->subject];
    memcpy(subject, r->p->subject, sizeof subject);
    oko_status status = read_int(r, json_object_get(entry, "year"), "year", 1990, 2100, &year);
    if (status == OKO_OK) {
        status = read_int(r, json_object_get(entry, "grade"), "grade", 0, 12, &grade);
    }
    if (status == OKO_OK) {
        status = read_string(r, json_object_get(entry, "subject"), "subject", subject, sizeof subject);
    }
    if (status != OKO_OK) {
        return status;
    }
    const char *member = year != r->p->year                    ? "year"
                         : grade != r->p->grade                ? "grade"
                         : strcmp(subject, r->p->subject) != 0 ? "subject"
                                                               : NULL;
    return member == NULL ? OKO_OK : fail(r, OKO_E_CONFLICT, "reference.procedure_contradicts", member);
}

static oko_status read_kind(const reader *r, const json_t *entry)
{
    const json_t *kind = json_object_get(entry, "kind");
    if (kind == NULL) {
        return fail(r, OKO_E_FORMAT, "reference.procedure_missing", "kind");
    }
    char name[32] = "";
    oko_status status = read_string(r, kind, "kind", name, sizeof name);
    if (status == OKO_OK && !oko_kind_parse(oko_str_of(name), &r->p->kind)) {
        status = fail(r, OKO_E_FORMAT, "reference.procedure_kind", "kind");
        oko_error_arg(r->err, "%s", name);
    }
    return status;
}

/* «Б», «базовый», «B» and so on; 0 when it is none of them. */
static char level_letter(const char *text)
{
    static const struct {
        const char *name;
        char level;
    } names[] = {
        { "B", 'B' },       { "P", 'P' },     { "V", 'V' },       { "Б", 'B' },
        { "П", 'P' },       { "В", 'V' },     { "базовый", 'B' }, { "повышенный", 'P' },
        { "высокий", 'V' }, { "basic", 'B' }, { "raised", 'P' },  { "high", 'V' },
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i].name, text) == 0) {
            return names[i].level;
        }
    }
    return 0;
}

static oko_status refuse_unknown(const reader *r, const json_t *object, const char *const *known, const char *where)
{
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        (void)value;
        bool found = strcmp(key, "comment") == 0;
        for (const char *const *k = known; *k != NULL && !found; k++) {
            found = strcmp(*k, key) == 0;
        }
        if (!found) {
            oko_status status = fail(r, OKO_E_FORMAT, "reference.procedure_unknown", where);
            oko_error_arg(r->err, "%s", key);
            return status;
        }
    }
    return OKO_OK;
}

static oko_status read_item_object(const reader *r, const json_t *json, const char *where, oko_item *item)
{
    static const char *const known[] = { "label", "max", "level", NULL };
    oko_status status = refuse_unknown(r, json, known, where);
    if (status == OKO_OK) {
        status = read_string(r, json_object_get(json, "label"), where, item->label, sizeof item->label);
    }
    int max = 0;
    if (status == OKO_OK) {
        status = read_int(r, json_object_get(json, "max"), where, 1, OKO_MAX_ITEM_SCORE, &max);
    }
    if (status != OKO_OK) {
        return status;
    }
    if (max == 0) {
        return fail(r, OKO_E_FORMAT, "reference.procedure_missing", where);
    }
    item->max = (int16_t)max;
    const json_t *level = json_object_get(json, "level");
    if (level != NULL) {
        item->level = level_letter(json_is_string(level) ? json_string_value(level) : "");
        if (item->level == 0) {
            return fail_type(r, where, "\"Б\", \"П\", \"В\"");
        }
    }
    return OKO_OK;
}

/* One element of a list of items: {"label":"13К1","max":2,"level":"П"} or just the maximum. */
static oko_status read_item(const reader *r, const json_t *json, size_t i)
{
    char where[32];
    (void)snprintf(where, sizeof where, "items[%zu]", i);
    if (r->p->n_items >= OKO_MAX_ITEMS) {
        return fail(r, OKO_E_LIMIT, "reference.procedure_many", where);
    }
    oko_item *item = &r->p->items[r->p->n_items];
    *item = (oko_item){ .max = 0 };
    oko_status status = OKO_OK;
    if (json_is_object(json)) {
        status = read_item_object(r, json, where, item);
    } else if (json_is_integer(json)) {
        int max = 0;
        status = read_int(r, json, where, 1, OKO_MAX_ITEM_SCORE, &max);
        item->max = (int16_t)max;
    } else {
        status = fail_type(r, where, "{\"label\": \"1\", \"max\": 2}");
    }
    if (status == OKO_OK && item->label[0] == '\0') {
        (void)snprintf(item->label, sizeof item->label, "%zu", i + 1);
    }
    r->p->n_items += status == OKO_OK;
    return status;
}

static oko_status read_items(const reader *r, const json_t *items)
{
    if (items == NULL) {
        return OKO_OK;
    }
    if (json_is_string(items)) {
        size_t at = 0;
        oko_str text = { json_string_value(items), json_string_length(items) };
        oko_status status = oko_procedure_items_parse(text, r->p, &at);
        if (status != OKO_OK) {
            oko_str tail = { text.ptr + at, text.len - at };
            char piece[32];
            (void)oko_str_copy(piece, sizeof piece, tail);
            status = fail(r, status, "reference.procedure_items", "items");
            oko_error_arg(r->err, "%s", piece);
        }
        return status;
    }
    if (!json_is_array(items)) {
        return fail_type(r, "items", "[…], \"1,1,2\"");
    }
    for (size_t i = 0; i < json_array_size(items); i++) {
        oko_status status = read_item(r, json_array_get(items, i), i);
        if (status != OKO_OK) {
            return status;
        }
    }
    return OKO_OK;
}

/* A list of whole numbers within [min, max], at most `limit`. */
static oko_status read_numbers(const reader *r, const json_t *json, const char *member, int min, int max, size_t limit,
                               int16_t *ret_values, int *ret_n)
{
    if (json == NULL) {
        return OKO_OK;
    }
    if (!json_is_array(json)) {
        return fail_type(r, member, "[…]");
    }
    if (json_array_size(json) > limit) {
        return fail(r, OKO_E_LIMIT, "reference.procedure_many", member);
    }
    for (size_t i = 0; i < json_array_size(json); i++) {
        int value = 0;
        oko_status status = read_int(r, json_array_get(json, i), member, min, max, &value);
        if (status != OKO_OK) {
            return status;
        }
        ret_values[i] = (int16_t)value;
    }
    *ret_n = (int)json_array_size(json);
    return OKO_OK;
}

/* {"3": 6, "4": 10, "5": 15}: lowest score of each mark; the marks follow each other, in any order of writing. */
static oko_status read_cutoff_object(const reader *r, const json_t *json)
{
    oko_procedure *p = r->p;
    if (json_object_size(json) > OKO_MAX_CUTOFFS) {
        return fail(r, OKO_E_LIMIT, "reference.procedure_many", "cutoffs");
    }
    int first = 10000;
    size_t open = 0;
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)(uintptr_t)json, key, value)
    {
        open += json_is_null(value) ? 1 : 0;
    }
    if (open > 0 && open == json_object_size(json)) { /* the form of an unknown procedure, not filled in */
        return OKO_OK;
    }
    json_object_foreach((json_t *)(uintptr_t)json, key, value)
    {
        int64_t mark = 0;
        if (strlen(key) > 3 || !oko_str_to_int(oko_str_of(key), &mark) || mark < 1) {
            return fail_type(r, "cutoffs", "\"3\", \"4\", \"5\"");
        }
        first = mark < first ? (int)mark : first;
    }
    int n = (int)json_object_size(json);
    bool seen[OKO_MAX_CUTOFFS] = { false };
    json_object_foreach((json_t *)(uintptr_t)json, key, value)
    {
        int64_t mark = first;
        (void)oko_str_to_int(oko_str_of(key), &mark);
        int64_t i = mark - first;
        if (i >= n || seen[i]) {
            return fail(r, OKO_E_FORMAT, "reference.procedure_marks", "cutoffs");
        }
        int cutoff = 0;
        oko_status status = read_int(r, value, "cutoffs", 1, OKO_MAX_TOTAL, &cutoff);
        if (status != OKO_OK) {
            return status;
        }
        p->cutoffs[i] = (int16_t)cutoff;
        seen[i] = true;
    }
    p->n_cutoffs = n;
    p->first_mark = (int16_t)(n > 0 ? first - 1 : p->first_mark);
    return OKO_OK;
}

static oko_status read_cutoffs(const reader *r, const json_t *entry)
{
    const json_t *cutoffs = json_object_get(entry, "cutoffs");
    int first_mark = 2;
    oko_status status = read_int(r, json_object_get(entry, "first_mark"), "first_mark", 1, 100, &first_mark);
    if (status != OKO_OK) {
        return status;
    }
    r->p->first_mark = (int16_t)first_mark;
    if (json_is_object(cutoffs)) {
        status = read_cutoff_object(r, cutoffs);
        bool given = json_object_get(entry, "first_mark") != NULL;
        if (status == OKO_OK && given && r->p->first_mark != first_mark) {
            status = fail(r, OKO_E_CONFLICT, "reference.procedure_contradicts", "first_mark");
        }
        return status;
    }
    return read_numbers(r, cutoffs, "cutoffs", 1, OKO_MAX_TOTAL, OKO_MAX_CUTOFFS, r->p->cutoffs, &r->p->n_cutoffs);
}

static oko_status read_aliases(const reader *r, const json_t *aliases)
{
    if (aliases == NULL) {
        return OKO_OK;
    }
    if (!json_is_array(aliases)) {
        return fail_type(r, "aliases", "[\"…\"]");
    }
    if (json_array_size(aliases) > OKO_MAX_ALIASES) {
        return fail(r, OKO_E_LIMIT, "reference.procedure_many", "aliases");
    }
    for (size_t i = 0; i < json_array_size(aliases); i++) {
        oko_status status = read_string(r, json_array_get(aliases, i), "aliases", r->p->aliases[i], OKO_CODE_BYTES);
        if (status != OKO_OK) {
            return status;
        }
        r->p->n_aliases++;
    }
    return OKO_OK;
}

static oko_status read_texts(const reader *r, const json_t *entry)
{
    oko_procedure *p = r->p;
    oko_status status = read_string(r, json_object_get(entry, "title"), "title", p->title, sizeof p->title);
    if (status == OKO_OK) {
        status = read_string(r, json_object_get(entry, "date"), "date", p->date, sizeof p->date);
    }
    if (status == OKO_OK) {
        status = read_string(r, json_object_get(entry, "source"), "source", p->source, sizeof p->source);
    }
    if (status == OKO_OK && p->title[0] == '\0') {
        (void)oko_str_copy(p->title, sizeof p->title, oko_str_of(p->code));
    }
    return status;
}

static oko_status read_numbers_and_lists(const reader *r, const json_t *entry)
{
    oko_procedure *p = r->p;
    if (json_object_get(entry, "max") == NULL) {
        return fail(r, OKO_E_FORMAT, "reference.procedure_missing", "max");
    }
    oko_status status = read_int(r, json_object_get(entry, "max"), "max", 1, OKO_MAX_TOTAL, &p->max_total);
    if (status == OKO_OK) {
        status = read_items(r, json_object_get(entry, "items"));
    }
    if (status == OKO_OK) {
        status = read_cutoffs(r, entry);
    }
    if (status == OKO_OK) {
        status = read_numbers(r, json_object_get(entry, "gaps"), "gaps", 0, OKO_MAX_TOTAL,
                              sizeof p->gaps / sizeof p->gaps[0], p->gaps, &p->n_gaps);
    }
    return status == OKO_OK ? read_aliases(r, json_object_get(entry, "aliases")) : status;
}

/* The invariants of the domain, with the code put before the member that the domain names. */
static oko_status check(const reader *r)
{
    oko_error inner = { .code = OKO_OK };
    oko_status status = oko_procedure_check(r->p, &inner);
    if (status == OKO_OK) {
        return OKO_OK;
    }
    (void)fail(r, status, inner.id, inner.field);
    for (int i = 0; i < inner.n_args; i++) {
        oko_error_arg(r->err, "%s", inner.arg[i]);
    }
    return status;
}

oko_status oko_procedure_read_entry(const json_t *entry, size_t index, oko_procedure *p, oko_error *err)
{
    static const char *const known[] = { "code",  "kind",    "year",       "grade", "subject", "title",  "date", "max",
                                         "items", "cutoffs", "first_mark", "gaps",  "aliases", "source", NULL };
    reader r = { .p = p, .index = index, .err = err };
    *p = (oko_procedure){ .first_mark = 2 };
    if (!json_is_object(entry)) {
        return fail_type(&r, "", "{…}");
    }
    oko_status status = read_code(&r, entry);
    if (status == OKO_OK) {
        status = refuse_unknown(&r, entry, known, "");
    }
    if (status == OKO_OK) {
        status = check_repeated(&r, entry);
    }
    if (status == OKO_OK) {
        status = read_kind(&r, entry);
    }
    if (status == OKO_OK) {
        status = read_texts(&r, entry);
    }
    if (status == OKO_OK) {
        status = read_numbers_and_lists(&r, entry);
    }
    return status == OKO_OK ? check(&r) : status;
}
