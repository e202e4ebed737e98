/* oko case|recommend|measure|observe|recheck list|show|add|act|link: records of the cycle, one set of commands for all
 * kinds. */
#include "cli/cycle_door.h"

#include "cycle/body.h"
#include "domain/date.h"

#include <string.h>

/* Kind by the first word of the command. */
static const char *kind_of(const oko_cli *cli)
{
    static const char *const kinds[][2] = { { "case ", "case" },       { "recommend ", "recommendation" },
                                            { "measure ", "measure" }, { "observe ", "observation" },
                                            { "recheck ", "recheck" }, { "event ", "event" },
                                            { "note ", "note" } };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (strncmp(cli->command->name, kinds[i][0], strlen(kinds[i][0])) == 0)
            return kinds[i][1];
    }
    return "";
}

static const char *state_word(oko_cli *cli, const oko_entry *e)
{
    return oko_cli_word(cli, oko_arena_printf(cli->arena, "record.%s.state.", e->head.kind), e->head.state);
}

/* ---- list ---- */

typedef struct list {
    oko_cli *cli;
    oko_cli_door *door;
    json_t *json;
    oko_table *table;
} list;

static oko_status add_record(void *ctx, const oko_entry *e)
{
    list *l = ctx;
    if (l->json != NULL) {
        oko_append(l->json, oko_cycle_json(&l->door->cycle, e));
        return OKO_OK;
    }
    oko_unit unit = { .code = "" };
    if (e->head.unit != 0 && oko_store_unit_get(l->door->store, e->head.unit, &unit, NULL) != OKO_OK)
        return OKO_E_STORE;
    const char *cells[] = { oko_cli_id(l->cli, e->head.id), unit.code, state_word(l->cli, e), e->head.due,
                            e->head.title };
    oko_table_row(l->table, cells);
    return OKO_OK;
}

static const char *open_states(oko_cli *cli, const oko_flow *flow)
{
    const char *states = "";
    for (int i = 0; i < flow->n_states && states != NULL; i++) {
        if ((flow->final & (1u << i)) == 0)
            states = oko_arena_printf(cli->arena, "%s%s%s", states, *states != '\0' ? "," : "", flow->states[i]);
    }
    return states;
}

static oko_status read_query(oko_cli *cli, oko_cli_door *door, oko_record_query *q, char *yesterday, oko_error *err)
{
    int64_t year = 0, limit = 50;
    *q = (oko_record_query){ .kind = kind_of(cli),
                             .subtree = true,
                             .states = oko_cli_option(cli, "state"),
                             .search = oko_cli_option(cli, "search") };
    oko_status status = oko_cli_option_int(cli, "year", 1990, 2100, &year, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(cli, "limit", 1, 1000, &limit, err);
    if (status == OKO_OK)
        status = oko_cli_door_unit(cli, door, &q->unit, err);
    q->year = (int)year;
    q->limit = limit;
    if (oko_cli_option(cli, "overdue") != NULL && oko_date_before(door->cycle.today, yesterday)) {
        q->due_until = yesterday;
        q->sort = OKO_SORT_DUE;
        q->states = q->states != NULL ? q->states : open_states(cli, oko_flow_find(door->flows, q->kind));
    }
    return status;
}

oko_status oko_cmd_records_list(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "case.head.number", "case.head.unit", "case.head.state", "case.head.due",
                                         "case.head.title" };
    static const bool numeric[] = { true, false, false, false, false };
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    oko_record_query q = { .kind = NULL };
    char yesterday[OKO_DATE_BYTES];
    int64_t total = 0;
    list l = { .cli = cli, .door = &door };
    oko_status status = oko_cli_door_open(cli, &door, err);
    if (status == OKO_OK)
        status = read_query(cli, &door, &q, yesterday, err);
    if (status == OKO_OK && oko_flow_find(door.flows, q.kind)->restricted)
        status = oko_cli_door_look(&door, q.kind, 0, err);
    if (status != OKO_OK)
        return status;
    l.json = cli->json ? json_array() : NULL;
    l.table = cli->json ? NULL : oko_table_new(cli, 5, heads, numeric);
    status = oko_cycle_list(&door.cycle, &q, add_record, &l, &total, err);
    if (cli->json && status == OKO_OK)
        return oko_cli_json(cli, l.json, err);
    json_decref(l.json);
    if (status == OKO_OK)
        oko_table_print(l.table);
    return status;
}

/* ---- one record ---- */

/* Opens the door and the record argv[0]. */
static oko_status open_record(oko_cli *cli, oko_cli_door *door, oko_entry *ret_entry, oko_error *err)
{
    int64_t id;
    oko_status status = oko_cli_record_id(cli, 0, &id, err);
    if (status == OKO_OK)
        status = oko_cli_door_open(cli, door, err);
    return status == OKO_OK ? oko_cycle_get(&door->cycle, kind_of(cli), id, ret_entry, err) : status;
}

