/* What is particular to cases, letters, measures, observers and effects at the command line. */
#include "cli/cycle_door.h"

#include "analysis/evidence.h"
#include "cycle/body.h"
#include "cycle/cases.h"
#include "cycle/effects.h"
#include "cycle/inspections.h"
#include "cycle/letters.h"
#include "cycle/measures.h"
#include "report/letter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Prints a list of objects as a table of some of their members; numbers as they are. */
static void print_rows(oko_cli *cli, const json_t *items, int columns, const char *const *heads, const bool *numeric,
                       const char *const *members)
{
    oko_table *table = oko_table_new(cli, columns, heads, numeric);
    for (size_t i = 0; i < json_array_size(items); i++) {
        const char *cells[8];
        for (int k = 0; k < columns && k < 8; k++) {
            const json_t *v = json_object_get(json_array_get(items, i), members[k]);
            cells[k] = json_is_integer(v)  ? oko_cli_id(cli, json_integer_value(v))
                       : json_is_real(v)   ? oko_cli_num(cli, json_real_value(v), 2)
                       : json_is_string(v) ? json_string_value(v)
                                           : "";
        }
        oko_table_row(table, cells);
    }
    oko_table_print(table);
}

static oko_status open_with_year(oko_cli *cli, oko_cli_door *door, int *ret_year, int64_t *ret_unit, oko_error *err)
{
    int64_t year = 0;
    oko_status status = oko_cli_option_int(cli, "year", 1990, 2100, &year, err);
    if (status == OKO_OK)
        status = oko_cli_door_open(cli, door, err);
    if (status == OKO_OK && ret_unit != NULL)
        status = oko_cli_door_unit(cli, door, ret_unit, err);
    *ret_year = (int)year;
    return status;
}

/* ---- cases ---- */

static oko_status signal_options(oko_cli *cli, oko_signal_options *o, oko_error *err)
{
    const char *threshold = oko_cli_option(cli, "from");
    o->pack = oko_cli_option(cli, "pack");
    o->no_evidence = oko_cli_option(cli, "no-signs") != NULL;
    o->no_lists = oko_cli_option(cli, "no-lists") != NULL;
    o->preview = oko_cli_option(cli, "preview") != NULL;
    if (threshold != NULL && (!oko_evidence_parse(threshold, &o->threshold) || o->threshold < OKO_EVIDENCE_ATTENTION))
        return oko_error_set(err, OKO_E_ARGUMENT, "case.cli.threshold", threshold);
    return oko_cli_option_int(cli, "run", 1, INT64_MAX, &o->evidence, err);
}

oko_status oko_cmd_case_make(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "case.head.unit",      "case.head.year",   "case.head.sign",
                                         "case.head.procedure", "case.head.effect", "case.head.state",
                                         "case.head.number" };
    static const char *const members[] = { "code", "year", "sign", "procedure", "effect", "state", "case" };
    static const bool numeric[] = { false, false, false, false, true, false, true };
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    oko_signal_options o = { .year = 0 };
    json_t *report = NULL;
    oko_status status = signal_options(cli, &o, err);
    if (status == OKO_OK)
        status = open_with_year(cli, &door, &o.year, &o.unit, err);
    if (status == OKO_OK)
        status = oko_cli_door_look(&door, "case", 0, err);
    if (status == OKO_OK)
        status = oko_cases_make(&door.cycle, &o, &report, err);
    if (status != OKO_OK)
        return status;
    if (cli->json)
        return oko_cli_json(cli, report, err);
    print_rows(cli, json_object_get(report, "items"), 7, heads, numeric, members);
    OKO_CLI_SAY(cli, stderr, o.preview ? "case.cli.would_make" : "case.cli.made",
                OKO_I("n", oko_body_int(report, "made")), OKO_I("existing", oko_body_int(report, "existing")),
                OKO_I("repeats", oko_body_int(report, "repeats")));
    json_decref(report);
    return OKO_OK;
}

oko_status oko_cmd_case_board(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    int year;
    int64_t unit;
    json_t *board = NULL, *count;
    const char *state;
    oko_status status = open_with_year(cli, &door, &year, &unit, err);
    const oko_board_options options = { .year = year, .unit = unit };
    if (status == OKO_OK)
        status = oko_cases_board(&door.cycle, &options, &board, err);
    if (status != OKO_OK)
        return status;
    if (cli->json)
        return oko_cli_json(cli, board, err);
    json_object_foreach(json_object_get(board, "states"), state, count)
    {
        printf("%s\t%lld\n", oko_cli_word(cli, "record.case.state.", state), (long long)json_integer_value(count));
    }
    OKO_CLI_SAY(cli, stdout, "case.cli.board", OKO_I("n", oko_body_int(board, "total")),
                OKO_I("overdue", oko_body_int(board, "overdue")), OKO_I("escalated", oko_body_int(board, "escalated")));
    json_decref(board);
    return OKO_OK;
}

