/* fioko-2019/index: which of the pack's official signs are on in a school that year, and 100 − % of schools with any.
 */
#include "analysis/rules.h"

#include "base/memory.h"

#include <oko/fioko2019.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_YEARS = 200 };

void oko_board_clear(oko_board *board)
{
    for (size_t i = 0; i < board->n; i++) {
        free(board->years[i].took_part);
        free(board->years[i].cells);
    }
    free(board->years);
    *board = (oko_board){ 0 };
}

/* The year's page of the board, new when needed (years stay ascending). */
static oko_status year_entry(oko_board *board, const oko_job *job, int year, oko_board_year **ret)
{
    size_t at = 0;
    while (at < board->n && board->years[at].year < year)
        at++;
    if (at < board->n && board->years[at].year == year) {
        *ret = &board->years[at];
        return OKO_OK;
    }
    oko_status status = oko_grow(&board->years, &board->cap, board->n + 1, sizeof *board->years, MAX_YEARS);
    if (status != OKO_OK)
        return status;
    oko_board_year y = { .year = year };
    y.took_part = oko_calloc_array(job->reg->n + 1, 1);
    y.cells = oko_calloc_array(job->reg->n + 1, (size_t)job->fioko.n_signs);
    if (y.took_part == NULL || y.cells == NULL) {
        free(y.took_part);
        free(y.cells);
        return OKO_E_MEMORY;
    }
    memmove(board->years + at + 1, board->years + at, (board->n - at) * sizeof *board->years);
    board->years[at] = y;
    board->n++;
    *ret = &board->years[at];
    return OKO_OK;
}

static void note_result(oko_board_year *y, const oko_job *job, const oko_procedure *p, const oko_result *r)
{
    int sign = oko_pack_sign_of(&job->fioko, r->rule, p);
    const oko_place *place = sign >= 0 ? oko_register_find(job->reg, r->unit) : NULL;
    if (place == NULL)
        return;
    if (y->procedure[sign][0] == '\0')
        memcpy(y->procedure[sign], p->code, sizeof y->procedure[sign]);
    if (place->level != OKO_LEVEL_SCHOOL || r->state != OKO_RESULT_OK)
        return;
    uint8_t *cell = &y->cells[(size_t)(place - job->reg->places) * (size_t)job->fioko.n_signs + (size_t)sign];
    uint8_t seen = r->marked ? OKO_CELL_ON : OKO_CELL_OFF;
    if (seen > *cell)
        *cell = seen; /* several procedures of one sign: on in any */
}

oko_status oko_board_note(oko_board *board, const oko_job *job, const oko_frame *f, size_t first)
{
    if (f->n == 0 || !oko_pack_covers(&job->fioko, f->procedure))
        return OKO_OK;
    oko_board_year *y = NULL;
    oko_status status = year_entry(board, job, f->procedure->year, &y);
    if (status != OKO_OK)
        return status;
    for (size_t i = 0; i < f->n; i++) {
        const oko_place *place = oko_register_find(job->reg, f->schools[i]->school);
        if (place != NULL && oko_state_n(f->schools[i]->state) > 0)
            y->took_part[place - job->reg->places] = 1;
    }
    for (size_t i = first; i < job->results.n; i++)
        note_result(y, job, f->procedure, &job->results.at[i]);
    return OKO_OK;
}

/* ---- results ---- */

/* One school of a year. */
typedef struct row {
    const oko_place *region, *municipality, *place;
    const uint8_t *cells;
    int on, computable;
} row;

static int by_seat(const void *a, const void *b)
{
    const row *x = a, *y = b;
    int order = oko_place_compare(x->region, y->region);
    if (order == 0)
        order = oko_place_compare(x->municipality, y->municipality);
    return order != 0 ? order : oko_place_compare(x->place, y->place);
}

static oko_result *add_result(oko_job *job, const oko_board_year *y, int64_t unit, oko_status *status)
{
    size_t at = 0;
    *status = oko_results_extend(&job->results, 1, &at);
    if (*status != OKO_OK)
        return NULL;
    char year[OKO_CODE_BYTES];
    snprintf(year, sizeof year, "%d", y->year);
    oko_result *r = &job->results.at[at];
    oko_result_init(r, year, oko_pack_find(&job->fioko, "index")->code, unit, true);
    oko_details_begin(&job->details[0]);
    oko_details_integer(&job->details[0], "year", y->year);
    oko_details_integer(&job->details[0], "signs", job->fioko.n_signs);
    return r;
}

static void sign_head(oko_details *d, const oko_job *job, const oko_board_year *y, int sign)
{
    oko_details_open(d, NULL);
    oko_details_text(d, "id", job->fioko.signs[sign].id);
    oko_details_text(d, "rule", job->fioko.signs[sign].rule);
    oko_details_text(d, "procedure", y->procedure[sign][0] != '\0' ? y->procedure[sign] : NULL);
}

