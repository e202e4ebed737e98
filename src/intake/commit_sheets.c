/* Works of a test → sheets: school by school, class by class; pupil codes made unique; what is lost is counted. */
#include "intake/commit.h"
#include "intake/units.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_SCHOOL_WORKS = 10 * 1000 * 1000 };

typedef struct sheet_key {
    int64_t unit;
    char label[16];
    uint32_t group;
    size_t n, first; /* works of the group; place in `order` */
} sheet_key;

typedef struct code_slot {
    uint64_t code;
    size_t at; /* position in the school */
} code_slot;

/* Everything that writing one test needs. */
typedef struct sheet_job {
    commit_state *c;
    const batch_test *test;
    int64_t procedure;
    sheet_key *keys; /* groups by school and class */
    size_t n_keys;
    uint32_t *order;  /* works sorted by key, file order within */
    code_slot *slots; /* scratch of one school: numbers */
    uint64_t *codes;  /* scratch of one school: final codes */
    size_t cap_slots, cap_codes;
    int64_t *schools; /* with current sheets of this procedure, ascending */
    size_t n_schools, cap_schools;
    uint64_t *old; /* codes of the school's current sheets */
    size_t n_old, cap_old;
    char (*keep)[16]; /* labels of the school */
    size_t cap_keep;
    oko_sheet *sheet;
    size_t cap_sheet;
} sheet_job;

static void job_clear(sheet_job *j)
{
    free(j->keys);
    free(j->order);
    free(j->slots);
    free(j->codes);
    free(j->schools);
    free(j->old);
    free(j->keep);
    oko_sheet_free(j->sheet);
}

/* ---- order ---- */

static int by_sheet(const void *left, const void *right)
{
    const sheet_key *a = left, *b = right;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    int labels = strcmp(a->label, b->label);
    return labels != 0 ? labels : (a->group < b->group ? -1 : a->group > b->group);
}

static bool is_number(const char *label)
{
    return label[0] != '\0' && strspn(label, "0123456789") == strlen(label);
}

/* «0», the grade or the next one: alone it says no class. */
static bool says_grade(const sheet_job *j, const char *label)
{
    char plain[16];
    oko_class_label(oko_str_of(label), j->test->procedure->grade, plain);
    return is_number(label) && plain[0] == '\0';
}

/* A school that counts its classes (0, 1, 2 … or 1, 2, 3, 4) means «4» as a class in grade 4 too; beside «А» and «Б»,
 * or alone, such a number is no label. */
static void settle_numbers(sheet_job *j)
{
    for (size_t i = 0, next = 0; i < j->n_keys; i = next) {
        bool counted = false;
        for (next = i; next < j->n_keys && j->keys[next].unit == j->keys[i].unit; next++)
            counted = counted || (is_number(j->keys[next].label) && !says_grade(j, j->keys[next].label));
        for (size_t k = i; k < next && !counted; k++)
            if (says_grade(j, j->keys[k].label))
                memset(j->keys[k].label, 0, sizeof j->keys[k].label);
    }
}

static oko_status make_keys(sheet_job *j, size_t test)
{
    const intake_batch *b = j->c->batch;
    size_t n = 0;
    for (size_t i = 0; i < b->n_groups; i++)
        n += b->groups[i].test == test && b->groups[i].n > 0 ? 1 : 0;
    j->keys = oko_alloc_array(n > 0 ? n : 1, sizeof *j->keys);
    if (j->keys == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < b->n_groups; i++) {
        const batch_group *g = &b->groups[i];
        if (g->test != test || g->n == 0)
            continue;
        sheet_key *key = &j->keys[j->n_keys++];
        *key = (sheet_key){ .unit = b->places[g->place].unit, .group = (uint32_t)i, .n = g->n };
        memcpy(key->label, g->label, sizeof key->label);
    }
    qsort(j->keys, j->n_keys, sizeof *j->keys, by_sheet);
    settle_numbers(j);
    qsort(j->keys, j->n_keys, sizeof *j->keys, by_sheet);
    return OKO_OK;
}

