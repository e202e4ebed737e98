/* other/observers: what observers wrote down — visits, remarks by stage and kind, how many schools were seen at all. */
#include "analysis/rules.h"

#include "base/memory.h"

#include <math.h>

typedef struct rule {
    oko_job *job;
    const oko_pack_rule *pack;
    const oko_entry_procedure *known; /* NULL: the visits name no procedure that is loaded */
    const char *key;
    oko_region_shares *regions;
} rule;

enum { YES, NO, UNSAID, ANSWERS };

typedef struct tally {
    int64_t visits, said, with_remarks, remarks, serious;                /* serious: visits */
    int64_t stage[OKO_STAGE_COUNT + 1], stage_with[OKO_STAGE_COUNT + 1]; /* last: not told */
    int64_t kind[OKO_REMARK_KINDS + 1];                                  /* visits with such a remark */
    int64_t independent[ANSWERS], video[ANSWERS];
    int64_t schools, schools_independent; /* visited at all; by an independent observer */
} tally;

static int answer(int64_t fact)
{
    return fact > 0 ? YES : fact == 0 ? NO : UNSAID;
}

static void take(const oko_other *other, const oko_entry *e, tally *t)
{
    const int64_t remarks = e->facts[OKO_OBSERVATION_REMARKS], told = e->facts[OKO_OBSERVATION_STAGE];
    const size_t stage = told >= 0 && told < OKO_STAGE_COUNT ? (size_t)told : OKO_STAGE_COUNT;
    t->visits++;
    t->said += remarks >= 0;
    t->with_remarks += remarks > 0;
    t->remarks += remarks > 0 ? remarks : 0;
    t->serious += oko_other_serious(other, e->kinds);
    t->stage[stage] += remarks >= 0;
    t->stage_with[stage] += remarks > 0;
    for (int k = 0; k <= other->n_kinds; k++)
        t->kind[k] += e->kinds >> k & 1;
    t->independent[answer(e->facts[OKO_OBSERVATION_INDEPENDENT])]++;
    t->video[answer(e->facts[OKO_OBSERVATION_VIDEO])]++;
}

/* entries: of one unit, school by school. */
static tally count(const oko_other *other, const oko_entry *const *entries, size_t n)
{
    tally t = { 0 };
    bool independent = false;
    for (size_t i = 0; i < n; i++) {
        const bool next = i == 0 || entries[i]->place != entries[i - 1]->place;
        t.schools += next;
        independent = !next && independent;
        const bool now = entries[i]->facts[OKO_OBSERVATION_INDEPENDENT] > 0;
        t.schools_independent += now && !independent;
        independent = independent || now;
        take(other, entries[i], &t);
    }
    return t;
}

/* Schools of a unit that wrote the procedure; −1 not known. */
static int64_t schools_of(const rule *r, size_t place)
{
    int64_t n = 0;
    if (r->known == NULL)
        return -1;
    for (size_t i = 0; i < r->known->n; i++)
        n += oko_entries_above(r->job->reg, r->known->places[i], r->job->reg->places[place].level) == place;
    return n;
}

/* ---- telling ---- */

static void put_answers(oko_details *d, const char *key, const int64_t answers[ANSWERS])
{
    oko_details_open(d, key);
    oko_details_integer(d, "yes", answers[YES]);
    oko_details_integer(d, "no", answers[NO]);
    oko_details_integer(d, "not_said", answers[UNSAID]);
    oko_details_close(d);
}

static void put_stages(oko_details *d, const tally *t)
{
    oko_details_open(d, "stages");
    for (int k = 0; k <= OKO_STAGE_COUNT; k++) {
        if (t->stage[k] == 0)
            continue;
        oko_details_open(d, k < OKO_STAGE_COUNT ? oko_stage_name((oko_stage)k) : "not_told");
        oko_details_integer(d, "visits", t->stage[k]);
        oko_details_integer(d, "with_remarks", t->stage_with[k]);
        oko_details_close(d);
    }
    oko_details_close(d);
}

static oko_status put_details(const rule *r, size_t place, const tally *t, char **ret)
{
    const oko_other *other = &r->job->other;
    const int64_t schools = schools_of(r, place);
    const bool coverage = schools > 0 && r->job->reg->places[place].level != OKO_LEVEL_SCHOOL;
    oko_details *d = &r->job->details[0];
    oko_details_begin(d);
    oko_details_bool(d, "summary", false);
    oko_details_integer(d, "visits", t->visits);
    oko_details_integer(d, "said", t->said);
    oko_details_integer(d, "with_remarks", t->with_remarks);
    oko_details_integer(d, "remarks", t->remarks);
    oko_details_integer(d, "serious", t->serious);
    put_stages(d, t);
    oko_details_open(d, "kinds");
    for (int k = 0; k <= other->n_kinds; k++)
        if (t->kind[k] > 0)
            oko_details_integer(d, k < other->n_kinds ? other->kinds[k].name : "other", t->kind[k]);
    oko_details_close(d);
    put_answers(d, "independent", t->independent);
    put_answers(d, "video", t->video);
    oko_details_integer(d, "schools_visited", t->schools);
    oko_details_integer(d, "schools_independent", t->schools_independent);
    if (schools >= 0)
        oko_details_integer(d, "schools", schools);
    else
        oko_details_text(d, "schools", NULL);
    oko_details_number(d, "coverage", coverage ? 100 * (double)t->schools_independent / (double)schools : NAN);
    return oko_details_finish(d, ret);
}

static oko_status unit_result(void *ctx, size_t place, const oko_entry *const *entries, size_t n)
{
    const rule *r = ctx;
    const tally t = count(&r->job->other, entries, n);
    const bool region = oko_entries_above(r->job->reg, place, OKO_LEVEL_REGION) == place;
    oko_result *result = NULL;
    oko_status status = oko_other_add(r->job, r->pack, r->key, place, &result);
    if (status == OKO_OK && region)
        status = oko_other_note(r->regions, place, t.with_remarks, t.said);
    if (status != OKO_OK)
        return status;
    if (t.said == 0) {
        oko_result_no_data(result, "analysis.other.nothing_said");
        return OKO_OK;
    }
    const oko_share s = oko_other_share_of(r->regions, r->job->reg, place, t.with_remarks, t.said);
    status = oko_other_share(&s, result);
    result->marked = r->job->reg->places[place].level == OKO_LEVEL_SCHOOL &&
                     (double)t.serious >= oko_pack_value(r->pack, "serious", 1);
    return status == OKO_OK ? put_details(r, place, &t, &result->details) : status;
}

typedef struct keys {
    oko_job *job;
    const oko_entries *entries;
} keys;

static oko_status one_key(void *ctx, const oko_entry *first, size_t n)
{
    const keys *k = ctx;
    oko_region_shares regions = { .n = 0 };
    rule r = { .job = k->job,
               .pack = oko_pack_find(&k->job->other.pack, "observers"),
               .known = oko_entries_procedure(k->entries, first->key),
               .key = first->key,
               .regions = &regions };
    static const oko_level levels[] = { OKO_LEVEL_REGION, OKO_LEVEL_MUNICIPALITY, OKO_LEVEL_SCHOOL };
    oko_status status = OKO_OK;
    for (int i = 0; status == OKO_OK && i < 3; i++)
        status = oko_entries_units(k->job->reg, first, n, levels[i], unit_result, &r);
    return status;
}

oko_status oko_rule_observers(oko_job *job, const oko_entries *entries)
{
    return oko_entries_keys(entries, OKO_FINDING_OBSERVATION, one_key, &(keys){ job, entries });
}
