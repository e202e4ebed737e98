/* oko units list | show CODE | alias add CODE KIND ALIAS | confirm [CODE…] */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

/* ---- list ---- */
typedef struct list {
    oko_cli *cli;
    bool unconfirmed;
    bool classes; /* they are many: shown when asked for */
    json_t *json;
    oko_table *table;
} list;

static json_t *unit_json(const oko_unit *u)
{
    json_t *o = json_object();
    oko_put_int(o, "id", u->id);
    oko_put(o, "parent", u->parent != 0 ? json_integer((json_int_t)u->parent) : json_null());
    oko_put_str(o, "level", oko_level_name(u->level));
    oko_put_str(o, "code", u->code);
    oko_put_str(o, "name", u->name);
    oko_put_str(o, "type", u->type);
    oko_put_str(o, "place", u->place);
    oko_put_str(o, "cluster", u->cluster);
    oko_put_bool(o, "confirmed", u->confirmed);
    oko_put(o, "valid_from", u->valid_from > 0 ? json_integer(u->valid_from) : json_null());
    oko_put(o, "valid_to", u->valid_to > 0 ? json_integer(u->valid_to) : json_null());
    return o;
}

static oko_status one(void *ctx, const oko_unit *u)
{
    list *l = ctx;
    if ((l->unconfirmed && u->confirmed) || (u->level == OKO_LEVEL_CLASS && !l->classes))
        return OKO_OK;
    if (l->json != NULL) {
        oko_append(l->json, unit_json(u));
        return OKO_OK;
    }
    const char *cells[] = { oko_cli_word(l->cli, "cli.level.", oko_level_name(u->level)),
                            u->code,
                            u->name,
                            oko_cli_word(l->cli, "cli.type.", u->type),
                            oko_cli_word(l->cli, "cli.place.", u->place),
                            u->confirmed ? "" : oko_text_get(l->cli->text, "cli.unconfirmed") };
    oko_table_row(l->table, cells);
    return OKO_OK;
}

static oko_status level_option(oko_cli *cli, oko_level *level, oko_error *err)
{
    const char *name = oko_cli_option(cli, "level");
    if (name == NULL || oko_level_parse(oko_str_of(name), level))
        return OKO_OK;
    oko_status status = oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_level", "level");
    oko_error_arg(err, "%s", name);
    return status;
}

oko_status oko_cmd_units_list(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "cli.head.level", "cli.head.code",       "cli.head.name",
                                         "cli.head.type",  "cli.head.place_type", "cli.head.confirmed" };
    static const bool numeric[] = { false, false, false, false, false, false };
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_level level = OKO_LEVEL_COUNT;
    list l = { .cli = cli, .unconfirmed = oko_cli_option(cli, "unconfirmed") != NULL };
    oko_status status = level_option(cli, &level, err);
    if (status == OKO_OK)
        status = oko_cli_store(cli, false, true, &store, err);
    if (status != OKO_OK)
        return status;
    l.classes = level == OKO_LEVEL_CLASS;
    if (cli->json)
        l.json = json_array();
    else
        l.table = oko_table_new(cli, 6, heads, numeric);
    status = oko_store_unit_walk(store, 0, level, one, &l, err);
    if (status != OKO_OK) {
        json_decref(l.json);
        return status;
    }
    if (cli->json)
        return oko_cli_json(cli, l.json, err);
    oko_table_print(l.table);
    return OKO_OK;
}

/* ---- show ---- */
static oko_status one_alias(void *ctx, oko_alias_kind kind, const char *alias, int64_t unit)
{
    list *l = ctx;
    (void)unit;
    if (l->json == NULL) {
        OKO_CLI_SAY(l->cli, stdout, "cli.unit.alias",
                    OKO_S("kind", oko_cli_word(l->cli, "cli.alias.", oko_alias_kind_name(kind))),
                    OKO_S("alias", alias));
        return OKO_OK;
    }
    json_t *o = json_object();
    oko_put_str(o, "kind", oko_alias_kind_name(kind));
    oko_put_str(o, "alias", alias);
    oko_append(l->json, o);
    return OKO_OK;
}

/* «2015–2021», «с 2015», «по 2021», «—»: academic years by their second half. */
static const char *years(oko_cli *cli, const oko_unit *u)
{
    const char *key = u->valid_from != 0 && u->valid_to != 0 ? "cli.unit.years"
                      : u->valid_from != 0                   ? "cli.unit.years_from"
                                                             : "cli.unit.years_to";
    if (u->valid_from == 0 && u->valid_to == 0)
        return "—";
    const oko_text_arg args[] = { OKO_S("from", oko_arena_printf(cli->arena, "%d", u->valid_from)),
                                  OKO_S("to", oko_arena_printf(cli->arena, "%d", u->valid_to)) };
    const char *text = oko_text_make(cli->text, cli->arena, key, args, 2);
    return text != NULL ? text : "";
}