static oko_status print_record(oko_cli *cli, oko_cli_door *door, const oko_entry *e, oko_error *err)
{
    if (cli->json)
        return oko_cli_json(cli, oko_cycle_json(&door->cycle, e), err);
    OKO_CLI_SAY(cli, stdout, "case.cli.record", OKO_S("number", oko_cli_id(cli, e->head.id)),
                OKO_S("state", state_word(cli, e)), OKO_S("due", e->head.due[0] != '\0' ? e->head.due : "—"),
                OKO_S("title", e->head.title));
    return OKO_OK;
}

static oko_status print_whole(oko_cli *cli, oko_cli_door *door, const oko_entry *e, oko_error *err)
{
    oko_status status = print_record(cli, door, e, err);
    if (cli->json || status != OKO_OK)
        return status;
    return oko_cli_json(cli, json_incref(e->body), err);
}

oko_status oko_cmd_records_show(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = open_record(cli, &door, &e, err);
    if (status == OKO_OK && e.flow->restricted)
        status = oko_cli_door_look(&door, e.head.kind, e.head.id, err);
    return status == OKO_OK ? print_whole(cli, &door, &e, err) : status;
}

oko_status oko_cmd_records_act(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_entry_clear) oko_entry now = { 0 };
    json_t *input = NULL;
    oko_status status = open_record(cli, &door, &e, err);
    if (status == OKO_OK)
        status = oko_cli_members(cli, 2, &input, err);
    if (status == OKO_OK)
        status = oko_cycle_act(&door.cycle, kind_of(cli), e.head.id, e.head.version, cli->argv[1], input, &now, err);
    json_decref(input);
    return status == OKO_OK ? print_record(cli, &door, &now, err) : status;
}

/* ---- new ones ---- */

static oko_status read_assignee(oko_cli *cli, oko_cli_door *door, oko_draft *d, int64_t *space, oko_error *err)
{
    const char *login = oko_cli_option(cli, "assignee");
    oko_user user;
    if (login == NULL)
        return OKO_OK;
    oko_status status = oko_store_user_find(door->store, login, &user, err);
    if (status == OKO_OK) {
        *space = user.id;
        d->assignee = space;
    }
    return status;
}

oko_status oko_cmd_records_add(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_draft d = { .title = oko_cli_option(cli, "title"), .due = oko_cli_option(cli, "due") };
    oko_unit unit;
    int64_t year = 0, assignee = 0;
    oko_status status = oko_cli_option_int(cli, "year", 1990, 2100, &year, err);
    if (status == OKO_OK)
        status = oko_cli_door_open(cli, &door, err);
    if (status == OKO_OK)
        status = oko_cli_unit(cli, door.store, cli->argv[0], &unit, err);
    if (status == OKO_OK)
        status = read_assignee(cli, &door, &d, &assignee, err);
    if (status == OKO_OK)
        status = oko_cli_members(cli, 1, &d.body, err);
    if (status != OKO_OK)
        return status;
    d.unit = unit.id;
    d.year = (int)year;
    status = oko_cycle_create(&door.cycle, kind_of(cli), &d, &e, err);
    json_decref(d.body);
    return status == OKO_OK ? print_record(cli, &door, &e, err) : status;
}

/* ---- links ---- */

/* An address, KIND/NUMBER of a record, or a file of this machine that is copied into the database. */
static oko_status read_target(oko_cli_door *door, const char *text, int64_t unit, oko_record_link *l, oko_error *err)
{
    const char *slash = strrchr(text, '/');
    char kind[OKO_RECORD_KIND_BYTES] = "";
    if (slash != NULL)
        oko_str_copy(kind, sizeof(kind), (oko_str){ text, (size_t)(slash - text) });
    if (strstr(text, "://") != NULL) {
        l->target = OKO_LINK_URL;
        return oko_str_copy(l->note, sizeof(l->note), oko_str_of(text))
                   ? OKO_OK
                   : oko_error_set(err, OKO_E_ARGUMENT, "cycle.too_long", text);
    }
    if (slash != NULL && oko_flow_find(door->flows, kind) != NULL &&
        oko_str_to_int(oko_str_of(slash + 1), &l->target_id)) {
        l->target = OKO_LINK_RECORD;
        return OKO_OK;
    }
    oko_file file = { .unit = unit, .created_by = door->actor.user, .type = "application/octet-stream" };
    oko_str_copy(file.name, sizeof(file.name), oko_str_of(slash != NULL ? slash + 1 : text));
    l->target = OKO_LINK_FILE;
    oko_status status = oko_store_file_put(door->store, &file, text, &file, err);
    l->target_id = file.id;
    return status;
}

oko_status oko_cmd_records_link(oko_cli *cli, oko_error *err)
{
    OKO_CLEANUP(oko_cli_door_close) oko_cli_door door = { 0 };
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_record_link l = { .id = 0 };
    oko_status status = open_record(cli, &door, &e, err);
    if (status == OKO_OK)
        status = read_target(&door, cli->argv[2], e.head.unit, &l, err);
    oko_str_copy(l.relation, sizeof(l.relation), oko_str_of(cli->argv[1]));
    if (status == OKO_OK)
        status = oko_cycle_link(&door.cycle, kind_of(cli), e.head.id, &l, &l.id, err);
    return status == OKO_OK ? print_record(cli, &door, &e, err) : status;
}
