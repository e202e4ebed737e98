/* oko report: pages and workbooks for the region, a municipality, a school. */
#include "cli/cli.h"

#include "analysis/runs.h"
#include "report/report.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_UNITS = 200000, PATH_BYTES = 4096 };

typedef struct job {
    oko_cli *cli;
    oko_store *store;
    oko_report_session *session;
    oko_report_options options;
    const char *out;
    bool to_file; /* out is one file */
    bool html, xlsx;
    oko_unit *units;
    size_t n, cap;
    int64_t revision; /* of the run: units merged later still have pages of their own */
    int64_t files, empty;
    json_t *json;
} job;

static oko_status add_unit(void *ctx, const oko_unit *u)
{
    job *j = ctx;
    oko_status status = oko_grow(&j->units, &j->cap, j->n + 1, sizeof(*j->units), MAX_UNITS);
    if (status == OKO_OK)
        j->units[j->n++] = *u;
    return status;
}

static oko_status add_level(job *j, oko_level level, oko_error *err)
{
    return oko_store_unit_walk_at(j->store, j->revision, level, add_unit, j, err);
}

/* Revision of the run that is reported; 0 (the latest) when there is none, which the session tells better. */
static oko_status find_revision(job *j, oko_error *err)
{
    oko_run run;
    oko_status status = oko_run_find(j->store, j->options.run, OKO_METHODS_MAIN, &run, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        return OKO_OK;
    }
    if (status != OKO_OK)
        return status;
    j->revision = run.revision;
    oko_run_clear(&run);
    return OKO_OK;
}

typedef struct by_code {
    const char *code;
    oko_unit *unit;
} by_code;

static oko_status take_exact(void *ctx, const oko_unit *u)
{
    by_code *b = ctx;
    if (strcmp(u->code, b->code) == 0)
        *b->unit = *u;
    return OKO_OK;
}

/* The unit that this code meant in the run: one that was merged since is still itself there. */
static oko_status pick_one(job *j, const char *code, oko_error *err)
{
    oko_unit unit;
    oko_status status = oko_cli_unit(j->cli, j->store, code, &unit, err);
    if (status != OKO_OK)
        return status;
    by_code b = { .code = code, .unit = &unit };
    status = oko_store_unit_walk_at(j->store, j->revision, unit.level, take_exact, &b, err);
    return status == OKO_OK ? add_unit(j, &unit) : status;
}

/* The region of the database; it must be the only one. */
static oko_status the_region(job *j, oko_error *err)
{
    oko_status status = add_level(j, OKO_LEVEL_REGION, err);
    if (status != OKO_OK)
        return status;
    if (j->n == 0)
        return oko_error_set(err, OKO_E_NOT_FOUND, "cli.no_region", "");
    return j->n == 1 ? OKO_OK : oko_error_set(err, OKO_E_UNDECIDED, "cli.many_regions", "unit");
}

static oko_status pick_units(job *j, oko_error *err)
{
    const char *code = oko_cli_option(j->cli, "unit");
    bool all = oko_cli_option(j->cli, "all") != NULL, schools = oko_cli_option(j->cli, "schools") != NULL;
    oko_status status = find_revision(j, err);
    if (status != OKO_OK)
        return status;
    if (all || schools) {
        status = add_level(j, OKO_LEVEL_REGION, err);
        if (status == OKO_OK)
            status = add_level(j, OKO_LEVEL_MUNICIPALITY, err);
        if (status == OKO_OK && schools)
            status = add_level(j, OKO_LEVEL_SCHOOL, err);
        return status;
    }
    return code == NULL ? the_region(j, err) : pick_one(j, code, err);
}

static oko_status read_format(job *j, oko_error *err)
{
    const char *format = oko_cli_option(j->cli, "format");
    j->to_file =
        oko_str_ends(oko_str_of(j->out), OKO_STR(".html")) || oko_str_ends(oko_str_of(j->out), OKO_STR(".xlsx"));
    if (format == NULL && j->to_file) {
        j->html = oko_str_ends(oko_str_of(j->out), OKO_STR(".html"));
        j->xlsx = !j->html;
        return OKO_OK;
    }
    if (format == NULL)
        format = "html,xlsx";
    for (const char *at = format; *at != '\0';) {
        size_t n = strcspn(at, ",");
        oko_str one = { at, n };
        if (oko_str_equal(one, OKO_STR("html"))) {
            j->html = true;
        } else if (oko_str_equal(one, OKO_STR("xlsx"))) {
            j->xlsx = true;
        } else {
            oko_status status = oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_format", "format");
            oko_error_arg(err, "%.*s", (int)n, at);
            return status;
        }
        at += n + (at[n] == ',');
    }
    if (!j->html && !j->xlsx)
        return oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_format", "format");
    if (j->to_file && j->html && j->xlsx)
        return oko_error_set(err, OKO_E_ARGUMENT, "cli.one_file", "out");
    return OKO_OK;
}

