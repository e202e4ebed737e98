/* oko imports */
#include "cli/cli.h"

typedef struct list {
    oko_cli *cli;
    json_t *json;
    oko_table *table;
} list;

static void as_json(list *l, const oko_import *i)
{
    json_t *o = json_object();
    oko_put_int(o, "id", i->id);
    oko_put_str(o, "file", i->file);
    oko_put_str(o, "sha256", i->sha256);
    oko_put_int(o, "bytes", i->bytes);
    oko_put_str(o, "layout", i->layout);
    oko_put_str(o, "procedure", i->procedure);
    oko_put_str(o, "created", i->created);
    oko_put_int(o, "revision", i->revision);
    oko_put_int(o, "rows", i->rows);
    oko_put(o, "summary", oko_json_text(i->summary));
    oko_append(l->json, o);
}

static oko_status one(void *ctx, const oko_import *i)
{
    list *l = ctx;
    if (l->json != NULL) {
        as_json(l, i);
        return OKO_OK;
    }
    const char *cells[] = { oko_cli_id(l->cli, i->id),
                            i->created,
                            i->file,
                            oko_cli_word(l->cli, "cli.layout.", i->layout),
                            i->procedure,
                            oko_cli_int(l->cli, i->rows),
                            oko_cli_int(l->cli, i->revision) };
    oko_table_row(l->table, cells);
    return OKO_OK;
}

oko_status oko_cmd_imports(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "cli.head.id",      "cli.head.created",   "cli.head.file",
                                         "cli.head.layout",  "cli.head.procedure", "cli.head.rows",
                                         "cli.head.revision" };
    static const bool numeric[] = { true, false, false, false, false, true, true };
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status != OKO_OK)
        return status;
    list l = { .cli = cli };
    if (cli->json)
        l.json = json_array();
    else
        l.table = oko_table_new(cli, 7, heads, numeric);
    status = oko_store_import_walk(store, one, &l, err);
    if (status != OKO_OK) {
        json_decref(l.json);
        return status;
    }
    if (cli->json)
        return oko_cli_json(cli, l.json, err);
    oko_table_print(l.table);
    return OKO_OK;
}
