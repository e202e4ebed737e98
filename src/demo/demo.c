#include "demo/demo.h"

#include "base/memory.h"
#include "demo/book.h"
#include "demo/files.h"
#include "demo/lists.h"
#include "demo/others.h"
#include "reference/procedures.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_SCHOOLS = 9999, MAX_MUNICIPALITIES = 99 }; /* logins and names have so many digits */

/* The writing of one region. A class is kept until the next one comes, and a school's classes until all are here:
 * how many there are decides how the school writes them. */
typedef struct writer {
    const char *dir;
    const oko_demo_options *options;
    oko_error *err;
    oko_procedure *p; /* [OKO_DEMO_TESTS] */
    int found;        /* bits of the procedures found */
    int16_t maxima[OKO_DEMO_TESTS][OKO_MAX_ITEMS];
    oko_world_test tests[OKO_DEMO_TESTS];
    uint8_t *n_classes; /* [schools] */
    int test;           /* that the open book belongs to, −1 none */
    demo_book *book;
    demo_list *units, *truth;
    demo_others others;
} writer;

static void writer_clear(writer *w)
{
    demo_book_dropp(&w->book);
    demo_list_dropp(&w->units);
    demo_list_dropp(&w->truth);
    demo_others_drop(&w->others);
    free(w->p);
    free(w->n_classes);
}

/* ---- the tests: built-in procedures ---- */

static oko_status take_procedure(void *ctx, const oko_procedure *p)
{
    writer *w = ctx;
    for (int t = 0; t < OKO_DEMO_TESTS; t++) {
        if (strcmp(p->code, oko_demo_codes[t]) != 0) {
            continue;
        }
        w->p[t] = *p;
        w->found |= 1 << t;
        for (int j = 0; j < p->n_items; j++) {
            w->maxima[t][j] = p->items[j].max;
        }
        w->tests[t] = (oko_world_test){ .code = w->p[t].code,
                                        .year = p->year == 2020 ? 2020 : 2021,
                                        .grade = p->grade,
                                        .subject = strcmp(p->subject, "MA") == 0 ? 1 : 0,
                                        .n_items = p->n_items,
                                        .item_max = w->maxima[t],
                                        .n_cutoffs = p->n_cutoffs,
                                        .cutoffs = w->p[t].cutoffs };
    }
    return OKO_OK;
}

static oko_status find_procedures(writer *w)
{
    w->p = oko_calloc_array(OKO_DEMO_TESTS, sizeof *w->p);
    w->n_classes = oko_calloc_array((size_t)w->options->world.schools, sizeof *w->n_classes);
    if (w->p == NULL || w->n_classes == NULL) {
        return oko_error_set(w->err, OKO_E_MEMORY, "", "");
    }
    oko_status status = oko_procedures_builtin(take_procedure, w, w->err);
    if (status == OKO_OK && w->found != (1 << OKO_DEMO_TESTS) - 1) {
        status = oko_error_set(w->err, OKO_E_INTERNAL, "", "procedures");
    }
    return status;
}

/* ---- first walk: how many classes a school has; schools and their classes are the same in all tests ---- */

static oko_status count_class(void *ctx, const oko_world_class *c)
{
    writer *w = ctx;
    w->n_classes[c->school]++;
    return OKO_OK;
}

/* ---- second walk: the files ---- */

static oko_status next_book(writer *w, int test)
{
    demo_book *done = w->book;
    w->book = NULL;
    if (done != NULL) {
        oko_status status = demo_book_finish(done, w->err);
        if (status != OKO_OK) {
            return status;
        }
    }
    w->test = test;
    return test < OKO_DEMO_TESTS ? demo_book_open(w->dir, &w->p[test], w->options->world.seed, &w->book, w->err)
                                 : OKO_OK;
}

