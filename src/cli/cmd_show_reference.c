/* oko show reference: which schools and classes are in the reference stratum, and on what grounds. */
#include "analysis/register.h"
#include "cli/cli.h"

#include <string.h>

typedef struct listing {
    oko_cli *cli;
    oko_register reg;
    oko_table *table;
    json_t *json;
    int64_t entries, withdrawn;
} listing;

static const char *procedure_of(oko_cli *cli, const oko_reference *r)
{
    const char *text = r->procedure[0] != '\0' ? oko_arena_str(cli->arena, oko_str_of(r->procedure))
                       : r->year != 0          ? oko_arena_printf(cli->arena, "%d", r->year)
                                               : oko_text_get(cli->text, "cli.reference.all");
    return text != NULL ? text : "";
}

static const char *class_of(oko_cli *cli, const oko_reference *r)
{
    const char *grade = r->grade > 0 ? oko_arena_printf(cli->arena, "%d", r->grade) : "";
    const char *text = oko_arena_printf(cli->arena, "%s%s", grade != NULL ? grade : "", r->class_label);
    return text != NULL && text[0] != '\0' ? text : oko_text_get(cli->text, "cli.reference.all");
}

static void add_json(listing *l, const char *municipality, const char *school, const oko_reference *r,
                     const oko_finding *f)
{
    json_t *o = json_object();
    oko_put_str(o, "municipality", municipality);
    oko_put_str(o, "school", school);
    oko_put(o, "procedure", r->procedure[0] != '\0' ? json_string(r->procedure) : json_null());
    oko_put(o, "year", r->year != 0 ? json_integer(r->year) : json_null());
    oko_put(o, "grade", r->grade > 0 ? json_integer(r->grade) : json_null());
    oko_put(o, "class", r->class_label[0] != '\0' ? json_string(r->class_label) : json_null());
    oko_put_str(o, "basis", oko_reference_basis_name(r->basis));
    oko_put_str(o, "note", f->note);
    oko_append(l->json, o);
}

static oko_status add(void *ctx, const oko_finding *f)
{
    listing *l = ctx;
    oko_reference r;
    if (f->kind != OKO_FINDING_REFERENCE)
        return OKO_OK;
    const oko_place *school = oko_register_find(&l->reg, f->unit);
    const char *municipality = oko_place_label(&l->reg, oko_register_above(&l->reg, f->unit, OKO_LEVEL_MUNICIPALITY));
    oko_reference_read(f, &r);
    l->entries++;
    l->withdrawn += r.basis == OKO_BASIS_NONE;
    if (l->json != NULL) {
        add_json(l, municipality, oko_place_label(&l->reg, school), &r, f);
        return OKO_OK;
    }
    const char *cells[] = { municipality,
                            oko_place_label(&l->reg, school),
                            procedure_of(l->cli, &r),
                            class_of(l->cli, &r),
                            oko_cli_word(l->cli, "cli.reference.basis.", oko_reference_basis_name(r.basis)),
                            f->note };
    oko_table_row(l->table, cells);
    return OKO_OK;
}

oko_status oko_cmd_show_reference(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "cli.head.municipality", "cli.head.school", "cli.head.procedure",
                                         "cli.head.class",        "cli.head.basis",  "cli.head.note" };
    static const bool numeric[6] = { false };
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    listing l = { .cli = cli, .json = cli->json ? json_array() : NULL };
    oko_status status = oko_cli_store(cli, true, false, &store, err);
    if (status == OKO_OK)
        status = oko_register_load(store, 0, &l.reg, err);
    if (status == OKO_OK && !cli->json)
        l.table = oko_table_new(cli, 6, heads, numeric);
    if (status == OKO_OK)
        status = oko_store_finding_walk(store, 0, 0, add, &l, err);
    oko_register_clear(&l.reg);
    if (status != OKO_OK) {
        json_decref(l.json);
        return status;
    }
    if (cli->json)
        return oko_cli_json(cli, l.json, err);
    if (l.entries > 0)
        oko_table_print(l.table);
    if (!cli->quiet)
        OKO_CLI_SAY(cli, stderr, l.entries > 0 ? "cli.reference.done" : "cli.reference.none", OKO_I("n", l.entries),
                    OKO_I("withdrawn", l.withdrawn));
    return OKO_OK;
}
