/* Observers' protocols (акты наблюдения): one row per visit. Who observed is dropped; remarks are kept without names.
 */
#include "intake/layouts/layouts.h"

#include "domain/remarks.h"

#include <stdio.h>
#include <string.h>

enum { C_DATE, C_STAGE, C_REMARKS, C_BEGIN, C_END, C_ROOM, C_INDEPENDENT, C_VIDEO, N_COLUMNS };

typedef struct observers_state {
    school_columns at;
    int col[N_COLUMNS];
    intake_inside outside;
} observers_state;

static void bind(const intake_row *row, int col[N_COLUMNS])
{
    col[C_DATE] = head_any(row, (const char *const[]){ "дата", "date", NULL });
    col[C_STAGE] = head_any(row, (const char *const[]){ "этап", "stage", NULL });
    col[C_REMARKS] = head_contains(row, "нарушени");
    if (col[C_REMARKS] < 0)
        col[C_REMARKS] = head_any(row, (const char *const[]){ "замечани", "remarks", "violations", NULL });
    col[C_BEGIN] = head_any(row, (const char *const[]){ "время начала", "начало", "begin", "start", NULL });
    col[C_END] = head_any(row, (const char *const[]){ "время окончания", "окончание", "end", NULL });
    col[C_ROOM] = head_any(row, (const char *const[]){ "аудитория", "кабинет", "номер аудитории", "room", NULL });
    col[C_INDEPENDENT] = head_contains(row, "независим");
    if (col[C_INDEPENDENT] < 0)
        col[C_INDEPENDENT] = head_any(row, (const char *const[]){ "статус наблюдателя", "independent", NULL });
    col[C_VIDEO] = head_contains(row, "видео");
    if (col[C_VIDEO] < 0)
        col[C_VIDEO] = head_any(row, (const char *const[]){ "video", NULL });
}

static bool recognise(const intake_head *head)
{
    int col[N_COLUMNS];
    school_columns at;
    bind(head->row, col);
    return col[C_DATE] >= 0 && col[C_STAGE] >= 0 && col[C_REMARKS] >= 0 && school_columns_bind(head->row, &at);
}

static oko_status begin(intake_reader *r, const intake_head *head, oko_error *err)
{
    (void)err;
    observers_state *s = r->state = oko_arena_alloc(r->arena, sizeof *s);
    if (s == NULL)
        return OKO_E_MEMORY;
    (void)school_columns_bind(head->row, &s->at);
    bind(head->row, s->col);
    reader_outside(r, head, &s->outside);
    return head_rest(r, head, &s->at, s->col, N_COLUMNS);
}

/* ---- cells ---- */

/* Up to three numbers between other characters; gives how many. */
static int numbers_of(oko_str s, int ret[3])
{
    int n = 0;
    for (size_t i = 0; i < s.len && n < 3;) {
        int value = 0, digits = 0;
        for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9' && digits < 6; i++, digits++)
            value = 10 * value + (s.ptr[i] - '0');
        if (digits > 0)
            ret[n++] = value;
        else
            i++;
    }
    return n;
}

/* Days from 1970-01-01 to a date (proleptic Gregorian), after Hinnant's days_from_civil turned round. */
static int64_t date_of_days(int64_t days)
{
    days += 719468;
    const int64_t era = days / 146097, doe = days - era * 146097;
    const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    const int64_t day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9;
    return ((yoe + era * 400 + (month <= 2)) * 100 + month) * 100 + day;
}

/* yyyymmdd of «12.04.2021», «2021-04-12», or the day number of a spreadsheet; unknown otherwise. */
static int64_t date_of(oko_str s)
{
    int at[3] = { 0 };
    int64_t serial = 0;
    if (oko_str_to_int(s, &serial) && serial > 30000 && serial < 75000)
        return date_of_days(serial - 25569);
    if (numbers_of(s, at) < 3)
        return OKO_FINDING_UNKNOWN;
    const bool year_first = at[0] > 31;
    int year = year_first ? at[0] : at[2];
    const int month = at[1], day = year_first ? at[2] : at[0];
    year += year < 100 ? 2000 : 0;
    const bool ok = year >= 1990 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    return ok ? ((int64_t)year * 100 + month) * 100 + day : OKO_FINDING_UNKNOWN;
}

