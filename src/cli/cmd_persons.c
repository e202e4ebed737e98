/* oko persons FILE: person-fit statistics of any wide table. Its columns are a stable contract. */
#include "cli/cli.h"
#include "cli/cmd_pairs.h"

#include <oko/persons.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED_ITEMS = 10, ENOUGH_FOR_SLOPES = 500, REFITS = 2 };

static const double UNUSUAL = .01; /* persons whose p is at most this are left out of a refit */

typedef enum model { MODEL_AUTO, MODEL_RASCH, MODEL_2PL, MODEL_PCM, MODEL_GPCM, MODEL_NONPARAMETRIC } model;

typedef struct request {
    unsigned stats;
    model model;
    bool json, refit;
    int64_t threads;
    const char *out;
} request;

typedef struct table {
    pairs_data data;
    oko_scores scores;
    int8_t *score, *item_max;
    oko_irt *irt;
    oko_rest_curves *curves;
    oko_person *person;
} table;

static void table_clear(table *t)
{
    pairs_data_free(&t->data);
    free(t->score);
    free(t->item_max);
    oko_irt_free(t->irt);
    oko_rest_curves_free(t->curves);
    free(t->person);
}

static oko_status refuse(oko_error *err, const char *key, const char *field, const char *what)
{
    oko_status status = oko_error_set(err, OKO_E_ARGUMENT, key, field);
    oko_error_arg(err, "%s", what);
    return status;
}

/* ---- options ---- */

/* Place of a word in a list that ends with NULL; −1. */
static int place_of(const char *word, size_t n, const char *const *list)
{
    for (int i = 0; list[i] != NULL; i++)
        if (strlen(list[i]) == n && strncmp(list[i], word, n) == 0)
            return i;
    return -1;
}

static oko_status read_stats(const char *text, unsigned *ret, oko_error *err)
{
    static const char *const names[] = { "lz", "lzstar", "ht", "u3", "g", NULL };
    *ret = text == NULL ? OKO_PERSON_ALL : 0;
    while (text != NULL && *text != '\0') {
        size_t n = strcspn(text, ",");
        int place = place_of(text, n, names);
        if (place < 0)
            return refuse(err, "persons.bad_stat", "stat", text);
        *ret |= 1u << place;
        text += n + (text[n] == ',');
    }
    return *ret != 0 ? OKO_OK : refuse(err, "persons.bad_stat", "stat", "");
}