static oko_status read_options(job *j, oko_error *err)
{
    int64_t run = 0, min = 0;
    oko_status status = oko_cli_option_int(j->cli, "run", 1, INT64_MAX, &run, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(j->cli, "min", 1, 1000, &min, err);
    j->options = (oko_report_options)OKO_REPORT_OPTIONS_INIT;
    j->options.lang = oko_text_lang(j->cli->text);
    j->options.run = run;
    j->options.published_min = (int)min;
    j->options.internal = oko_cli_option(j->cli, "internal") != NULL;
    j->options.progress = oko_cli_progress(j->cli);
    return status == OKO_OK ? read_format(j, err) : status;
}

static oko_status make_folder(const char *path, oko_error *err)
{
    struct stat info;
    if (mkdir(path, 0777) == 0)
        return OKO_OK;
    if (errno == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return OKO_OK;
    oko_status code = errno == EACCES || errno == EROFS ? OKO_E_PERMISSION : errno == ENOSPC ? OKO_E_FULL : OKO_E_IO;
    return oko_error_set(err, code, "cli.no_folder", path);
}

/* "municipality-МО 43.html": the code with what a file system may dislike turned to «_». */
static void file_name(const oko_unit *u, const char *extension, char name[160])
{
    snprintf(name, 160, "%s-%s%s", oko_level_name(u->level), u->code, extension);
    for (char *c = name; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x21 || strchr("/\\:*?\"<>|", *c) != NULL)
            *c = '_';
    }
}

typedef oko_status (*write_fn)(oko_report_session *session, int64_t unit, const char *path, oko_error *err);

static void wrote(job *j, const oko_unit *u, const char *path)
{
    j->files++;
    if (j->json != NULL) {
        json_t *o = json_object();
        oko_put_str(o, "unit", u->code);
        oko_put_str(o, "level", oko_level_name(u->level));
        oko_put_str(o, "file", path);
        oko_append(j->json, o);
    } else if (!j->cli->quiet) {
        oko_cli_progress_end(j->cli);
        printf("%s\n", path);
    }
}

static oko_status write_one(job *j, const oko_unit *u, const char *extension, write_fn write, oko_error *err)
{
    char path[PATH_BYTES], name[160];
    file_name(u, extension, name);
    int n =
        j->to_file ? snprintf(path, sizeof(path), "%s", j->out) : snprintf(path, sizeof(path), "%s/%s", j->out, name);
    if (n < 0 || (size_t)n >= sizeof(path))
        return oko_error_set(err, OKO_E_LIMIT, "cli.no_folder", j->out);
    oko_status status = write(j->session, u->id, path, err);
    if (status == OKO_OK)
        wrote(j, u, path);
    return status;
}

static oko_status write_unit(job *j, const oko_unit *u, oko_error *err)
{
    oko_status status = OKO_OK;
    if (j->html)
        status = write_one(j, u, ".html", oko_report_session_html, err);
    if (status == OKO_OK && j->xlsx)
        status = write_one(j, u, ".xlsx", oko_report_session_xlsx, err);
    return status;
}

/* Many units: one without data is passed over and counted. */
static oko_status write_units(job *j, oko_error *err)
{
    bool several = j->n > 1;
    for (size_t i = 0; i < j->n; i++) {
        if (oko_cli_interrupted() ||
            (several && !oko_progress_tell(&j->options.progress, "report", (uint64_t)i, (uint64_t)j->n)))
            return oko_error_set(err, OKO_E_CANCELLED, "", "");
        oko_status status = write_unit(j, &j->units[i], err);
        if (status == OKO_E_NO_DATA && several) {
            oko_error_clear(err);
            j->empty++;
        } else if (status != OKO_OK) {
            return status;
        }
    }
    return OKO_OK;
}

static oko_status run(job *j, oko_error *err)
{
    oko_status status = pick_units(j, err);
    if (status == OKO_OK && j->to_file && j->n > 1)
        status = oko_error_set(err, OKO_E_ARGUMENT, "cli.one_file", "out");
    if (status == OKO_OK && !j->to_file)
        status = make_folder(j->out, err);
    if (status == OKO_OK)
        status = oko_report_session_open(j->store, &j->options, &j->session, err);
    if (status == OKO_OK)
        status = write_units(j, err);
    oko_report_session_free(j->session);
    oko_cli_progress_end(j->cli);
    if (status != OKO_OK)
        return status;
    if (j->json == NULL && j->empty > 0)
        OKO_CLI_SAY(j->cli, stderr, "cli.report.empty", OKO_I("n", j->empty));
    return j->files > 0 ? OKO_OK : oko_error_set(err, OKO_E_NO_DATA, "cli.report.none", "");
}

oko_status oko_cmd_report(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    job j = { .cli = cli, .out = oko_cli_option(cli, "out") };
    if (j.out == NULL || j.out[0] == '\0')
        j.out = "reports";
    oko_status status = read_options(&j, err);
    if (status == OKO_OK)
        status = oko_cli_store(cli, false, true, &store, err);
    if (status != OKO_OK)
        return status;
    j.store = store;
    j.json = cli->json ? json_array() : NULL;
    status = run(&j, err);
    oko_freep(&j.units);
    if (status == OKO_OK && cli->json)
        return oko_cli_json(cli, j.json, err);
    json_decref(j.json);
    return status;
}
