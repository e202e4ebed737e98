/* Tables of works: rows. */
#include "intake/works.h"
#include "intake/layout.h"

#include <string.h>

/* ---- place ---- */

/* Tags «99-RU,МО_62,»: region code and municipality. */
static void read_groups(oko_str groups, char *scratch, size_t size, batch_place_key *key)
{
    size_t at = 0;
    while (at < groups.len) {
        size_t end = at;
        while (end < groups.len && groups.ptr[end] != ',' && groups.ptr[end] != ';')
            end++;
        oko_str tag = oko_str_trim((oko_str){ groups.ptr + at, end - at });
        at = end + 1;
        if (oko_str_ends(tag, OKO_STR("-RU")) || oko_str_ends(tag, OKO_STR("-ru"))) {
            key->region = (oko_str){ tag.ptr, tag.len - 3 };
        } else if (tag.len > 0 && key->municipality.len == 0 && tag.len < size && !is_login(tag)) {
            memcpy(scratch, tag.ptr, tag.len);
            for (size_t i = 0; i < tag.len; i++)
                scratch[i] = scratch[i] == '_' ? ' ' : scratch[i];
            key->municipality = (oko_str){ scratch, tag.len };
        }
    }
}

static bool all_digits(oko_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0;
}

/* A code that the file gives its schools: one word with a digit in it («S01», «Ш-7»). Words without one are names. */
static bool is_code(oko_str s)
{
    bool digit = false;
    for (size_t at = 0; at < s.len;) {
        uint32_t cp = oko_utf8_next(s, &at);
        if (cp <= ' ' || cp == 0xA0 || cp == '"' || cp == 0xAB || cp == 0x2116) /* «№» */
            return false;
        digit = digit || (cp >= '0' && cp <= '9');
    }
    return digit && s.len < 48;
}

bool works_place(intake_reader *r, const oko_str *field, batch_place_key *ret_key)
{
    intake_works *w = &r->works;
    batch_place_key key = { .level = OKO_LEVEL_SCHOOL,
                            .region = oko_str_trim(field[ROLE_REGION_CODE]),
                            .region_name = oko_str_trim(field[ROLE_REGION_NAME]),
                            .municipality = oko_str_trim(field[ROLE_MUNICIPALITY]),
                            .oge = oko_str_trim(field[ROLE_OGE]),
                            .ege = oko_str_trim(field[ROLE_EGE]),
                            .name = oko_str_trim(field[ROLE_NAME]) };
    oko_str login = { 0 }, name = { 0 };
    school_split(field[ROLE_SCHOOL], &login, &name);
    if (login.len == 0 && is_code(name)) {
        login = name;
        name = (oko_str){ 0 };
    }
    key.login = login;
    if (key.name.len == 0)
        key.name = name;
    school_split(field[ROLE_LOGIN], &login, &name);
    if (login.len > 0)
        key.login = login;
    else if (name.len > 0)
        key.login = name; /* the column says it is a login */
    if (login.len > 0 && key.name.len == 0)
        key.name = name;
    if (field[ROLE_GROUPS].len > 0)
        read_groups(field[ROLE_GROUPS], w->scratch, sizeof w->scratch, &key);
    if (key.login.len == 0 && key.oge.len == 0 && key.ege.len == 0) {
        key.login = w->school_login; /* of the group line, where the layout has one */
        key.name = key.name.len > 0 ? key.name : w->school_name;
    }
    if (key.region.len == 0)
        key.region = login_region(key.login);
    *ret_key = key;
    return key.login.len > 0 || key.name.len > 0 || key.oge.len > 0 || key.ege.len > 0;
}

/* ---- group of the row ---- */

/* Key fields one after another; 0 when they are too long to be kept. */
static size_t key_fields(const intake_works *w, char *dst, size_t size)
{
    size_t n = 0;
    for (int role = ROLE_GROUPS; role <= ROLE_LAST_KEY; role++) {
        if (w->col_of[role] == 0)
            continue;
        oko_str s = w->field[role];
        if (n + s.len + 1 > size)
            return 0;
        if (s.len > 0)
            memcpy(dst + n, s.ptr, s.len);
        n += s.len;
        dst[n++] = '\x1f';
    }
    return n;
}

