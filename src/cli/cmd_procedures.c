/* oko procedures list | show CODE | add FILE | template [CODE] */
#include "cli/cli.h"

#include "reference/procedures.h"

#include <string.h>

/* ---- list ---- */
typedef struct list {
    oko_cli *cli;
    int64_t year; /* 0 = all */
    json_t *json;
    oko_table *table;
} list;

static const char *cutoffs_text(oko_cli *cli, const oko_procedure *p)
{
    const char *text = "";
    for (int i = 0; i < p->n_cutoffs; i++) {
        const char *next = oko_arena_printf(cli->arena, "%s%s%d", text, i > 0 ? " / " : "", p->cutoffs[i]);
        text = next != NULL ? next : text;
    }
    return text;
}

static oko_status one(void *ctx, const oko_procedure *p)
{
    list *l = ctx;
    if (l->year != 0 && p->year != l->year)
        return OKO_OK;
    if (l->json != NULL) {
        oko_append(l->json, oko_procedure_to_json(p));
        return OKO_OK;
    }
    const char *cells[] = { p->code, p->title, oko_cli_int(l->cli, p->max_total), oko_cli_int(l->cli, p->n_items),
                            cutoffs_text(l->cli, p) };
    oko_table_row(l->table, cells);
    return OKO_OK;
}

/* Procedures of the database; of the program when there is no database yet. */
static oko_status walk(oko_cli *cli, list *l, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        return oko_procedures_builtin(one, l, err);
    }
    return status == OKO_OK ? oko_store_procedure_walk(store, 0, one, l, err) : status;
}

oko_status oko_cmd_procedures_list(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "cli.head.code", "cli.head.title", "cli.head.max", "cli.head.items",
                                         "cli.head.cutoffs" };
    static const bool numeric[] = { false, false, true, true, false };
    list l = { .cli = cli };
    oko_status status = oko_cli_option_int(cli, "year", 1990, 2100, &l.year, err);
    if (status != OKO_OK)
        return status;
    if (cli->json)
        l.json = json_array();
    else
        l.table = oko_table_new(cli, 5, heads, numeric);
    status = walk(cli, &l, err);
    if (status != OKO_OK) {
        json_decref(l.json);
        return status;
    }
    if (cli->json)
        return oko_cli_json(cli, l.json, err);
    oko_table_print(l.table);
    return OKO_OK;
}

/* ---- one ---- */
typedef struct wanted {
    const char *code;
    oko_procedure *found;
} wanted;

static oko_status pick(void *ctx, const oko_procedure *p)
{
    wanted *w = ctx;
    bool hit = strcmp(p->code, w->code) == 0;
    for (int i = 0; i < p->n_aliases; i++)
        hit = hit || strcmp(p->aliases[i], w->code) == 0;
    if (hit)
        *w->found = *p;
    return OKO_OK;
}

/* From the database when there is one that knows it, else from the built-in ones. */
static oko_status find(oko_cli *cli, const char *code, oko_procedure *ret_p, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    wanted w = { .code = code, .found = ret_p };
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK)
        status = oko_store_procedure_get(store, code, 0, ret_p, err);
    if (status != OKO_E_NOT_FOUND)
        return status;
    oko_error_clear(err);
    ret_p->code[0] = '\0';
    status = oko_procedures_builtin(pick, &w, err);
    if (status != OKO_OK || ret_p->code[0] != '\0')
        return status;
    status = oko_error_set(err, OKO_E_NOT_FOUND, "cli.no_procedure", "");
    oko_error_arg(err, "%s", code);
    return status;
}

/* {"procedures":[{…}]}: the form that `oko procedures add` reads. */
static oko_status print_form(oko_cli *cli, const oko_procedure *p, oko_error *err)
{
    json_t *root = json_object(), *array = json_array();
    oko_append(array, oko_procedure_to_json(p));
    oko_put(root, "procedures", array);
    return oko_cli_json(cli, root, err);
}

static void print_items(oko_cli *cli, const oko_procedure *p)
{
    static const char *const heads[] = { "cli.head.item", "cli.head.max", "cli.head.item_level" };
    static const bool numeric[] = { false, true, false };
    oko_table *t = oko_table_new(cli, 3, heads, numeric);
    for (int i = 0; i < p->n_items; i++) {
        char level[2] = { p->items[i].level, '\0' };
        const char *cells[] = { p->items[i].label, oko_cli_int(cli, p->items[i].max),
                                level[0] != '\0' ? oko_cli_word(cli, "cli.item_level.", level) : "" };
        oko_table_row(t, cells);
    }
    oko_table_print(t);
}