/* Counting sort of the works by their group's place among the keys. */
static oko_status make_order(sheet_job *j)
{
    const intake_batch *b = j->c->batch;
    OKO_CLEANUP(oko_freep) size_t *next = oko_calloc_array(b->n_groups, sizeof *next);
    j->order = oko_alloc_array(j->test->n_works, sizeof *j->order);
    if (next == NULL || j->order == NULL)
        return OKO_E_MEMORY;
    size_t at = 0;
    for (size_t i = 0; i < j->n_keys; i++) {
        j->keys[i].first = next[j->keys[i].group] = at;
        at += j->keys[i].n;
    }
    for (size_t i = 0; i < j->test->n_works; i++) {
        batch_work work;
        const int8_t *items = NULL;
        batch_work_at(j->test, i, &work, &items);
        j->order[next[work.group]++] = (uint32_t)i;
    }
    return OKO_OK;
}

/* ---- codes ---- */

static int by_code(const void *left, const void *right)
{
    const code_slot *a = left, *b = right;
    if (a->code != b->code)
        return a->code < b->code ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

static bool slot_has(const code_slot *slots, size_t n, uint64_t code)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (slots[mid].code < code)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && slots[lo].code == code;
}

static oko_status code_note(sheet_job *j, const batch_work *work, const char *value_class, const char *reason)
{
    return problem_add(
        &j->c->batch->problems, (clean_fault){ OKO_PROBLEM_REPAIRED, value_class, reason },
        (problem_place){
            .sheet = work->sheet, .row = work->row, .col = j->test->code_col, .column = j->test->code_column });
}

/* Fills slots with the numbers that stand in the file; *ret_plain: all are, in rising order. */
static size_t take_codes(sheet_job *j, const uint32_t *works, size_t n, bool *ret_plain)
{
    size_t n_slots = 0;
    *ret_plain = true;
    for (size_t i = 0; i < n; i++) {
        batch_work work;
        const int8_t *items = NULL;
        batch_work_at(j->test, works[i], &work, &items);
        j->codes[i] = work.code;
        *ret_plain = *ret_plain && work.code_kind == 0 && (i == 0 || work.code > j->codes[i - 1]);
        if (work.code_kind != BATCH_CODE_NONE)
            j->slots[n_slots++] = (code_slot){ work.code, i };
    }
    return n_slots;
}

/*
 * Codes of one school: a repeated number and one read from digits that is taken already get the next number above
 * all; a work without a number gets its position in the school.
 */
static oko_status make_codes(sheet_job *j, const uint32_t *works, size_t n)
{
    oko_status status = oko_grow(&j->slots, &j->cap_slots, n, sizeof *j->slots, MAX_SCHOOL_WORKS);
    if (status == OKO_OK)
        status = oko_grow(&j->codes, &j->cap_codes, n, sizeof *j->codes, MAX_SCHOOL_WORKS);
    if (status != OKO_OK)
        return status;
    bool plain = true;
    size_t n_slots = take_codes(j, works, n, &plain);
    if (plain)
        return OKO_OK;
    qsort(j->slots, n_slots, sizeof *j->slots, by_code);
    uint64_t next = n_slots > 0 && j->slots[n_slots - 1].code > n ? j->slots[n_slots - 1].code + 1 : n + 1;
    for (size_t i = 1; i < n_slots && status == OKO_OK; i++) {
        batch_work work;
        const int8_t *items = NULL;
        if (j->slots[i].code != j->slots[i - 1].code)
            continue;
        batch_work_at(j->test, works[j->slots[i].at], &work, &items);
        j->codes[j->slots[i].at] = next++;
        status = code_note(j, &work, "repeated", "problem.code.duplicate");
    }
    for (size_t i = 0; i < n && status == OKO_OK; i++) {
        batch_work work;
        const int8_t *items = NULL;
        batch_work_at(j->test, works[i], &work, &items);
        if (work.code_kind == BATCH_CODE_NONE)
            j->codes[i] = slot_has(j->slots, n_slots, i + 1) ? next++ : i + 1;
    }
    return status;
}

/* ---- what was there before ---- */

static oko_status see_school(void *ctx, int64_t school, const oko_counts *counts)
{
    sheet_job *j = ctx;
    (void)counts;
    oko_status status = oko_grow(&j->schools, &j->cap_schools, j->n_schools + 1, sizeof *j->schools, BATCH_MAX_PLACES);
    if (status == OKO_OK)
        j->schools[j->n_schools++] = school;
    return status;
}

