/* oko pairs: pairs of works in any wide table, outside the register. The columns of the answer are a stable contract.
 */
#include "cli/cmd_pairs.h"

#include "report/output.h"

#include <float.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

enum { ROW_BYTES = 1 << 16, NAMED_ITEMS = 10 };
static const size_t MAX_OUTPUT = (size_t)4 << 30;

static const char *const columns[] = { "id_a",     "id_b",       "n",         "matches", "expected", "omega",
                                       "p_omega",  "gbt_p",      "gbt_log_p", "womega",  "p_womega", "m4_p",
                                       "m4_log_p", "p_adjusted", "flag",      "group_id" };
enum { N_COLUMNS = sizeof columns / sizeof columns[0] };

/* What is asked of the comparison; from the options of the command. */
typedef struct pairs_task {
    oko_pairs_options options;
    oko_option_curves_options curves;
    oko_correction correction;
    double alpha;
    bool all, refit, json;
    const char *out; /* NULL = standard output */
} pairs_task;

static oko_status bad_value(oko_error *err, const char *option, const char *value)
{
    (void)oko_error_set(err, OKO_E_ARGUMENT, "pairs.bad_value", "");
    oko_error_arg(err, "%s", option);
    oko_error_arg(err, "%s", value);
    return OKO_E_ARGUMENT;
}

/* "gbt,omega": the first one leads. */
static oko_status parse_stats(const char *text, oko_pairs_options *o, oko_error *err)
{
    static const struct {
        const char *name;
        unsigned stat;
    } known[] = {
        { "gbt", OKO_PAIR_GBT }, { "omega", OKO_PAIR_OMEGA }, { "womega", OKO_PAIR_WOMEGA }, { "m4", OKO_PAIR_M4 }
    };
    const char *at = text;
    while (true) {
        size_t n = strcspn(at, ",");
        unsigned stat = 0;
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
            if (strlen(known[k].name) == n && strncmp(known[k].name, at, n) == 0)
                stat = known[k].stat;
        }
        if (stat == 0)
            return bad_value(err, "stat", text);
        o->stats |= stat;
        o->lead = o->lead != 0 ? o->lead : stat;
        if (at[n] == '\0')
            return OKO_OK;
        at += n + 1;
    }
}

/* Index of a value among `names` (NULL at the end); the first one when the option is not given. */
static oko_status choice(const oko_cli *cli, const char *option, const char *const *names, int *ret, oko_error *err)
{
    const char *value = oko_cli_option(cli, option);
    *ret = 0;
    for (int k = 0; value != NULL && names[k] != NULL; k++) {
        if (strcmp(value, names[k]) == 0) {
            *ret = k;
            return OKO_OK;
        }
    }
    return value == NULL ? OKO_OK : bad_value(err, option, value);
}

/* How the pairs that nobody asked to see are kept out: p adjusted is never below p. */
static void set_keep(pairs_task *t)
{
    bool family = t->correction == OKO_CORRECTION_BONFERRONI || t->correction == OKO_CORRECTION_EXAMINEE;
    t->options.keep_p = t->all ? 1 : t->alpha > 0 ? t->alpha : DBL_MIN;
    t->options.exact = t->all || (!family && t->alpha > .001);
}