/* Minutes after midnight of «9:05», «09.05», or the fraction of a day of a spreadsheet. */
static int64_t time_of(oko_str s)
{
    int at[3] = { 0 };
    double part = 0;
    if (oko_str_to_double(s, &part) && part > 0 && part < 1)
        return (int64_t)(part * 24 * 60 + .5);
    if (numbers_of(s, at) < 2 || at[0] > 23 || at[1] > 59)
        return OKO_FINDING_UNKNOWN;
    return at[0] * 60 + at[1];
}

typedef struct meaning {
    const char *word;
    int64_t value;
} meaning;

/* Value of the first word that the folded cell holds. */
static int64_t means(oko_str cell, const meaning *words)
{
    char key[160];
    const oko_str s = oko_str_trim((oko_str){ key, oko_str_fold(key, sizeof key, cell) });
    for (; s.len > 0 && words->word != NULL; words++)
        if (oko_str_contains(s, oko_str_of(words->word)))
            return words->value;
    return OKO_FINDING_UNKNOWN;
}

static const meaning stages[] = {
    { "подготов", OKO_STAGE_PREPARE }, { "передач", OKO_STAGE_TRANSFER },  { "получен", OKO_STAGE_TRANSFER },
    { "доставк", OKO_STAGE_TRANSFER }, { "аудитор", OKO_STAGE_ROOM },      { "проведен", OKO_STAGE_ROOM },
    { "проверк", OKO_STAGE_MARKING },  { "загруз", OKO_STAGE_UPLOAD },     { "внесен", OKO_STAGE_UPLOAD },
    { "prepar", OKO_STAGE_PREPARE },   { "transfer", OKO_STAGE_TRANSFER }, { "room", OKO_STAGE_ROOM },
    { "marking", OKO_STAGE_MARKING },  { "upload", OKO_STAGE_UPLOAD },     { NULL, 0 }
};
static const meaning independence[] = { { "незав", 1 },  { "общественн", 1 }, { "внешн", 1 }, { "муницип", 1 },
                                        { "регион", 1 }, { "школ", 0 },       { "свой", 0 },  { "не ", 0 },
                                        { "нет", 0 },    { "no", 0 },         { "да", 1 },    { "yes", 1 },
                                        { "0", 0 },      { "1", 1 },          { "+", 1 },     { "-", 0 },
                                        { NULL, 0 } };
static const meaning filmed[] = { { "не ", 0 },    { "нет", 0 }, { "без", 0 }, { "no", 0 },   { "офлайн", 1 },
                                  { "онлайн", 1 }, { "да", 1 },  { "вед", 1 }, { "есть", 1 }, { "yes", 1 },
                                  { "0", 0 },      { "1", 1 },   { "+", 1 },   { "-", 0 },    { NULL, 0 } };

/* ---- a row ---- */

static oko_status noted(intake_reader *r, oko_severity severity, const char *reason, uint32_t row, int col)
{
    return reader_problem(r, (clean_fault){ severity, "text", reason }, row, (uint32_t)(col + 1), NULL, NULL);
}

static oko_status read_remarks(intake_reader *r, uint32_t row, oko_str cell, batch_finding *b)
{
    const observers_state *s = r->state;
    char note[OKO_FINDING_NOTE_BYTES];
    int n = 0;
    bool masked = false;
    oko_remarks_read(cell, note, sizeof note, &n, &masked);
    b->facts[OKO_OBSERVATION_REMARKS] = n;
    b->note = batch_text(r->batch, oko_str_of(note));
    if (b->note == NULL)
        return OKO_E_MEMORY;
    if (n < 0)
        return noted(r, OKO_PROBLEM_NOTE, "problem.observation.no_remarks", row, s->col[C_REMARKS]);
    return masked ? noted(r, OKO_PROBLEM_REPAIRED, "problem.observation.name", row, s->col[C_REMARKS]) : OKO_OK;
}

