/* Reference stratum (опорная группа): schools or classes that were observed, filmed or marked centrally, one per row.
 */
#include "intake/layouts/layouts.h"

#include <stdio.h>
#include <string.h>

typedef struct reference_state {
    school_columns at;
    int basis;
    intake_inside outside;
} reference_state;

/* Heads that only such a list has. */
static const char *const basis_words[] = {
    "опорн", "вид контроля", "форма контроля", "способ контроля", "основание контроля", "контроль", "basis", "control",
    NULL
};
/* Heads that may be something else: then the title or --reference must say so. */
static const char *const open_words[] = { "основание", "причина", "контрол", "наблюд", "комментарий", "reason", NULL };
static const char *const title_words[] = { "опорн", "контрольная выборка", "контрольной выборк", "reference", NULL };

static int basis_column(const intake_row *row, bool said)
{
    int col = head_any(row, basis_words);
    return col < 0 && said ? head_any(row, open_words) : col;
}

/* Schools and a basis; a list without a basis needs --reference. Nothing that a table of works or an observer's
 * protocol has. */
static bool recognise(const intake_head *head)
{
    school_columns at;
    bool works = head_equal(head->row, "total") >= 0 || head_contains(head->row, "балл") >= 0 ||
                 head_equal(head->row, "вариант") >= 0;
    if (works || head->list_wanted || !school_columns_bind(head->row, &at))
        return false;
    bool said = head->reference_wanted || head_above(head, title_words);
    return head->reference_wanted || (head->row->n > 1 && basis_column(head->row, said) >= 0);
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    (void)err;
    reference_state *s = r->state = oko_arena_alloc(r->arena, sizeof *s);
    if (s == NULL)
        return OKO_E_MEMORY;
    (void)school_columns_bind(head->row, &s->at);
    if (s->at.grade < 0)
        s->at.grade = head_any(head->row, (const char *const[]){ "class", NULL });
    s->basis = basis_column(head->row, true);
    reader_outside(r, head, &s->outside);
    return head_rest(r, head, &s->at, &s->basis, 1);
}

static oko_reference_basis basis_of(oko_str cell)
{
    static const struct {
        const char *word;
        oko_reference_basis basis;
    } words[] = { { "не опорн", OKO_BASIS_NONE },
                  { "исключ", OKO_BASIS_NONE },
                  { "снят", OKO_BASIS_NONE },
                  { "withdrawn", OKO_BASIS_NONE },
                  { "централиз", OKO_BASIS_CENTRAL },
                  { "проверка вне", OKO_BASIS_CENTRAL },
                  { "внешняя проверк", OKO_BASIS_CENTRAL },
                  { "central", OKO_BASIS_CENTRAL },
                  { "видео", OKO_BASIS_VIDEO },
                  { "video", OKO_BASIS_VIDEO },
                  { "наблюд", OKO_BASIS_OBSERVER },
                  { "observ", OKO_BASIS_OBSERVER } };
    char key[200];
    const oko_str s = oko_str_trim((oko_str){ key, oko_str_fold(key, sizeof key, cell) });
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (oko_str_contains(s, oko_str_of(words[i].word)))
            return words[i].basis;
    bool none = oko_str_equal(s, OKO_STR("нет")) || oko_str_equal(s, OKO_STR("no")) || oko_str_equal(s, OKO_STR("-"));
    return none ? OKO_BASIS_NONE : OKO_BASIS_OTHER;
}

/* «grade label», or "" for all classes. */
static const char *part_of(intake_reader *r, int grade, const char *label)
{
    char text[OKO_FINDING_PART_BYTES] = "";
    if (grade > 0 || label[0] != '\0')
        snprintf(text, sizeof text, "%d %s", grade > 0 ? grade : OKO_FINDING_UNKNOWN, label);
    return batch_text(r->batch, oko_str_of(text));
}

static oko_status row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    (void)err;
    const reference_state *s = r->state;
    batch_finding b = { .kind = OKO_FINDING_REFERENCE, .sheet = r->sheet, .row = number };
    char label[16] = "";
    bool found = false;
    r->batch->rows++;
    oko_status status = school_columns_place(r, &s->at, number, cells, n, &found, &b.place);
    if (status != OKO_OK || !found)
        return status;
    const oko_str klass = cell_at(cells, n, s->at.grade), basis = cell_at(cells, n, s->basis);
    const int grade = school_columns_grade(klass);
    oko_class_label(klass, grade, label);
    if (!record_procedure(r, &s->at, &s->outside, cells, n, &b) && b.procedure != NULL) {
        if (b.procedure[0] != '\0') /* a code that is none: the row says something, but not what */
            return reader_problem(r, (clean_fault){ OKO_PROBLEM_REJECTED, "text", "problem.reference.procedure" },
                                  number, (uint32_t)(s->at.procedure + 1), NULL, NULL);
        b.year = school_columns_year(&s->at, cells, n, s->outside.year);
    }
    b.facts[OKO_REFERENCE_BASIS] = basis.len > 0 ? basis_of(basis) : OKO_BASIS_OTHER;
    b.facts[OKO_REFERENCE_GRADE] = grade > 0 ? grade : OKO_FINDING_UNKNOWN;
    b.part = part_of(r, grade, label);
    b.note = batch_text(r->batch, basis);
    if (b.procedure == NULL || b.part == NULL || b.note == NULL)
        return OKO_E_MEMORY;
    return batch_finding_add(r->batch, &b);
}

const intake_layout layout_reference = { .name = "reference-list", .recognise = recognise, .begin = begin, .row = row };