static oko_status write_class(void *ctx, const oko_world_class *c)
{
    writer *w = ctx;
    int schools = w->options->world.schools;
    if (c->test != w->test) {
        oko_status status = next_book(w, c->test);
        if (status != OKO_OK) {
            return status;
        }
    }
    if (c->class_index == 0) {
        if (c->test == 0) {
            demo_units_school(w->units, c, w->n_classes[c->school]);
            demo_others_school(&w->others, c->school, c->municipality);
        }
        uint64_t done = (uint64_t)c->test * (uint64_t)schools + (uint64_t)c->school;
        if (!oko_progress_tell(&w->options->progress, "demo.writing", done, (uint64_t)schools * OKO_DEMO_TESTS)) {
            return oko_error_set(w->err, OKO_E_CANCELLED, "", "");
        }
    }
    char label[DEMO_LABEL_BYTES] = "";
    oko_status status = demo_book_class(w->book, c, w->n_classes[c->school], label, w->err);
    if (status == OKO_OK) {
        demo_truth_class(w->truth, c, &w->p[c->test], label);
        if (strcmp(w->p[c->test].code, "2021-05-MA") == 0) {
            demo_others_class(&w->others, c, &w->p[c->test], label);
        }
    }
    return status;
}

static oko_status open_lists(writer *w)
{
    oko_status status = demo_list_open(w->dir, "units.csv", DEMO_UNITS_HEAD, &w->units, w->err);
    if (status == OKO_OK) {
        status = demo_list_open(w->dir, "truth.csv", DEMO_TRUTH_HEAD, &w->truth, w->err);
    }
    if (status == OKO_OK) {
        status = demo_others_open(w->dir, w->options->world.seed, &w->others, w->err);
    }
    if (status == OKO_OK) {
        demo_units_region(w->units, w->options->world.municipalities);
    }
    return status;
}

static oko_status finish_lists(writer *w)
{
    demo_list *units = w->units;
    demo_list *truth = w->truth;
    w->units = NULL;
    w->truth = NULL;
    oko_status status = demo_list_finish(units, w->err);
    if (status != OKO_OK) {
        demo_list_dropp(&truth);
        return status;
    }
    status = demo_list_finish(truth, w->err);
    return status == OKO_OK ? demo_others_finish(&w->others, w->err) : status;
}

static oko_status write_region(writer *w)
{
    const oko_world_options *world = &w->options->world;
    oko_status status = find_procedures(w);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_simulate(world, w->tests, 1, count_class, w);
    if (status != OKO_OK) {
        return oko_error_set(w->err, status, "", "");
    }
    status = oko_demo_folder(w->dir, w->err);
    if (status == OKO_OK) {
        status = open_lists(w);
    }
    if (status == OKO_OK) {
        status = oko_simulate(world, w->tests, OKO_DEMO_TESTS, write_class, w);
    }
    if (status == OKO_OK) {
        status = next_book(w, OKO_DEMO_TESTS);
    }
    return status == OKO_OK ? finish_lists(w) : status;
}

/* ---- the third year ---- */

static const char *const third_codes[OKO_DEMO_THIRD_YEAR] = { "2022-05-MA", "2022-05-RU" };
static const char *const third_models[OKO_DEMO_THIRD_YEAR] = { "2021-05-MA", "2021-05-RU" };

static void make_procedure(writer *w, int t, const oko_procedure *model)
{
    oko_procedure *p = &w->p[t];
    *p = *model;
    p->id = 0;
    p->year = 2022;
    p->n_aliases = 0;
    p->date[0] = '\0';
    (void)oko_str_copy(p->code, sizeof p->code, oko_str_of(third_codes[t]));
    (void)oko_str_copy(p->source, sizeof p->source,
                       oko_str_of("Учебный регион: границы отметок те же, что в 2021 году."));
    char *year = strstr(p->title, "2021");
    if (year != NULL) {
        year[3] = '2';
    }
    for (int j = 0; j < p->n_items; j++) {
        w->maxima[t][j] = p->items[j].max;
    }
    w->tests[t] = (oko_world_test){ .code = p->code,
                                    .year = 2022,
                                    .grade = p->grade,
                                    .subject = t == 0 ? 1 : 0,
                                    .n_items = p->n_items,
                                    .item_max = w->maxima[t],
                                    .n_cutoffs = p->n_cutoffs,
                                    .cutoffs = p->cutoffs };
}