oko_status oko_cmd_case_escalate(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    int n = 0;
    oko_status status = oko_cli_door_open(cli, &door, err);
    if (status == OKO_OK)
        status = oko_cases_escalate(&door.cycle, &n, err);
    if (status != OKO_OK)
        return status;
    if (cli->json)
        return oko_cli_json(cli, json_pack("{s:i}", "changed", n), err);
    OKO_CLI_SAY(cli, stdout, "case.cli.escalated", OKO_I("n", n));
    return OKO_OK;
}

oko_status oko_cmd_case_similar(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "case.head.number", "case.head.unit",  "case.head.year",
                                         "case.head.cause",  "case.head.state", "case.head.verdict" };
    static const char *const members[] = { "case", "code", "year", "cause", "state", "effect" };
    static const bool numeric[] = { true, false, false, false, false, false };
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    json_t *items = NULL;
    int64_t id;
    oko_status status = oko_cli_record_id(cli, 0, &id, err);
    if (status == OKO_OK)
        status = oko_cli_door_open(cli, &door, err);
    if (status == OKO_OK)
        status = oko_cases_similar(&door.cycle, id, &items, err);
    if (status == OKO_OK)
        status = oko_cli_door_look(&door, "case", id, err);
    if (status == OKO_OK && cli->json)
        return oko_cli_json(cli, items, err);
    if (status == OKO_OK)
        print_rows(cli, items, 6, heads, numeric, members);
    json_decref(items);
    return status;
}

/* ---- recommendations ---- */

oko_status oko_cmd_recommend_seed(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    int n = 0;
    oko_status status = oko_cli_door_open(cli, &door, err);
    if (status == OKO_OK)
        status = oko_base_seed(&door.cycle, &n, err);
    if (status != OKO_OK)
        return status;
    if (cli->json)
        return oko_cli_json(cli, json_pack("{s:i}", "changed", n), err);
    OKO_CLI_SAY(cli, stdout, "case.cli.seeded", OKO_I("n", n));
    return OKO_OK;
}

oko_status oko_cmd_recommend_advice(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    json_t *s = NULL;
    int64_t id;
    oko_status status = oko_cli_record_id(cli, 0, &id, err);
    if (status == OKO_OK)
        status = oko_cli_door_open(cli, &door, err);
    if (status == OKO_OK)
        status = oko_advice_for_case(&door.cycle, id, &s, err);
    if (status == OKO_OK && cli->json)
        return oko_cli_json(cli, s, err);
    if (status == OKO_OK)
        printf("%s\n", oko_body_str(s, "text"));
    json_decref(s);
    return status;
}

static oko_status read_template(const char *path, oko_buffer *out, oko_error *err)
{
    char chunk[65536];
    size_t n;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return oko_error_set(err, errno == ENOENT ? OKO_E_NOT_FOUND : OKO_E_IO, "", path);
    while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
        oko_buffer_add(out, chunk, n);
    fclose(file);
    oko_status status = oko_buffer_status(out);
    return status == OKO_OK ? OKO_OK : oko_error_set(err, status, "", path);
}

static oko_status write_letter(oko_cli *cli, const json_t *model, oko_error *err)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer html = { 0 };
    OKO_CLEANUP(oko_buffer_free) oko_buffer template = { 0 };
    OKO_CLEANUP(oko_freep) char *docx = NULL;
    const char *format = oko_cli_option(cli, "format"), *path = oko_cli_option(cli, "template");
    size_t len = 0;
    oko_buffer_init(&html, 4 * 1024 * 1024);
    oko_buffer_init(&template, OKO_DOCX_MAX_BYTES);
    if (format != NULL && strcmp(format, "html") != 0 && strcmp(format, "docx") != 0)
        return oko_error_set(err, OKO_E_ARGUMENT, "case.cli.format", format);
    if (path == NULL && (format == NULL || strcmp(format, "html") == 0)) {
        oko_status status = oko_letter_html(model, &html);
        return status == OKO_OK ? oko_cli_write_out(cli, html.ptr, html.len, err) : oko_error_set(err, status, "", "");
    }
    oko_status status = path != NULL ? read_template(path, &template, err) : OKO_OK;
    if (status == OKO_OK)
        status = oko_letter_docx(model, (oko_str){ template.ptr, template.len }, &docx, &len, err);
    return status == OKO_OK ? oko_cli_write_out(cli, docx, len, err) : status;
}