/* Returns what the file has written. */
static oko_str label_of(const intake_works *w, char label[16])
{
    memset(label, 0, 16);
    oko_str number = oko_str_trim(w->field[ROLE_CLASS_NUMBER]);
    if (w->field[ROLE_CLASS].len > 0)
        oko_class_label(w->field[ROLE_CLASS], w->procedure->grade, label);
    else if (number.len > 0)
        oko_str_copy(label, 16, number);
    if (label[0] == '\0' && all_digits(oko_str_trim(w->field[ROLE_CLASS])))
        oko_str_copy(label, 16,
                     oko_str_trim(w->field[ROLE_CLASS])); /* a number of the class, or of the grade: see commit */
    return w->field[ROLE_CLASS].len > 0 ? oko_str_trim(w->field[ROLE_CLASS]) : number;
}

/* Procedure named by the row itself. */
static oko_status switch_procedure(intake_reader *r, uint32_t row, oko_error *err)
{
    intake_works *w = &r->works;
    oko_str code = oko_str_trim(w->field[ROLE_PROCEDURE]);
    if (w->procedure != NULL && code.len > 0 && oko_str_equal(code, oko_str_of(w->procedure_text)))
        return OKO_OK;
    const oko_procedure *p = NULL;
    if (code.len > 0) {
        p = intake_catalog_find(r->catalog, code);
    } else {
        oko_status status = reader_procedure(r, NULL, &p, err);
        if (status != OKO_OK)
            return status;
    }
    oko_str_copy(w->procedure_text, sizeof w->procedure_text, code);
    if (p != NULL)
        return works_use(r, p, row, err);
    if (!r->undecided)
        oko_str_copy(r->wanted, sizeof r->wanted, code);
    r->undecided = true;
    return OKO_OK;
}

static oko_status find_group(intake_reader *r, uint32_t row, bool *ret_found)
{
    intake_works *w = &r->works;
    char key_text[sizeof w->cache];
    size_t n = key_fields(w, key_text, sizeof key_text);
    *ret_found = true;
    if (w->cached && n > 0 && n == w->cache_len && memcmp(key_text, w->cache, n) == 0)
        return OKO_OK;
    batch_place_key key = { 0 };
    w->cached = false;
    *ret_found = (w->place != NULL ? w->place : works_place)(r, w->field, &key);
    if (!*ret_found)
        return OKO_OK;
    uint32_t place = 0;
    char label[16];
    oko_str written = label_of(w, label);
    oko_status status = batch_place_put(r->batch, &key, r->sheet, row, &place);
    if (status == OKO_OK)
        status = batch_group_put(r->batch, w->test, place, label, written, &w->group);
    if (status != OKO_OK)
        return status;
    memcpy(w->cache, key_text, n);
    w->cache_len = n;
    w->cached = n > 0;
    return OKO_OK;
}

/* ---- cells ---- */

static oko_status cell_problem(intake_reader *r, clean_fault fault, uint32_t row, uint32_t col, const char *detail,
                               batch_work *work)
{
    if (fault.reason == NULL)
        return OKO_OK;
    if (fault.severity == OKO_PROBLEM_REPAIRED)
        work->flags |= OKO_WORK_REPAIRED;
    return reader_problem(r, fault, row, col, col > 0 ? r->works.cols[col - 1].head : NULL, detail);
}

static oko_status read_items(intake_reader *r, uint32_t row, const oko_cell *cells, size_t n, batch_work *work,
                             int8_t *items, int64_t *ret_sum)
{
    intake_works *w = &r->works;
    int64_t sum = 0;
    bool scored = false, above = false;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].col >= w->n_cols || w->cols[cells[i].col].role != ROLE_ITEM)
            continue;
        int item = w->map[w->cols[cells[i].col].item];
        int max = w->procedure->items[item].max;
        oko_str text = cells[i].text;
        if (text.len == 1 && text.ptr[0] >= '0' && text.ptr[0] <= '9' && text.ptr[0] - '0' <= max) {
            items[item] = (int8_t)(text.ptr[0] - '0');
            sum += text.ptr[0] - '0';
            scored = true;
            continue;
        }
        int64_t written = 0;
        clean_fault fault;
        items[item] = clean_item(text, max, &written, &fault);
        sum += written;
        scored = scored || items[item] >= 0 || items[item] == OKO_ITEM_INVALID;
        above = above || written > max;
        oko_status status = cell_problem(r, fault, row, cells[i].col + 1, w->max_text[item], work);
        if (status != OKO_OK)
            return status;
    }
    r->batch->tests[w->test].item_works += scored ? 1 : 0;
    r->batch->tests[w->test].item_above += above ? 1 : 0;
    *ret_sum = sum;
    return OKO_OK;
}

