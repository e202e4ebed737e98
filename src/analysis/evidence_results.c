/* Writes signs down as results. */
#include "analysis/evidence_results.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DECIMALS = 4 }; /* of numbers that only explain: there is one object per row, and rows are many */

static const char *const evidence_names[] = { "no_data", "none", "attention", "signs", "strong" };
static const char *const reliability_names[] = { "none", "low", "fair", "good" };

const char *oko_evidence_name(oko_evidence evidence)
{
    return evidence_names[(unsigned)evidence <= OKO_EVIDENCE_STRONG ? evidence : OKO_EVIDENCE_NO_DATA];
}

bool oko_evidence_parse(const char *name, oko_evidence *ret_evidence)
{
    for (int i = OKO_EVIDENCE_NO_DATA; i <= OKO_EVIDENCE_STRONG; i++)
        if (strcmp(name, evidence_names[i]) == 0) {
            *ret_evidence = (oko_evidence)i;
            return true;
        }
    return false;
}

const char *oko_reliability_name(oko_reliability reliability)
{
    return reliability_names[(unsigned)reliability <= OKO_RELIABILITY_GOOD ? reliability : OKO_RELIABILITY_NONE];
}

/* ---- details ---- */

static void put_interval(oko_details *d, const char *key, double value, double lo, double hi)
{
    oko_details_array(d, key);
    oko_details_rounded(d, NULL, value, DECIMALS);
    oko_details_rounded(d, NULL, lo, DECIMALS);
    oko_details_rounded(d, NULL, hi, DECIMALS);
    oko_details_end_array(d);
}

static void put_families(oko_details *d, const oko_sign *s)
{
    oko_details_open(d, "families");
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        if (isnan(s->log_p[f]))
            continue;
        oko_details_open(d, oko_family_name((oko_family)f));
        oko_details_number(d, "p", s->p[f]);
        oko_details_number(d, "log_p", s->log_p[f]);
        oko_details_text(d, "top", s->top[f] < OKO_STAT_COUNT ? oko_statistic_name(s->top[f]) : NULL);
        oko_details_close(d);
    }
    oko_details_close(d);
    oko_details_open(d, "statistics");
    for (int k = 0; k < OKO_STAT_COUNT; k++)
        if (!isnan(s->stat_log_p[k]))
            oko_details_rounded(d, oko_statistic_name((oko_statistic)k), s->stat_log_p[k], DECIMALS);
    oko_details_close(d);
}

static void put_items(oko_details *d, const char *key, const oko_works_test *test, int n, const int16_t *items)
{
    oko_details_array(d, key);
    for (int i = 0; i < n && i < OKO_SIGNS_TOP; i++)
        oko_details_text(d, NULL, test->procedure->items[test->item[items[i]]].label);
    oko_details_end_array(d);
}

static void put_code(oko_details *d, uint32_t code)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%lu", (unsigned long)code);
    oko_details_text(d, NULL, code > 0 ? digits : NULL);
}

static void put_pair(oko_details *d, const oko_works *works, const oko_works_class *span, const oko_sign *s)
{
    if (s->pair[0] < 0 || s->pair[1] < 0) {
        oko_details_text(d, "pair", NULL);
        return;
    }
    oko_details_open(d, "pair");
    oko_details_array(d, "codes");
    for (int i = 0; i < 2; i++)
        put_code(d, works->code[span->row + (size_t)s->pair[i]]);
    oko_details_end_array(d);
    oko_details_rounded(d, "same", s->pair_same, DECIMALS);
    oko_details_rounded(d, "expected", s->pair_expected, DECIMALS);
    oko_details_close(d);
}

static double mean_total(const oko_works *works, const oko_works_class *span, int64_t *ret_n)
{
    int64_t sum = 0, n = 0;
    for (size_t i = span->row; i < span->row + span->n; i++) {
        sum += works->total[i] >= 0 ? works->total[i] : 0;
        n += works->total[i] >= 0;
    }
    *ret_n = n;
    return n > 0 ? (double)sum / (double)n : NAN;
}

/* Only where the procedure has a reference stratum: is the group in it, and which families does it anchor? None: it is
 * too small. */
