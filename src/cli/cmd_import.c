/* oko import FILE…, oko units import FILE */
#include "cli/cli.h"

#include "intake/import.h"

#include <stdlib.h>
#include <string.h>

enum { LISTED = 20 };

typedef struct job {
    oko_cli *cli;
    bool single, dry_run;
    int done, failed;
    json_t *files; /* with --json */
} job;

/* ---- JSON ---- */
static json_t *strings_json(size_t n, const char *items, size_t stride)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        oko_append(array, json_string(items + i * stride));
    return array;
}

static json_t *problem_counts_json(const oko_import_report *r)
{
    json_t *array = json_array();
    for (size_t i = 0; i < r->n_problem_counts; i++) {
        const oko_problem_count *c = &r->problem_counts[i];
        json_t *o = json_object();
        oko_put_str(o, "severity", oko_severity_name(c->severity));
        oko_put_str(o, "reason", c->reason);
        oko_put_str(o, "value_class", c->value_class);
        oko_put_int(o, "n", c->n);
        oko_append(array, o);
    }
    return array;
}

static json_t *report_json(const oko_import_report *r)
{
    json_t *o = json_object(), *sheets = json_object();
    oko_put_str(o, "layout", r->layout);
    oko_put_bool(o, "unchanged", r->unchanged);
    oko_put(o, "import", r->import != 0 ? json_integer((json_int_t)r->import) : json_null());
    oko_put(o, "procedures", strings_json(r->n_procedures, r->procedures[0], sizeof(r->procedures[0])));
    oko_put(o, "counts", oko_cli_counts_json(&r->counts));
    oko_put_int(o, "schools", r->schools);
    oko_put_int(o, "new_units", r->new_units);
    oko_put_int(sheets, "added", r->sheets_added);
    oko_put_int(sheets, "replaced", r->sheets_replaced);
    oko_put_int(sheets, "unchanged", r->sheets_unchanged);
    oko_put_int(sheets, "removed", r->sheets_removed);
    oko_put(o, "sheets", sheets);
    oko_put_int(o, "works_lost", r->works_lost);
    oko_put_int(o, "aggregates", r->aggregates);
    oko_put_int(o, "externals", r->externals);
    oko_put_int(o, "findings", r->findings);
    oko_put_int(o, "units", r->units);
    oko_put(o, "dropped_columns", strings_json(r->n_dropped, r->dropped[0], sizeof(r->dropped[0])));
    oko_put(o, "problem_counts", problem_counts_json(r));
    return o;
}

static void file_json(job *j, const char *path, const oko_import_report *report, const char *hint, const oko_error *err)
{
    json_t *o = report != NULL ? report_json(report) : json_object();
    oko_put_str(o, "file", path);
    if (err != NULL && err->code != OKO_OK)
        oko_put(o, "error", oko_cli_error_json(j->cli, err));
    if (hint != NULL) {
        json_t *value = oko_json_text(hint);
        if (json_is_null(value)) {
            json_decref(value);
            value = json_string(hint);
        }
        oko_put(o, "hint", value);
    }
    oko_append(j->files, o);
}

/* ---- screen ---- */
static void say_counts(oko_cli *cli, const oko_import_report *r)
{
    char codes[512] = "";
    for (size_t i = 0; i < r->n_procedures; i++) {
        size_t n = strlen(codes);
        snprintf(codes + n, sizeof(codes) - n, "%s%s", i > 0 ? ", " : "", r->procedures[i]);
    }
    OKO_CLI_SAY(cli, stdout, "cli.import.layout", OKO_S("layout", oko_cli_word(cli, "cli.layout.", r->layout)));
    if (r->n_procedures > 0)
        OKO_CLI_SAY(cli, stdout, "cli.import.procedures", OKO_S("codes", codes));
    if (r->counts.rows > 0)
        OKO_CLI_SAY(cli, stdout, "cli.import.rows", OKO_I("rows", r->counts.rows),
                    OKO_I("participants", r->counts.participants), OKO_I("no_total", r->counts.no_total),
                    OKO_I("absent", r->counts.absent), OKO_I("above_max", r->counts.above_max),
                    OKO_I("sum_mismatch", r->counts.sum_mismatch), OKO_I("schools", r->schools));
    if (r->sheets_added + r->sheets_replaced + r->sheets_unchanged + r->sheets_removed > 0)
        OKO_CLI_SAY(cli, stdout, "cli.import.sheets", OKO_I("added", r->sheets_added),
                    OKO_I("replaced", r->sheets_replaced), OKO_I("unchanged", r->sheets_unchanged),
                    OKO_I("removed", r->sheets_removed));
    if (r->works_lost > 0)
        OKO_CLI_SAY(cli, stdout, "cli.import.works_lost", OKO_I("n", r->works_lost));
    if (r->sheets_removed > 0)
        oko_cli_say(cli, stdout, "cli.import.removed");
    if (r->aggregates > 0)
        OKO_CLI_SAY(cli, stdout, "cli.import.aggregates", OKO_I("n", r->aggregates));
    if (r->externals > 0)
        OKO_CLI_SAY(cli, stdout, "cli.import.externals", OKO_I("n", r->externals));
    if (r->findings > 0)
        OKO_CLI_SAY(cli, stdout, "cli.import.records", OKO_I("n", r->findings));
    if (r->units > 0)
        OKO_CLI_SAY(cli, stdout, "cli.import.units", OKO_I("n", r->units));
    if (r->new_units > 0 && strcmp(r->layout, "register") != 0)
        OKO_CLI_SAY(cli, stdout, "cli.import.new_units", OKO_I("n", r->new_units));
}