/* Items of a state exam stand in up to three masks, one after another. */
static oko_status read_masks(intake_reader *r, uint32_t row, batch_work *work, int8_t *items, int64_t *ret_sum,
                             bool *ret_read)
{
    intake_works *w = &r->works;
    int at = 0;
    int64_t sum = 0;
    bool any = false, good = true;
    for (int role = ROLE_MASK_1; role <= ROLE_MASK_3; role++) {
        oko_str mask = oko_str_trim(w->field[role]);
        any = any || mask.len > 0;
        good = good && (mask.len == 0 || mask_items(mask, w->procedure, &at, items, &sum));
    }
    *ret_read = any && good && at == w->procedure->n_items;
    if (*ret_read) {
        *ret_sum = sum;
        r->batch->tests[w->test].item_works++;
        return OKO_OK;
    }
    memset(items, OKO_ITEM_EMPTY, (size_t)w->procedure->n_items);
    if (!any || w->procedure->n_items == 0)
        return OKO_OK;
    return cell_problem(r, (clean_fault){ OKO_PROBLEM_REJECTED, "mask", "problem.mask.does_not_fit" }, row,
                        w->col_of[ROLE_MASK_1], NULL, work);
}

static oko_status read_variant(intake_reader *r, uint32_t row, intake_role role, batch_work *work)
{
    intake_works *w = &r->works;
    bool absent = false;
    clean_fault fault;
    uint8_t variant = clean_variant(w->field[role], &absent, &fault);
    if (absent)
        work->flags |= OKO_WORK_ABSENT;
    if (work->variant == 0)
        work->variant = variant;
    return cell_problem(r, fault, row, w->col_of[role], NULL, work);
}

/* A table without totals: the sum of the items; nothing scored is no total, and the pupil was absent. */
static void sum_total(const intake_works *w, const int8_t *items, batch_work *work)
{
    int sum = 0;
    bool scored = false;
    for (int i = 0; i < w->procedure->n_items; i++) {
        scored = scored || items[i] >= 0;
        sum += items[i] > 0 ? items[i] : 0;
    }
    work->total = (int16_t)(scored ? sum : OKO_TOTAL_NONE);
    work->flags |= scored ? 0 : OKO_WORK_NO_TOTAL | OKO_WORK_ABSENT;
}

static oko_status read_total(intake_reader *r, uint32_t row, const int8_t *items, batch_work *work)
{
    intake_works *w = &r->works;
    clean_fault fault;
    uint8_t flags = 0;
    if (w->col_of[ROLE_TOTAL] == 0) {
        sum_total(w, items, work);
        return OKO_OK;
    }
    work->total = clean_total(w->field[ROLE_TOTAL], w->procedure->max_total, &flags, &fault);
    if ((flags & OKO_WORK_BAD_TOTAL) != 0 && clean_is_absent(w->field[ROLE_TOTAL])) {
        work->flags |= OKO_WORK_ABSENT | OKO_WORK_NO_TOTAL;
        return OKO_OK;
    }
    work->flags |= flags;
    w->total_works++;
    w->total_above += (flags & OKO_WORK_ABOVE_MAX) != 0 ? 1 : 0;
    if ((flags & OKO_WORK_NO_TOTAL) != 0 && (work->flags & OKO_WORK_ABSENT) == 0)
        fault = (clean_fault){ OKO_PROBLEM_NOTE, "empty", "problem.total.missing" };
    return cell_problem(r, fault, row, w->col_of[ROLE_TOTAL], NULL, work);
}

