#include "explain/facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = { "n",        "of_max",         "test_of_max",
                                     "fifth",    "other_high",     "selective",
                                     "flagged",  "family_share",   "cohort_change",
                                     "absent",   "absence_spread", "classes_marked",
                                     "variants", "repeated" };
_Static_assert(sizeof names / sizeof names[0] == OKO_FACT_COUNT, "a fact without a name");

const char *oko_fact_name(oko_fact fact)
{
    return (unsigned)fact < OKO_FACT_COUNT ? names[fact] : "";
}

static double percent(double part, double whole)
{
    return whole > 0 ? 100 * part / whole : NAN;
}

static int leading(const oko_sign_row *row)
{
    int best = -1;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++)
        if (!isnan(row->log_p[f]) && (best < 0 || row->log_p[f] < row->log_p[best]))
            best = f;
    return best;
}

/* ---- from the run's other schools ---- */

static void of_peers(const oko_sign_row *row, const oko_peers *peers, double *facts)
{
    const oko_peer_test *t = peers != NULL ? oko_peers_test(peers, row->result->procedure) : NULL;
    int family = leading(row);
    if (t == NULL)
        return;
    facts[OKO_FACT_TEST_OF_MAX] = 100 * t->of_max;
    facts[OKO_FACT_FLAGGED] = percent((double)t->marked, (double)t->computed);
    facts[OKO_FACT_ABSENCE_SPREAD] = t->absence_spread;
    if (family >= 0)
        facts[OKO_FACT_FAMILY_SHARE] = percent((double)t->family_speaks[family], (double)t->family_n[family]);
    int fifth = oko_peers_fifth(t->expected_cut, row->result->expected);
    if (fifth > 0)
        facts[OKO_FACT_FIFTH] = fifth;
}

/* ---- from the school's other rows ---- */

static int year_of(const oko_sign_row *row)
{
    return atoi(row->result->procedure);
}

static double roll(const oko_sign_row *row)
{
    return (double)row->result->n + (isnan(row->absent_n) ? 0 : row->absent_n);
}

static void of_other_procedures(const oko_sign_row *row, const oko_fact_sources *s, double *facts)
{
    int family = leading(row), high = 0, known = 0, repeated = 0;
    for (size_t i = 0; i < s->n; i++) {
        const oko_sign_row *other = &s->rows[i];
        if (other->of_class || strcmp(other->result->procedure, row->result->procedure) == 0)
            continue;
        const oko_peer_test *t = s->peers != NULL ? oko_peers_test(s->peers, other->result->procedure) : NULL;
        int fifth = t != NULL ? oko_peers_fifth(t->observed_cut, other->result->observed) : 0;
        known += fifth > 0;
        high += fifth == OKO_PEERS_FIFTHS;
        repeated += family >= 0 && oko_sign_speaks(other, family);
    }
    facts[OKO_FACT_OTHER_HIGH] = percent(high, known);
    facts[OKO_FACT_REPEATED] = repeated;
}

/* The same group in the nearest other year of its cohort. */
static void of_cohort(const oko_sign_row *row, const oko_fact_sources *s, double *facts)
{
    const oko_sign_row *nearest = NULL;
    for (size_t i = 0; i < s->n; i++) {
        const oko_sign_row *other = &s->rows[i];
        int off = abs(year_of(other) - year_of(row));
        if (row->cohort == 0 || other->cohort != row->cohort || other->of_class != row->of_class || off == 0 ||
            strcmp(other->class_key, row->class_key) != 0 || roll(other) < 1)
            continue;
        if (nearest == NULL || off < abs(year_of(nearest) - year_of(row)))
            nearest = other;
    }
    if (nearest != NULL)
        facts[OKO_FACT_COHORT_CHANGE] = percent(fabs(roll(row) - roll(nearest)), roll(nearest));
}

static void of_classes(const oko_sign_row *row, const oko_fact_sources *s, double *facts)
{
    int classes = 0, marked = 0;
    for (size_t i = 0; i < s->n; i++) {
        const oko_sign_row *other = &s->rows[i];
        if (!other->of_class || strcmp(other->result->procedure, row->result->procedure) != 0 ||
            other->evidence == OKO_EVIDENCE_NO_DATA)
            continue;
        classes++;
        marked += other->evidence >= OKO_EVIDENCE_SIGNS;
    }
    if (classes >= 2)
        facts[OKO_FACT_CLASSES_MARKED] = percent(marked, classes);
}

void oko_facts_of(const oko_sign_row *row, const oko_fact_sources *s, double ret_facts[OKO_FACT_COUNT])
{
    static const char *const selective[] = { "gymnasium", "lyceum" };
    for (int f = 0; f < OKO_FACT_COUNT; f++)
        ret_facts[f] = NAN;
    ret_facts[OKO_FACT_N] = (double)row->result->n;
    ret_facts[OKO_FACT_OF_MAX] = 100 * oko_sign_number(row, "of_max");
    ret_facts[OKO_FACT_ABSENT] = percent(row->absent_n, roll(row));
    if (s->type != NULL && s->type[0] != '\0')
        ret_facts[OKO_FACT_SELECTIVE] = strcmp(s->type, selective[0]) == 0 || strcmp(s->type, selective[1]) == 0;
    if (s->variants > 0)
        ret_facts[OKO_FACT_VARIANTS] = s->variants;
    of_peers(row, s->peers, ret_facts);
    of_other_procedures(row, s, ret_facts);
    of_cohort(row, s, ret_facts);
    of_classes(row, s, ret_facts);
}

/* ---- variants ---- */

typedef struct variants {
    const char *label;
    bool seen[256];
} variants;

static oko_status see(void *ctx, const oko_sheet *sheet, const oko_counts *counts)
{
    variants *v = ctx;
    (void)counts;
    if (v->label != NULL && strcmp(v->label, sheet->class_label) != 0)
        return OKO_OK;
    for (size_t i = 0; i < sheet->n; i++)
        if (oko_work_takes_part(sheet->flags[i]))
            v->seen[sheet->variant[i]] = true;
    return OKO_OK;
}

oko_status oko_fact_variants(oko_store *store, int64_t procedure, int64_t revision, int64_t school, const char *label,
                             int *ret_variants, oko_error *err)
{
    variants v = { .label = label };
    const oko_sheet_query query = { .procedure = procedure, .revision = revision, .school = school, .n_shards = 1 };
    oko_status status = oko_store_sheet_walk(store, &query, see, &v, err);
    if (status != OKO_OK)
        return status;
    int n = 0;
    for (int i = 1; i < 256; i++)
        n += v.seen[i];
    *ret_variants = n;
    return OKO_OK;
}