oko_status oko_cmd_procedures_show(oko_cli *cli, oko_error *err)
{
    oko_procedure p;
    memset(&p, 0, sizeof(p));
    oko_status status = find(cli, cli->argv[0], &p, err);
    if (status != OKO_OK)
        return status;
    if (cli->json)
        return oko_cli_json(cli, oko_procedure_to_json(&p), err);
    const char *head = oko_arena_printf(cli->arena, "%s  %s", p.code, p.title);
    oko_cli_heading(cli, head != NULL ? head : p.code);
    OKO_CLI_SAY(cli, stdout, "cli.procedure.about",
                OKO_S("kind", oko_cli_word(cli, "cli.kind.", oko_kind_name(p.kind))),
                OKO_S("date", p.date[0] != '\0' ? p.date : "—"), OKO_I("max", p.max_total),
                OKO_S("cutoffs", p.n_cutoffs > 0 ? cutoffs_text(cli, &p) : "—"),
                OKO_S("source", p.source[0] != '\0' ? p.source : "—"));
    if (p.n_items > 0)
        print_items(cli, &p);
    return OKO_OK;
}

/* A small example for those who describe their first procedure. */
static void example(oko_procedure *p)
{
    memset(p, 0, sizeof(*p));
    snprintf(p->code, sizeof(p->code), "2027-07-MA-RDR");
    snprintf(p->subject, sizeof(p->subject), "MA");
    snprintf(p->title, sizeof(p->title), "РДР 2027, математика, 7 класс");
    snprintf(p->date, sizeof(p->date), "2027-03-15");
    snprintf(p->source, sizeof(p->source), "спецификация работы");
    p->kind = OKO_KIND_RDR;
    p->year = 2027;
    p->grade = 7;
    p->max_total = 6;
    p->n_items = 4;
    for (int i = 0; i < p->n_items; i++) {
        snprintf(p->items[i].label, sizeof(p->items[i].label), "%d", i + 1);
        p->items[i].max = (int16_t)(i < 2 ? 1 : 2);
        p->items[i].level = i < 3 ? 'B' : 'P';
    }
    p->n_cutoffs = 3;
    p->cutoffs[0] = 2;
    p->cutoffs[1] = 4;
    p->cutoffs[2] = 5;
    p->first_mark = 2;
}

oko_status oko_cmd_procedures_template(oko_cli *cli, oko_error *err)
{
    oko_procedure p;
    memset(&p, 0, sizeof(p));
    if (cli->argc == 0) {
        example(&p);
    } else {
        oko_status status = find(cli, cli->argv[0], &p, err);
        if (status != OKO_OK)
            return status;
    }
    return print_form(cli, &p, err);
}

/* ---- add ---- */
typedef struct adding {
    oko_cli *cli;
    oko_store *store;
    oko_error *err;
    json_t *json;
} adding;

static oko_status put(void *ctx, const oko_procedure *p)
{
    static const char *const changes[] = { "unchanged", "added", "replaced", "removed" };
    adding *a = ctx;
    int64_t id = 0;
    oko_change change = OKO_UNCHANGED;
    oko_status status = oko_store_procedure_put(a->store, p, &id, &change, a->err);
    if (status != OKO_OK)
        return status;
    json_t *o = json_object();
    oko_put_str(o, "code", p->code);
    oko_put_str(o, "change", changes[change]);
    oko_append(a->json, o);
    if (p->n_cutoffs == 0 && !a->cli->quiet && !a->cli->json)
        OKO_CLI_SAY(a->cli, stderr, "cli.procedures.no_cutoffs", OKO_S("code", p->code));
    return OKO_OK;
}

static oko_status put_all(adding *a, const json_t *file)
{
    oko_status status = oko_store_begin(a->store, a->err);
    if (status != OKO_OK)
        return status;
    status = oko_procedures_read(file, put, a, a->err);
    if (status == OKO_OK)
        return oko_store_commit(a->store, a->err);
    oko_store_rollback(a->store);
    return status;
}

oko_status oko_cmd_procedures_add(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    OKO_CLEANUP(oko_json_freep) json_t *file = NULL;
    oko_status status = oko_json_load(cli->argv[0], &file, err);
    if (status == OKO_OK)
        status = oko_cli_store(cli, true, false, &store, err);
    if (status != OKO_OK)
        return status;
    adding a = { .cli = cli, .store = store, .err = err, .json = json_array() };
    status = put_all(&a, file);
    if (status == OKO_OK && !cli->json) {
        for (size_t i = 0; i < json_array_size(a.json); i++) {
            const json_t *o = json_array_get(a.json, i);
            const char *change = json_string_value(json_object_get(o, "change"));
            printf("%s: %s\n", json_string_value(json_object_get(o, "code")),
                   oko_cli_word(cli, "cli.change.", change != NULL ? change : ""));
        }
    }
    if (status == OKO_OK && cli->json)
        return oko_cli_json(cli, a.json, err);
    json_decref(a.json);
    return status;
}