static void put_stratum(oko_details *d, const oko_works_class *span, const oko_sign_null *null)
{
    if (null->n_reference == 0)
        return;
    oko_details_bool(d, "reference", span->reference);
    oko_details_array(d, "anchored");
    for (int f = 0; f < OKO_FAMILY_COUNT; f++)
        if ((null->anchored >> f & 1) != 0)
            oko_details_text(d, NULL, oko_family_name((oko_family)f));
    oko_details_end_array(d);
}

static oko_status put_details(oko_details *d, const oko_works *works, const oko_evidence_group *g, const oko_sign *s,
                              const oko_sign_null *null, double mean, char **ret)
{
    const oko_works_test *test = &works->tests[g->test];
    const oko_procedure *p = test->procedure;
    oko_details_integer(d, "cohort", p->grade > 0 ? p->year - p->grade : 0);
    oko_details_integer(d, "absent_n", s->n_absent);
    oko_details_text(d, "evidence", oko_evidence_name(s->evidence));
    oko_details_text(d, "reliability", oko_reliability_name(s->reliability));
    oko_details_text(d, "family", s->family < OKO_FAMILY_COUNT ? oko_family_name(s->family) : NULL);
    put_families(d, s);
    oko_details_rounded(d, "lfdr", s->lfdr, DECIMALS);
    put_interval(d, "marks", s->marks, s->marks_lo, s->marks_hi);
    put_interval(d, "lifted", s->lifted, s->lifted_lo, s->lifted_hi);
    put_interval(d, "absent", s->absent, s->absent_lo, s->absent_hi);
    if (s->cutoff >= 0)
        oko_details_integer(d, "cutoff", s->cutoff);
    else
        oko_details_text(d, "cutoff", NULL);
    put_items(d, "good", test, s->n_good, s->good);
    put_items(d, "bad", test, s->n_bad, s->bad);
    put_pair(d, works, &g->span, s);
    oko_details_rounded(d, "of_max", mean / p->max_total, DECIMALS);
    put_stratum(d, &g->span, null);
    return oko_details_finish(d, ret);
}

/* ---- results of groups ---- */

static void put_numbers(oko_result *r, const oko_sign *s, double mean)
{
    r->observed = mean;
    r->expected = mean - s->marks;
    r->effect = s->marks;
    r->effect_lo = s->marks_lo;
    r->effect_hi = s->marks_hi;
    r->p = s->p_all;
    r->log_p = s->log_p_all;
    r->q = s->q;
    r->marked = s->evidence >= OKO_EVIDENCE_SIGNS;
    if (s->evidence == OKO_EVIDENCE_NO_DATA)
        oko_result_no_data(r, s->n_works < OKO_SIGNS_MIN_WORKS ? "evidence.few_works" : "evidence.no_family");
}

static oko_status take_group(oko_result *r, oko_details *d, const oko_works *works, const oko_register *reg,
                             const oko_evidence_group *g, oko_level level, const oko_sign *signs,
                             const oko_sign_null *null)
{
    bool class = level == OKO_LEVEL_CLASS;
    oko_result_init(r, works->tests[g->test].procedure->code, class ? OKO_RULE_EVIDENCE_CLASS : OKO_RULE_EVIDENCE,
                    reg->places[g->span.place].id, false);
    double mean = mean_total(works, &g->span, &r->n);
    oko_details_begin(d);
    if (class)
        oko_details_text(d, "class", g->span.label);
    if (class && g->span.written[0] != '\0' && strcmp(g->span.written, g->span.label) != 0)
        oko_details_text(d, "written", g->span.written);
    if (g->result != SIZE_MAX) {
        put_numbers(r, &signs[g->result], mean);
        return put_details(d, works, g, &signs[g->result], &null[g->test], mean, &r->details);
    }
    oko_result_no_data(r, g->span.n == 0 ? "evidence.few_works" : "evidence.too_many_works");
    oko_details_text(d, "evidence", oko_evidence_name(OKO_EVIDENCE_NO_DATA));
    return oko_details_finish(d, &r->details);
}

oko_status oko_evidence_take(oko_spool *results, oko_details *d, const oko_works *works, const oko_register *reg,
                             const oko_evidence_groups *groups, oko_level level, const oko_sign *signs,
                             const oko_sign_null *null)
{
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < groups->n; i++) {
        oko_result r;
        status = take_group(&r, d, works, reg, &groups->at[i], level, signs, null);
        if (status == OKO_OK)
            status = oko_spool_put(results, &r);
    }
    return status;
}