static oko_status parse_task(const oko_cli *cli, pairs_task *t, oko_error *err)
{
    static const char *const corrections[] = { "bonferroni", "examinee", "bh", "none", NULL };
    static const char *const abilities[] = { "likelihood", "total", NULL };
    static const char *const formats[] = { "csv", "json", NULL };
    const char *stats = oko_cli_option(cli, "stat");
    int correction, ability, format;
    int64_t threads = 0;
    *t = (pairs_task){ .alpha = .001, .out = oko_cli_option(cli, "out") };
    oko_status status = parse_stats(stats != NULL ? stats : "gbt,omega", &t->options, err);
    if (status == OKO_OK)
        status = oko_cli_option_num(cli, "alpha", 0, 1, &t->alpha, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(cli, "threads", 0, 64, &threads, err);
    if (status == OKO_OK)
        status = choice(cli, "correction", corrections, &correction, err);
    if (status == OKO_OK)
        status = choice(cli, "ability", abilities, &ability, err);
    if (status == OKO_OK)
        status = choice(cli, "format", formats, &format, err);
    if (status != OKO_OK)
        return status;
    t->correction = (oko_correction)correction;
    t->curves.ability = (oko_ability)ability;
    t->options.threads = (int)threads;
    t->all = oko_cli_option(cli, "all") != NULL;
    t->refit = oko_cli_option(cli, "refit") != NULL;
    t->json = cli->json || format == 1;
    set_keep(t);
    return OKO_OK;
}

static oko_status parse_plan(const oko_cli *cli, pairs_plan *plan, oko_error *err)
{
    static const char *const kinds[] = { "options", "scores", NULL };
    int kind;
    oko_status status = choice(cli, "kind", kinds, &kind, err);
    if (status != OKO_OK)
        return status;
    *plan = (pairs_plan){ .id = oko_cli_option(cli, "id"),
                          .group = oko_cli_option(cli, "group"),
                          .items = oko_cli_option(cli, "items"),
                          .key = oko_cli_option(cli, "key"),
                          .marks = kind == 1,
                          .either = oko_cli_option(cli, "kind") == NULL && oko_cli_option(cli, "key") == NULL };
    return OKO_OK;
}

/* ---- comparison ---- */

/* The progress bar is of one thread; the comparison tells from several. */
typedef struct shared_progress {
    oko_progress progress;
    pthread_mutex_t lock;
} shared_progress;

static bool go_on(void *ctx, uint64_t done, uint64_t total)
{
    shared_progress *s = ctx;
    pthread_mutex_lock(&s->lock);
    bool more = oko_progress_tell(&s->progress, "pairs.stage", done, total);
    pthread_mutex_unlock(&s->lock);
    return more;
}

static oko_status explain(oko_status status, oko_error *err)
{
    if (status == OKO_E_NO_DATA)
        return oko_error_set(err, status, "pairs.too_few", "");
    if (status == OKO_E_LIMIT)
        return oko_error_set(err, status, "pairs.too_many_pairs", "");
    return status == OKO_OK ? OKO_OK : oko_error_set(err, status, "", "");
}

static oko_status compare_once(const oko_responses *r, const pairs_task *t, oko_pairs **ret)
{
    OKO_CLEANUP(oko_option_probs_freep) oko_option_probs *probs = NULL;
    OKO_CLEANUP(oko_pairs_freep) oko_pairs *pairs = NULL;
    oko_status status = oko_option_curves(r, &t->curves, &probs);
    if (status == OKO_OK)
        status = oko_pairs_all(r, probs, &t->options, &pairs);
    if (status == OKO_OK)
        status = oko_pairs_adjust(pairs, t->correction, t->alpha);
    if (status != OKO_OK)
        return status;
    oko_pairs_free(*ret);
    *ret = pairs;
    pairs = NULL;
    return OKO_OK;
}

/* With --refit once more on curves without the persons of the flagged pairs. */
static oko_status compare(oko_cli *cli, const oko_responses *r, pairs_task *t, oko_pairs **ret, oko_error *err)
{
    shared_progress progress = { oko_cli_progress(cli), PTHREAD_MUTEX_INITIALIZER };
    uint8_t *leave_out = oko_arena_alloc(cli->arena, r->n_persons);
    t->options.go_on = go_on;
    t->options.ctx = &progress;
    oko_status status = leave_out != NULL ? compare_once(r, t, ret) : OKO_E_MEMORY;
    size_t flagged = 0;
    for (size_t k = 0; status == OKO_OK && t->refit && k < (*ret)->n; k++) {
        const oko_pair *pair = &(*ret)->pair[k];
        if (pair->flag)
            leave_out[pair->a] = leave_out[pair->b] = 1;
        flagged += pair->flag;
    }
    t->curves.leave_out = leave_out;
    if (status == OKO_OK && flagged > 0)
        status = compare_once(r, t, ret);
    oko_cli_progress_end(cli);
    return explain(status, err);
}

/* ---- output ---- */

static void put_text(oko_buffer *b, const char *text, bool quoted)
{
    bool plain = !quoted && strpbrk(text, ",\"\r\n;") == NULL;
    if (!plain)
        oko_buffer_char(b, '"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"')
            oko_buffer_char(b, '"');
        oko_buffer_char(b, *c);
    }
    if (!plain)
        oko_buffer_char(b, '"');
}

