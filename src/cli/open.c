/* Opening what a command works on: the database, a unit. */
#include "cli/cli.h"

#include "reference/procedures.h"

#include <string.h>

typedef struct builtin {
    oko_store *store;
    oko_error *err;
    bool began;
} builtin;

/* Puts a built-in procedure that the database does not know; one that it knows may have been edited and is left. */
static oko_status add_missing(void *ctx, const oko_procedure *p)
{
    builtin *b = ctx;
    oko_procedure found;
    int64_t id = 0;
    oko_change change = OKO_UNCHANGED;
    oko_status status = oko_store_procedure_get(b->store, p->code, 0, &found, b->err);
    if (status != OKO_E_NOT_FOUND)
        return status;
    oko_error_clear(b->err);
    if (!b->began) {
        status = oko_store_begin(b->store, b->err);
        if (status != OKO_OK)
            return status;
        b->began = true;
    }
    return oko_store_procedure_put(b->store, p, &id, &change, b->err);
}

static oko_status add_builtin(oko_store *store, oko_error *err)
{
    builtin b = { .store = store, .err = err };
    oko_status status = oko_procedures_builtin(add_missing, &b, err);
    if (status == OKO_OK && b.began)
        return oko_store_commit(store, err);
    if (b.began)
        oko_store_rollback(store);
    return status;
}

/* A database of an older version of the program is brought up by opening it for writing. */
static oko_status bring_up(const oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_store_options options = OKO_STORE_OPTIONS_INIT;
    options.create = false;
    oko_error_clear(err);
    return oko_store_open(cli->db, &options, &store, err);
}

oko_status oko_cli_store(oko_cli *cli, bool create, bool read_only, oko_store **ret_store, oko_error *err)
{
    oko_store_options options = OKO_STORE_OPTIONS_INIT;
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    options.create = create && !read_only;
    options.read_only = read_only;
    oko_status status = oko_store_open(cli->db, &options, &store, err);
    if (status == OKO_E_STORE && read_only && strcmp(err->id, "store.older") == 0) {
        status = bring_up(cli, err);
        if (status == OKO_OK)
            status = oko_store_open(cli->db, &options, &store, err);
    }
    if (status == OKO_OK && !read_only)
        status = add_builtin(store, err);
    if (status != OKO_OK)
        return status;
    *ret_store = store;
    store = NULL;
    return OKO_OK;
}

/* Units whose folded name equals the wanted one. */
typedef struct by_name {
    char wanted[400];
    int hits;
    oko_unit found;
} by_name;

static oko_status compare_name(void *ctx, const oko_unit *u)
{
    by_name *b = ctx;
    char folded[400];
    oko_str_fold(folded, sizeof(folded), oko_str_of(u->name));
    if (strcmp(folded, b->wanted) == 0 && b->hits++ == 0)
        b->found = *u;
    return OKO_OK;
}

static oko_status find_by_name(oko_store *store, oko_level level, const char *name, oko_unit *ret_unit, oko_error *err)
{
    by_name b = { .hits = 0 };
    if (oko_str_fold(b.wanted, sizeof(b.wanted), oko_str_of(name)) == 0)
        return OKO_E_NOT_FOUND;
    oko_status status = oko_store_unit_walk(store, 0, level, compare_name, &b, err);
    if (status != OKO_OK)
        return status;
    if (b.hits > 1) {
        status = oko_error_set(err, OKO_E_UNDECIDED, "cli.name_twice", "");
        oko_error_arg(err, "%s", name);
        return status;
    }
    if (b.hits == 1)
        *ret_unit = b.found;
    return b.hits == 1 ? OKO_OK : OKO_E_NOT_FOUND;
}

/* Looks on one level: by code, then by the aliases under which a file may know the unit. */
static oko_status find_on_level(oko_store *store, oko_level level, const char *code, oko_unit *ret_unit, oko_error *err)
{
    static const oko_alias_kind kinds[] = { OKO_ALIAS_LOGIN, OKO_ALIAS_OGE, OKO_ALIAS_EGE, OKO_ALIAS_OTHER };
    char folded[400];
    int64_t id = 0;
    oko_status status = oko_store_unit_find(store, level, code, ret_unit, err);
    for (size_t i = 0; status == OKO_E_NOT_FOUND && i < sizeof(kinds) / sizeof(kinds[0]); i++)
        status = oko_store_alias_find(store, level, kinds[i], code, &id, err);
    if (status == OKO_E_NOT_FOUND && oko_str_fold(folded, sizeof(folded), oko_str_of(code)) > 0)
        status = oko_store_alias_find(store, level, OKO_ALIAS_NAME, folded, &id, err);
    if (status == OKO_OK && id != 0)
        return oko_store_unit_get(store, id, ret_unit, err);
    if (status == OKO_E_NOT_FOUND && level != OKO_LEVEL_CLASS)
        return find_by_name(store, level, code, ret_unit, err);
    return status;
}

oko_status oko_cli_unit(oko_cli *cli, oko_store *store, const char *code, oko_unit *ret_unit, oko_error *err)
{
    const char *level_name = oko_cli_option(cli, "level");
    oko_level only = OKO_LEVEL_COUNT;
    oko_unit unit, found;
    int hits = 0;
    memset(&found, 0, sizeof(found));
    if (level_name != NULL && !oko_level_parse(oko_str_of(level_name), &only)) {
        oko_status status = oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_level", "level");
        oko_error_arg(err, "%s", level_name);
        return status;
    }
    for (int level = 0; level < OKO_LEVEL_COUNT; level++) {
        if (only != OKO_LEVEL_COUNT && level != (int)only)
            continue;
        oko_status status = find_on_level(store, (oko_level)level, code, &unit, err);
        if (status != OKO_OK && status != OKO_E_NOT_FOUND)
            return status;
        if (status == OKO_OK && hits++ == 0)
            found = unit;
    }
    oko_error_clear(err);
    if (hits == 1) {
        *ret_unit = found;
        return OKO_OK;
    }
    oko_status status = oko_error_set(err, hits == 0 ? OKO_E_NOT_FOUND : OKO_E_UNDECIDED,
                                      hits == 0 ? "cli.no_unit" : "cli.unit_levels", "");
    oko_error_arg(err, "%s", code);
    return status;
}