/* «yyyymmdd stage class room»: one visit. */
static const char *visit(intake_reader *r, const batch_finding *b, const char *label, oko_str room)
{
    char text[OKO_FINDING_PART_BYTES], cut[33];
    oko_str_copy(cut, sizeof cut, room);
    const int64_t stage = b->facts[OKO_OBSERVATION_STAGE];
    snprintf(text, sizeof text, "%lld %s %s %s", (long long)b->facts[OKO_OBSERVATION_DATE],
             stage >= 0 ? oko_stage_name((oko_stage)stage) : "-", label[0] != '\0' ? label : "-", cut);
    return batch_text(r->batch, oko_str_of(text));
}

static oko_status read_cells(intake_reader *r, uint32_t row, const oko_cell *cells, size_t n, batch_finding *b)
{
    const observers_state *s = r->state;
    char label[16] = "";
    int grade[3] = { 0 };
    const oko_str klass = cell_at(cells, n, s->at.grade), stage = cell_at(cells, n, s->col[C_STAGE]);
    const bool graded = numbers_of(klass, grade) > 0 && grade[0] >= 1 && grade[0] <= 12;
    oko_class_label(klass, graded ? grade[0] : 0, label);
    b->facts[OKO_OBSERVATION_GRADE] = graded ? grade[0] : OKO_FINDING_UNKNOWN;
    b->facts[OKO_OBSERVATION_STAGE] = means(stage, stages);
    b->facts[OKO_OBSERVATION_BEGIN] = time_of(cell_at(cells, n, s->col[C_BEGIN]));
    b->facts[OKO_OBSERVATION_END] = time_of(cell_at(cells, n, s->col[C_END]));
    b->facts[OKO_OBSERVATION_INDEPENDENT] = means(cell_at(cells, n, s->col[C_INDEPENDENT]), independence);
    b->facts[OKO_OBSERVATION_VIDEO] = means(cell_at(cells, n, s->col[C_VIDEO]), filmed);
    b->part = visit(r, b, label, cell_at(cells, n, s->col[C_ROOM]));
    if (b->part == NULL)
        return OKO_E_MEMORY;
    if (b->facts[OKO_OBSERVATION_STAGE] < 0) {
        oko_status status = noted(r, OKO_PROBLEM_NOTE, "problem.observation.stage", row, s->col[C_STAGE]);
        if (status != OKO_OK)
            return status;
    }
    return read_remarks(r, row, cell_at(cells, n, s->col[C_REMARKS]), b);
}

static oko_status row(intake_reader *r, uint32_t number, const oko_cell *cells, size_t n, oko_error *err)
{
    (void)err;
    const observers_state *s = r->state;
    batch_finding b = { .kind = OKO_FINDING_OBSERVATION, .sheet = r->sheet, .row = number };
    bool found = false;
    r->batch->rows++;
    const int64_t date = date_of(cell_at(cells, n, s->col[C_DATE]));
    if (date < 0)
        return noted(r, OKO_PROBLEM_REJECTED, "problem.observation.date", number, s->col[C_DATE]);
    b.facts[OKO_OBSERVATION_DATE] = date;
    oko_status status = school_columns_place(r, &s->at, number, cells, n, &found, &b.place);
    if (status != OKO_OK || !found)
        return status;
    intake_inside outside = s->outside;
    outside.year = (int)(date / 10000);
    if (!record_procedure(r, &s->at, &outside, cells, n, &b)) {
        if (b.procedure == NULL)
            return OKO_E_MEMORY;
        b.year = outside.year;
    }
    status = read_cells(r, number, cells, n, &b);
    return status == OKO_OK ? batch_finding_add(r->batch, &b) : status;
}

const intake_layout layout_observers = { .name = "observers", .recognise = recognise, .begin = begin, .row = row };