static oko_status read_request(oko_cli *cli, request *q, oko_error *err)
{
    static const char *const models[] = { "auto", "rasch", "2pl", "pcm", "gpcm", "nonparametric", NULL };
    const char *name = oko_cli_option(cli, "model"), *format = oko_cli_option(cli, "format");
    int place = name != NULL ? place_of(name, strlen(name), models) : 0;
    *q = (request){ .json = cli->json,
                    .refit = oko_cli_option(cli, "refit") != NULL,
                    .out = oko_cli_option(cli, "out") };
    oko_status status = read_stats(oko_cli_option(cli, "stat"), &q->stats, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(cli, "threads", 0, 64, &q->threads, err);
    if (status != OKO_OK)
        return status;
    if (place < 0)
        return refuse(err, "persons.bad_model", "model", name);
    q->model = (model)place;
    if (format != NULL && strcmp(format, "csv") != 0 && strcmp(format, "json") != 0)
        return refuse(err, "persons.bad_format", "format", format);
    q->json = q->json || (format != NULL && strcmp(format, "json") == 0);
    return OKO_OK;
}

/* ---- scores ---- */

/* Marks as they are, or 1 for the key and 0 for another option; items without a key are left out. */
static oko_status make_scores(table *t, oko_error *err)
{
    const pairs_data *d = &t->data;
    size_t from = (size_t)d->n_items;
    t->score = oko_alloc_array(d->n, from);
    t->item_max = oko_alloc_array(from, sizeof *t->item_max);
    if (t->score == NULL || t->item_max == NULL)
        return OKO_E_MEMORY;
    size_t n = 0;
    for (size_t j = 0; j < from; j++)
        if (d->key == NULL || d->key[j] >= 0)
            t->item_max[n++] = d->key != NULL ? 1 : (int8_t)(d->n_options[j] - 1);
    for (size_t i = 0, at = 0; i < d->n; i++) {
        for (size_t j = 0; j < from; j++) {
            int8_t x = d->answer[i * from + j];
            if (d->key == NULL)
                t->score[at++] = x;
            else if (d->key[j] >= 0)
                t->score[at++] = (int8_t)(x < 0 ? -1 : x == d->key[j]);
        }
    }
    t->scores = (oko_scores){ d->n, (int)n, t->score, t->item_max };
    for (size_t j = 0; j < n; j++)
        if (t->item_max[j] > OKO_SCORES_MAX_MARK)
            return oko_error_set(err, OKO_E_FORMAT, "persons.large_mark", "");
    return n > 0 ? OKO_OK : oko_error_set(err, OKO_E_FORMAT, "persons.no_items", "");
}

static oko_status read_table(oko_cli *cli, table *t, oko_error *err)
{
    pairs_plan plan = { .id = oko_cli_option(cli, "id"),
                        .group = oko_cli_option(cli, "variant"),
                        .items = oko_cli_option(cli, "items"),
                        .key = oko_cli_option(cli, "key") };
    plan.marks = plan.key == NULL;
    oko_status status = pairs_read(cli, cli->argv[0], &plan, &t->data, err);
    if (status == OKO_E_FORMAT && plan.marks && strcmp(err->id, "pairs.no_items") == 0)
        return oko_error_set(err, status, "persons.no_marks", "");
    return status == OKO_OK ? make_scores(t, err) : status;
}

/* ---- model ---- */

static bool several_marks(const oko_scores *s)
{
    for (int j = 0; j < s->n_items; j++)
        if (s->item_max[j] > 1)
            return true;
    return false;
}

/* Without a wish: slopes from 500 persons on, marks as the file has them. */
static model choose_model(model wish, const oko_scores *s)
{
    bool many = s->n_persons >= ENOUGH_FOR_SLOPES;
    if (wish != MODEL_AUTO)
        return wish;
    if (several_marks(s))
        return many ? MODEL_GPCM : MODEL_PCM;
    return many ? MODEL_2PL : MODEL_RASCH;
}

static oko_status fit_model(const request *q, model m, table *t)
{
    static const oko_irt_kind kinds[] = {
        [MODEL_RASCH] = OKO_IRT_RASCH, [MODEL_2PL] = OKO_IRT_2PL, [MODEL_PCM] = OKO_IRT_PCM, [MODEL_GPCM] = OKO_IRT_GPCM
    };
    if (m == MODEL_NONPARAMETRIC)
        return oko_rest_curves_fit(&t->scores, NULL, &t->curves);
    oko_irt_options o = { .kind = kinds[m], .threads = (int)q->threads };
    return oko_irt_fit(&t->scores, &o, &t->irt);
}

/* A model that can't be fitted leaves its columns empty and is told; the other statistics stand without it. */
static oko_status try_model(oko_cli *cli, const request *q, table *t, oko_error *err)
{
    static const char *const words[] = { "", "Rasch", "2PL", "PCM", "GPCM", "" };
    model m = choose_model(q->model, &t->scores);
    if ((m == MODEL_RASCH || m == MODEL_2PL) && several_marks(&t->scores))
        return refuse(err, "persons.needs_pcm", "model", words[m]);
    oko_status status = fit_model(q, m, t);
    if (status == OKO_E_NO_DATA || status == OKO_E_NUMERIC) {
        oko_cli_say(cli, stderr,
                    status == OKO_E_NO_DATA ? "persons.note.no_model_data" : "persons.note.no_convergence");
        return OKO_OK;
    }
    if (status != OKO_OK || cli->quiet)
        return status;
    if (t->irt == NULL) {
        oko_cli_say(cli, stderr, "persons.note.curves");
        return OKO_OK;
    }
    OKO_CLI_SAY(cli, stderr, "persons.note.model", OKO_S("model", words[m]),
                OKO_S("sd", oko_cli_num(cli, t->irt->sd, 2)), OKO_S("cycles", oko_cli_int(cli, t->irt->cycles)));
    if (t->irt->n_bounded > 0)
        OKO_CLI_SAY(cli, stderr, "persons.note.bounded", OKO_I("items", t->irt->n_bounded));
    return OKO_OK;
}

/* Fits again without the persons of unusual patterns. A refit that fails leaves the statistics as they are. */
static oko_status refit(oko_cli *cli, const request *q, table *t)
{
    size_t n = t->scores.n_persons;
    OKO_CLEANUP(oko_freep) double *weight = oko_alloc_array(n, sizeof *weight);
    oko_irt_options o = { .kind = t->irt->kind, .weight = weight, .threads = (int)q->threads };
    oko_persons_options star = { .stats = OKO_PERSON_LZSTAR, .threads = (int)q->threads };
    int64_t left_out = 0;
    oko_status status = weight == NULL ? OKO_E_MEMORY : oko_persons(&t->scores, t->irt, &star, t->person);
    for (int turn = 0; turn < REFITS && status == OKO_OK; turn++) {
        oko_irt *again = NULL;
        left_out = 0;
        for (size_t i = 0; i < n; i++) {
            bool unusual = t->person[i].lzstar_p <= UNUSUAL;
            weight[i] = unusual ? 0 : 1;
            left_out += unusual;
        }
        status = oko_irt_fit(&t->scores, &o, &again);
        if (status == OKO_OK) {
            oko_irt_free(t->irt);
            t->irt = again;
            status = oko_persons(&t->scores, t->irt, &star, t->person);
        }
    }
    if (status == OKO_OK && !cli->quiet)
        OKO_CLI_SAY(cli, stderr, "persons.note.refit", OKO_I("persons", left_out));
    return status == OKO_E_NUMERIC || status == OKO_E_NO_DATA ? OKO_OK : status;
}

static oko_status compute(oko_cli *cli, const request *q, table *t)
{
    oko_persons_options o = { .stats = q->stats, .curves = t->curves, .threads = (int)q->threads };
    t->person = oko_alloc_array(t->scores.n_persons, sizeof *t->person);
    oko_status status = t->person == NULL ? OKO_E_MEMORY : OKO_OK;
    if (status == OKO_OK && q->refit && t->irt != NULL)
        status = refit(cli, q, t);
    return status == OKO_OK ? oko_persons(&t->scores, t->irt, &o, t->person) : status;
}

/* ---- variants ---- */

/* Persons of one variant (−1: none stated) as a table of their own; at: their places in the whole. */
static oko_status cut_variant(const table *whole, int32_t variant, size_t *at, table *ret)
{
    size_t items = (size_t)whole->scores.n_items, n = 0;
    for (size_t i = 0; i < whole->scores.n_persons; i++)
        if (whole->data.within[i] == variant)
            at[n++] = i;
    ret->score = oko_alloc_array(n > 0 ? n * items : 1, 1);
    if (ret->score == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < n; i++)
        memcpy(ret->score + i * items, whole->score + at[i] * items, items);
    ret->scores = (oko_scores){ n, whole->scores.n_items, ret->score, whole->item_max };
    return OKO_OK;
}

static oko_status compute_variant(oko_cli *cli, const request *q, table *whole, int32_t variant, size_t *at,
                                  oko_error *err)
{
    OKO_CLEANUP(table_clear) table part = { .irt = NULL };
    oko_status status = cut_variant(whole, variant, at, &part);
    if (status != OKO_OK || part.scores.n_persons == 0)
        return status;
    if (!cli->quiet)
        OKO_CLI_SAY(cli, stderr, variant >= 0 ? "persons.note.variant" : "persons.note.no_variant",
                    OKO_S("variant", variant >= 0 ? oko_cli_int(cli, variant + 1) : ""),
                    OKO_I("persons", (int64_t)part.scores.n_persons));
    status = try_model(cli, q, &part, err);
    if (status == OKO_OK)
        status = compute(cli, q, &part);
    for (size_t i = 0; status == OKO_OK && i < part.scores.n_persons; i++)
        whole->person[at[i]] = part.person[i];
    return status;
}

/* Every variant is a test of its own: model and statistics are those among its writers. */
static oko_status compute_variants(oko_cli *cli, const request *q, table *t, oko_error *err)
{
    int32_t last = -1;
    for (size_t i = 0; i < t->scores.n_persons; i++)
        last = t->data.within[i] > last ? t->data.within[i] : last;
    OKO_CLEANUP(oko_freep) size_t *at = oko_alloc_array(t->scores.n_persons, sizeof *at);
    t->person = oko_alloc_array(t->scores.n_persons, sizeof *t->person);
    oko_status status = at == NULL || t->person == NULL ? OKO_E_MEMORY : OKO_OK;
    for (int32_t v = -1; v <= last && status == OKO_OK; v++)
        status = compute_variant(cli, q, t, v, at, err);
    return status;
}

/* ---- what was left out ---- */

static void say_left_out(oko_cli *cli, const table *t)
{
    const pairs_data *d = &t->data;
    if (cli->quiet)
        return;
    OKO_CLI_SAY(cli, stderr, "persons.note.read", OKO_I("persons", (int64_t)t->scores.n_persons),
                OKO_I("items", t->scores.n_items));
    for (int i = 0; i < d->n_dropped && i < NAMED_ITEMS; i++)
        OKO_CLI_SAY(cli, stderr, i < d->n_personal ? "persons.note.personal" : "persons.note.not_item",
                    OKO_S("head", d->dropped[i]));
    if (d->n_dropped + d->n_more > NAMED_ITEMS)
        OKO_CLI_SAY(cli, stderr, "persons.note.more_columns", OKO_I("columns", d->n_dropped + d->n_more - NAMED_ITEMS));
    if (d->n_repeats > 0)
        OKO_CLI_SAY(cli, stderr, "persons.note.repeats", OKO_I("rows", (int64_t)d->n_repeats));
}

/* ---- output ---- */

static const char *const columns[] = { "id",     "n",        "score", "theta", "se", "lz",      "lz_p",
                                       "lzstar", "lzstar_p", "ht",    "u3",    "g",  "g_normed" };

/* The numbers of a person after id, n and score, in the order of `columns`. */
static void numbers_of(const oko_person *p, double *ret)
{
    const double all[] = { p->theta, p->se, p->lz, p->lz_p, p->lzstar, p->lzstar_p, p->ht, p->u3, p->g, p->g_normed };
    memcpy(ret, all, sizeof all);
}

static void csv_text(FILE *f, const char *text)
{
    if (strpbrk(text, ",;\"\r\n") == NULL) {
        fputs(text, f);
        return;
    }
    fputc('"', f);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', f);
        fputc(*text, f);
    }
    fputc('"', f);
}

