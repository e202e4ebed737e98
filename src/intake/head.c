/* Heads of tables: which column is which, item labels, logins. */
#include "intake/layout.h"

#include <string.h>

int head_equal(const intake_row *row, const char *key)
{
    for (size_t i = 0; i < row->n; i++)
        if (strcmp(row->key[i], key) == 0)
            return (int)i;
    return -1;
}

int head_starts(const intake_row *row, const char *key)
{
    for (size_t i = 0; i < row->n; i++)
        if (strncmp(row->key[i], key, strlen(key)) == 0)
            return (int)i;
    return -1;
}

int head_contains(const intake_row *row, const char *key)
{
    for (size_t i = 0; i < row->n; i++)
        if (strstr(row->key[i], key) != NULL)
            return (int)i;
    return -1;
}

oko_str cell_at(const oko_cell *cells, size_t n, int col)
{
    for (size_t i = 0; col >= 0 && i < n; i++)
        if (cells[i].col == (uint32_t)col)
            return oko_str_trim(cells[i].text);
    return (oko_str){ "", 0 };
}

/* What may stand before the label of an item, folded. */
static bool is_item_prefix(oko_str prefix)
{
    static const char *const known[] = { "",        "балл за",   "баллы за", "балл за задание",
                                         "задание", "задание №", "зад.",     "№",
                                         "item",    "q",         "question", "a-",
                                         "a",       "z",         "task",     "вопрос",
                                         "балл",    "i",         "score",    "points",
                                         "m",       "t",         "v",        "x",
                                         "y",       "p",         "it",       "mark" };
    char buffer[64];
    oko_str key = oko_str_trim((oko_str){ buffer, oko_str_fold(buffer, sizeof buffer, prefix) });
    while (key.len > 0 && key.ptr[key.len - 1] == '.' && !oko_str_equal(key, OKO_STR("зад.")))
        key.len--;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (oko_str_equal(key, oko_str_of(known[i])))
            return true;
    return false;
}

/* Cuts a trailing «(2б)», «(2 б.)», «(2 балла)» off and returns its number, 0 when there is none. */
static int16_t cut_max(oko_str *s)
{
    if (s->len < 4 || s->ptr[s->len - 1] != ')')
        return 0;
    size_t open = s->len - 1;
    while (open > 0 && s->ptr[open] != '(')
        open--;
    oko_str inner = oko_str_trim((oko_str){ s->ptr + open + 1, s->len - open - 2 });
    int value = 0;
    size_t i = 0;
    for (; s->ptr[open] == '(' && i < inner.len && i < 3 && inner.ptr[i] >= '0' && inner.ptr[i] <= '9'; i++)
        value = value * 10 + (inner.ptr[i] - '0');
    char buffer[32];
    oko_str unit = oko_str_trim((oko_str){ inner.ptr + i, inner.len - i });
    oko_str key = { buffer, oko_str_fold(buffer, sizeof buffer, unit) };
    if (i == 0 || value < 1 || value > OKO_MAX_ITEM_SCORE || !oko_str_starts(key, OKO_STR("б")))
        return 0;
    *s = oko_str_trim((oko_str){ s->ptr, open });
    return (int16_t)value;
}

static void cut_tail(oko_str *s, const char *tail)
{
    oko_str t = oko_str_of(tail);
    if (oko_str_ends(*s, t))
        *s = oko_str_trim((oko_str){ s->ptr, s->len - t.len });
}

/* Only digits, dots, commas, brackets, blanks, slashes, hyphens and at most 2 letters. */
static bool is_label(oko_str s)
{
    size_t at = 0, letters = 0;
    while (at < s.len) {
        uint32_t cp = oko_utf8_next(s, &at);
        bool plain = (cp >= '0' && cp <= '9') || strchr(".,()-/ _", (int)(cp < 128 ? cp : 'a')) != NULL;
        letters += plain ? 0 : 1;
    }
    return s.len > 0 && letters <= 2;
}

bool item_head_parse(oko_str head, item_head *ret_item)
{
    oko_str s = oko_str_trim(head);
    size_t digit = 0;
    while (digit < s.len && (s.ptr[digit] < '0' || s.ptr[digit] > '9'))
        digit++;
    if (digit == s.len || !is_item_prefix((oko_str){ s.ptr, digit }))
        return false;
    oko_str label = oko_str_trim((oko_str){ s.ptr + digit, s.len - digit });
    item_head item = { .max = cut_max(&label) };
    cut_tail(&label, "-grade");
    cut_tail(&label, "_grade");
    if (!is_label(label) || label.len >= sizeof item.label)
        return false;
    oko_str_copy(item.label, sizeof item.label, label);
    *ret_item = item;
    return true;
}

bool is_login(oko_str text)
{
    bool digit = false, letter = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_digit = c >= '0' && c <= '9';
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_digit && !is_letter && c != '_' && c != '-')
            return false;
        digit = digit || is_digit;
        letter = letter || is_letter;
    }
    return digit && letter && text.len >= 4 && text.len < 48;
}

oko_str login_region(oko_str login)
{
    size_t i = 0;
    while (i < login.len &&
           ((login.ptr[i] >= 'a' && login.ptr[i] <= 'z') || (login.ptr[i] >= 'A' && login.ptr[i] <= 'Z')))
        i++;
    size_t digits = 0;
    while (i + digits < login.len && login.ptr[i + digits] >= '0' && login.ptr[i + digits] <= '9')
        digits++;
    bool school = i == 3 && digits == 6 && i + digits == login.len;
    bool municipality = i == 3 && digits == 2 && i + digits < login.len && login.ptr[i + digits] == '_';
    return school || municipality ? (oko_str){ login.ptr + i, 2 } : (oko_str){ "", 0 };
}

void school_split(oko_str text, oko_str *ret_login, oko_str *ret_name)
{
    oko_str s = oko_str_trim(text);
    *ret_login = (oko_str){ "", 0 };
    *ret_name = s;
    for (size_t i = 0; i < s.len; i++) {
        oko_str left = oko_str_trim((oko_str){ s.ptr, i });
        oko_str right = oko_str_trim((oko_str){ s.ptr + i + 1, s.len - i - 1 });
        if (s.ptr[i] != '|' || (!is_login(left) && !is_login(right)))
            continue;
        *ret_login = is_login(left) ? left : right;
        *ret_name = is_login(left) ? right : left;
        return;
    }
    if (s.len > 2 && s.ptr[s.len - 1] == ')') {
        size_t open = s.len - 1;
        while (open > 0 && s.ptr[open] != '(')
            open--;
        oko_str inner = oko_str_trim((oko_str){ s.ptr + open + 1, s.len - open - 2 });
        if (s.ptr[open] == '(' && is_login(inner)) {
            *ret_login = inner;
            *ret_name = oko_str_trim((oko_str){ s.ptr, open });
            return;
        }
    }
    if (is_login(s)) {
        *ret_login = s;
        *ret_name = (oko_str){ "", 0 };
    }
}
