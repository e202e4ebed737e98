#include "http/overview.h"

#include <oko/proportion.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_YEARS = 64, MAX_PROCEDURES = 4096, LEVELS = OKO_EVIDENCE_STRONG + 1, DEGREES = 3 };

/* Sums of the schools of one unit, in one year or in all. */
typedef struct sums {
    int64_t schools, works;
    int64_t levels[LEVELS];
    int64_t family[OKO_FAMILY_COUNT][DEGREES]; /* attention, signs, strong */
    double lifted, lo, hi;
    int lifted_of; /* procedures that the works lifted are known of */
} sums;

/* Groups: 0 is the unit itself, then its municipalities. Slots: 0 is all years, then each year. */
typedef struct overview {
    const oko_tree *tree;
    const oko_overview_query *query;
    size_t from, to;
    size_t n_groups, n_slots;
    size_t *place;  /* [n_groups] of the group in the tree */
    int32_t *group; /* [to − from] municipality's group of a place; −1: none */
    int year[MAX_YEARS + 1];
    oko_seen *schools; /* [n_slots × (to − from)] */
    sums *sums;        /* [n_slots × n_groups] */
} overview;

static bool wanted(const overview *v, const oko_run_rows *rows, const oko_run_row *r)
{
    const oko_overview_query *q = v->query;
    return (q->procedure == NULL || strcmp(rows->procedure[r->procedure], q->procedure) == 0) &&
           (q->year == 0 || rows->procedure_year[r->procedure] == q->year);
}

static bool inside(const overview *v, const oko_run_row *r)
{
    return r->place >= 0 && (size_t)r->place >= v->from && (size_t)r->place < v->to;
}

/* ---- groups and years ---- */
static oko_status make_groups(overview *v)
{
    size_t n = v->to - v->from;
    v->place = oko_calloc_array(n + 1, sizeof *v->place);
    v->group = oko_calloc_array(n + 1, sizeof *v->group);
    if (v->place == NULL || v->group == NULL)
        return OKO_E_MEMORY;
    v->place[0] = v->from;
    v->n_groups = 1;
    for (size_t i = v->from; i < v->to; i++)
        v->group[i - v->from] = -1;
    for (size_t i = v->from + 1; i < v->to; i++) {
        if (v->tree->units[i].level != OKO_LEVEL_MUNICIPALITY)
            continue;
        for (size_t k = i; k < v->tree->end[i]; k++)
            v->group[k - v->from] = (int32_t)v->n_groups;
        v->place[v->n_groups++] = i;
    }
    return OKO_OK;
}

static void note_year(overview *v, int year)
{
    size_t at = v->n_slots;
    while (at > 1 && v->year[at - 1] > year)
        at--;
    if (year == 0 || (at > 1 && v->year[at - 1] == year) || v->n_slots > MAX_YEARS)
        return;
    memmove(v->year + at + 1, v->year + at, (v->n_slots - at) * sizeof *v->year);
    v->year[at] = year;
    v->n_slots++;
}

/* The years that either run speaks of: those of the whole run, so that every unit shows the same axis. */
static void find_years(overview *v, const oko_run_rows *rows)
{
    for (size_t i = 0; rows != NULL && i < rows->n_procedures; i++)
        if (rows->procedure[i][0] != '\0' &&
            (v->query->procedure == NULL || strcmp(rows->procedure[i], v->query->procedure) == 0) &&
            (v->query->year == 0 || rows->procedure_year[i] == v->query->year))
            note_year(v, rows->procedure_year[i]);
}

static size_t slot_of(const overview *v, int year)
{
    for (size_t k = 1; k < v->n_slots; k++)
        if (v->year[k] == year)
            return k;
    return 0;
}

static oko_status make_room(overview *v)
{
    size_t n = v->n_slots * (v->to - v->from);
    v->schools = oko_alloc_array(n + 1, sizeof *v->schools);
    v->sums = oko_calloc_array(v->n_slots * v->n_groups, sizeof *v->sums);
    if (v->schools == NULL || v->sums == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < n; i++)
        v->schools[i] = (oko_seen)OKO_SEEN_NOTHING;
    return OKO_OK;
}

