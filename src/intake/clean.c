#include "intake/clean.h"

#include <string.h>

static const clean_fault no_fault = { OKO_PROBLEM_NOTE, NULL, NULL };

static void fault(clean_fault *f, oko_severity severity, const char *value_class, const char *reason)
{
    *f = (clean_fault){ severity, value_class, reason };
}

static bool is_blank(oko_str s)
{
    return oko_str_trim(s).len == 0;
}

/* Folded copy of at most 63 bytes: enough to tell the words that cells hold. */
static oko_str folded(oko_str s, char buffer[64])
{
    size_t n = oko_str_fold(buffer, 64, s);
    return (oko_str){ buffer, n };
}

bool clean_is_absent(oko_str cell)
{
    char buffer[64];
    oko_str key = folded(cell, buffer);
    return oko_str_starts(key, OKO_STR("отсут")) || oko_str_starts(key, OKO_STR("не явил")) ||
           oko_str_starts(key, OKO_STR("неявка")) || oko_str_starts(key, OKO_STR("absent"));
}

/* Letters that people type instead of X, in any alphabet. NULL: not one of them; "": the accepted X. */
static const char *x_class(oko_str cell, bool *ret_spaced)
{
    static const struct {
        const char *text;
        const char *value_class;
    } letters[] = { { "X", "" },           { "x", "" },           { "Х", "cyrillic-x" }, { "х", "cyrillic-x" },
                    { "H", "letter-h" },   { "h", "letter-h" },   { "N", "letter-n" },   { "n", "letter-n" },
                    { "Н", "cyrillic-n" }, { "н", "cyrillic-n" }, { "×", "times-sign" } };
    oko_str s = oko_str_trim(cell);
    *ret_spaced = s.len != cell.len;
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (oko_str_equal(s, oko_str_of(letters[i].text)))
            return letters[i].value_class;
    return NULL;
}

static int8_t item_number(int64_t value, int max, clean_fault *f)
{
    if (value < 0) {
        fault(f, OKO_PROBLEM_REJECTED, "negative", "problem.item.negative");
        return OKO_ITEM_INVALID;
    }
    if (value > max) {
        fault(f, OKO_PROBLEM_REJECTED, "above-item-max", "problem.item.above_max");
        return OKO_ITEM_INVALID;
    }
    return (int8_t)value;
}

static int8_t item_text(oko_str cell, clean_fault *f)
{
    bool spaced = false;
    const char *letter = x_class(cell, &spaced);
    if (letter != NULL) {
        if (letter[0] != '\0' || spaced)
            fault(f, OKO_PROBLEM_REPAIRED, letter[0] != '\0' ? letter : "x-with-blanks", "problem.item.not_tried");
        return OKO_ITEM_NOT_TRIED;
    }
    char buffer[64];
    oko_str key = folded(cell, buffer);
    if (oko_str_starts(key, OKO_STR("не пройд")) || oko_str_starts(key, OKO_STR("не изуч")))
        return OKO_ITEM_NOT_TAUGHT;
    if (clean_is_absent(cell))
        return OKO_ITEM_ABSENT;
    double decimal = 0;
    bool number = oko_str_to_double(cell, &decimal);
    fault(f, OKO_PROBLEM_REJECTED, number ? "decimal" : "text", "problem.item.not_a_score");
    return OKO_ITEM_INVALID;
}

int8_t clean_item(oko_str cell, int max, int64_t *ret_written, clean_fault *ret_fault)
{
    *ret_fault = no_fault;
    *ret_written = 0;
    if (cell.len == 1) {
        char c = cell.ptr[0];
        if (c >= '0' && c <= '9') {
            *ret_written = c - '0';
            return c - '0' <= max ? (int8_t)(c - '0') : item_number(c - '0', max, ret_fault);
        }
        if (c == 'X' || c == 'x')
            return OKO_ITEM_NOT_TRIED;
    }
    int64_t value = 0;
    if (oko_str_to_int(oko_str_trim(cell), &value)) {
        *ret_written = value;
        return item_number(value, max, ret_fault);
    }
    if (is_blank(cell))
        return OKO_ITEM_EMPTY;
    return item_text(cell, ret_fault);
}

