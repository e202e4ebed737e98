/* oko problems [IMPORT]: the problem report of an import (the newest one without a number). */
#include "cli/cli.h"

#include "report/problems.h"

enum { LISTED = 200 };

typedef struct list {
    oko_cli *cli;
    json_t *json;
    oko_table *table;
    int64_t n, limit;
} list;

static void as_json(list *l, const oko_problem *p)
{
    json_t *o = json_object();
    oko_put_str(o, "severity", oko_severity_name(p->severity));
    oko_put_str(o, "sheet", p->sheet);
    oko_put(o, "row", p->row > 0 ? json_integer(p->row) : json_null());
    oko_put(o, "col", p->col > 0 ? json_integer(p->col) : json_null());
    oko_put_str(o, "column", p->column);
    oko_put_str(o, "value_class", p->value_class);
    oko_put_str(o, "reason", p->reason);
    oko_put_str(o, "detail", p->detail);
    oko_put_str(o, "text", oko_cli_problem(l->cli, p->reason, p->detail, p->column));
    oko_append(l->json, o);
}

static oko_status one(void *ctx, const oko_problem *p)
{
    list *l = ctx;
    if (l->n++ >= l->limit)
        return OKO_OK;
    if (l->json != NULL) {
        as_json(l, p);
        return OKO_OK;
    }
    const char *row = p->row > 0 ? oko_arena_printf(l->cli->arena, "%u", p->row) : "";
    const char *cells[] = { p->sheet,
                            row,
                            p->column,
                            oko_cli_word(l->cli, "cli.severity.", oko_severity_name(p->severity)),
                            oko_cli_word(l->cli, "cli.value_class.", p->value_class),
                            oko_cli_problem(l->cli, p->reason, p->detail, p->column) };
    oko_table_row(l->table, cells);
    return OKO_OK;
}

/* Remembers the newest import's number. */
static oko_status newest(void *ctx, const oko_import *i)
{
    int64_t *id = ctx;
    if (i->id > *id)
        *id = i->id;
    return OKO_OK;
}

static oko_status import_number(oko_cli *cli, int64_t *ret_id, oko_error *err)
{
    if (cli->argc == 0 || (oko_str_to_int(oko_str_of(cli->argv[0]), ret_id) && *ret_id > 0))
        return OKO_OK;
    oko_status bad = oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_import", "");
    oko_error_arg(err, "%s", cli->argv[0]);
    return bad;
}

static oko_status newest_import(oko_store *store, int64_t *ret_id, oko_error *err)
{
    oko_status status = oko_store_import_walk(store, newest, ret_id, err);
    if (status == OKO_OK && *ret_id == 0)
        return oko_error_set(err, OKO_E_NOT_FOUND, "cli.no_imports", "");
    return status;
}

/* The list on the screen or as JSON. */
static oko_status print_list(oko_cli *cli, oko_store *store, const oko_import *import, oko_error *err)
{
    static const char *const heads[] = { "cli.head.sheet",    "cli.head.row",         "cli.head.column",
                                         "cli.head.severity", "cli.head.value_class", "cli.head.reason" };
    static const bool numeric[] = { false, true, false, false, false, false };
    bool all = cli->json || oko_cli_option(cli, "all") != NULL;
    list l = { .cli = cli, .limit = all ? INT64_MAX : LISTED };
    if (cli->json)
        l.json = json_array();
    else
        l.table = oko_table_new(cli, 6, heads, numeric);
    oko_status status = oko_store_problem_walk(store, import->id, one, &l, err);
    if (status != OKO_OK) {
        json_decref(l.json);
        return status;
    }
    if (cli->json) {
        json_t *root = json_object();
        oko_put_int(root, "import", import->id);
        oko_put_str(root, "file", import->file);
        oko_put(root, "problems", l.json);
        return oko_cli_json(cli, root, err);
    }
    OKO_CLI_SAY(cli, stderr, "cli.problems.head", OKO_S("import", oko_cli_id(cli, import->id)),
                OKO_S("file", import->file), OKO_I("n", l.n));
    if (l.n > 0)
        oko_table_print(l.table);
    if (l.n > l.limit)
        OKO_CLI_SAY(cli, stderr, "cli.problems.more", OKO_I("n", l.n - l.limit));
    return OKO_OK;
}

oko_status oko_cmd_problems(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    const char *xlsx = oko_cli_option(cli, "xlsx");
    oko_import import = { .id = 0 };
    int64_t id = 0;
    oko_status status = import_number(cli, &id, err);
    if (status == OKO_OK)
        status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK && id == 0)
        status = newest_import(store, &id, err);
    if (status == OKO_OK)
        status = oko_store_import_get(store, id, &import, err);
    if (status != OKO_OK)
        return status;
    if (xlsx == NULL) {
        status = print_list(cli, store, &import, err);
    } else {
        status = oko_report_problems_xlsx(store, id, cli->text, xlsx, err);
        if (status == OKO_OK && cli->json) {
            json_t *root = json_object();
            oko_put_int(root, "import", id);
            oko_put_str(root, "xlsx", xlsx);
            status = oko_cli_json(cli, root, err);
        } else if (status == OKO_OK) {
            OKO_CLI_SAY(cli, stderr, "cli.written", OKO_S("file", xlsx));
        }
    }
    oko_import_clear(&import);
    return status;
}