static void say_dropped(oko_cli *cli, const oko_import_report *r)
{
    const char *list = "";
    for (size_t i = 0; i < r->n_dropped; i++) {
        const char *next = oko_arena_printf(cli->arena, "%s%s«%s»", list, i > 0 ? ", " : "", r->dropped[i]);
        list = next != NULL ? next : list;
    }
    if (r->n_dropped > 0)
        OKO_CLI_SAY(cli, stdout, "cli.import.dropped", OKO_S("columns", list));
}

/* What was left out first, then the most frequent. */
static int by_weight(const void *a, const void *b)
{
    const oko_problem_count *x = a, *y = b;
    if (x->severity != y->severity)
        return x->severity > y->severity ? -1 : 1;
    return (x->n < y->n) - (x->n > y->n);
}

static void say_problem_counts(oko_cli *cli, const oko_import_report *r)
{
    static const char *const heads[] = { "cli.head.severity", "cli.head.count", "cli.head.value_class",
                                         "cli.head.reason" };
    static const bool numeric[] = { false, true, false, false };
    if (r->n_problem_counts == 0)
        return;
    size_t bytes = r->n_problem_counts * sizeof(oko_problem_count);
    oko_problem_count *sorted = oko_arena_alloc(cli->arena, bytes);
    if (sorted == NULL)
        return;
    memcpy(sorted, r->problem_counts, bytes);
    qsort(sorted, r->n_problem_counts, sizeof(*sorted), by_weight);
    oko_table *t = oko_table_new(cli, 4, heads, numeric);
    for (size_t i = 0; i < r->n_problem_counts; i++) {
        const oko_problem_count *c = &sorted[i];
        const char *cells[] = { oko_cli_word(cli, "cli.severity.", oko_severity_name(c->severity)),
                                oko_cli_int(cli, c->n), oko_cli_word(cli, "cli.value_class.", c->value_class),
                                oko_cli_problem_kind(cli, c->reason) };
        oko_table_row(t, cells);
    }
    oko_table_print(t);
}

static const char *place(oko_cli *cli, const oko_problem *p)
{
    const char *row = p->row > 0 ? oko_arena_printf(cli->arena, ":%u", p->row) : "";
    if (p->sheet[0] == '\0' && p->row > 0) /* a text file has no worksheets */
        row = oko_text_make(cli->text, cli->arena, "cli.import.row", &OKO_I("n", p->row), 1);
    const char *text = oko_arena_printf(cli->arena, "%s%s%s%s", p->sheet, row != NULL ? row : "",
                                        p->column[0] != '\0' ? " · " : "", p->column);
    return text != NULL ? text : "";
}

/* The first problems one by one; notes are told by their counts alone. */
static void say_first_problems(oko_cli *cli, const oko_import_report *r)
{
    static const char *const heads[] = { "cli.head.place", "cli.head.severity", "cli.head.reason" };
    static const bool numeric[] = { false, false, false };
    size_t listed = 0, all = 0;
    oko_table *t = oko_table_new(cli, 3, heads, numeric);
    for (size_t i = 0; i < r->n_problems; i++) {
        const oko_problem *p = &r->problems[i];
        if (p->severity == OKO_PROBLEM_NOTE)
            continue;
        if (all++ >= LISTED)
            continue;
        const char *cells[] = { place(cli, p), oko_cli_word(cli, "cli.severity.", oko_severity_name(p->severity)),
                                oko_cli_problem(cli, p->reason, p->detail, p->column) };
        oko_table_row(t, cells);
        listed++;
    }
    if (listed == 0)
        return;
    oko_table_print(t);
    if (all > listed && r->import != 0)
        OKO_CLI_SAY(cli, stdout, "cli.import.more_problems", OKO_I("n", (int64_t)(all - listed)),
                    OKO_S("import", oko_cli_id(cli, r->import)));
}

