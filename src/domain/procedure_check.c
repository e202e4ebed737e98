/* Invariants of a procedure. Messages: reference/text/LANGUAGE/procedure.json. */
#include "domain/procedure.h"

#include "domain/date.h"

#include <string.h>

/* Refuses: message `id` about `member`. */
static oko_status refuse(oko_error *err, const char *id, const char *member)
{
    return oko_error_set(err, OKO_E_ARGUMENT, id, member);
}

/* Refuses element `index` of a member, e.g. items[3]; the number for people begins with 1. */
static oko_status refuse_at(oko_error *err, const char *id, const char *member, int index)
{
    (void)oko_error_set(err, OKO_E_ARGUMENT, id, member);
    oko_error_arg(err, "%d", index + 1);
    return OKO_E_ARGUMENT;
}

/* A range error says which range it is. */
static oko_status refuse_range(oko_error *err, const char *id, const char *member, int from, int to)
{
    (void)oko_error_set(err, OKO_E_ARGUMENT, id, member);
    oko_error_arg(err, "%d", from);
    oko_error_arg(err, "%d", to);
    return OKO_E_ARGUMENT;
}

/* Text of a fixed array: ended inside it and valid UTF-8. */
static bool text_ok(const char *text, size_t bytes)
{
    const char *end = memchr(text, '\0', bytes);
    return end != NULL && oko_utf8_valid((oko_str){ text, (size_t)(end - text) });
}

static oko_status check_texts(const oko_procedure *p, oko_error *err)
{
    const struct {
        const char *member;
        const char *text;
        size_t bytes;
    } texts[] = { { "code", p->code, sizeof p->code },
                  { "subject", p->subject, sizeof p->subject },
                  { "title", p->title, sizeof p->title },
                  { "date", p->date, sizeof p->date },
                  { "source", p->source, sizeof p->source } };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!text_ok(texts[i].text, texts[i].bytes)) {
            return refuse(err, "procedure.text", texts[i].member);
        }
    }
    if (p->n_aliases < 0 || p->n_aliases > OKO_MAX_ALIASES) {
        return refuse_range(err, "procedure.aliases", "aliases", 0, OKO_MAX_ALIASES);
    }
    for (int i = 0; i < p->n_aliases; i++) {
        if (p->aliases[i][0] == '\0' || !text_ok(p->aliases[i], sizeof p->aliases[i])) {
            return refuse_at(err, "procedure.alias", "aliases", i);
        }
    }
    return OKO_OK;
}

/* The code must say the same year, grade and subject as the members. */
static oko_status check_code(const oko_procedure *p, oko_error *err)
{
    int year, grade;
    char subject[16];
    size_t length;
    oko_str code = oko_str_of(p->code);
    if (!oko_procedure_code_parse(code, &year, &grade, subject, &length) || length != code.len ||
        memcmp(p->code + 8, subject, strlen(subject)) != 0) {
        return refuse(err, "procedure.code", "code");
    }
    if (year != p->year) {
        return refuse(err, "procedure.code_differs", "year");
    }
    if (grade != p->grade) {
        return refuse(err, "procedure.code_differs", "grade");
    }
    if (strcmp(subject, p->subject) != 0) {
        return refuse(err, "procedure.code_differs", "subject");
    }
    return (size_t)p->kind < OKO_KIND_COUNT ? OKO_OK : refuse(err, "procedure.kind", "kind");
}

static oko_status check_items(const oko_procedure *p, oko_error *err)
{
    int sum = 0;
    if (p->n_items < 0 || p->n_items > OKO_MAX_ITEMS) {
        return refuse_range(err, "procedure.items", "items", 0, OKO_MAX_ITEMS);
    }
    for (int i = 0; i < p->n_items; i++) {
        const oko_item *item = &p->items[i];
        if (item->label[0] == '\0' || !text_ok(item->label, sizeof item->label)) {
            return refuse_at(err, "procedure.item_label", "items", i);
        }
        if (item->max < 1 || item->max > OKO_MAX_ITEM_SCORE) {
            return refuse_at(err, "procedure.item_max", "items", i);
        }
        if (item->level != 0 && strchr("BPV", item->level) == NULL) {
            return refuse_at(err, "procedure.item_level", "items", i);
        }
        sum += item->max;
    }
    for (int i = 0; i < p->n_items; i++) {
        if (oko_procedure_item(p, oko_str_of(p->items[i].label)) != i) {
            return refuse_at(err, "procedure.item_twice", "items", i);
        }
    }
    if (p->n_items > 0 && sum != p->max_total) {
        (void)refuse(err, "procedure.items_sum", "max");
        oko_error_arg(err, "%d", sum);
        oko_error_arg(err, "%d", p->max_total);
        return OKO_E_ARGUMENT;
    }
    return OKO_OK;
}

/* Values that must go up and stay in from…to. */
static bool ascending(const int16_t *values, int n, int from, int to)
{
    for (int i = 0; i < n; i++) {
        if (values[i] < from || values[i] > to || (i > 0 && values[i] <= values[i - 1])) {
            return false;
        }
    }
    return true;
}

static oko_status check_scale(const oko_procedure *p, oko_error *err)
{
    const int max_gaps = (int)(sizeof p->gaps / sizeof *p->gaps);
    if (p->max_total < 1 || p->max_total > OKO_MAX_TOTAL) {
        return refuse_range(err, "procedure.max_total", "max", 1, OKO_MAX_TOTAL);
    }
    if (p->n_cutoffs < 0 || p->n_cutoffs > OKO_MAX_CUTOFFS) {
        return refuse_range(err, "procedure.cutoffs_many", "cutoffs", 0, OKO_MAX_CUTOFFS);
    }
    if (!ascending(p->cutoffs, p->n_cutoffs, 1, p->max_total)) {
        return refuse_range(err, "procedure.cutoffs", "cutoffs", 1, p->max_total);
    }
    if (p->n_cutoffs > 0 && (p->first_mark < 1 || p->first_mark > 100)) {
        return refuse_range(err, "procedure.first_mark", "first_mark", 1, 100);
    }
    if (p->n_gaps < 0 || p->n_gaps > max_gaps) {
        return refuse_range(err, "procedure.gaps_many", "gaps", 0, max_gaps);
    }
    if (!ascending(p->gaps, p->n_gaps, 0, p->max_total)) {
        return refuse_range(err, "procedure.gaps", "gaps", 0, p->max_total);
    }
    return OKO_OK;
}

oko_status oko_procedure_check(const oko_procedure *p, oko_error *err)
{
    oko_status status = check_texts(p, err);
    if (status == OKO_OK) {
        status = check_code(p, err);
    }
    if (status == OKO_OK && p->date[0] != '\0' && !oko_date_valid(p->date)) {
        status = refuse(err, "procedure.date", "date");
    }
    if (status == OKO_OK) {
        status = check_scale(p, err);
    }
    return status == OKO_OK ? check_items(p, err) : status;
}