int16_t clean_total(oko_str cell, int max, uint8_t *ret_flags, clean_fault *ret_fault)
{
    *ret_fault = no_fault;
    *ret_flags = 0;
    oko_str s = oko_str_trim(cell);
    int64_t value = 0;
    if (s.len == 0) {
        *ret_flags = OKO_WORK_NO_TOTAL;
        return OKO_TOTAL_NONE;
    }
    if (!oko_str_to_int(s, &value) || value < 0) {
        double decimal = 0;
        bool number = oko_str_to_double(s, &decimal);
        *ret_flags = OKO_WORK_BAD_TOTAL;
        fault(ret_fault, OKO_PROBLEM_REJECTED, number && decimal < 0 ? "negative" : (number ? "decimal" : "text"),
              "problem.total.not_a_score");
        return OKO_TOTAL_NONE;
    }
    if (value > max) {
        *ret_flags = OKO_WORK_ABOVE_MAX;
        fault(ret_fault, OKO_PROBLEM_REJECTED, "above-max", "problem.total.above_max");
    }
    return (int16_t)(value > INT16_MAX ? INT16_MAX : value);
}

int8_t clean_journal(oko_str cell, clean_fault *ret_fault)
{
    *ret_fault = no_fault;
    if (cell.len == 1 && cell.ptr[0] >= '2' && cell.ptr[0] <= '5')
        return (int8_t)(cell.ptr[0] - '0');
    char buffer[64];
    oko_str key = folded(cell, buffer);
    if (key.len == 0 || oko_str_starts(key, OKO_STR("нет")) || oko_str_starts(key, OKO_STR("н/а")) ||
        oko_str_starts(key, OKO_STR("не аттест")) || oko_str_equal(key, OKO_STR("-")))
        return OKO_JOURNAL_NONE;
    int64_t value = 0;
    if (oko_str_to_int(key, &value)) {
        if (value >= 2 && value <= 5)
            return (int8_t)value;
        if (value == 1) {
            fault(ret_fault, OKO_PROBLEM_NOTE, "one", "problem.journal.one");
            return 1;
        }
        fault(ret_fault, OKO_PROBLEM_REJECTED, "out-of-range", "problem.journal.not_a_mark");
        return OKO_JOURNAL_NONE;
    }
    if (oko_str_equal(key, OKO_STR("ж")) || oko_str_equal(key, OKO_STR("м")) || oko_str_equal(key, OKO_STR("f")) ||
        oko_str_equal(key, OKO_STR("m")))
        fault(ret_fault, OKO_PROBLEM_REJECTED, "sex", "problem.journal.shifted");
    else
        fault(ret_fault, OKO_PROBLEM_REJECTED, "text", "problem.journal.not_a_mark");
    return OKO_JOURNAL_NONE;
}

uint8_t clean_variant(oko_str cell, bool *ret_absent, clean_fault *ret_fault)
{
    *ret_fault = no_fault;
    *ret_absent = false;
    if (cell.len == 1 && cell.ptr[0] >= '1' && cell.ptr[0] <= '9')
        return (uint8_t)(cell.ptr[0] - '0');
    oko_str s = oko_str_trim(cell);
    int64_t value = 0;
    if (s.len == 0)
        return 0;
    if (oko_str_to_int(s, &value)) {
        if (value >= 1 && value <= 255)
            return (uint8_t)value;
        if (value == 0)
            fault(ret_fault, OKO_PROBLEM_NOTE, "zero", "problem.variant.zero");
        else
            fault(ret_fault, OKO_PROBLEM_NOTE, "large-number", "problem.variant.not_kept");
        return 0;
    }
    *ret_absent = clean_is_absent(s);
    if (!*ret_absent)
        fault(ret_fault, OKO_PROBLEM_REJECTED, "text", "problem.variant.text");
    return 0;
}

/* Digits of the text in their order; false when there are none or more than 18. */
static bool digits_only(oko_str s, uint64_t *ret_code)
{
    uint64_t code = 0;
    int digits = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            continue;
        if (++digits > 18)
            return false;
        code = code * 10 + (uint64_t)(s.ptr[i] - '0');
    }
    *ret_code = code;
    return digits > 0;
}

clean_code_kind clean_code(oko_str cell, uint64_t *ret_code)
{
    uint64_t code = 0;
    size_t i = 0;
    for (; i < cell.len && i < 18 && cell.ptr[i] >= '0' && cell.ptr[i] <= '9'; i++)
        code = code * 10 + (uint64_t)(cell.ptr[i] - '0');
    if (i > 0 && i == cell.len) {
        *ret_code = code;
        return CLEAN_CODE_NUMBER;
    }
    oko_str s = oko_str_trim(cell);
    int64_t value = 0;
    if (oko_str_to_int(s, &value) && value >= 0) {
        *ret_code = (uint64_t)value;
        return CLEAN_CODE_NUMBER;
    }
    *ret_code = 0;
    return digits_only(s, ret_code) ? CLEAN_CODE_DIGITS : CLEAN_CODE_NONE;
}
