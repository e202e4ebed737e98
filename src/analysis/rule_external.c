/* external/list and external/repeated: what lists from outside say of a school. Taken over, never computed. */
#include "analysis/rules.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

typedef struct reader {
    const oko_register *reg;
    oko_lists *lists;
} reader;

void oko_lists_clear(oko_lists *lists)
{
    free(lists->at);
    *lists = (oko_lists){ 0 };
}

/* Year of an entry: its own, else that of the procedure it names; 0 unknown. */
static int year_of(const oko_external *e)
{
    int year = e->year, grade;
    char subject[16];
    size_t length;
    if (year == 0 && !oko_procedure_code_parse(oko_str_of(e->procedure), &year, &grade, subject, &length))
        year = 0;
    return year;
}

static oko_status take(void *ctx, const oko_external *e)
{
    reader *r = ctx;
    const oko_place *place = oko_register_find(r->reg, e->unit);
    if (place == NULL)
        return OKO_OK;
    oko_lists *lists = r->lists;
    oko_status status = oko_grow(&lists->at, &lists->cap, lists->n + 1, sizeof *lists->at, OKO_LISTS_MAX);
    if (status != OKO_OK)
        return status;
    oko_listing *l = &lists->at[lists->n++];
    *l = (oko_listing){ .year = year_of(e), .place = (size_t)(place - r->reg->places) };
    if (e->procedure[0] != '\0')
        memcpy(l->key, e->procedure, sizeof l->key);
    else if (l->year != 0)
        snprintf(l->key, sizeof l->key, "%d", l->year);
    memcpy(l->list, e->list, sizeof l->list);
    memcpy(l->source, e->source, sizeof l->source);
    memcpy(l->reason, e->reason, sizeof l->reason);
    return OKO_OK;
}

/* Entries of one unit under one key stand together. The results are put in their fixed order at the end, so the place
 * may stand for the unit here; within a result the order is of texts. */
static int by_content(const void *a, const void *b)
{
    const oko_listing *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order == 0)
        order = (x->place > y->place) - (x->place < y->place);
    if (order == 0)
        order = (x->year > y->year) - (x->year < y->year);
    if (order == 0)
        order = strcmp(x->list, y->list);
    if (order == 0)
        order = strcmp(x->source, y->source);
    return order != 0 ? order : strcmp(x->reason, y->reason);
}

oko_status oko_lists_load(oko_store *store, int64_t revision, const oko_register *reg, oko_lists *ret_lists,
                          oko_error *err)
{
    oko_lists lists = { 0 };
    reader r = { .reg = reg, .lists = &lists };
    oko_status status = oko_store_external_walk(store, 0, revision, take, &r, err);
    if (status != OKO_OK) {
        oko_lists_clear(&lists);
        return status;
    }
    if (lists.n > 1)
        qsort(lists.at, lists.n, sizeof *lists.at, by_content);
    *ret_lists = lists;
    return OKO_OK;
}

/* ---- who is counted ---- */

enum { OFF, SEEN, MARKED };

/* Schools of the run in the order of regions and municipalities, and what one rule says of each under one key. */
typedef struct seat {
    const oko_place *region, *municipality, *place;
} seat;

typedef struct hall {
    oko_job *job;
    size_t n;
    seat *seats;
    uint8_t *flags; /* [reg->n] */
} hall;

static int by_seat(const void *a, const void *b)
{
    const seat *x = a, *y = b;
    int order = oko_place_compare(x->region, y->region);
    if (order == 0)
        order = oko_place_compare(x->municipality, y->municipality);
    return order != 0 ? order : oko_place_compare(x->place, y->place);
}

static void fill_hall(hall *h, const uint8_t *used)
{
    const oko_register *reg = h->job->reg;
    for (size_t i = 0; i < reg->n; i++) {
        const oko_place *place = &reg->places[i];
        if (used[i] && place->level == OKO_LEVEL_SCHOOL)
            h->seats[h->n++] = (seat){ .region = oko_register_top(reg, place->id),
                                       .municipality = oko_register_above(reg, place->id, OKO_LEVEL_MUNICIPALITY),
                                       .place = place };
    }
    if (h->n > 1)
        qsort(h->seats, h->n, sizeof *h->seats, by_seat);
}

static oko_status add_result(hall *h, const char *key, const oko_pack_rule *rule, const oko_place *unit,
                             oko_result **ret)
{
    size_t at = 0;
    oko_status status = oko_results_extend(&h->job->results, 1, &at);
    if (status != OKO_OK)
        return status;
    *ret = &h->job->results.at[at];
    oko_result_init(*ret, key, rule->code, unit != NULL ? unit->id : 0, false);
    oko_details_begin(&h->job->details[0]);
    return OKO_OK;
}