static oko_status take_model(void *ctx, const oko_procedure *p)
{
    writer *w = ctx;
    for (int t = 0; t < OKO_DEMO_THIRD_YEAR; t++) {
        if (strcmp(p->code, third_models[t]) == 0) {
            make_procedure(w, t, p);
            w->found |= 1 << t;
        }
    }
    return OKO_OK;
}

/* Class by class into the book of its test. */
static oko_status write_third(void *ctx, const oko_world_class *c)
{
    writer *w = ctx;
    oko_status status = OKO_OK;
    if (c->test != w->test) {
        status = w->book != NULL ? demo_book_finish(w->book, w->err) : OKO_OK;
        w->book = NULL;
        w->test = c->test;
        status = status == OKO_OK ? demo_book_open(w->dir, &w->p[c->test], w->options->world.seed, &w->book, w->err)
                                  : status;
    }
    return status == OKO_OK ? demo_book_class(w->book, c, w->n_classes[c->school], NULL, w->err) : status;
}

static oko_status write_third_year(writer *w)
{
    oko_world_options world = w->options->world;
    world.planted /= 3;
    world.whole_school /= 3;
    w->p = oko_calloc_array(OKO_DEMO_THIRD_YEAR, sizeof *w->p);
    w->n_classes = oko_calloc_array((size_t)world.schools, sizeof *w->n_classes);
    if (w->p == NULL || w->n_classes == NULL) {
        return oko_error_set(w->err, OKO_E_MEMORY, "", "");
    }
    oko_status status = oko_procedures_builtin(take_model, w, w->err);
    if (status == OKO_OK && w->found != (1 << OKO_DEMO_THIRD_YEAR) - 1) {
        return oko_error_set(w->err, OKO_E_INTERNAL, "", "procedures");
    }
    status = status == OKO_OK ? oko_simulate(&world, w->tests, 1, count_class, w) : status;
    status = status == OKO_OK ? oko_simulate(&world, w->tests, OKO_DEMO_THIRD_YEAR, write_third, w) : status;
    demo_book *last = w->book;
    w->book = NULL;
    if (status != OKO_OK) {
        demo_book_dropp(&last);
        return status;
    }
    return demo_book_finish(last, w->err);
}

oko_status oko_demo_write_third_year(const char *dir, const oko_demo_options *options,
                                     oko_procedure ret_procedures[OKO_DEMO_THIRD_YEAR], oko_error *err)
{
    writer w = { .dir = dir, .options = options, .err = err, .test = -1 };
    oko_status status = write_third_year(&w);
    if (status == OKO_OK) {
        memcpy(ret_procedures, w.p, OKO_DEMO_THIRD_YEAR * sizeof *ret_procedures);
    } else if (err != NULL && err->code != status) {
        (void)oko_error_set(err, status, "", "");
    }
    writer_clear(&w);
    return status;
}

oko_status oko_demo_write(const char *dir, const oko_demo_options *options, oko_error *err)
{
    const oko_demo_options defaults = OKO_DEMO_OPTIONS_INIT;
    const oko_world_options *world = options != NULL ? &options->world : &defaults.world;
    if (world->schools < 1 || world->schools > MAX_SCHOOLS) {
        return oko_error_set(err, OKO_E_ARGUMENT, "", "schools");
    }
    if (world->municipalities < 1 || world->municipalities > MAX_MUNICIPALITIES) {
        return oko_error_set(err, OKO_E_ARGUMENT, "", "municipalities");
    }
    oko_error own = { .code = OKO_OK };
    writer w = { .dir = dir, .options = options != NULL ? options : &defaults, .err = &own, .test = -1 };
    oko_status status = write_region(&w);
    writer_clear(&w);
    if (status != OKO_OK) {
        if (own.code != status) { /* the simulation itself speaks in statuses only */
            (void)oko_error_set(&own, status, "", "");
        }
        if (err != NULL) {
            *err = own;
        }
    }
    return status;
}