static bool had_sheets(const sheet_job *j, int64_t school)
{
    size_t lo = 0, hi = j->n_schools;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (j->schools[mid] < school)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < j->n_schools && j->schools[lo] == school;
}

static oko_status see_sheet(void *ctx, const oko_sheet *sheet, const oko_counts *counts)
{
    sheet_job *j = ctx;
    (void)counts;
    oko_status status = oko_grow(&j->old, &j->cap_old, j->n_old + sheet->n, sizeof *j->old, MAX_SCHOOL_WORKS);
    if (status != OKO_OK)
        return status;
    memcpy(j->old + j->n_old, sheet->code, sheet->n * sizeof *sheet->code);
    j->n_old += sheet->n;
    return OKO_OK;
}

/* Works that the school had before and has no longer; called after its codes are made. */
static int64_t count_lost(sheet_job *j, size_t n)
{
    for (size_t i = 0; i < n; i++)
        j->slots[i] = (code_slot){ j->codes[i], i };
    qsort(j->slots, n, sizeof *j->slots, by_code);
    int64_t lost = 0;
    for (size_t i = 0; i < j->n_old; i++)
        lost += slot_has(j->slots, n, j->old[i]) ? 0 : 1;
    return lost;
}

static oko_status old_codes(sheet_job *j, int64_t school, oko_error *err)
{
    j->n_old = 0;
    if (!had_sheets(j, school))
        return OKO_OK;
    oko_sheet_query query = { .procedure = j->procedure, .school = school, .shard = 0, .n_shards = 1 };
    return oko_store_sheet_walk(j->c->store, &query, see_sheet, j, err);
}

/* ---- sheets ---- */

static oko_status room_for(sheet_job *j, size_t n, oko_error *err)
{
    if (n > OKO_SHEET_MAX_WORKS)
        return oko_error_set(err, OKO_E_LIMIT, "intake.sheet_too_big", "");
    if (n <= j->cap_sheet)
        return OKO_OK;
    oko_sheet_freep(&j->sheet);
    size_t cap = n < 64 ? 64 : 2 * n;
    j->cap_sheet = 0;
    oko_status status = oko_sheet_new(cap, j->test->procedure->n_items, &j->sheet);
    if (status == OKO_OK)
        j->cap_sheet = cap;
    return status;
}

static void fill_sheet(sheet_job *j, const sheet_key *key, const uint32_t *works, const uint64_t *codes, size_t n)
{
    oko_sheet *s = j->sheet;
    size_t n_items = (size_t)j->test->procedure->n_items;
    s->procedure = j->procedure;
    s->school = key->unit;
    s->n = n;
    memcpy(s->class_label, key->label, sizeof s->class_label);
    if (!oko_str_copy(s->class_written, sizeof s->class_written, oko_str_of(j->c->batch->groups[key->group].written)))
        s->class_written[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        batch_work work;
        const int8_t *items = NULL;
        batch_work_at(j->test, works[i], &work, &items);
        s->code[i] = codes[i];
        s->variant[i] = work.variant;
        s->journal[i] = work.journal;
        s->total[i] = work.total;
        s->flags[i] = work.flags;
        if (n_items > 0)
            memcpy(s->items + i * n_items, items, n_items);
    }
}

static oko_status put_sheet(sheet_job *j, const sheet_key *key, oko_counts *school, oko_error *err)
{
    oko_change change = OKO_UNCHANGED;
    oko_import_report *report = j->c->report;
    oko_status status = oko_store_sheet_put(j->c->store, j->c->import, j->sheet, &change, err);
    if (status != OKO_OK)
        return status;
    report->sheets_added += change == OKO_ADDED ? 1 : 0;
    report->sheets_replaced += change == OKO_REPLACED ? 1 : 0;
    report->sheets_unchanged += change == OKO_UNCHANGED ? 1 : 0;
    j->c->changes += change != OKO_UNCHANGED ? 1 : 0;
    oko_counts counts;
    oko_sheet_count(j->sheet, &counts);
    oko_counts_add(school, &counts);
    if (change == OKO_UNCHANGED || key->label[0] == '\0')
        return OKO_OK;
    return unit_find_class(j->c->finder, j->test->procedure, key->unit, key->label, err);
}