static void say_report(job *j, const char *path, const oko_import_report *r)
{
    oko_cli *cli = j->cli;
    oko_cli_heading(cli, r->file[0] != '\0' ? r->file : path);
    if (r->unchanged) {
        oko_cli_say(cli, stdout, "cli.import.unchanged");
        return;
    }
    if (j->dry_run)
        oko_cli_say(cli, stdout, "cli.import.dry_run");
    else if (r->import != 0)
        OKO_CLI_SAY(cli, stdout, "cli.import.number", OKO_S("import", oko_cli_id(cli, r->import)));
    say_counts(cli, r);
    say_dropped(cli, r);
    say_problem_counts(cli, r);
    say_first_problems(cli, r);
}

/* The hint goes to standard output when this file is the whole job: `oko import new.xlsx > procedure.json`. */
static void say_failure(job *j, const char *path, const char *hint, const oko_error *err)
{
    if (!j->single) {
        j->cli->subject = path;
        oko_cli_tell(j->cli, err);
        j->cli->subject = NULL;
        j->cli->told = true;
    }
    if (hint == NULL)
        return;
    if (j->single)
        printf("%s%s", hint, hint[0] != '\0' && hint[strlen(hint) - 1] != '\n' ? "\n" : "");
    else if (hint[0] == '{')
        OKO_CLI_SAY(j->cli, stderr, "cli.import.hint_alone", OKO_S("file", path));
}

static void file_done(void *ctx, const char *path, const oko_import_report *report, const char *hint,
                      const oko_error *err)
{
    job *j = ctx;
    bool failed = err != NULL && err->code != OKO_OK;
    oko_cli_progress_end(j->cli);
    j->done++;
    j->failed += failed;
    if (j->cli->json)
        file_json(j, path, failed ? NULL : report, hint, err);
    else if (failed)
        say_failure(j, path, hint, err);
    else if (report != NULL && !j->cli->quiet)
        say_report(j, path, report);
    fflush(stdout);
}

static oko_status read_options(oko_cli *cli, oko_import_options *o, oko_error *err)
{
    int64_t threads = 0;
    oko_status status = oko_cli_option_int(cli, "threads", 0, 64, &threads, err);
    o->procedure = oko_cli_option(cli, "procedure");
    o->list_title = oko_cli_option(cli, "list");
    o->reference = oko_cli_option(cli, "reference") != NULL;
    o->school = oko_cli_option(cli, "school");
    o->region = oko_cli_option(cli, "region");
    o->add_classes = oko_cli_option(cli, "add-classes") != NULL;
    o->dry_run = oko_cli_option(cli, "dry-run") != NULL;
    o->threads = (int)threads;
    o->progress = oko_cli_progress(cli);
    return status;
}

/* `oko units import` takes a register only: results under that name are a slip of the hand. */
static oko_status check_register(oko_cli *cli, oko_store *store, const oko_import_options *options, oko_error *err)
{
    oko_import_report report;
    oko_import_options dry = *options;
    char *hint = NULL;
    memset(&report, 0, sizeof(report));
    dry.dry_run = true;
    oko_status status = oko_import_file(store, cli->argv[0], &dry, &report, &hint, err);
    free(hint);
    if (status != OKO_OK)
        return status;
    if (!report.unchanged && strcmp(report.layout, "register") != 0)
        status = oko_error_set(err, OKO_E_FORMAT, "cli.not_register", "");
    oko_import_report_clear(&report);
    return status;
}

oko_status oko_cmd_import(oko_cli *cli, oko_error *err)
{
    oko_import_options options = OKO_IMPORT_OPTIONS_INIT;
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    job j = { .cli = cli, .single = cli->argc == 1, .files = cli->json ? json_array() : NULL };
    oko_status status = read_options(cli, &options, err);
    if (status == OKO_OK)
        status = oko_cli_store(cli, true, false, &store, err); /* what fails here is not about the file */
    cli->subject = j.single && status == OKO_OK ? cli->argv[0] : NULL;
    if (status == OKO_OK && strcmp(cli->command->name, "units import") == 0)
        status = check_register(cli, store, &options, err);
    if (status != OKO_OK) {
        json_decref(j.files);
        return status;
    }
    j.dry_run = options.dry_run;
    status = oko_import_files(store, (const char *const *)cli->argv, (size_t)cli->argc, &options, file_done, &j, err);
    oko_cli_progress_end(cli);
    if (status == OKO_E_CANCELLED)
        cli->told = false;
    if (cli->json) {
        json_t *root = json_object();
        oko_put(root, "files", j.files);
        oko_status printed = oko_cli_json(cli, root, status == OKO_OK ? err : NULL);
        return status != OKO_OK ? status : printed;
    }
    if (!j.single && !cli->quiet && j.done > 0)
        OKO_CLI_SAY(cli, stderr, "cli.import.total", OKO_I("done", j.done - j.failed), OKO_I("failed", j.failed));
    return status;
}