static oko_status print_unit(oko_cli *cli, oko_store *store, const oko_unit *u, oko_error *err)
{
    oko_unit parent;
    list l = { .cli = cli };
    memset(&parent, 0, sizeof(parent));
    oko_status status = u->parent != 0 ? oko_store_unit_get(store, u->parent, &parent, err) : OKO_OK;
    if (status != OKO_OK)
        return status;
    if (cli->json) {
        json_t *o = unit_json(u);
        l.json = json_array();
        oko_put(o, "parent_code", u->parent != 0 ? json_string(parent.code) : json_null());
        status = oko_store_alias_walk(store, u->id, one_alias, &l, err);
        oko_put(o, "aliases", l.json);
        if (status == OKO_OK)
            return oko_cli_json(cli, o, err);
        json_decref(o);
        return status;
    }
    const char *head = oko_arena_printf(cli->arena, "%s  %s", u->code, u->name);
    oko_cli_heading(cli, head != NULL ? head : u->code);
    OKO_CLI_SAY(cli, stdout, "cli.unit.about",
                OKO_S("level", oko_cli_word(cli, "cli.level.", oko_level_name(u->level))),
                OKO_S("parent", u->parent != 0 ? parent.name : "—"),
                OKO_S("type", u->type[0] != '\0' ? oko_cli_word(cli, "cli.type.", u->type) : "—"),
                OKO_S("place", u->place[0] != '\0' ? oko_cli_word(cli, "cli.place.", u->place) : "—"),
                OKO_S("cluster", u->cluster[0] != '\0' ? u->cluster : "—"), OKO_S("years", years(cli, u)));
    if (!u->confirmed)
        oko_cli_say(cli, stdout, "cli.unit.unconfirmed");
    return oko_store_alias_walk(store, u->id, one_alias, &l, err);
}

oko_status oko_cmd_units_show(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_unit unit;
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK)
        status = oko_cli_unit(cli, store, cli->argv[0], &unit, err);
    return status == OKO_OK ? print_unit(cli, store, &unit, err) : status;
}

/* ---- changes ---- */
oko_status oko_cmd_units_alias(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_unit unit;
    oko_alias_kind kind = OKO_ALIAS_LOGIN;
    char folded[400];
    const char *alias = cli->argv[2];
    if (!oko_alias_kind_parse(oko_str_of(cli->argv[1]), &kind)) {
        oko_status bad = oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_alias_kind", "");
        oko_error_arg(err, "%s", cli->argv[1]);
        return bad;
    }
    if (kind == OKO_ALIAS_NAME && oko_str_fold(folded, sizeof(folded), oko_str_of(alias)) > 0)
        alias = folded;
    oko_status status = oko_cli_store(cli, false, false, &store, err);
    if (status == OKO_OK)
        status = oko_cli_unit(cli, store, cli->argv[0], &unit, err);
    if (status == OKO_OK)
        status = oko_store_begin(store, err);
    if (status != OKO_OK)
        return status;
    status = oko_store_alias_put(store, unit.id, kind, alias, err);
    if (status != OKO_OK) {
        oko_store_rollback(store);
        return status;
    }
    status = oko_store_commit(store, err);
    return status == OKO_OK ? print_unit(cli, store, &unit, err) : status;
}

/* Units to confirm, gathered first: a walk is not disturbed by writing. */
typedef struct chosen {
    oko_unit *units;
    size_t n, cap;
} chosen;

enum { MAX_CHOSEN = 4000000 };

static oko_status choose(void *ctx, const oko_unit *u)
{
    chosen *c = ctx;
    if (u->confirmed)
        return OKO_OK;
    oko_status status = oko_grow(&c->units, &c->cap, c->n + 1, sizeof(*c->units), MAX_CHOSEN);
    if (status == OKO_OK)
        c->units[c->n++] = *u;
    return status;
}

static oko_status choose_all(oko_cli *cli, oko_store *store, chosen *c, oko_error *err)
{
    oko_level level = OKO_LEVEL_COUNT;
    if (oko_cli_option(cli, "all") != NULL) {
        oko_status status = level_option(cli, &level, err);
        return status == OKO_OK ? oko_store_unit_walk(store, 0, level, choose, c, err) : status;
    }
    if (cli->argc == 0)
        return oko_error_set(err, OKO_E_ARGUMENT, "cli.confirm_what", "");
    for (int i = 0; i < cli->argc; i++) {
        oko_unit unit;
        oko_status status = oko_cli_unit(cli, store, cli->argv[i], &unit, err);
        if (status == OKO_OK)
            status = choose(c, &unit);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

static oko_status confirm(oko_store *store, chosen *c, oko_error *err)
{
    oko_status status = oko_store_begin(store, err);
    for (size_t i = 0; status == OKO_OK && i < c->n; i++) {
        int64_t id = 0;
        c->units[i].confirmed = true;
        status = oko_store_unit_put(store, &c->units[i], &id, err);
    }
    if (status == OKO_OK)
        return oko_store_commit(store, err);
    oko_store_rollback(store);
    return status;
}

oko_status oko_cmd_units_confirm(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    chosen c = { .n = 0 };
    oko_status status = oko_cli_store(cli, false, false, &store, err);
    if (status == OKO_OK)
        status = choose_all(cli, store, &c, err);
    if (status == OKO_OK && c.n > 0)
        status = confirm(store, &c, err);
    int64_t n = (int64_t)c.n;
    oko_freep(&c.units);
    if (status != OKO_OK)
        return status;
    if (!cli->json) {
        OKO_CLI_SAY(cli, stdout, "cli.units.confirmed", OKO_I("n", n));
        return OKO_OK;
    }
    json_t *o = json_object();
    oko_put_int(o, "confirmed", n);
    return oko_cli_json(cli, o, err);
}
