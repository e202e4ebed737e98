/* oko db check, oko db info */
#include "cli/cli.h"

#include <sys/stat.h>

/* ---- check ---- */
typedef struct faults {
    oko_cli *cli;
    json_t *json;
    int64_t n;
} faults;

static oko_status fault(void *ctx, const oko_problem *p)
{
    faults *f = ctx;
    const char *key = oko_arena_printf(f->cli->arena, "cli.check.%s", p->detail); /* a check that could not be made */
    const char *detail = key != NULL && oko_text_has(f->cli->text, key) ? oko_text_get(f->cli->text, key) : p->detail;
    const char *text = oko_cli_problem(f->cli, p->reason, detail, p->column);
    f->n++;
    if (f->json == NULL) {
        oko_cli_progress_end(f->cli);
        printf("%s%s%s\n", text, p->sheet[0] != '\0' ? " — " : "", p->sheet);
        return OKO_OK;
    }
    json_t *o = json_object();
    oko_put_str(o, "reason", p->reason);
    oko_put_str(o, "detail", p->detail);
    oko_put_str(o, "where", p->sheet);
    oko_put_str(o, "text", text);
    oko_append(f->json, o);
    return OKO_OK;
}

oko_status oko_cmd_db_check(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_progress progress = oko_cli_progress(cli);
    faults f = { .cli = cli };
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status != OKO_OK)
        return status;
    f.json = cli->json ? json_array() : NULL;
    status = oko_store_check(store, fault, &f, &progress, err);
    oko_cli_progress_end(cli);
    if (cli->json) {
        json_t *root = json_object();
        oko_put_str(root, "db", cli->db);
        oko_put_bool(root, "clean", status == OKO_OK);
        oko_put(root, "faults", f.json);
        oko_status printed = oko_cli_json(cli, root, status == OKO_OK ? err : NULL);
        return status != OKO_OK ? status : printed;
    }
    if (status == OKO_OK)
        OKO_CLI_SAY(cli, stdout, "cli.db.clean", OKO_S("db", cli->db));
    return status;
}

/* ---- info ---- */
typedef struct info {
    int64_t procedures, imports, runs, units[OKO_LEVEL_COUNT], unconfirmed;
} info;

static oko_status count_procedure(void *ctx, const oko_procedure *p)
{
    (void)p;
    ((info *)ctx)->procedures++;
    return OKO_OK;
}

static oko_status count_import(void *ctx, const oko_import *i)
{
    (void)i;
    ((info *)ctx)->imports++;
    return OKO_OK;
}

static oko_status count_run(void *ctx, const oko_run *r)
{
    (void)r;
    ((info *)ctx)->runs++;
    return OKO_OK;
}

static oko_status count_unit(void *ctx, const oko_unit *u)
{
    info *i = ctx;
    if ((unsigned)u->level < OKO_LEVEL_COUNT)
        i->units[u->level]++;
    i->unconfirmed += !u->confirmed;
    return OKO_OK;
}

static oko_status read_info(oko_store *store, info *i, int64_t *ret_revision, oko_error *err)
{
    oko_status status = oko_store_revision(store, ret_revision, err);
    if (status == OKO_OK)
        status = oko_store_procedure_walk(store, 0, count_procedure, i, err);
    if (status == OKO_OK)
        status = oko_store_import_walk(store, count_import, i, err);
    if (status == OKO_OK)
        status = oko_store_run_walk(store, count_run, i, err);
    if (status == OKO_OK)
        status = oko_store_unit_walk(store, 0, OKO_LEVEL_COUNT, count_unit, i, err);
    return status;
}

static json_t *info_json(oko_cli *cli, const info *i, int64_t revision, int64_t bytes)
{
    json_t *o = json_object(), *units = json_object();
    for (int level = 0; level < OKO_LEVEL_COUNT; level++)
        oko_put_int(units, oko_level_name((oko_level)level), i->units[level]);
    oko_put_str(o, "db", cli->db);
    oko_put_int(o, "bytes", bytes);
    oko_put_int(o, "schema", oko_store_schema_version());
    oko_put_int(o, "revision", revision);
    oko_put_int(o, "procedures", i->procedures);
    oko_put_int(o, "imports", i->imports);
    oko_put_int(o, "runs", i->runs);
    oko_put(o, "units", units);
    oko_put_int(o, "unconfirmed", i->unconfirmed);
    return o;
}

oko_status oko_cmd_db_info(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    info i = { .procedures = 0 };
    int64_t revision = 0;
    struct stat file;
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK)
        status = read_info(store, &i, &revision, err);
    if (status != OKO_OK)
        return status;
    int64_t bytes = stat(cli->db, &file) == 0 ? (int64_t)file.st_size : 0;
    if (cli->json)
        return oko_cli_json(cli, info_json(cli, &i, revision, bytes), err);
    OKO_CLI_SAY(cli, stdout, "cli.db.info", OKO_S("db", cli->db), OKO_N("mib", (double)bytes / 1048576.0, 1),
                OKO_I("schema", oko_store_schema_version()), OKO_I("revision", revision));
    OKO_CLI_SAY(cli, stdout, "cli.db.holds", OKO_I("procedures", i.procedures), OKO_I("imports", i.imports),
                OKO_I("runs", i.runs));
    OKO_CLI_SAY(cli, stdout, "cli.db.units", OKO_I("regions", i.units[OKO_LEVEL_REGION]),
                OKO_I("municipalities", i.units[OKO_LEVEL_MUNICIPALITY]), OKO_I("schools", i.units[OKO_LEVEL_SCHOOL]),
                OKO_I("classes", i.units[OKO_LEVEL_CLASS]), OKO_I("unconfirmed", i.unconfirmed));
    return OKO_OK;
}