static void write_csv(const table *t, FILE *f)
{
    for (size_t c = 0; c < sizeof columns / sizeof columns[0]; c++)
        fprintf(f, c > 0 ? ",%s" : "%s", columns[c]);
    fputc('\n', f);
    for (size_t i = 0; i < t->scores.n_persons; i++) {
        double number[10];
        numbers_of(&t->person[i], number);
        csv_text(f, t->data.id[i]);
        fprintf(f, ",%d,%d", t->person[i].n, t->person[i].score);
        for (size_t c = 0; c < 10; c++) {
            fputc(',', f);
            if (isfinite(number[c]))
                fprintf(f, "%.10g", number[c]);
        }
        fputc('\n', f);
    }
}

/* The reason of each asked statistic that is empty. */
static json_t *reasons(const oko_person *p)
{
    static const char *const names[] = { "lz", "lzstar", "ht", "u3", "g" };
    const uint8_t why[] = { p->why_lz, p->why_lzstar, p->why_ht, p->why_u3, p->why_g };
    json_t *o = json_object();
    for (size_t s = 0; s < 5; s++)
        if (why[s] != OKO_WHY_NONE && why[s] != OKO_WHY_NOT_ASKED)
            oko_put_str(o, names[s], oko_person_why_name((oko_person_why)why[s]));
    return o;
}

