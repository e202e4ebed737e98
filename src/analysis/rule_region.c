/* region/lowered and region/raised: how many pupils got a mark below or above the one in the journal. */
#include "analysis/rules.h"

#include "base/memory.h"
#include "base/threads.h"

#include <math.h>
#include <string.h>

bool oko_region_scale(const oko_procedure *p)
{
    return p->n_cutoffs == 3 && p->first_mark == 2;
}

/* The slack is far below one pupil in 10¹¹ and far above the rounding of percent × n. */
bool oko_region_reaches(double part, double n, double percent)
{
    return 100 * part >= percent * n * (1 - 1e-12);
}

static double share(int64_t part, int64_t whole)
{
    return whole > 0 ? 100 * (double)part / (double)whole : NAN;
}

oko_status oko_region_says_no(oko_job *job, const oko_frame *f, const char *rule, oko_result_state state,
                              const char *why)
{
    const oko_pack_rule *known = oko_pack_find(&job->region, rule);
    size_t at = 0;
    if (known == NULL)
        return OKO_OK;
    oko_status status = oko_results_extend(&job->results, 1, &at);
    if (status != OKO_OK)
        return status;
    oko_result *r = &job->results.at[at];
    oko_result_init(r, f->procedure->code, known->code, f->region, false);
    r->n = oko_state_n(f->all);
    oko_result_no_data(r, why);
    r->state = state;
    return OKO_OK;
}

/* ---- one unit ---- */

bool oko_moves_rule_open(const oko_job *job, bool raised, bool report, oko_moves_rule *ret_rule)
{
    const oko_pack_rule *rule = oko_pack_find(&job->region, raised ? "raised" : "lowered");
    if (rule != NULL)
        *ret_rule = (oko_moves_rule){ .rule = rule, .raised = raised, .report = report };
    return rule != NULL;
}

static const char *degree(int64_t part, int64_t n, double high, double medium)
{
    return oko_region_reaches((double)part, (double)n, high)     ? "high"
           : oko_region_reaches((double)part, (double)n, medium) ? "medium"
                                                                 : "low";
}

/* The smallest group of pupils that the numbers would tell of; reports hide what is too small. */
static int64_t smallest(const oko_moves *m)
{
    const int64_t groups[] = { m->lowered, m->confirmed, m->raised };
    int64_t least = m->with_mark;
    for (int i = 0; i < 3; i++)
        if (groups[i] > 0 && groups[i] < least)
            least = groups[i];
    return least;
}

static void put_moves(oko_details *d, const oko_moves *m)
{
    if (m->works >= 0)
        oko_details_integer(d, "n", m->works);
    else
        oko_details_text(d, "n", NULL);
    oko_details_integer(d, "with_mark", m->with_mark);
    oko_details_integer(d, "lowered", m->lowered);
    oko_details_integer(d, "confirmed", m->confirmed);
    oko_details_integer(d, "raised", m->raised);
}

oko_status oko_moves_result(const oko_moves_rule *rule, const oko_moves *m, oko_details *d, oko_result *r)
{
    int64_t part = rule->raised ? m->raised : m->lowered, all = rule->raised ? rule->all.raised : rule->all.lowered;
    double high = oko_pack_value(rule->rule, "high", 40), medium = oko_pack_value(rule->rule, "medium", 20);
    r->n = m->with_mark;
    if (m->with_mark < llround(oko_pack_value(rule->rule, "min_works", 10))) {
        oko_result_no_data(r, "analysis.region.few_journal_marks");
        return OKO_OK;
    }
    const char *found = degree(part, m->with_mark, high, medium);
    r->marked = strcmp(found, "high") == 0;
    r->observed = share(part, m->with_mark);
    r->expected = share(all, rule->all.with_mark);
    r->effect = r->observed - r->expected;
    oko_details_begin(d);
    oko_details_bool(d, "summary", false);
    oko_details_text(d, "from", rule->report ? "report" : "works");
    put_moves(d, m);
    oko_details_integer(d, "smallest", smallest(m));
    oko_details_text(d, "degree", found);
    oko_details_number(d, "high", high);
    oko_details_number(d, "medium", medium);
    oko_details_integer(d, "region_with_mark", rule->all.with_mark);
    oko_details_number(d, "region_share", r->expected);
    return oko_details_finish(d, &r->details);
}