static void put_number(oko_buffer *b, double value)
{
    oko_buffer_char(b, ',');
    if (!isnan(value))
        oko_buffer_printf(b, "%.12g", value);
}

static void csv_heads(oko_buffer *b)
{
    for (int c = 0; c < N_COLUMNS; c++)
        oko_buffer_printf(b, "%s%s", c > 0 ? "," : "", columns[c]);
    oko_buffer_char(b, '\n');
}

static void csv_row(oko_buffer *b, const pairs_data *d, const oko_pair *p)
{
    put_text(b, d->id[p->a], false);
    oko_buffer_char(b, ',');
    put_text(b, d->id[p->b], false);
    oko_buffer_printf(b, ",%d,%d", p->n, p->matches);
    const double numbers[] = { p->expected, p->omega,    p->p_omega, p->gbt_p,    p->gbt_log_p,
                               p->womega,   p->p_womega, p->m4_p,    p->m4_log_p, p->p_adjusted };
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++)
        put_number(b, numbers[k]);
    oko_buffer_printf(b, ",%d,", p->flag ? 1 : 0);
    if (p->group != 0)
        oko_buffer_printf(b, "%u", p->group);
    oko_buffer_char(b, '\n');
}

static json_t *json_of(const pairs_data *d, const oko_pair *p)
{
    json_t *o = json_object();
    oko_put_str(o, "id_a", d->id[p->a]);
    oko_put_str(o, "id_b", d->id[p->b]);
    oko_put_int(o, "n", p->n);
    oko_put_int(o, "matches", p->matches);
    oko_put_num(o, "expected", p->expected);
    oko_put_num(o, "omega", p->omega);
    oko_put_num(o, "p_omega", p->p_omega);
    oko_put_num(o, "gbt_p", p->gbt_p);
    oko_put_num(o, "gbt_log_p", p->gbt_log_p);
    oko_put_num(o, "womega", p->womega);
    oko_put_num(o, "p_womega", p->p_womega);
    oko_put_num(o, "m4_p", p->m4_p);
    oko_put_num(o, "m4_log_p", p->m4_log_p);
    oko_put_num(o, "p_adjusted", p->p_adjusted);
    oko_put_bool(o, "flag", p->flag);
    oko_put(o, "group_id", p->group != 0 ? json_integer(p->group) : json_null());
    return o;
}

static oko_status json_row(oko_buffer *b, const pairs_data *d, const oko_pair *p, oko_error *err)
{
    json_t *o = json_of(d, p);
    char row[ROW_BYTES];
    size_t n = o != NULL ? json_dumpb(o, row, sizeof row, JSON_COMPACT | JSON_REAL_PRECISION(12)) : 0;
    json_decref(o);
    if (n == 0 || n > sizeof row)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_buffer_add(b, row, n);
    return OKO_OK;
}

/* Flushes what has gathered to standard output; a file is written whole at the end. */
static void drain(const pairs_task *t, oko_buffer *b)
{
    if (t->out == NULL && b->len > 0) {
        (void)fwrite(b->ptr, 1, b->len, stdout);
        oko_buffer_clear(b);
    }
}

static oko_status gather(const pairs_task *t, const pairs_data *d, const oko_pairs *pairs, oko_buffer *b,
                         oko_error *err)
{
    bool first = true;
    if (t->json)
        oko_buffer_str(b, "[");
    else
        csv_heads(b);
    for (size_t k = 0; k < pairs->n; k++) {
        const oko_pair *p = &pairs->pair[k];
        if (!t->all && !p->flag)
            continue;
        if (t->json) {
            oko_buffer_str(b, first ? "\n" : ",\n");
            oko_status status = json_row(b, d, p, err);
            if (status != OKO_OK)
                return status;
        } else {
            csv_row(b, d, p);
        }
        first = false;
        if (b->len > ROW_BYTES)
            drain(t, b);
        if (oko_cli_interrupted())
            return oko_error_set(err, OKO_E_CANCELLED, "", "");
    }
    if (t->json)
        oko_buffer_str(b, first ? "]\n" : "\n]\n");
    drain(t, b);
    oko_status status = oko_buffer_status(b);
    return status == OKO_OK ? OKO_OK : oko_error_set(err, status, "", "");
}