static oko_status school_result(oko_job *job, const oko_board_year *y, const row *school)
{
    static const char *const names[] = { "no_data", "off", "on" };
    oko_status status = OKO_OK;
    oko_result *r = add_result(job, y, school->place->id, &status);
    if (r == NULL)
        return status;
    r->n = school->computable;
    r->observed = school->on;
    r->marked = school->on > 0;
    if (school->computable == 0)
        oko_result_no_data(r, "analysis.no_sign_computable");
    oko_details *d = &job->details[0];
    oko_details_integer(d, "on", school->on);
    oko_details_integer(d, "computable", school->computable);
    oko_details_integer(d, "no_data", job->fioko.n_signs - school->computable);
    oko_details_array(d, "list");
    for (int s = 0; s < job->fioko.n_signs; s++) {
        sign_head(d, job, y, s);
        oko_details_text(d, "state", names[school->cells[s]]);
        oko_details_close(d);
    }
    oko_details_end_array(d);
    return oko_details_finish(d, &r->details);
}

/* Index over rows[0…n−1], the schools of a unit (NULL: a region without a name). */
static oko_status unit_result(oko_job *job, const oko_board_year *y, const oko_place *unit, const row *rows, size_t n)
{
    oko_status status = OKO_OK;
    oko_result *r = add_result(job, y, unit != NULL ? unit->id : 0, &status);
    if (r == NULL)
        return status;
    int64_t marked = 0;
    for (size_t i = 0; i < n; i++)
        marked += rows[i].on > 0;
    r->n = (int64_t)n;
    status = oko_fioko2019_index(r->n, marked, &r->observed);
    if (status != OKO_OK)
        return status;
    r->effect = (double)marked / (double)n;
    oko_details *d = &job->details[0];
    oko_details_integer(d, "schools", r->n);
    oko_details_integer(d, "marked", marked);
    oko_details_number(d, "index", r->observed);
    oko_details_array(d, "list");
    for (int s = 0; s < job->fioko.n_signs; s++) {
        int64_t on = 0, computable = 0;
        for (size_t i = 0; i < n; i++) {
            on += rows[i].cells[s] == OKO_CELL_ON;
            computable += rows[i].cells[s] != OKO_CELL_NO_DATA;
        }
        sign_head(d, job, y, s);
        oko_details_integer(d, "computable", computable);
        oko_details_integer(d, "marked", on);
        oko_details_close(d);
    }
    oko_details_end_array(d);
    return oko_details_finish(d, &r->details);
}

/* Schools that took part that year, region by region and municipality by municipality. */
static size_t list_rows(const oko_job *job, const oko_board_year *y, row *rows)
{
    size_t n = 0, signs = (size_t)job->fioko.n_signs;
    for (size_t i = 0; i < job->reg->n; i++) {
        if (!y->took_part[i])
            continue;
        const oko_place *place = &job->reg->places[i];
        row *r = &rows[n++];
        *r = (row){ .region = oko_register_top(job->reg, place->id),
                    .municipality = oko_register_above(job->reg, place->id, OKO_LEVEL_MUNICIPALITY),
                    .place = place,
                    .cells = y->cells + i * signs };
        for (size_t s = 0; s < signs; s++) {
            r->on += r->cells[s] == OKO_CELL_ON;
            r->computable += r->cells[s] != OKO_CELL_NO_DATA;
        }
    }
    if (n > 1)
        qsort(rows, n, sizeof *rows, by_seat);
    return n;
}

static oko_status year_results(oko_job *job, const oko_board_year *y, const row *rows, size_t n)
{
    oko_status status = OKO_OK;
    size_t region = 0, municipality = 0; /* first row of each */
    for (size_t i = 0; status == OKO_OK && i < n; i++) {
        status = school_result(job, y, &rows[i]);
        bool region_ends = i + 1 == n || rows[i + 1].region != rows[i].region;
        if (status == OKO_OK && (region_ends || rows[i + 1].municipality != rows[i].municipality)) {
            if (rows[i].municipality != NULL)
                status = unit_result(job, y, rows[i].municipality, rows + municipality, i + 1 - municipality);
            municipality = i + 1;
        }
        if (status == OKO_OK && region_ends) {
            status = unit_result(job, y, rows[i].region, rows + region, i + 1 - region);
            region = i + 1;
        }
    }
    return status;
}

oko_status oko_rule_index(oko_job *job, const oko_board *board)
{
    OKO_CLEANUP(oko_freep) row *rows = oko_alloc_array(job->reg->n + 1, sizeof *rows);
    if (rows == NULL)
        return OKO_E_MEMORY;
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < board->n; i++)
        status = year_results(job, &board->years[i], rows, list_rows(job, &board->years[i], rows));
    return status;
}