/* ---- a region ---- */

typedef struct loop {
    oko_job *job;
    const oko_frame *frame;
    const oko_moves *moves;
    oko_moves_rule rule;
    size_t first;
} loop;

static oko_status school(void *ctx, size_t i, int worker)
{
    const loop *l = ctx;
    oko_result *r = &l->job->results.at[l->first + i];
    oko_result_init(r, l->frame->procedure->code, l->rule.rule->code, l->frame->schools[i]->school, false);
    return oko_moves_result(&l->rule, &l->moves[i], &l->job->details[worker], r);
}

/* The region's own share, for its own page. */
static void region_numbers(oko_details *d, const void *ctx)
{
    const oko_moves_rule *rule = ctx;
    oko_details_integer(d, "with_mark", rule->all.with_mark);
    oko_details_number(d, "lowered_share", share(rule->all.lowered, rule->all.with_mark));
    oko_details_number(d, "confirmed_share", share(rule->all.confirmed, rule->all.with_mark));
    oko_details_number(d, "raised_share", share(rule->all.raised, rule->all.with_mark));
}

static oko_moves sum(const oko_moves *moves, size_t n)
{
    oko_moves all = { 0 };
    for (size_t i = 0; i < n; i++) {
        all.works += moves[i].works > 0 ? moves[i].works : 0;
        all.with_mark += moves[i].with_mark;
        all.lowered += moves[i].lowered;
        all.confirmed += moves[i].confirmed;
        all.raised += moves[i].raised;
    }
    return all;
}

oko_status oko_rule_moves(oko_job *job, const oko_frame *f, const oko_moves *moves, bool report)
{
    oko_status status = OKO_OK;
    for (int raised = 0; status == OKO_OK && raised < 2; raised++) {
        loop l = { .job = job, .frame = f, .moves = moves };
        if (!oko_moves_rule_open(job, raised, report, &l.rule))
            continue;
        l.rule.all = sum(moves, f->n);
        status = oko_results_extend(&job->results, f->n, &l.first);
        if (status == OKO_OK)
            status = oko_parallel_for(f->n, job->threads, school, &l);
        if (status == OKO_OK)
            status = oko_summarise(job, f, l.rule.rule->code, false, l.first, region_numbers, &l.rule);
    }
    return status;
}

/* ---- from works ---- */

/* Journal marks 1…5 against marks by cut-offs. */
static oko_moves count(const oko_state *state, const oko_procedure *p)
{
    oko_moves m = { .works = oko_state_n(state) };
    for (int j = 1; j < OKO_JOURNAL_MARKS; j++) {
        const int64_t *works = oko_state_journal(state, j);
        for (int s = 0; s <= oko_state_max_total(state); s++) {
            int mark = oko_procedure_mark(p, s);
            m.lowered += mark < j ? works[s] : 0;
            m.confirmed += mark == j ? works[s] : 0;
            m.raised += mark > j ? works[s] : 0;
        }
    }
    m.with_mark = m.lowered + m.confirmed + m.raised;
    return m;
}

oko_status oko_rule_region_works(oko_job *job, const oko_frame *f)
{
    static const char why[] = "analysis.region.no_scale";
    if (!oko_region_scale(f->procedure)) {
        oko_status status = oko_region_says_no(job, f, "lowered", OKO_RESULT_NOT_APPLICABLE, why);
        return status == OKO_OK ? oko_region_says_no(job, f, "raised", OKO_RESULT_NOT_APPLICABLE, why) : status;
    }
    OKO_CLEANUP(oko_freep) oko_moves *moves = oko_alloc_array(f->n, sizeof *moves);
    if (moves == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < f->n; i++)
        moves[i] = count(f->schools[i]->state, f->procedure);
    return oko_rule_moves(job, f, moves, false);
}