static oko_status write_pairs(const pairs_task *t, const pairs_data *d, const oko_pairs *pairs, oko_error *err)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer b;
    OKO_CLEANUP(oko_output_drop) oko_output file = { .path = t->out };
    oko_buffer_init(&b, MAX_OUTPUT);
    oko_status status = t->out != NULL ? oko_output_open(t->out, &file, err) : OKO_OK;
    if (status == OKO_OK)
        status = gather(t, d, pairs, &b, err);
    if (status != OKO_OK || t->out == NULL)
        return status;
    status = oko_output_fill(&file, (oko_str){ b.ptr, b.len }, err);
    return status == OKO_OK ? oko_output_commit(&file, err) : status;
}

/* ---- what was done, to standard error ---- */

static void tell_data(oko_cli *cli, const pairs_data *d, bool either)
{
    for (size_t k = 0; k < d->n_repeats; k++)
        OKO_CLI_SAY(cli, stderr, "pairs.repeat", OKO_S("id", d->again[k]));
    int named = d->n_dropped < d->n_personal + NAMED_ITEMS ? d->n_dropped : d->n_personal + NAMED_ITEMS;
    for (int k = 0; k < named; k++)
        OKO_CLI_SAY(cli, stderr, k < d->n_personal ? "pairs.personal" : "pairs.not_item", OKO_S("head", d->dropped[k]));
    if (d->n_dropped + d->n_more > named)
        OKO_CLI_SAY(cli, stderr, "persons.note.more_columns", OKO_I("columns", d->n_dropped + d->n_more - named));
    if (either && d->marks)
        oko_cli_say(cli, stderr, "pairs.took_marks");
    OKO_CLI_SAY(cli, stderr, "pairs.read", OKO_I("persons", (int64_t)d->n), OKO_I("items", d->n_items),
                OKO_I("repeats", (int64_t)d->n_repeats));
}

static void tell_result(oko_cli *cli, const pairs_task *t, const oko_pairs *pairs)
{
    int64_t flagged = 0;
    for (size_t k = 0; k < pairs->n; k++)
        flagged += pairs->pair[k].flag;
    OKO_CLI_SAY(cli, stderr, "pairs.done", OKO_I("compared", (int64_t)pairs->n_compared), OKO_I("flagged", flagged),
                OKO_I("groups", pairs->n_groups), OKO_S("alpha", oko_arena_printf(cli->arena, "%g", t->alpha)));
}

oko_status oko_cmd_pairs(oko_cli *cli, oko_error *err)
{
    pairs_task task;
    pairs_plan plan;
    OKO_CLEANUP(pairs_data_free) pairs_data data = { .n = 0 };
    OKO_CLEANUP(oko_pairs_freep) oko_pairs *pairs = NULL;
    oko_status status = parse_task(cli, &task, err);
    if (status == OKO_OK)
        status = parse_plan(cli, &plan, err);
    if (status == OKO_OK)
        status = pairs_read(cli, cli->argv[0], &plan, &data, err);
    if (status != OKO_OK)
        return status;
    if (!cli->quiet)
        tell_data(cli, &data, plan.either);
    if ((task.options.lead == OKO_PAIR_M4) && data.key == NULL && !data.marks)
        return oko_error_set(err, OKO_E_ARGUMENT, "pairs.m4_key", "");
    oko_responses r = pairs_responses(&data);
    task.options.within = data.within;
    status = compare(cli, &r, &task, &pairs, err);
    if (status == OKO_OK)
        status = write_pairs(&task, &data, pairs, err);
    if (status == OKO_OK && !cli->quiet)
        tell_result(cli, &task, pairs);
    return status;
}
