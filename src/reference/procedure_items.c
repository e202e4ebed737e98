#include "reference/procedure_items.h"

#include <stdio.h>
#include <string.h>

typedef struct scanner {
    oko_str text;
    size_t at;
} scanner;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static oko_str rest(const scanner *s)
{
    return (oko_str){ s->text.ptr + s->at, s->text.len - s->at };
}

/* Takes `part` when it comes next. */
static bool take(scanner *s, const char *part)
{
    oko_str wanted = oko_str_of(part);
    if (!oko_str_starts(rest(s), wanted)) {
        return false;
    }
    s->at += wanted.len;
    return true;
}

static void skip_blanks(scanner *s)
{
    while (take(s, " ") || take(s, "\t") || take(s, "\n") || take(s, "\r") || take(s, "\xC2\xA0")) {
    }
}

static void skip_separators(scanner *s)
{
    do {
        skip_blanks(s);
    } while (take(s, ",") || take(s, ";"));
}

/* A number of at most four digits. */
static bool take_number(scanner *s, int *ret_value)
{
    int value = 0;
    size_t n = 0;
    while (s->at + n < s->text.len && is_digit(s->text.ptr[s->at + n])) {
        if (n == 4) {
            return false;
        }
        value = value * 10 + (s->text.ptr[s->at + n++] - '0');
    }
    if (n == 0) {
        return false;
    }
    s->at += n;
    *ret_value = value;
    return true;
}

static bool take_times(scanner *s)
{
    return take(s, "\xC3\x97") || take(s, "x") || take(s, "X") || take(s, "*") || take(s, "\xD1\x85") ||
           take(s, "\xD0\xA5");
}

static oko_status add_item(oko_procedure *p, oko_str label, int max)
{
    if (p->n_items >= OKO_MAX_ITEMS) {
        return OKO_E_LIMIT;
    }
    if (max < 1 || max > OKO_MAX_ITEM_SCORE) {
        return OKO_E_FORMAT;
    }
    oko_item *item = &p->items[p->n_items];
    *item = (oko_item){ .max = (int16_t)max };
    if (label.len == 0) {
        (void)snprintf(item->label, sizeof item->label, "%d", p->n_items + 1);
    } else if (!oko_str_copy(item->label, sizeof item->label, label)) {
        return OKO_E_LIMIT;
    }
    p->n_items++;
    return OKO_OK;
}

/* "label(max)": the label is everything up to the bracket. */
static oko_status take_labelled(scanner *s, oko_procedure *p)
{
    size_t start = s->at;
    while (s->at < s->text.len && strchr("(,; \t\r\n", s->text.ptr[s->at]) == NULL) {
        s->at++;
    }
    oko_str label = { s->text.ptr + start, s->at - start };
    skip_blanks(s);
    int max = 0;
    if (label.len == 0 || !take(s, "(")) {
        s->at = start;
        return OKO_E_FORMAT;
    }
    skip_blanks(s);
    bool number = take_number(s, &max);
    skip_blanks(s);
    (void)(take(s, "\xD0\xB1") || take(s, "\xD0\x91")); /* «б» of «2б» */
    if (!number || !take(s, ")")) {
        return OKO_E_FORMAT;
    }
    return add_item(p, label, max);
}

/* "max" or "max×times"; false when what comes next is a label. */
static bool take_plain(scanner *s, oko_procedure *p, oko_status *ret_status)
{
    scanner ahead = *s;
    int max = 0;
    int times = 1;
    if (!take_number(&ahead, &max)) {
        return false;
    }
    if (take_times(&ahead) && !take_number(&ahead, &times)) {
        return false;
    }
    if (ahead.at < ahead.text.len && strchr(",; \t\r\n", ahead.text.ptr[ahead.at]) == NULL) {
        return false;
    }
    scanner bracket = ahead;
    skip_blanks(&bracket);
    if (bracket.at < bracket.text.len && bracket.text.ptr[bracket.at] == '(') {
        return false; /* "12 (1)" */
    }
    *ret_status = times < 1 ? OKO_E_FORMAT : OKO_OK;
    for (int i = 0; i < times && *ret_status == OKO_OK; i++) {
        *ret_status = add_item(p, (oko_str){ "", 0 }, max);
    }
    if (*ret_status == OKO_OK) {
        *s = ahead;
    }
    return true;
}

oko_status oko_procedure_items_parse(oko_str text, oko_procedure *p, size_t *ret_at)
{
    scanner s = { .text = text };
    oko_status status = OKO_OK;
    p->n_items = 0;
    skip_separators(&s);
    while (s.at < s.text.len && status == OKO_OK) {
        if (!take_plain(&s, p, &status)) {
            status = take_labelled(&s, p);
        }
        if (status == OKO_OK) {
            skip_separators(&s);
        }
    }
    if (status == OKO_OK && p->n_items == 0) {
        status = OKO_E_FORMAT;
    }
    if (status != OKO_OK) {
        *ret_at = s.at;
    }
    return status;
}