static void clear(overview *v)
{
    free(v->place);
    free(v->group);
    free(v->schools);
    free(v->sums);
}

static sums *sums_of(const overview *v, size_t slot, size_t group)
{
    return &v->sums[slot * v->n_groups + group];
}

/* ---- evidence ---- */
void oko_seen_take(oko_seen *s, const oko_run_row *r)
{
    if (r->evidence > s->evidence)
        s->evidence = r->evidence;
    for (int f = 0; r->evidence >= OKO_EVIDENCE_ATTENTION && f < OKO_FAMILY_COUNT; f++)
        if ((r->speaks & (1u << (unsigned)f)) != 0 && r->evidence > s->family[f])
            s->family[f] = r->evidence;
    s->procedures++;
    s->marked += r->evidence >= OKO_EVIDENCE_SIGNS;
    s->works += r->n;
}

static void add_works(overview *v, size_t slot, int32_t group, int64_t n)
{
    sums_of(v, slot, 0)->works += n;
    if (group > 0)
        sums_of(v, slot, (size_t)group)->works += n;
}

static void read_evidence(overview *v, const oko_run_rows *rows)
{
    size_t n = v->to - v->from;
    for (size_t i = 0; rows != NULL && i < rows->n; i++) {
        const oko_run_row *r = &rows->row[i];
        if (r->evidence < 0 || r->level != OKO_LEVEL_SCHOOL || !inside(v, r) || !wanted(v, rows, r))
            continue;
        size_t place = (size_t)r->place - v->from, slot = slot_of(v, rows->procedure_year[r->procedure]);
        for (size_t pass = 0; pass < (slot > 0 ? 2u : 1u); pass++) {
            oko_seen_take(&v->schools[(pass == 0 ? 0 : slot) * n + place], r);
            add_works(v, pass == 0 ? 0 : slot, v->group[place], r->n);
        }
    }
}

static void add_school(sums *s, const oko_seen *school)
{
    s->schools++;
    s->levels[school->evidence]++;
    for (int f = 0; f < OKO_FAMILY_COUNT; f++)
        if (school->family[f] >= OKO_EVIDENCE_ATTENTION)
            s->family[f][school->family[f] - OKO_EVIDENCE_ATTENTION]++;
}

static void add_schools(overview *v)
{
    size_t n = v->to - v->from;
    for (size_t slot = 0; slot < v->n_slots; slot++)
        for (size_t i = 0; i < n; i++) {
            const oko_seen *school = &v->schools[slot * n + i];
            if (school->evidence < 0)
                continue;
            add_school(sums_of(v, slot, 0), school);
            if (v->group[i] > 0)
                add_school(sums_of(v, slot, (size_t)v->group[i]), school);
        }
}

/* ---- works lifted over the cut-offs ---- */

/* Bounds are added up like the values: wide enough however the procedures hang together (the pupils are the same). */
static void add_lifted(sums *s, const oko_run_row *r)
{
    if (!r->computed || !isfinite(r->effect) || !isfinite(r->effect_lo) || !isfinite(r->effect_hi))
        return;
    s->lifted += r->effect;
    s->lo += r->effect_lo;
    s->hi += r->effect_hi;
    s->lifted_of++;
}

static void read_lifted(overview *v, const oko_run_rows *rows)
{
    for (size_t i = 0; rows != NULL && i < rows->n; i++) {
        const oko_run_row *r = &rows->row[i];
        if (!inside(v, r) || !wanted(v, rows, r) || strcmp(rows->rule[r->rule], "oko/threshold") != 0)
            continue;
        size_t place = (size_t)r->place, slot = slot_of(v, rows->procedure_year[r->procedure]);
        int32_t group = place == v->from ? 0 : v->group[place - v->from];
        if (group < 0 || v->place[group] != place)
            continue; /* of a school */
        add_lifted(sums_of(v, 0, (size_t)group), r);
        if (slot > 0)
            add_lifted(sums_of(v, slot, (size_t)group), r);
    }
}

