/* Names and rules of findings. */
#include "domain/finding.h"

#include <string.h>

static const char *const kind_names[] = { "recheck", "observation", "medals", "reference" };
static const char *const basis_names[] = { "none", "observer", "video", "central", "other" };
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

const char *oko_reference_basis_name(oko_reference_basis basis)
{
    return (unsigned)basis < OKO_BASIS_COUNT ? basis_names[basis] : "";
}

void oko_reference_read(const oko_finding *f, oko_reference *ret)
{
    const char *space = strchr(f->part, ' '); /* «grade label» */
    const int64_t grade = f->facts[OKO_REFERENCE_GRADE], basis = f->facts[OKO_REFERENCE_BASIS];
    *ret = (oko_reference){ .year = f->year, .grade = grade >= 1 && grade <= 12 ? (int)grade : -1 };
    memcpy(ret->procedure, f->procedure, sizeof ret->procedure);
    oko_str_copy(ret->class_label, sizeof ret->class_label, oko_str_of(space != NULL ? space + 1 : ""));
    ret->basis = basis >= 0 && basis < OKO_BASIS_COUNT ? (oko_reference_basis)basis : OKO_BASIS_OTHER;
}

bool oko_reference_speaks(const oko_reference *r, const oko_procedure *p, const char *class_label)
{
    return (r->procedure[0] == '\0' || strcmp(r->procedure, p->code) == 0) && (r->year == 0 || r->year == p->year) &&
           (r->grade < 0 || p->grade == 0 || r->grade == p->grade) &&
           (r->class_label[0] == '\0' || strcmp(r->class_label, class_label) == 0);
}

int oko_reference_rank(const oko_reference *r)
{
    return 8 * (r->procedure[0] != '\0') + 4 * (r->class_label[0] != '\0') + 2 * (r->grade >= 0) + (r->year != 0);
}

static bool year_ok(const oko_finding *r)
{
    return (r->year >= 1990 && r->year <= 2100) || (r->year == 0 && r->kind == OKO_FINDING_REFERENCE);
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
           : !year_ok(r)                                                            ? "year"
           : !text_ok(r->procedure, sizeof r->procedure)                            ? "procedure"
           : !text_ok(r->part, sizeof r->part)                                      ? "part"
           : !text_ok(r->note, sizeof r->note)                                      ? "note"
           : !numbers_ok(r->facts, OKO_FINDING_FACTS)                               ? "facts"
           : r->n_rows > OKO_FINDING_MAX_ROWS || (r->n_rows > 0 && r->rows == NULL) ? "n_rows"
           : !numbers_ok(r->rows, r->n_rows * OKO_FINDING_COLUMNS)                  ? "rows"
                                                                                    : NULL;
}
