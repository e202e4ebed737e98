/* Groups of pupils from packed works: numbered by the codes of their schools, never by ids. */
#include "analysis/evidence_works.h"

#include "base/memory.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Who the pupils of a group are: the same key in two tests means the same pupils. */
typedef struct identity {
    uint32_t rank;  /* of the school by code */
    int cohort;     /* year − grade; below zero: of one test only */
    char label[16]; /* "" for a school */
    int own;        /* test + 1 of a group that is not followed from test to test; 0 else */
    size_t at;      /* its group */
} identity;

static int by_identity(const void *a, const void *b)
{
    const identity *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->cohort != y->cohort)
        return x->cohort < y->cohort ? -1 : 1;
    int order = strcmp(x->label, y->label);
    return order != 0 ? order : (x->own > y->own) - (x->own < y->own);
}

typedef struct maker {
    const oko_works *works;
    const oko_register *reg;
    oko_level level;
    uint32_t *rank;
    identity *who; /* [n] */
    oko_evidence_groups *out;
} maker;

/* The group of class i, or of the school that begins with it. Returns the number of classes it took. */
static size_t span_of(const maker *m, const oko_works_test *test, size_t i, oko_works_class *ret)
{
    const oko_works_class *c = m->works->classes;
    size_t end = i + 1;
    *ret = c[i];
    if (m->level == OKO_LEVEL_CLASS)
        return 1;
    for (; end < test->first + test->n && c[end].place == c[i].place; end++) {
        ret->n += c[end].n;
        ret->reference = ret->reference && (c[end].reference || c[end].n == 0);
    }
    memset(ret->label, 0, sizeof ret->label);
    return end - i;
}

/* Rows without a label beside labelled classes, none of which has a total: absent pupils whose class the file does not
 * say. They belong to the school, but are no class. */
static bool strays(const maker *m, const oko_works_test *test, size_t i)
{
    const oko_works_class *c = m->works->classes;
    size_t end = test->first + test->n;
    bool beside = (i > test->first && c[i - 1].place == c[i].place) || (i + 1 < end && c[i + 1].place == c[i].place);
    if (m->level != OKO_LEVEL_CLASS || c[i].label[0] != '\0' || !beside)
        return false;
    for (size_t k = c[i].row; k < c[i].row + c[i].n; k++)
        if (m->works->total[k] >= 0)
            return false;
    return true;
}

static void list_groups(maker *m)
{
    for (int t = 0; t < m->works->n_tests; t++) {
        const oko_works_test *test = &m->works->tests[t];
        const oko_procedure *p = test->procedure;
        for (size_t i = test->first; i < test->first + test->n;) {
            if (strays(m, test, i)) {
                i++;
                continue;
            }
            oko_evidence_group *g = &m->out->at[m->out->n];
            *g = (oko_evidence_group){ .test = t, .result = SIZE_MAX };
            i += span_of(m, test, i, &g->span);
            bool alone = p->grade < 1 || (m->level == OKO_LEVEL_CLASS && g->span.label[0] == '\0');
            identity *who = &m->who[m->out->n];
            *who = (identity){ .rank = m->rank[g->span.place],
                               .cohort = p->grade < 1 ? INT_MIN : p->year - p->grade,
                               .own = alone ? t + 1 : 0,
                               .at = m->out->n++ };
            memcpy(who->label, g->span.label, sizeof who->label);
        }
    }
}

static uint32_t parent_of(const maker *m, const oko_evidence_group *g)
{
    if (m->level == OKO_LEVEL_CLASS)
        return m->rank[g->span.place];
    const oko_place *school = &m->reg->places[g->span.place];
    const oko_place *above = oko_register_above(m->reg, school->id, OKO_LEVEL_MUNICIPALITY);
    return m->rank[(above != NULL ? above : school) - m->reg->places];
}

static oko_sign_group sign_group_of(const maker *m, const oko_evidence_group *g, uint32_t unit)
{
    const oko_works *w = m->works;
    const oko_works_class *s = &g->span;
    return (oko_sign_group){ .test = g->test,
                             .unit = unit,
                             .parent = parent_of(m, g),
                             .n = (int)s->n,
                             .total = w->total + s->row,
                             .items = w->tests[g->test].n_items > 0 ? w->items + s->item : NULL,
                             .journal = w->journal + s->row,
                             .pupil = w->code + s->row,
                             .variant = w->variant + s->row,
                             .part = w->part + s->row,
                             .reference = s->reference };
}

/* Numbers the units in the order of their identities and hands the groups to the statistics in that order. */
static void number_groups(maker *m)
{
    oko_evidence_groups *out = m->out;
    uint32_t unit = 0;
    if (out->n > 1)
        qsort(m->who, out->n, sizeof *m->who, by_identity);
    for (size_t i = 0; i < out->n; i++) {
        oko_evidence_group *g = &out->at[m->who[i].at];
        unit += i == 0 || by_identity(&m->who[i - 1], &m->who[i]) != 0;
        if (g->span.n == 0 || g->span.n > OKO_SIGNS_MAX_PUPILS)
            continue;
        g->result = out->n_signs;
        out->groups[out->n_signs++] = sign_group_of(m, g, unit);
    }
}

/* Equal subjects get equal numbers: that of the first test of the subject. */
static void describe_tests(const oko_works *works, oko_sign_test *tests)
{
    for (int t = 0; t < works->n_tests; t++) {
        const oko_works_test *w = &works->tests[t];
        const oko_procedure *p = w->procedure;
        int subject = 0;
        while (strcmp(works->tests[subject].procedure->subject, p->subject) != 0)
            subject++;
        tests[t] = (oko_sign_test){ .year = p->year,
                                    .grade = p->grade,
                                    .subject = subject,
                                    .max_total = p->max_total,
                                    .n_items = w->n_items,
                                    .item_max = w->item_max,
                                    .n_cutoffs = p->n_cutoffs,
                                    .cutoffs = p->cutoffs };
    }
}

oko_status oko_evidence_groups_make(const oko_works *works, const oko_register *reg, oko_level level,
                                    oko_evidence_groups *ret_groups)
{
    oko_evidence_groups out = { .at = oko_calloc_array(works->n + 1, sizeof *out.at),
                                .groups = oko_calloc_array(works->n + 1, sizeof *out.groups) };
    OKO_CLEANUP(oko_freep) identity *who = oko_calloc_array(works->n + 1, sizeof *who);
    OKO_CLEANUP(oko_freep) uint32_t *rank = oko_register_ranks(reg);
    if (out.at == NULL || out.groups == NULL || who == NULL || rank == NULL) {
        oko_evidence_groups_clear(&out);
        return OKO_E_MEMORY;
    }
    maker m = { .works = works, .reg = reg, .level = level, .rank = rank, .who = who, .out = &out };
    describe_tests(works, out.tests);
    list_groups(&m);
    number_groups(&m);
    *ret_groups = out;
    return OKO_OK;
}

void oko_evidence_groups_clear(oko_evidence_groups *groups)
{
    free(groups->at);
    free(groups->groups);
    *groups = (oko_evidence_groups){ 0 };
}