static json_t *one_json(const table *t, size_t i)
{
    const oko_person *p = &t->person[i];
    double number[10];
    json_t *o = json_object();
    numbers_of(p, number);
    oko_put_str(o, columns[0], t->data.id[i]);
    oko_put_int(o, columns[1], p->n);
    oko_put_int(o, columns[2], p->score);
    for (size_t c = 0; c < 10; c++)
        oko_put_num(o, columns[c + 3], number[c]);
    oko_put_num(o, "u3_p", p->u3_p);
    oko_put(o, "why", reasons(p));
    return o;
}

/* One object at a time, so that memory does not grow with the persons. */
static oko_status write_json(const table *t, FILE *f)
{
    fputs("[", f);
    for (size_t i = 0; i < t->scores.n_persons; i++) {
        json_t *o = one_json(t, i);
        fputs(i > 0 ? ",\n" : "\n", f);
        int failed = o == NULL ? -1 : json_dumpf(o, f, JSON_COMPACT | JSON_REAL_PRECISION(10));
        json_decref(o);
        if (failed != 0)
            return ferror(f) ? OKO_E_IO : OKO_E_MEMORY;
    }
    fputs("\n]\n", f);
    return OKO_OK;
}

static oko_status write_out(const request *q, const table *t, oko_error *err)
{
    char *bytes = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&bytes, &n);
    if (f == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_status status = OKO_OK;
    if (q->json)
        status = write_json(t, f);
    else
        write_csv(t, f);
    if (fclose(f) != 0 && status == OKO_OK)
        status = oko_error_set(err, OKO_E_MEMORY, "", "");
    if (status == OKO_OK)
        status = oko_cli_write(q->out, (oko_str){ bytes, n }, err);
    free(bytes);
    return status;
}

oko_status oko_cmd_persons(oko_cli *cli, oko_error *err)
{
    request q;
    OKO_CLEANUP(table_clear) table t = { .irt = NULL };
    oko_status status = read_request(cli, &q, err);
    if (status == OKO_OK)
        status = read_table(cli, &t, err);
    if (status == OKO_OK) {
        say_left_out(cli, &t);
        if (t.data.within != NULL)
            status = compute_variants(cli, &q, &t, err);
        else
            status = try_model(cli, &q, &t, err);
    }
    if (status == OKO_OK && t.data.within == NULL)
        status = compute(cli, &q, &t);
    if (status != OKO_OK)
        return status;
    cli->subject = NULL; /* from here on no error is about the table */
    return write_out(&q, &t, err);
}
