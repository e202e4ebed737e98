/* Names and rules of findings. */
#include "domain/finding.h"

#include <string.h>

static const char *const kind_names[] = { "recheck", "observation", "medals" };
static const char *const stage_names[] = { "prepare", "transfer", "room", "marking", "upload" };

const char *oko_finding_kind_name(oko_finding_kind kind)
{
    return (unsigned)kind < OKO_FINDING_KIND_COUNT ? kind_names[kind] : "";
}

bool oko_finding_kind_parse(oko_str s, oko_finding_kind *ret_kind)
{
    for (int i = 0; i < OKO_FINDING_KIND_COUNT; i++) {
        if (oko_str_equal(s, oko_str_of(kind_names[i]))) {
            *ret_kind = (oko_finding_kind)i;
            return true;
        }
    }
    return false;
}

const char *oko_stage_name(oko_stage stage)
{
    return (unsigned)stage < OKO_STAGE_COUNT ? stage_names[stage] : "";
}

static bool text_ok(const char *text, size_t bytes)
{
    const size_t n = strnlen(text, bytes);
    return n < bytes && oko_utf8_valid((oko_str){ text, n });
}

static bool numbers_ok(const int64_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (numbers[i] < OKO_FINDING_UNKNOWN) {
            return false;
        }
    }
    return true;
}

const char *oko_finding_fault(const oko_finding *r)
{
    return (unsigned)r->kind >= OKO_FINDING_KIND_COUNT                              ? "kind"
           : r->unit <= 0                                                           ? "unit"
           : r->year < 1990 || r->year > 2100                                       ? "year"
           : !text_ok(r->procedure, sizeof r->procedure)                            ? "procedure"
           : !text_ok(r->part, sizeof r->part)                                      ? "part"
           : !text_ok(r->note, sizeof r->note)                                      ? "note"
           : !numbers_ok(r->facts, OKO_FINDING_FACTS)                               ? "facts"
           : r->n_rows > OKO_FINDING_MAX_ROWS || (r->n_rows > 0 && r->rows == NULL) ? "n_rows"
           : !numbers_ok(r->rows, r->n_rows * OKO_FINDING_COLUMNS)                  ? "rows"
                                                                                    : NULL;
}