static oko_status read_code(intake_reader *r, uint32_t row, batch_work *work)
{
    intake_works *w = &r->works;
    switch (clean_code(w->field[ROLE_CODE], &work->code)) {
    case CLEAN_CODE_NUMBER:
        return OKO_OK;
    case CLEAN_CODE_DIGITS:
        work->code_kind = BATCH_CODE_DIGITS;
        return cell_problem(r, (clean_fault){ OKO_PROBLEM_REPAIRED, "text", "problem.code.digits" }, row,
                            w->col_of[ROLE_CODE], NULL, work);
    default:
        work->code_kind = BATCH_CODE_NONE;
        if (w->col_of[ROLE_CODE] == 0)
            return OKO_OK;
        const char *value_class = oko_str_trim(w->field[ROLE_CODE]).len == 0 ? "empty" : "text";
        return cell_problem(r, (clean_fault){ OKO_PROBLEM_REPAIRED, value_class, "problem.code.position" }, row,
                            w->col_of[ROLE_CODE], NULL, work);
    }
}

static oko_status read_journal(intake_reader *r, uint32_t row, batch_work *work)
{
    clean_fault fault;
    work->journal = clean_journal(r->works.field[ROLE_JOURNAL], &fault);
    return cell_problem(r, fault, row, r->works.col_of[ROLE_JOURNAL], NULL, work);
}

/* ---- rows ---- */

static bool has_items(const intake_works *w, const oko_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cells[i].col < w->n_cols && w->cols[cells[i].col].role == ROLE_ITEM && oko_str_trim(cells[i].text).len > 0)
            return true;
    return false;
}

/* A row of a school's form that nobody filled in: no variant, no item, total 0 from a formula. */
static bool is_prefilled(const intake_works *w, const oko_cell *cells, size_t n)
{
    int64_t total = 0;
    oko_str text = oko_str_trim(w->field[ROLE_TOTAL]);
    bool zero = text.len == 0 || (oko_str_to_int(text, &total) && total == 0);
    return zero && oko_str_trim(w->field[ROLE_VARIANT]).len == 0 && !has_items(w, cells, n);
}

static void profile_row(intake_reader *r, const oko_cell *cells, size_t n)
{
    intake_works *w = &r->works;
    int64_t value = 0;
    w->profile_rows++;
    if (oko_str_to_int(oko_str_trim(w->field[ROLE_TOTAL]), &value) && value > w->seen_total && value <= OKO_MAX_TOTAL)
        w->seen_total = value;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].col >= w->n_cols || w->cols[cells[i].col].role != ROLE_ITEM)
            continue;
        if (oko_str_to_int(oko_str_trim(cells[i].text), &value) && value >= 0)
            w->seen[w->cols[cells[i].col].item][value < PROFILE_SCORES ? value : PROFILE_SCORES - 1]++;
    }
}

static oko_status profile(intake_reader *r, const oko_cell *cells, size_t n)
{
    intake_works *w = &r->works;
    if (w->seen == NULL)
        w->seen = oko_arena_alloc(r->batch->arena, OKO_MAX_ITEMS * sizeof *w->seen);
    if (w->seen == NULL)
        return OKO_E_MEMORY;
    profile_row(r, cells, n);
    return OKO_OK;
}