/* One unit above: how many of its schools that the run knows are marked. A unit none of whose schools stands in a list
 * has no result: that a list says nothing of it is no finding. */
static oko_status unit_result(hall *h, const char *key, const oko_pack_rule *rule, const oko_place *unit, size_t from,
                              size_t to)
{
    int64_t seen = 0, marked = 0, n = (int64_t)(to - from);
    for (size_t i = from; i < to; i++) {
        uint8_t flag = h->flags[h->seats[i].place - h->job->reg->places];
        seen += flag != OFF;
        marked += flag == MARKED;
    }
    oko_result *r = NULL;
    if (seen == 0)
        return OKO_OK;
    oko_status status = add_result(h, key, rule, unit, &r);
    if (status != OKO_OK)
        return status;
    r->n = n;
    r->observed = (double)marked;
    r->effect = (double)marked / (double)n;
    oko_details *d = &h->job->details[0];
    oko_details_bool(d, "summary", true);
    oko_details_integer(d, "schools", n);
    oko_details_integer(d, "listed", seen);
    oko_details_integer(d, "marked", marked);
    oko_details_number(d, "share", r->effect);
    return oko_details_finish(d, &r->details);
}

static oko_status summarise(hall *h, const char *key, const oko_pack_rule *rule)
{
    oko_status status = OKO_OK;
    size_t region = 0, municipality = 0; /* first seat of each */
    for (size_t i = 0; status == OKO_OK && i < h->n; i++) {
        const seat *s = &h->seats[i];
        bool region_ends = i + 1 == h->n || s[1].region != s->region;
        if (region_ends || s[1].municipality != s->municipality) {
            if (s->municipality != NULL)
                status = unit_result(h, key, rule, s->municipality, municipality, i + 1);
            municipality = i + 1;
        }
        if (status == OKO_OK && region_ends) {
            status = unit_result(h, key, rule, s->region, region, i + 1);
            region = i + 1;
        }
    }
    return status;
}

/* ---- external/list ---- */

/* Entries [from, to) of one unit under one key. */
static oko_status list_result(hall *h, const oko_lists *lists, const oko_pack_rule *rule, size_t from, size_t to)
{
    const oko_listing *first = &lists->at[from];
    oko_result *r = NULL;
    oko_status status = add_result(h, first->key, rule, &h->job->reg->places[first->place], &r);
    if (status != OKO_OK)
        return status;
    r->marked = true;
    h->flags[first->place] = MARKED;
    oko_details *d = &h->job->details[0];
    oko_details_integer(d, "entries", (int64_t)(to - from));
    oko_details_array(d, "lists");
    for (size_t i = from; i < to; i++) {
        const oko_listing *l = &lists->at[i];
        oko_details_open(d, NULL);
        oko_details_text(d, "list", l->list);
        if (l->year != 0)
            oko_details_integer(d, "year", l->year);
        else
            oko_details_text(d, "year", NULL);
        oko_details_text(d, "source", l->source);
        oko_details_text(d, "reason", l->reason);
        oko_details_close(d);
    }
    oko_details_end_array(d);
    return oko_details_finish(d, &r->details);
}

static oko_status all_lists(hall *h, const oko_lists *lists, const oko_pack_rule *rule)
{
    oko_status status = OKO_OK;
    for (size_t from = 0, to; status == OKO_OK && from < lists->n; from = to) {
        const oko_listing *l = &lists->at[from];
        for (to = from + 1; to < lists->n && lists->at[to].place == l->place && strcmp(lists->at[to].key, l->key) == 0;)
            to++;
        if (from == 0 || strcmp(lists->at[from - 1].key, l->key) != 0)
            memset(h->flags, OFF, h->job->reg->n);
        status = list_result(h, lists, rule, from, to);
        if (status == OKO_OK && (to == lists->n || strcmp(lists->at[to].key, l->key) != 0))
            status = summarise(h, l->key, rule);
    }
    return status;
}

/* ---- external/repeated ---- */

enum { MAX_SPAN = 10 };

typedef struct repeat {
    hall *hall;
    const oko_lists *lists;
    const oko_pack_rule *rule;
    int span, times; /* `times` of the last `span` years */
    uint16_t *years; /* [reg->n] bit k: in a list k years before the year in work */
    uint16_t loaded; /* the same for any unit: lists of that year are known */
    int year;
    char key[16];
} repeat;