/* ---- JSON ---- */
static void put_number(oko_buffer *b, const char *key, double value)
{
    if (isfinite(value))
        oko_buffer_printf(b, ",\"%s\":%.7g", key, value == 0 ? 0.0 : value);
    else
        oko_buffer_printf(b, ",\"%s\":null", key);
}

static int64_t computed(const sums *s)
{
    return s->schools - s->levels[OKO_EVIDENCE_NO_DATA];
}

static int64_t marked(const sums *s)
{
    return s->levels[OKO_EVIDENCE_SIGNS] + s->levels[OKO_EVIDENCE_STRONG];
}

/* Share of schools with signs among those with evidence; none for a handful of schools. */
static void put_rate(oko_buffer *b, const sums *s)
{
    oko_interval at = { NAN, NAN };
    int64_t n = computed(s);
    bool enough = n >= OKO_OVERVIEW_SCHOOLS && oko_share_exact(marked(s), n, .05, &at) == OKO_OK;
    put_number(b, "rate", enough ? (double)marked(s) / (double)n : NAN);
    put_number(b, "rate_lo", enough ? at.lo : NAN);
    put_number(b, "rate_hi", enough ? at.hi : NAN);
}

static void put_sums(oko_buffer *b, const sums *s)
{
    static const char *const degrees[DEGREES] = { "attention", "signs", "strong" };
    oko_buffer_printf(b, "{\"schools\":%lld,\"works\":%lld,\"computed\":%lld,\"marked\":%lld", (long long)s->schools,
                      (long long)s->works, (long long)computed(s), (long long)marked(s));
    for (int e = 0; e < LEVELS; e++)
        oko_buffer_printf(b, "%s\"%s\":%lld", e == 0 ? ",\"levels\":{" : ",", oko_evidence_name((oko_evidence)e),
                          (long long)s->levels[e]);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        oko_buffer_printf(b, "%s\"%s\":{", f == 0 ? "},\"families\":{" : ",", oko_family_name((oko_family)f));
        for (int k = 0; k < DEGREES; k++)
            oko_buffer_printf(b, "%s\"%s\":%lld", k > 0 ? "," : "", degrees[k], (long long)s->family[f][k]);
        oko_buffer_char(b, '}');
    }
    oko_buffer_char(b, '}');
    put_rate(b, s);
    bool lifted = s->lifted_of > 0;
    put_number(b, "lifted", lifted ? s->lifted : NAN);
    put_number(b, "lifted_lo", lifted ? s->lo : NAN);
    put_number(b, "lifted_hi", lifted ? s->hi : NAN);
    oko_buffer_printf(b, ",\"lifted_of\":%d}", s->lifted_of);
}

static void put_dynamics(const overview *v, size_t group, oko_buffer *out)
{
    oko_buffer_char(out, '[');
    for (size_t k = 1; k < v->n_slots; k++) {
        oko_buffer_printf(out, "%s{\"year\":%d,\"sums\":", k > 1 ? "," : "", v->year[k]);
        put_sums(out, sums_of(v, k, group));
        oko_buffer_char(out, '}');
    }
    oko_buffer_char(out, ']');
}

static void put_municipalities(const overview *v, oko_buffer *out)
{
    oko_buffer_char(out, '[');
    for (size_t g = 1; g < v->n_groups; g++) {
        oko_buffer_printf(out, "%s{\"unit\":%s,\"sums\":", g > 1 ? "," : "", v->tree->row[v->place[g]]);
        put_sums(out, sums_of(v, 0, g));
        oko_buffer_str(out, ",\"years\":[");
        for (size_t k = 1; k < v->n_slots; k++) {
            const sums *s = sums_of(v, k, g);
            oko_buffer_printf(out, "%s{\"year\":%d,\"schools\":%lld,\"computed\":%lld,\"marked\":%lld}",
                              k > 1 ? "," : "", v->year[k], (long long)s->schools, (long long)computed(s),
                              (long long)marked(s));
        }
        oko_buffer_str(out, "]}");
    }
    oko_buffer_char(out, ']');
}