/* Everything of the work but its place. */
static oko_status read_work(intake_reader *r, uint32_t row, const oko_cell *cells, size_t n, batch_work *work,
                            int8_t *items)
{
    intake_works *w = &r->works;
    int64_t sum = 0;
    bool masks = false;
    oko_status status = read_items(r, row, cells, n, work, items, &sum);
    if (status == OKO_OK && w->col_of[ROLE_MASK_1] != 0)
        status = read_masks(r, row, work, items, &sum, &masks);
    if (status == OKO_OK)
        status = read_code(r, row, work);
    if (status == OKO_OK && w->field[ROLE_VARIANT].len > 0)
        status = read_variant(r, row, ROLE_VARIANT, work);
    if (status == OKO_OK && w->field[ROLE_VARIANT_2].len > 0)
        status = read_variant(r, row, ROLE_VARIANT_2, work);
    if (status == OKO_OK)
        status = read_total(r, row, items, work);
    if (status == OKO_OK && w->field[ROLE_JOURNAL].len > 0)
        status = read_journal(r, row, work);
    if (status != OKO_OK)
        return status;
    if (w->prefilled && (work->flags & OKO_WORK_ABSENT) != 0 && work->total == 0) {
        work->total = OKO_TOTAL_NONE;
        work->flags |= OKO_WORK_NO_TOTAL;
        return cell_problem(r, (clean_fault){ OKO_PROBLEM_REPAIRED, "zero", "problem.total.prefilled" }, row,
                            w->col_of[ROLE_TOTAL], NULL, work);
    }
    bool items_known = w->n_items > 0 || masks;
    if (items_known && oko_work_takes_part(work->flags) && sum != work->total) {
        work->flags |= OKO_WORK_SUM_MISMATCH;
        return cell_problem(r, (clean_fault){ OKO_PROBLEM_NOTE, "differs", "problem.total.mismatch" }, row,
                            w->col_of[ROLE_TOTAL], NULL, work);
    }
    return OKO_OK;
}

/* True when any cell of the row says something. */
static bool take_fields(intake_works *w, const oko_cell *cells, size_t n)
{
    memset(w->field, 0, sizeof w->field);
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].col >= w->n_cols || cells[i].text.len == 0)
            continue;
        uint8_t role = w->cols[cells[i].col].role;
        any = any || role == ROLE_ITEM || (role != ROLE_NONE && oko_str_trim(cells[i].text).len > 0);
        if (role > ROLE_ITEM && (role == ROLE_KNOWN || w->col_of[role] == cells[i].col + 1))
            w->field[role] = cells[i].text;
    }
    return any;
}

oko_status works_row(intake_reader *r, uint32_t row, const oko_cell *cells, size_t n, oko_error *err)
{
    intake_works *w = &r->works;
    if (!take_fields(w, cells, n))
        return OKO_OK;
    if (w->prefilled && is_prefilled(w, cells, n)) {
        w->skipped++;
        return OKO_OK;
    }
    oko_status status = OKO_OK;
    if (w->col_of[ROLE_PROCEDURE] != 0 && !r->undecided)
        status = switch_procedure(r, row, err);
    if (status != OKO_OK || r->undecided)
        return status != OKO_OK ? status : profile(r, cells, n);
    r->batch->rows++;
    bool found = false;
    status = find_group(r, row, &found);
    if (status != OKO_OK)
        return status;
    if (!found)
        return reader_problem(r, (clean_fault){ OKO_PROBLEM_REJECTED, "empty", "problem.row.no_school" }, row, 0, NULL,
                              NULL);
    batch_work work = { .group = w->group, .row = row, .sheet = r->sheet };
    int8_t items[OKO_MAX_ITEMS];
    memset(items, OKO_ITEM_EMPTY, sizeof items);
    status = read_work(r, row, cells, n, &work, items);
    return status == OKO_OK ? batch_work_add(r->batch, w->test, &work, items) : status;
}

oko_status works_end(intake_reader *r, oko_error *err)
{
    const intake_works *w = &r->works;
    if (w->procedure == NULL || r->undecided)
        return OKO_OK;
    enum { MIN_WORKS = 10, MAX_PERCENT = 30 };
    for (size_t i = 0; i < r->batch->n_tests; i++) {
        const batch_test *t = &r->batch->tests[i];
        bool items = t->item_works >= MIN_WORKS && t->item_above * 100 > t->item_works * MAX_PERCENT;
        bool totals = w->total_works >= MIN_WORKS && w->total_above * 100 > w->total_works * MAX_PERCENT;
        if (!items && !totals)
            continue;
        oko_error_set(err, OKO_E_CONFLICT, items ? "intake.wrong_procedure.items" : "intake.wrong_procedure.totals",
                      "procedure");
        oko_error_arg(err, "%s", t->procedure->code);
        oko_error_arg(err, "%lld", (long long)(items ? t->item_above : w->total_above));
        oko_error_arg(err, "%lld", (long long)(items ? t->item_works : w->total_works));
        return OKO_E_CONFLICT;
    }
    return OKO_OK;
}