/* Labels of the school's sheets into `keep`. */
static oko_status make_keep(sheet_job *j, const sheet_key *keys, size_t n_keys, size_t *ret_n)
{
    oko_status status = oko_grow(&j->keep, &j->cap_keep, n_keys, sizeof *j->keep, BATCH_MAX_GROUPS);
    if (status != OKO_OK)
        return status;
    size_t n = 0;
    for (size_t i = 0; i < n_keys; i++)
        if (n == 0 || strcmp(j->keep[n - 1], keys[i].label) != 0)
            memcpy(j->keep[n++], keys[i].label, sizeof keys[i].label);
    *ret_n = n;
    return OKO_OK;
}

static oko_status retire(sheet_job *j, const sheet_key *keys, size_t n_keys, oko_error *err)
{
    size_t n_keep = 0;
    int64_t removed = 0;
    if (j->c->options->add_classes || !had_sheets(j, keys->unit))
        return OKO_OK;
    oko_status status = make_keep(j, keys, n_keys, &n_keep);
    if (status == OKO_OK)
        status = oko_store_sheet_retire(j->c->store, j->c->import, j->procedure, keys->unit, (const char(*)[16])j->keep,
                                        n_keep, &removed, err);
    j->c->report->sheets_removed += removed;
    j->c->changes += removed;
    return status;
}

/* All sheets of the school whose keys are keys[0…n_keys−1]. */
static oko_status put_school(sheet_job *j, const sheet_key *keys, size_t n_keys, oko_error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < n_keys; i++)
        n += keys[i].n;
    const uint32_t *works = j->order + keys->first;
    int64_t changes = j->c->changes;
    oko_counts counts = { 0 };
    oko_status status = make_codes(j, works, n);
    if (status == OKO_OK)
        status = old_codes(j, keys->unit, err);
    if (status == OKO_OK)
        status = retire(j, keys, n_keys, err);
    for (size_t i = 0, at = 0; i < n_keys && status == OKO_OK;) {
        size_t in_sheet = 0, next = i;
        while (next < n_keys && strcmp(keys[next].label, keys[i].label) == 0)
            in_sheet += keys[next++].n;
        status = room_for(j, in_sheet, err);
        if (status == OKO_OK) {
            fill_sheet(j, &keys[i], works + at, j->codes + at, in_sheet);
            status = put_sheet(j, &keys[i], &counts, err);
        }
        at += in_sheet;
        i = next;
    }
    if (status != OKO_OK)
        return status;
    oko_counts_add(&j->c->report->counts, &counts);
    j->c->report->schools += counts.participants > 0 ? 1 : 0;
    if (j->c->changes != changes && !j->c->options->add_classes)
        j->c->report->works_lost += count_lost(j, n);
    return OKO_OK;
}

static oko_status put_schools(sheet_job *j, oko_error *err)
{
    size_t done = 0;
    for (size_t i = 0; i < j->n_keys;) {
        size_t next = i;
        while (next < j->n_keys && j->keys[next].unit == j->keys[i].unit)
            next++;
        oko_status status = put_school(j, &j->keys[i], next - i, err);
        if (status != OKO_OK)
            return status;
        i = next;
        if (++done % 64 == 0 && !oko_progress_tell(&j->c->options->progress, "import.write", i, j->n_keys))
            return OKO_E_CANCELLED;
    }
    return OKO_OK;
}

oko_status commit_test(commit_state *c, size_t test, int64_t procedure, oko_error *err)
{
    sheet_job j = { .c = c, .test = &c->batch->tests[test], .procedure = procedure };
    if (j.test->n_works == 0)
        return OKO_OK;
    oko_status status = make_keys(&j, test);
    if (status == OKO_OK)
        status = make_order(&j);
    if (status == OKO_OK)
        status = oko_store_counts_walk(c->store, procedure, 0, see_school, &j, err);
    if (status == OKO_OK)
        status = put_schools(&j, err);
    job_clear(&j);
    return status;
}