/* Procedures of both runs, each once, by code; of all years, because they are what can be chosen. */
static void put_procedures(const oko_run_rows *const runs[2], oko_buffer *out)
{
    size_t at[2] = { 0, 0 };
    bool first = true;
    oko_buffer_char(out, '[');
    for (;;) {
        int least = -1;
        for (int k = 0; k < 2; k++) {
            while (runs[k] != NULL && at[k] < runs[k]->n_procedures && strlen(runs[k]->procedure[at[k]]) <= 4)
                at[k]++; /* a year, or nothing: results over several procedures */
            if (runs[k] == NULL || at[k] >= runs[k]->n_procedures)
                continue;
            if (least < 0 || strcmp(runs[k]->procedure[at[k]], runs[least]->procedure[at[least]]) < 0)
                least = k;
        }
        if (least < 0)
            break;
        const char *code = runs[least]->procedure[at[least]];
        oko_buffer_printf(out, "%s%s", first ? "" : ",", runs[least]->procedure_json[at[least]]);
        first = false;
        for (int k = 0; k < 2; k++)
            if (k != least && runs[k] != NULL && at[k] < runs[k]->n_procedures &&
                strcmp(runs[k]->procedure[at[k]], code) == 0)
                at[k]++;
        at[least]++;
    }
    oko_buffer_char(out, ']');
}

/* The unit's own results about the cut-offs, as they are in a list of results. */
static void put_cutoffs(const overview *v, const oko_run_rows *rows, oko_buffer *out)
{
    size_t from = 0, to = 0, shown = 0;
    oko_buffer_char(out, '[');
    if (rows != NULL)
        oko_run_rows_of(rows, v->query->unit, &from, &to);
    for (size_t i = from; i < to; i++) {
        const oko_run_row *r = &rows->row[rows->by_unit[i]];
        if (strcmp(rows->rule[r->rule], "oko/threshold") != 0 || !wanted(v, rows, r))
            continue;
        if (shown++ > 0)
            oko_buffer_char(out, ',');
        oko_buffer_add(out, rows->text.ptr + r->text, r->text_len);
    }
    oko_buffer_char(out, ']');
}

static void put_all(const overview *v, const oko_run_rows *evidence, const oko_run_rows *rules, oko_buffer *out)
{
    oko_buffer_str(out, "\"procedures\":");
    put_procedures((const oko_run_rows *const[2]){ evidence, rules }, out);
    oko_buffer_str(out, ",\"years\":[");
    for (size_t k = 1; k < v->n_slots; k++)
        oko_buffer_printf(out, "%s%d", k > 1 ? "," : "", v->year[k]);
    oko_buffer_str(out, "],\"all\":");
    put_sums(out, sums_of(v, 0, 0));
    oko_buffer_str(out, ",\"dynamics\":");
    put_dynamics(v, 0, out);
    oko_buffer_str(out, ",\"municipalities\":");
    put_municipalities(v, out);
    oko_buffer_str(out, ",\"cutoffs\":");
    put_cutoffs(v, rules, out);
}

oko_status oko_overview_write(const oko_tree *tree, size_t at, const oko_run_rows *evidence, const oko_run_rows *rules,
                              const oko_overview_query *query, oko_buffer *out)
{
    overview v = { .tree = tree, .query = query, .from = at, .to = tree->end[at], .n_slots = 1 };
    oko_status status = make_groups(&v);
    find_years(&v, evidence);
    find_years(&v, rules);
    if (status == OKO_OK)
        status = make_room(&v);
    if (status == OKO_OK) {
        read_evidence(&v, evidence);
        add_schools(&v);
        read_lifted(&v, rules);
        put_all(&v, evidence, rules, out);
        status = oko_buffer_status(out);
    }
    clear(&v);
    return status;
}