oko_status oko_cmd_recommend_letter(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    json_t *model = NULL;
    int64_t id;
    oko_status status = oko_cli_record_id(cli, 0, &id, err);
    if (status == OKO_OK)
        status = oko_cli_door_open(cli, &door, err);
    if (status == OKO_OK)
        status = oko_letter_look(&door.cycle, id, NULL, err);
    if (status == OKO_OK)
        status = oko_cli_door_look(&door, "recommendation", id, err);
    if (status == OKO_OK)
        status = oko_letter_model(&door.cycle, id, &model, err);
    if (status == OKO_OK && cli->json)
        return oko_cli_json(cli, model, err);
    if (status == OKO_OK)
        status = write_letter(cli, model, err);
    json_decref(model);
    return status;
}

/* ---- measures ---- */

oko_status oko_cmd_measure_overview(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "case.head.measure", "case.head.total", "case.head.accepted",
                                         "case.head.overdue" };
    static const char *const members[] = { "code", "total", "accepted", "overdue" };
    static const bool numeric[] = { false, true, true, true };
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    int year;
    int64_t unit;
    json_t *o = NULL;
    oko_status status = open_with_year(cli, &door, &year, &unit, err);
    if (status == OKO_OK)
        status = oko_measures_overview(&door.cycle, year, unit, &o, err);
    if (status == OKO_OK && cli->json)
        return oko_cli_json(cli, o, err);
    if (status == OKO_OK)
        print_rows(cli, json_object_get(o, "codes"), 4, heads, numeric, members);
    json_decref(o);
    return status;
}

/* ---- observers ---- */

oko_status oko_cmd_observe_schedule(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "case.head.date", "case.head.begin", "case.head.end",   "case.head.observer",
                                         "case.head.unit", "case.head.stage", "case.head.state", "case.head.number" };
    static const char *const members[] = { "date", "begin", "end", "login", "code", "stage", "state", "observation" };
    static const bool numeric[] = { false, false, false, false, false, false, false, true };
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    json_t *items = NULL;
    oko_status status = oko_cli_door_open(cli, &door, err);
    if (status == OKO_OK)
        status = oko_observations_schedule(&door.cycle, oko_cli_option(cli, "from"), oko_cli_option(cli, "until"), 0,
                                           &items, err);
    if (status == OKO_OK)
        status = oko_cli_door_look(&door, "observation", 0, err);
    if (status == OKO_OK && cli->json)
        return oko_cli_json(cli, items, err);
    if (status == OKO_OK)
        print_rows(cli, items, 8, heads, numeric, members);
    json_decref(items);
    return status;
}

oko_status oko_cmd_observe_reference(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    OKO_CLEANUP(oko_buffer_free) oko_buffer csv = { 0 };
    int year;
    oko_buffer_init(&csv, 8 * 1024 * 1024);
    oko_status status = open_with_year(cli, &door, &year, NULL, err);
    if (status == OKO_OK)
        status = oko_observations_reference(&door.cycle, year, &csv, err);
    if (status == OKO_OK)
        status = oko_cli_door_look(&door, "observation", 0, err);
    return status == OKO_OK ? oko_cli_write_out(cli, csv.ptr, csv.len, err) : status;
}

/* ---- effect ---- */

static void say_effects(oko_cli *cli, const json_t *report)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(report, "types"), i, one)
    {
        printf("%s · %s · %s\n  %s\n", oko_body_str(one, "code"), oko_body_str(one, "indicator"),
               oko_body_str(one, "level"), oko_body_str(one, "words"));
    }
    json_array_foreach(json_object_get(report, "cases"), i, one)
    {
        printf("%lld · %s\n  %s\n", (long long)oko_body_int(one, "case"), oko_body_str(one, "unit_code"),
               oko_body_str(one, "words"));
    }
    const json_t *counts = json_object_get(report, "counts");
    OKO_CLI_SAY(cli, stdout, "case.cli.effects", OKO_I("helped", oko_body_int(counts, "helped")),
                OKO_I("not_helped", oko_body_int(counts, "not_helped")),
                OKO_I("no_data", oko_body_int(counts, "no_data")));
}

oko_status oko_cmd_effect(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    json_t *report = NULL;
    int64_t year;
    if (!oko_str_to_int(oko_str_of(cli->argv[0]), &year) || year < 1990 || year > 2100)
        return oko_error_set(err, OKO_E_ARGUMENT, "case.cli.year", cli->argv[0]);
    oko_status status = oko_cli_door_open(cli, &door, err);
    if (status == OKO_OK)
        status = oko_cli_door_look(&door, "effect", 0, err);
    if (status == OKO_OK)
        status = oko_effects(&door.cycle, (int)year, oko_cli_option(cli, "keep") == NULL, &report, err);
    if (status == OKO_OK && cli->json)
        return oko_cli_json(cli, report, err);
    if (status == OKO_OK)
        say_effects(cli, report);
    json_decref(report);
    return status;
}