static int bits(uint16_t set)
{
    int n = 0;
    for (; set != 0; set &= (uint16_t)(set - 1))
        n++;
    return n;
}

static void look_back(repeat *p)
{
    memset(p->years, 0, p->hall->job->reg->n * sizeof *p->years);
    p->loaded = 0;
    for (size_t i = 0; i < p->lists->n; i++) {
        const oko_listing *l = &p->lists->at[i];
        int back = p->year - l->year;
        if (l->year == 0 || back < 0 || back >= p->span)
            continue;
        p->years[l->place] |= (uint16_t)(1u << back);
        p->loaded |= (uint16_t)(1u << back);
    }
}

static oko_status repeat_result(repeat *p, size_t place)
{
    hall *h = p->hall;
    oko_result *r = NULL;
    oko_status status = add_result(h, p->key, p->rule, &h->job->reg->places[place], &r);
    if (status != OKO_OK)
        return status;
    r->observed = bits(p->years[place]);
    r->expected = p->times;
    r->marked = bits(p->years[place]) >= p->times;
    h->flags[place] = r->marked ? MARKED : SEEN;
    oko_details *d = &h->job->details[0];
    oko_details_integer(d, "year", p->year);
    oko_details_integer(d, "span", p->span);
    oko_details_integer(d, "years_loaded", bits(p->loaded));
    oko_details_array(d, "years");
    for (int back = p->span - 1; back >= 0; back--)
        if ((p->years[place] >> back) & 1)
            oko_details_integer(d, NULL, p->year - back);
    oko_details_end_array(d);
    return oko_details_finish(d, &r->details);
}

/* Too few years of lists: said once for each region that stands in one. */
static oko_status too_few_years(repeat *p)
{
    hall *h = p->hall;
    oko_status status = OKO_OK;
    bool listed = false;
    for (size_t i = 0; status == OKO_OK && i < h->n; i++) {
        listed |= p->years[h->seats[i].place - h->job->reg->places] != 0;
        if (i + 1 < h->n && h->seats[i + 1].region == h->seats[i].region)
            continue;
        oko_result *r = NULL;
        if (listed)
            status = add_result(h, p->key, p->rule, h->seats[i].region, &r);
        if (r != NULL)
            oko_result_no_data(r, "analysis.external.few_years");
        listed = false;
    }
    return status;
}

static oko_status one_year(repeat *p)
{
    hall *h = p->hall;
    look_back(p);
    if (bits(p->loaded) < p->times)
        return too_few_years(p);
    memset(h->flags, OFF, h->job->reg->n);
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < h->job->reg->n; i++)
        if (p->years[i] != 0)
            status = repeat_result(p, i);
    return status == OKO_OK ? summarise(h, p->key, p->rule) : status;
}

/* Every year that has a list. */
static oko_status all_years(repeat *p)
{
    oko_status status = OKO_OK;
    for (int last = 0; status == OKO_OK;) {
        int year = 0;
        for (size_t i = 0; i < p->lists->n; i++) {
            int y = p->lists->at[i].year;
            if (y > last && (year == 0 || y < year))
                year = y;
        }
        if (year == 0)
            return OKO_OK;
        last = p->year = year;
        snprintf(p->key, sizeof p->key, "%d", year);
        status = one_year(p);
    }
    return status;
}

oko_status oko_rule_external(oko_job *job, const oko_lists *lists, const uint8_t *used)
{
    const oko_pack_rule *list = oko_pack_find(&job->external, "list"),
                        *repeated = oko_pack_find(&job->external, "repeated");
    if (lists->n == 0)
        return OKO_OK;
    OKO_CLEANUP(oko_freep) seat *seats = oko_alloc_array(job->reg->n + 1, sizeof *seats);
    OKO_CLEANUP(oko_freep) uint8_t *flags = oko_calloc_array(job->reg->n + 1, 1);
    OKO_CLEANUP(oko_freep) uint16_t *years = oko_calloc_array(job->reg->n + 1, sizeof *years);
    if (seats == NULL || flags == NULL || years == NULL)
        return OKO_E_MEMORY;
    hall h = { .job = job, .seats = seats, .flags = flags };
    fill_hall(&h, used);
    oko_status status = all_lists(&h, lists, list);
    int span = (int)oko_pack_value(repeated, "years", 3);
    repeat p = { .hall = &h,
                 .lists = lists,
                 .rule = repeated,
                 .span = span < 1          ? 1
                         : span > MAX_SPAN ? MAX_SPAN
                                           : span,
                 .times = (int)oko_pack_value(repeated, "times", 2),
                 .years = years };
    return status == OKO_OK ? all_years(&p) : status;
}
